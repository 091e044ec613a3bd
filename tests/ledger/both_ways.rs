//! What neither format of a conversion held by itself, and its ledger lost.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, TempFolder, fixtures, run};

/// The records of a JSON file: of an array, of lines, or one alone.
fn values(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    match serde_json::from_str(&text) {
        Ok(Value::Array(records)) => records,
        Ok(whole) => vec![whole],
        Err(_) => {
            let lines = text.lines();
            lines
                .map(|line| serde_json::from_str(line).unwrap())
                .collect()
        }
    }
}

/// Converts a file to a format with a ledger, or back to its own with that.
fn convert(place: &TempFolder, [input, to, out]: [&str; 3], ledger: &str, more: &[&str]) -> Run {
    let args = ["convert", input, "--to", to, "-o", out, ledger, "ledger"];
    let never = ["--fail-on", "never"];
    run(place.path(), [&args[..], &never, more].concat())
}

/// A fixture that is converted to another format and back.
fn there_and_back(fixture: &str, [own, to]: [&str; 2]) -> TempFolder {
    let place = TempFolder::new();
    fs::copy(fixtures().join(fixture), place.at("in")).unwrap();
    convert(&place, ["in", to, "out"], "--losses", &[]).expect(0);
    let from = ["--from", to];
    convert(&place, ["out", own, "back"], "--restore", &from).expect(0);
    place
}

#[test]
fn sets_and_languages_were_lost_where_the_target_has_no_place_for_them() {
    for (fixture, formats) in [
        (
            "label-studio/one-task.json",
            ["label-studio", "spacy-tuples"],
        ),
        (
            "label-studio/one-task.json",
            ["label-studio", "huggingface"],
        ),
        ("spacy/spans.jsonl", ["spacy", "huggingface"]),
        ("spacy/spans.jsonl", ["spacy", "spacy-tuples"]),
    ] {
        let place = there_and_back(fixture, formats);
        let (first, back) = (values(&place.at("in")), values(&place.at("back")));
        assert_eq!(back, first, "{fixture} by {}", formats[1]);
        let all = format!("{first:?}");
        assert!(all.contains("dataset"), "{fixture} has a set: {all}");
    }
}

#[test]
fn a_set_that_the_target_holds_is_that_of_the_target() {
    let place = TempFolder::new();
    fs::copy(fixtures().join("spacy/spans.jsonl"), place.at("in")).unwrap();
    convert(&place, ["in", "label-studio", "out"], "--losses", &[]).expect(0);
    let out = fs::read_to_string(place.at("out")).unwrap();
    assert!(out.contains("\"Train\""), "{out}");
    place.write("out", out.replace("\"Train\"", "\"Test\""));
    convert(&place, ["out", "spacy", "back"], "--restore", &[]).expect(0);
    let back = fs::read_to_string(place.at("back")).unwrap();
    assert!(!back.contains("\"Train\""), "{back}");
}

#[test]
fn one_unit_was_taken_for_that_of_both_sides() {
    // UTF-16 code units in the source, code points in what is made of it.
    let place = there_and_back("doccano/relations.jsonl", ["doccano", "spacy-tuples"]);
    assert_eq!(values(&place.at("back")), values(&place.at("in")));
    let head = &values(&place.at("ledger"))[0];
    let units = [&head["offsets"], &head["target_offsets"]];
    assert_eq!(units, ["utf16", "codepoint"]);
}

#[test]
fn white_space_at_the_edges_of_labels_was_lost_through_tokens() {
    let place = TempFolder::new();
    place.write("1.txt", "met  Ada today");
    let line = r#"{"image_url":"AmlDatastore://s/1.txt","label":[{"label":"P","offsetStart":4,"offsetEnd":8}]}"#;
    place.write("in", format!("{line}\n"));
    let there = convert(&place, ["in", "conll", "out"], "--losses", &[]).expect(0);
    there.says("white space at the edges of labels");
    let denied = ["--deny-loss", "--force"];
    convert(&place, ["in", "conll", "out"], "--losses", &denied).expect(1);
}
