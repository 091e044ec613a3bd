//! Ledgers that no conversion has written.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Run, TempFolder, run};

/// A folder with a small project, converted to Azure ML with a ledger, and back to `back.json`.
fn language() -> TempFolder {
    let place = TempFolder::new();
    place.write("1.txt", "Ann met Bob");
    let label = r#"{"category":"A","offset":0,"length":3,"kept":1}"#;
    let region = format!(r#"{{"regionOffset":0,"regionLength":11,"labels":[{label}]}}"#);
    let document = format!(
        r#"{{"location":"1.txt","language":"en-us","note":{{"a":[1]}},"entities":[{region}]}}"#
    );
    let project = super::entities(&[&document]);
    place.write("in.json", &project);
    convert(&place, ["in.json", "aml", "out"], "--losses").expect(0);
    convert(&place, ["out", "language", "back.json"], "--restore").expect(0);
    let read = |path: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(place.at(path)).unwrap()).unwrap()
    };
    assert_eq!(read("back.json"), read("in.json"));
    place
}

/// A folder with a small export, converted to Language with a ledger, and back to `back.json`.
fn aml() -> TempFolder {
    let place = TempFolder::new();
    place.write("1.txt", "Ann met Bob");
    let label = r#"{"label":"A","offsetStart":0,"offsetEnd":3,"kept":1}"#;
    let line = format!(
        r#"{{"image_url":"https://a.blob.core.windows.net/c/1.txt","label":[{label}],"label_confidence":[0.5],"labeler":"x"}}"#
    );
    place.write("in.json", format!("{line}\n"));
    convert(&place, ["in.json", "language", "out"], "--losses").expect(0);
    convert(&place, ["out", "aml", "back.json"], "--restore").expect(0);
    let read = |path: &str| fs::read_to_string(place.at(path)).unwrap();
    assert_eq!(read("back.json"), read("in.json"));
    place
}

/// Converts, with the ledger that is called so.
fn convert(place: &TempFolder, [input, to, out]: [&str; 3], ledger: &str) -> Run {
    let args = ["convert", input, "--to", to, "-o", out, "--force"];
    let more = [ledger, "ledger", "--fail-on", "never"];
    run(place.path(), args.iter().chain(&more))
}

/// The lines of the ledger.
fn lines(place: &TempFolder) -> Vec<Value> {
    let text = fs::read_to_string(place.at("ledger")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// Puts a ledger back; what came of it, and what was written.
fn restored(place: &TempFolder, to: &str, lines: &[String]) -> (Run, Option<String>) {
    place.write("ledger", lines.join("\n") + "\n");
    let _ = fs::remove_file(place.at("back.json"));
    let run = convert(place, ["out", to, "back.json"], "--restore");
    (run, fs::read_to_string(place.at("back.json")).ok())
}

/// Insists that a ledger is refused where the first entry of a sort says something else.
#[track_caller]
fn refused(place: &TempFolder, to: &str, fact: &str, pointer: &str, value: &Value) {
    let good = lines(place);
    let mut bad = good.clone();
    let is_one = |line: &&mut Value| line["fact"] == fact || fact == "head" && line["ledger"] == 1;
    let line = bad.iter_mut().find(is_one).expect(fact);
    *line.pointer_mut(pointer).expect(pointer) = value.clone();
    let bad: Vec<String> = bad.iter().map(Value::to_string).collect();
    let (run, back) = restored(place, to, &bad);
    let what = format!("{fact} {pointer} = {value}: {}", run.stderr);
    assert_eq!((run.status, back), (2, None), "{what}");
    assert!(run.stderr.contains("cannot read ledger"), "{what}");
    let good: Vec<String> = good.iter().map(Value::to_string).collect();
    assert_eq!(restored(place, to, &good).0.status, 0, "{what}");
}

#[test]
fn a_ledger_with_a_value_of_many_levels_is_not_blown_up() {
    let place = language();
    let good = lines(&place);
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let with = |value: &str| -> Vec<String> {
        let lines = good.iter().map(|line| {
            let note = line["pointer"] == "/assets/documents/0/note";
            let line = line.to_string();
            if note {
                line.replace(r#"{"a":[1]}"#, value)
            } else {
                line
            }
        });
        lines.collect()
    };
    let (run, back) = restored(&place, "language", &with(&nested(8000)));
    assert_eq!((run.status, back), (2, None));
    run.says("nested too deep");
    // As deep as it is read, and many of them.
    let value = vec![nested(120); 500].join(",");
    let (run, back) = restored(&place, "language", &with(&format!("[{value}]")));
    run.expect(0);
    let written = back.unwrap();
    assert!(
        written.len() < 3 * value.len(),
        "{} of {}",
        written.len(),
        value.len()
    );
    serde_json::from_str::<Value>(&written).unwrap();
}

#[test]
fn a_ledger_of_a_project_that_makes_a_broken_file_is_refused() {
    let place = language();
    let mut other = lines(&place).swap_remove(0)["project"].clone();
    for part in ["metadata", "assets"] {
        other[part]["projectKind"] = "CustomSingleLabelClassification".into();
    }
    let cases = [
        ("head", "/project", other),
        ("head", "/offsets", json!("feet")),
        ("head", "/product", json!("x")),
        ("head", "/to", json!("nothing")),
        ("head", "/project", json!(5)),
        ("head", "/project", json!({"assets": {}})),
        (
            "head",
            "/project/assets/documents",
            json!([{"location": "2.txt"}]),
        ),
        ("member", "/pointer", json!("/assets/documents/0/location")),
        ("member", "/pointer", json!("/assets/documents/0/entities")),
        ("member", "/pointer", json!("note")),
        ("labels", "/pointer", json!("/assets/documents/0/location")),
        ("labels", "/value", json!(5)),
        (
            "labels",
            "/value",
            json!([{"regionOffset": 0, "regionLength": 11, "labels": [5]}]),
        ),
        ("labels", "/value/0/labels/0/category", json!("B")),
        ("labels", "/value/0/labels/0/offset", json!(4)),
        ("labels", "/fact", json!("document")),
        ("labels", "/fact", json!("address")),
    ];
    for (fact, pointer, value) in cases {
        refused(&place, "language", fact, pointer, &value);
    }
}

#[test]
fn a_ledger_of_an_export_that_makes_a_broken_file_is_refused() {
    let place = aml();
    let cases = [
        ("head", "/offsets", json!("feet")),
        ("address", "/value", json!(5)),
        (
            "address",
            "/value",
            json!("https://a.blob.core.windows.net/c/2.txt"),
        ),
        ("address", "/value", json!("")),
        ("member", "/pointer", json!("/label")),
        ("member", "/pointer", json!("/image_url")),
        ("label-member", "/pointer", json!("/label/0/offsetStart")),
        ("label-member", "/labels", json!([])),
        ("member", "/fact", json!("labels")),
    ];
    for (fact, pointer, value) in cases {
        refused(&place, "aml", fact, pointer, &value);
    }
}
