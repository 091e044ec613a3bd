//! From spaCy's files to a project and back.

use serde_json::Value;

use super::{convert, fixture, folder};
use crate::support::{ENTITIES, TempFolder, language_label, language_project};

/// The project of which `spacy/spans.jsonl` is the canonical file.
fn project() -> TempFolder {
    let place = TempFolder::new();
    let document = |name: &str, text: &str, split: Option<&str>, labels: Option<Vec<String>>| {
        place.write(format!("docs/{name}"), text);
        let length = text.encode_utf16().count();
        let split = split.map_or(String::new(), |split| format!(r#""dataset":"{split}","#));
        let region = labels.map(|labels| {
            format!(
                r#"{{"regionOffset":0,"regionLength":{length},"labels":[{}]}}"#,
                labels.join(",")
            )
        });
        format!(
            r#"{{"location":"{name}","language":"en-us",{split}"entities":[{}]}}"#,
            region.unwrap_or_default()
        )
    };
    let emoji = [
        language_label("Person", 3, 3),
        language_label("Person", 11, 5),
        language_label("City", 20, 2),
    ];
    let records = [
        document(
            "emoji.txt",
            "😀 Ada met Émile in 東京.",
            Some("Train"),
            Some(emoji.to_vec()),
        ),
        document(
            "break.txt",
            "Ada\r\nByron, 🇫🇷.",
            Some("Test"),
            Some(vec![language_label("Person", 0, 10)]),
        ),
        document("empty.txt", "Nobody here.", Some("Test"), Some(Vec::new())),
        document("unlabeled.txt", "Not looked at.", None, None),
    ];
    let file = language_project(ENTITIES, &["Person", "City"], &records);
    place.write("in.json", file);
    place
}

const TEXTS: [&str; 2] = ["--texts", "docs"];

#[test]
fn what_is_written_is_the_canonical_file() {
    let place = project();
    convert(&place, "in.json", "spacy", "out.jsonl", &TEXTS).expect(0);
    assert_eq!(
        place.read("out.jsonl").into_bytes(),
        fixture("spacy/spans.jsonl")
    );
    let place = folder("pairs.json", fixture("spacy-tuples/pairs.json"));
    convert(&place, "pairs.json", "spacy", "out.jsonl", &[]).expect(0);
    convert(&place, "out.jsonl", "spacy-tuples", "out.json", &[]).expect(0);
    assert_eq!(
        place.read("out.json").into_bytes(),
        fixture("spacy-tuples/pairs.json")
    );
}

#[test]
fn a_project_comes_back_by_its_ledger_and_its_documents_by_their_texts() {
    for (to, out) in [("spacy", "out.jsonl"), ("spacy-tuples", "out.json")] {
        let place = project();
        let more = [&TEXTS[..], &["--losses", "kept.jsonl", "--deny-loss"]].concat();
        convert(&place, "in.json", to, out, &more).expect(0);
        let more = ["--restore", "kept.jsonl", "--texts-out", "made"];
        convert(&place, out, "language", "back.json", &more).expect(0);
        let value = |name: &str| serde_json::from_str::<Value>(&place.read(name)).unwrap();
        assert_eq!(value("back.json"), value("in.json"), "{to}");
        assert_eq!(place.read("made/break.txt"), place.read("docs/break.txt"));
    }
}

/// The pairs of a file, but for those that are `null`.
fn pairs(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    let pairs = file.as_array().or(file["annotations"].as_array());
    let pairs = pairs.unwrap().iter().filter(|pair| !pair.is_null());
    pairs.cloned().collect()
}

#[test]
fn pairs_that_are_left_out_or_moved_keep_their_names() {
    let place = project();
    let more = [&TEXTS[..], &["--losses", "kept.jsonl"]].concat();
    convert(&place, "in.json", "spacy-tuples", "out.json", &more).expect(0);
    let mut left = pairs(&place.read("out.json"));
    left.remove(0);
    left.reverse();
    place.write("left.json", serde_json::to_vec(&left).unwrap());
    let more = ["--restore", "kept.jsonl", "--texts-out", "made"];
    convert(&place, "left.json", "language", "back.json", &more).expect(0);
    let back: Value = serde_json::from_str(&place.read("back.json")).unwrap();
    let documents = back["assets"]["documents"].as_array().unwrap().iter();
    let names: Vec<&str> = documents
        .map(|one| one["location"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["unlabeled.txt", "empty.txt", "break.txt"]);
}

#[test]
fn documents_with_one_text_get_what_belongs_to_their_place() {
    let place = TempFolder::new();
    let documents = ["a.txt", "b.txt"].map(|name| {
        place.write(format!("docs/{name}"), "Ada");
        format!(
            r#"{{"location":"{name}","language":"en-us","more":"{name}","entities":[{{"regionOffset":0,"regionLength":3,"labels":[{}]}}]}}"#,
            language_label("Person", 0, 3)
        )
    });
    place.write(
        "in.json",
        language_project(ENTITIES, &["Person"], &documents),
    );
    let more = [&TEXTS[..], &["--losses", "kept.jsonl"]].concat();
    convert(&place, "in.json", "spacy-tuples", "out.json", &more).expect(0);
    let more = ["--restore", "kept.jsonl", "--texts-out", "made"];
    convert(&place, "out.json", "language", "back.json", &more).expect(0);
    let value = |name: &str| serde_json::from_str::<Value>(&place.read(name)).unwrap();
    assert_eq!(value("back.json"), value("in.json"));
}

#[test]
fn records_come_back_with_all_that_only_they_hold() {
    for name in ["spans", "manual", "binary", "choices", "classes", "docs"] {
        let place = folder("in.jsonl", fixture(&format!("spacy/{name}.jsonl")));
        let more = ["--losses", "kept.jsonl", "--texts-out", "docs"];
        convert(&place, "in.jsonl", "language", "out.json", &more).expect(0);
        let more = ["--restore", "kept.jsonl", "--texts", "docs"];
        convert(&place, "out.json", "spacy", "back.jsonl", &more).expect(0);
        let values = |name: &str| {
            let text = place.read(name);
            let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
            let accepted =
                |line: &Value| !matches!(line["answer"].as_str(), Some("reject" | "ignore"));
            lines.filter(accepted).collect::<Vec<Value>>()
        };
        assert_eq!(values("back.jsonl"), values("in.jsonl"), "{name}");
    }
    for name in ["pairs.json", "annotator.json", "classes.json"] {
        let place = folder("in.json", fixture(&format!("spacy-tuples/{name}")));
        let more = ["--losses", "kept.jsonl", "--texts-out", "docs"];
        convert(&place, "in.json", "language", "out.json", &more).expect(0);
        let more = ["--restore", "kept.jsonl", "--texts", "docs"];
        convert(&place, "out.json", "spacy-tuples", "back.json", &more).expect(0);
        assert_eq!(
            pairs(&place.read("back.json")),
            pairs(&place.read("in.json")),
            "{name}"
        );
    }
}

#[test]
fn overlapping_labels_are_refused_or_left_out_where_they_have_no_form() {
    let line = r#"{"text":"Ada Byron of Paris","spans":[{"start":0,"end":9,"label":"A"},{"start":4,"end":18,"label":"B"}],"answer":"accept"}"#;
    for to in ["spacy-tuples", "docbin"] {
        let place = folder("in.jsonl", line);
        convert(&place, "in.jsonl", to, "out", &[]).expect(1);
        assert!(!place.at("out").exists());
        let done = convert(&place, "in.jsonl", to, "out", &["--overlap", "longest"]);
        done.expect(0).says("overlapping labels left out (1)");
    }
}
