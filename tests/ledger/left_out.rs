//! Labels that were left out of the target keep their places among those of the source: what is kept
//! of a label went to its neighbour where a label before it was left out.

use std::fs;

use serde_json::{Value, json};

use crate::support::{ENTITIES, Run, TempFolder, language_project, run};

/// `Rome` stands at 8 to 12, `Paris` at 17 to 22.
const TEXT: &str = "Ada saw Rome and Paris again.";

/// A folder with the text and a label file of which one label cannot be proved.
fn place(name: &str, labels: &str) -> TempFolder {
    let place = TempFolder::new();
    place.write("1.txt", TEXT);
    place.write(name, labels);
    place
}

fn convert(place: &TempFolder, [input, to, out]: [&str; 3], more: &[&str]) -> Run {
    let args = ["convert", input, "--to", to, "-o", out];
    let more = [more, &["--fail-on", "never", "--texts", "."]].concat();
    run(place.path(), [&args[..], &more].concat())
}

/// Converts with a ledger, without what cannot be proved.
fn leave_out(place: &TempFolder, work: [&str; 3]) {
    convert(place, work, &["--skip-invalid", "--losses", "ledger"]).expect(0);
}

fn value(place: &TempFolder, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(place.at(name)).unwrap()).unwrap()
}

const LINE: &str = r#"{"image_url":"AmlDatastore://s/1.txt","label":[{"label":"Person","offsetStart":100,"offsetEnd":103},{"label":"City","offsetStart":8,"offsetEnd":12},{"label":"City","offsetStart":17,"offsetEnd":22}],"label_confidence":[0.1,0.9,0.8]}"#;

#[test]
fn a_confidence_went_to_the_label_behind_it() {
    let place = place("in.jsonl", LINE);
    leave_out(&place, ["in.jsonl", "language", "out.json"]);
    let back = |from: &str, to: &str| {
        convert(&place, [from, "aml", to], &["--restore", "ledger"]).expect(0);
        value(&place, to)["label_confidence"].clone()
    };
    assert_eq!(back("out.json", "same.jsonl"), json!([0.9, 0.8]));
    let mut project = value(&place, "out.json");
    let labels = &mut project["assets"]["documents"][0]["entities"][0]["labels"];
    labels.as_array_mut().unwrap().remove(0);
    place.write("less.json", project.to_string());
    assert_eq!(back("less.json", "less.jsonl"), json!([0.8]));
}

#[test]
fn confidences_that_are_not_as_many_as_labels_are_nobodys() {
    let place = place("in.jsonl", &LINE.replace("0.1,", "").replace("100", "0"));
    convert(
        &place,
        ["in.jsonl", "language", "out.json"],
        &["--skip-invalid", "--losses", "ledger"],
    );
    let mut project = value(&place, "out.json");
    let labels = &mut project["assets"]["documents"][0]["entities"][0]["labels"];
    labels.as_array_mut().unwrap().remove(0);
    place.write("less.json", project.to_string());
    convert(
        &place,
        ["less.json", "aml", "less.jsonl"],
        &["--restore", "ledger"],
    )
    .expect(0);
    let back = value(&place, "less.jsonl");
    let count = back["label"].as_array().unwrap().len();
    assert_eq!(back["label_confidence"], json!(vec![1.0; count]));
}

#[test]
fn labels_of_an_edited_document_were_refused() {
    let labels = json!({
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {"projectKind": "CustomEntityRecognition", "projectName": "p",
            "storageInputContainerName": "c", "multilingual": false, "description": "",
            "language": "en-us", "settings": {}},
        "assets": {"projectKind": "CustomEntityRecognition",
            "entities": [{"category": "City"}, {"category": "Person"}],
            "documents": [{"location": "1.txt", "language": "en-us", "entities": [
                {"regionOffset": 0, "regionLength": 12, "labels": [
                    {"category": "Person", "offset": 100, "length": 3},
                    {"category": "City", "offset": 8, "length": 4}]},
                {"regionOffset": 12, "regionLength": 17, "labels": [
                    {"category": "City", "offset": 17, "length": 5, "note": "mine"}]}]}]}
    });
    let place = place("in.json", &labels.to_string());
    leave_out(&place, ["in.json", "aml", "out.jsonl"]);
    let restore = |from: &str, to: &str| {
        convert(&place, [from, "language", to], &["--restore", "ledger"]).expect(0);
        value(&place, to)
    };
    assert_eq!(restore("out.jsonl", "same.json"), labels);
    let mut line = value(&place, "out.jsonl");
    let person = json!({"label": "Person", "offsetStart": 0, "offsetEnd": 3});
    line["label"].as_array_mut().unwrap().insert(0, person);
    line.as_object_mut().unwrap().remove("label_confidence");
    place.write("more.jsonl", line.to_string());
    let regions = restore("more.jsonl", "more.json")["assets"]["documents"][0]["entities"].take();
    let first = json!([{"category": "City", "offset": 8, "length": 4},
        {"category": "Person", "offset": 0, "length": 3}]);
    assert_eq!(regions[0]["labels"], first);
    assert_eq!(regions[1]["labels"][0]["note"], "mine");
}

#[test]
fn ids_and_notes_stay_with_their_labels() {
    let place = TempFolder::new();
    fs::create_dir(place.at("in")).unwrap();
    place.write("in/1.txt", TEXT);
    place.write("1.txt", TEXT);
    let first = "T1\tPerson 100 103\tAda\n";
    let others = "T2\tCity 8 12\tRome\n#1\tAnnotatorNotes T2\tmine\nT3\tCity 17 22\tParis\n";
    place.write("in/1.ann", format!("{first}{others}"));
    leave_out(&place, ["in", "language", "out.json"]);
    let restore = |from: &str, to: &str| {
        convert(&place, [from, "brat", to], &["--restore", "ledger"]).expect(0);
        fs::read_to_string(place.at(to).join("1.ann")).unwrap()
    };
    assert_eq!(restore("out.json", "same"), others);
    let mut project = value(&place, "out.json");
    let labels = &mut project["assets"]["documents"][0]["entities"][0]["labels"];
    labels.as_array_mut().unwrap().remove(1);
    place.write("less.json", project.to_string());
    let less = "T2\tCity 8 12\tRome\n#1\tAnnotatorNotes T2\tmine\n";
    assert_eq!(restore("less.json", "less"), less);
}

/// A project with one document, which has these regions.
fn project(regions: &str) -> String {
    let document = format!(r#"{{"location":"1.txt","language":"en-us","entities":[{regions}]}}"#);
    language_project(ENTITIES, &["City"], &[document])
}

#[test]
fn a_label_that_cannot_be_read_comes_back_with_its_neighbours() {
    let text = project(
        r#"{"regionOffset":0,"regionLength":29,"labels":[{"category":"City","offset":8},{"category":"City","offset":17,"length":5,"note":"mine"}]}"#,
    );
    let place = place("in.json", &text);
    leave_out(&place, ["in.json", "aml", "out.jsonl"]);
    let back = ["out.jsonl", "language", "back.json"];
    convert(&place, back, &["--restore", "ledger"]).expect(0);
    assert_eq!(value(&place, "back.json"), value(&place, "in.json"));
}

#[test]
fn a_region_of_a_changed_ledger_was_put_back_unread() {
    let text = project(
        r#"{"regionOffset":0,"regionLength":29,"labels":[{"category":"City","offset":8,"length":4,"note":"mine"}]}"#,
    );
    let place = place("in.json", &text);
    leave_out(&place, ["in.json", "aml", "out.jsonl"]);
    let ledger = fs::read_to_string(place.at("ledger")).unwrap();
    place.write("ledger", ledger.replace("regionOffset", "regionOestff"));
    let back = ["out.jsonl", "language", "back.json"];
    convert(&place, back, &["--restore", "ledger"])
        .expect(2)
        .says("what it has of `1.txt` does not make that document");
    assert!(!place.at("back.json").exists());
}
