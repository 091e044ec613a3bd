//! What other formats cannot hold is kept, and comes back.

use serde_json::Value;

use super::{convert, fixture, folder, to_language};

const TEXTS: [&str; 4] = ["--texts", "docs", "--restore", "ledger.jsonl"];

#[test]
fn what_only_tasks_hold_comes_back() {
    for name in [
        "export.json",
        "spans.json",
        "classes.json",
        "class.json",
        "completions.json",
        "mixed-units.json",
    ] {
        let place = folder(fixture(name));
        to_language(&place, &["--losses", "ledger.jsonl"]).expect(0);
        convert(&place, "out.json", "label-studio", "back.json", &TEXTS).expect(0);
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let mut was = value(&fixture(name));
        if name == "mixed-units.json" {
            // Both units in one document are one now.
            was[0]["annotations"][0]["result"][1]["value"]["start"] = 16.into();
            was[0]["annotations"][0]["result"][1]["value"]["end"] = 21.into();
            was[1]["annotations"][0]["result"][1]["value"]["start"] = 10.into();
            was[1]["annotations"][0]["result"][1]["value"]["end"] = 14.into();
        }
        assert_eq!(value(&place.read("back.json")), was, "{name}");
    }
}

#[test]
fn labels_that_changed_meanwhile_are_what_they_became() {
    let place = folder(fixture("export.json"));
    to_language(&place, &["--losses", "ledger.jsonl"]).expect(0);
    let mut project: Value = serde_json::from_str(&place.read("out.json")).unwrap();
    let documents = &mut project["assets"]["documents"];
    let labels = &mut documents[0]["entities"][0]["labels"];
    labels.as_array_mut().unwrap().remove(1);
    labels[0]["category"] = "Captain".into();
    let both = &mut documents[2]["entities"][0]["labels"];
    both.as_array_mut().unwrap().remove(1);
    place.write("changed.json", project.to_string());
    convert(&place, "changed.json", "label-studio", "back.json", &TEXTS).expect(0);
    let back: Value = serde_json::from_str(&place.read("back.json")).unwrap();
    let result = &back[0]["annotations"][0]["result"];
    let kinds = result.as_array().unwrap().iter();
    let kinds: Vec<&str> = kinds
        .map(|region| region["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["relation", "textarea", "labels"]);
    assert_eq!(result[2]["value"]["labels"], serde_json::json!(["Captain"]));
    // Of two labels on a region one is gone.
    let region = &back[2]["annotations"][0]["result"][1];
    assert_eq!(region["value"]["labels"], serde_json::json!(["Captain"]));
    assert_eq!(region["id"], "cQ2");
}

#[test]
fn a_project_comes_back_by_way_of_tasks() {
    let pairs = crate::support::fixtures().join("pairs");
    for (name, file) in [
        ("demo", "demo.json"),
        ("emoji", "labels.json"),
        ("crlf", "labels.json"),
        ("multi-class", "labels.json"),
        ("multi-label", "labels.json"),
    ] {
        let from = pairs.join(name);
        let label_file = from.join(file);
        let project = std::fs::read(&label_file).unwrap();
        let place = folder("[]");
        place.write("project.json", &project);
        let texts = from.to_str().unwrap();
        let out = ["--texts", texts, "--losses", "ledger.jsonl"];
        convert(&place, "project.json", "label-studio", "new.json", &out).expect(0);
        let back = ["--texts-out", "new", "--restore", "ledger.jsonl"];
        convert(&place, "new.json", "language", "back.json", &back).expect(0);
        let was: Value = serde_json::from_slice(&project).unwrap();
        let now: Value = serde_json::from_str(&place.read("back.json")).unwrap();
        assert_eq!(now, was, "{name}");
    }
}
