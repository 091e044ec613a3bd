//! What is written.

use super::{convert, fixture, folder, to_language};

/// A folder with the Language file of a fixture, and its texts.
fn language(name: &str) -> crate::support::TempFolder {
    let place = folder("in.jsonl", &fixture(name));
    to_language(&place, "in.jsonl", &[]).expect(0);
    place
}

#[test]
fn lines_have_all_the_same_members() {
    let place = language("utf16.jsonl");
    let texts = ["--texts", "docs"];
    convert(&place, "out.json", "doccano", "back.jsonl", &texts).expect(0);
    let back = place.read("back.jsonl");
    let first = "{\"text\":\"The tram to Weststadt left at 9:40.\",\"label\":[[12,21,\"Place\"],\
        [30,34,\"Time\"]],\"name\":\"tram.txt\",\"language\":\"hi\",\"dataset\":null}";
    assert_eq!(back.lines().next(), Some(first));
    let keys = |line: serde_json::Value| {
        let keys = line.as_object().unwrap().keys().cloned();
        keys.collect::<Vec<String>>()
    };
    let mut all = super::lines(&back).into_iter().map(keys);
    let one = all.next().unwrap();
    assert!(all.all(|other| other == one));
}

#[test]
fn clusters_are_written_where_they_are_asked_for() {
    let place = language("utf16.jsonl");
    let args = ["--texts", "docs", "--offsets", "grapheme10"];
    let done = convert(&place, "out.json", "doccano", "back.jsonl", &args).expect(0);
    done.says("\"Count grapheme clusters as one character\" on");
    let spans = |text: &str| {
        let lines = super::lines(text).into_iter();
        lines.map(|line| line["label"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        spans(&place.read("back.jsonl")),
        spans(&fixture("grapheme10.jsonl"))
    );
    let done = convert(&place, "out.json", "doccano", "back.jsonl", &args[..2]).expect(0);
    done.says("\"Count grapheme clusters as one character\" off");
}

#[test]
fn an_edge_inside_a_cluster_has_no_number() {
    let text = "{\"text\":\"Zoe\u{308} came\",\"label\":[[0,3,\"P\"]],\"name\":\"a.txt\"}\n";
    let place = folder("in.jsonl", text);
    to_language(&place, "in.jsonl", &["--offsets", "utf16"]).expect(0);
    let args = ["--texts", "docs", "--offsets", "grapheme10"];
    let done = convert(&place, "out.json", "doccano", "back.jsonl", &args).expect(1);
    done.says("has no number for an edge inside a grapheme cluster");
    assert!(!place.at("back.jsonl").exists());
}

#[test]
fn classes_are_always_a_list() {
    for (from, want) in [
        ("classes.jsonl", r#""label":["Damage","Refund"]"#),
        ("classes.jsonl", r#""label":[]"#),
    ] {
        let place = language(from);
        let done = convert(
            &place,
            "out.json",
            "doccano",
            "back.jsonl",
            &["--texts", "docs"],
        );
        done.expect(0).says("for Text Classification");
        assert!(place.read("back.jsonl").contains(want), "{want}");
    }
}

#[test]
fn a_unit_that_is_given_for_what_is_read_is_not_written_elsewhere() {
    let text =
        "{\"text\":\"\u{1f600} Ada met Bob\",\"label\":[[3,6,\"Person\"]],\"name\":\"a.txt\"}\n";
    let place = folder("in.jsonl", text);
    for to in ["spacy", "huggingface"] {
        let given = ["--offsets", "utf16"];
        convert(&place, "in.jsonl", to, "out.jsonl", &given).expect(0);
        let line = super::lines(&place.read("out.jsonl")).remove(0);
        let span = &line[if to == "spacy" { "spans" } else { "entities" }][0];
        assert_eq!(
            (&span["start"], &span["end"]),
            (&2.into(), &5.into()),
            "{to}"
        );
        std::fs::remove_file(place.at("out.jsonl")).unwrap();
    }
    // Clusters are counted by doccano alone, so it is doccano that is meant.
    let aml = "{\"image_url\":\"AmlDatastore://s/a.txt\",\"label\":[{\"label\":\"Person\",\"offsetStart\":4,\
        \"offsetEnd\":7}]}\n";
    let place = folder("in.jsonl", aml);
    place.write("docs/a.txt", "e\u{301} \u{1f600}Ada met Bob");
    let given = ["--texts", "docs", "--offsets", "grapheme10"];
    convert(&place, "in.jsonl", "doccano", "out.jsonl", &given).expect(0);
    let line = super::lines(&place.read("out.jsonl")).remove(0);
    assert_eq!(line["label"][0], serde_json::json!([3, 6, "Person"]));
}
