//! What a file is read as.

use super::{fixture, folder, labels, to_language};

/// The labels of every fixture with spans.
const SPANS: [&str; 9] = [
    "tram.txt - Place Weststadt",
    "tram.txt - Time 9:40",
    "kite.txt - Person Nele",
    "kite.txt - Place Øresund",
    "lines.txt - Person Ottilie Å. Berg",
    "lines.txt - Person Zoe\u{308}",
    "lines.txt - Place 東京",
    "hindi.txt - Place दिल्ली",
    "hindi.txt - Person क्षमा",
];

#[test]
fn the_unit_is_told_by_the_words_of_the_spans() {
    for unit in ["utf16", "grapheme10", "codepoint"] {
        let name = format!("{unit}.jsonl");
        let place = folder(&name, &fixture(&name));
        let args = ["--output", "json"];
        let report = to_language(&place, &name, &args).expect(0).report();
        assert_eq!(report.0["inputs"][0]["offsets"], unit);
        let found = labels(&place, "out.json");
        assert_eq!(found[..9], SPANS, "{unit}");
        assert_eq!(
            found[9..],
            ["hindi.txt - Person Ida", "none.txt -"],
            "{unit}"
        );
    }
}

#[test]
fn the_unit_may_be_given() {
    let place = folder("in.jsonl", &fixture("grapheme10.jsonl"));
    to_language(&place, "in.jsonl", &["--offsets", "grapheme10"]).expect(0);
    assert_eq!(labels(&place, "out.json")[..9], SPANS);
    // The clusters of today are fewer.
    let done = to_language(&place, "in.jsonl", &["--offsets", "grapheme"]);
    assert!(done.status != 0 || labels(&place, "out.json")[..9] != SPANS);
}

#[test]
fn all_spellings_of_spans_are_read() {
    for name in [
        "relations.jsonl",
        "intents.jsonl",
        "form.jsonl",
        "older.jsonl",
    ] {
        let place = folder("in.jsonl", &fixture(name));
        to_language(&place, "in.jsonl", &[]).expect(0);
        let words = |line: &String| line.split_once(" - ").map(|it| it.1.to_owned());
        let found: Vec<String> = labels(&place, "out.json")
            .iter()
            .filter_map(words)
            .collect();
        let want = SPANS.map(|line| line.split_once(" - ").unwrap().1.to_owned());
        assert_eq!(found[..9], want, "{name}");
    }
}

#[test]
fn classes_are_of_one_kind_in_the_whole_file() {
    let place = folder("in.jsonl", &fixture("classes.jsonl"));
    to_language(&place, "in.jsonl", &[]).expect(0);
    let want = [
        "cups.txt - Damage",
        "cups.txt - Refund",
        "lamp.txt - Delivery",
        "thanks.txt -",
    ];
    assert_eq!(labels(&place, "out.json"), want);
    // Where no line has two, each has one.
    let single = fixture("classes.jsonl").replace(",\"Refund\"", "");
    let place = folder("in.jsonl", &single);
    to_language(&place, "in.jsonl", &[]).expect(0);
    assert!(
        place
            .read("out.json")
            .contains("CustomSingleLabelClassification")
    );
    assert_eq!(labels(&place, "out.json")[0], "cups.txt - Damage");
}

#[test]
fn names_come_from_usual_members_or_the_one_that_is_told() {
    let line = |rest: &str| format!("{{\"text\":\"Ida\",\"label\":[[0,3,\"P\"]]{rest}}}\n");
    let text = [
        line(r#","file":"a.txt","id":3"#),
        line(r#","location":"b/c.TXT""#),
        line(r#","id":4,"name":null"#),
        line(r#","filename":"d""#),
        line(r#","page":5"#),
    ];
    let place = folder("all.jsonl", &text.concat());
    to_language(&place, "all.jsonl", &[]).expect(0);
    let names = |place| {
        let labels = labels(place, "out.json").into_iter();
        let names = labels.map(|line| line.split(' ').next().unwrap().to_owned());
        names.collect::<Vec<String>>()
    };
    let want = ["a.txt", "b/c.TXT", "4.txt", "d.txt", "all-0005.txt"];
    assert_eq!(names(&place), want);
    let place = folder("all.jsonl", &text[4]);
    to_language(&place, "all.jsonl", &["--name-key", "page"]).expect(0);
    assert_eq!(names(&place), ["5.txt"]);
}

#[test]
fn the_member_of_the_text_may_be_told() {
    let text = r#"{"body":"Ida","text":7,"label":[[0,3,"P"]]}"#;
    let place = folder("in.jsonl", text);
    to_language(&place, "in.jsonl", &["--text-key", "body"]).expect(0);
    assert_eq!(labels(&place, "out.json"), ["in-0001.txt - P Ida"]);
    let done = to_language(&place, "in.jsonl", &["--text-key", "other"]).expect(1);
    done.says("`other` must be a string, as `--text-key` says");
}

#[test]
fn sets_and_languages_are_read() {
    let line = |set: &str| {
        format!("{{\"text\":\"{set}\",\"label\":[],\"dataset\":\"{set}\",\"language\":\"nl\"}}\n")
    };
    let text = [line("Train"), line("test"), line("valid"), line("mine")].concat();
    let place = folder("in.jsonl", &text);
    let args = [
        "check", "in.jsonl", "--format", "doccano", "--output", "json",
    ];
    let report = crate::support::run(place.path(), args).report();
    // A set that nobody knows is a member like any other.
    assert_eq!(report.0["summary"]["documents"], 4);
}

#[test]
fn a_mark_at_the_start_of_a_text_is_a_character_of_it() {
    let text = "{\"text\":\"\u{feff}Ida met Bo\",\"label\":[[1,4,\"P\"],[9,11,\"P\"]],\"name\":\"a.txt\"}\n";
    let place = folder("in.jsonl", text);
    to_language(&place, "in.jsonl", &[]).expect(0);
    assert_eq!(
        labels(&place, "out.json"),
        ["a.txt - P Ida", "a.txt - P Bo"]
    );
    assert_eq!(place.read("docs/a.txt"), "Ida met Bo");
}
