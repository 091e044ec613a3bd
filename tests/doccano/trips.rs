//! To other formats and back.

use super::{convert, fixture, folder, lines, to_language};
use crate::support::{fixtures, names};

#[test]
fn a_ledger_brings_back_what_only_doccano_holds() {
    for name in names(&fixtures().join("doccano")) {
        let place = folder("in.jsonl", &fixture(&name));
        to_language(&place, "in.jsonl", &["--losses", "ledger"]).expect(0);
        let args = ["--texts", "docs", "--restore", "ledger"];
        convert(&place, "out.json", "doccano", "back.jsonl", &args).expect(0);
        let mut back = lines(&place.read("back.jsonl"));
        let was = lines(&fixture(&name));
        for (back, was) in back.iter_mut().zip(&was) {
            // A document without a name has one now, that of its text.
            let has_name = ["name", "id"].iter().any(|key| was.get(key).is_some());
            if !has_name {
                back.as_object_mut().unwrap().remove("name");
            }
        }
        assert_eq!(back, was, "{name}");
    }
}

#[test]
fn a_ledger_brings_back_what_only_language_holds() {
    for file in ["pairs/demo/demo.json"] {
        let place = crate::support::TempFolder::new();
        let source = fixtures().join(file);
        let texts = source.parent().unwrap().to_str().unwrap().to_owned();
        place.write("in.json", std::fs::read(&source).unwrap());
        for unit in ["utf16", "grapheme10"] {
            let args = ["--texts", &texts, "--losses", "ledger", "--offsets", unit];
            convert(&place, "in.json", "doccano", "mid.jsonl", &args).expect(0);
            let args = ["--restore", "ledger", "--texts-out", "docs"];
            convert(&place, "mid.jsonl", "language", "back.json", &args).expect(0);
            let value = |name: &str| {
                let text = place.read(name);
                serde_json::from_str::<serde_json::Value>(&text).unwrap()
            };
            assert_eq!(value("back.json"), value("in.json"), "{file} {unit}");
        }
    }
}

#[test]
fn the_order_of_labels_comes_back() {
    let place = folder("in.jsonl", &fixture("utf16.jsonl"));
    to_language(&place, "in.jsonl", &[]).expect(0);
    let mut project: serde_json::Value = serde_json::from_str(&place.read("out.json")).unwrap();
    let labels = project
        .pointer_mut("/assets/documents/2/entities/0/labels")
        .unwrap();
    labels.as_array_mut().unwrap().reverse();
    place.write("turned.json", project.to_string());
    let args = ["--texts", "docs", "--losses", "ledger"];
    convert(&place, "turned.json", "doccano", "mid.jsonl", &args).expect(0);
    let args = ["--restore", "ledger", "--texts-out", "docs"];
    convert(&place, "mid.jsonl", "language", "back.json", &args).expect(0);
    let back: serde_json::Value = serde_json::from_str(&place.read("back.json")).unwrap();
    assert_eq!(back, project);
}

#[test]
fn a_file_of_its_own_format_stays_as_it_is() {
    for name in names(&fixtures().join("doccano")) {
        let place = folder("in.jsonl", &fixture(&name));
        convert(
            &place,
            "in.jsonl",
            "doccano",
            "out.jsonl",
            &["--from", "doccano"],
        )
        .expect(0);
        assert_eq!(place.read("out.jsonl"), fixture(&name), "{name}");
    }
}
