//! What files are told for, what they hold, and what is wrong with them.

use super::{check, convert, fixture, folder, found, path};
use crate::support::run;

/// The format, the kind and the number of documents and labels of a file.
fn told(name: &str) -> String {
    let report = check(name.rsplit('/').next().unwrap(), fixture(name));
    let input = &report.0["inputs"][0];
    let text = |name: &str| input[name].as_str().unwrap_or("none").to_owned();
    format!(
        "{} {} {} {}",
        text("format"),
        text("kind"),
        input["documents"],
        input["labels"]
    )
}

#[test]
fn files_are_told_by_what_stands_in_them() {
    for (name, want) in [
        ("spacy/spans.jsonl", "spacy CustomEntityRecognition 4 4"),
        ("spacy/manual.jsonl", "spacy CustomEntityRecognition 2 1"),
        ("spacy/binary.jsonl", "spacy CustomEntityRecognition 1 1"),
        (
            "spacy/choices.jsonl",
            "spacy CustomMultiLabelClassification 2 2",
        ),
        (
            "spacy/classes.jsonl",
            "spacy CustomSingleLabelClassification 2 2",
        ),
        ("spacy/docs.jsonl", "spacy CustomEntityRecognition 2 4"),
        (
            "spacy-tuples/pairs.json",
            "spacy-tuples CustomEntityRecognition 3 3",
        ),
        (
            "spacy-tuples/lines.jsonl",
            "spacy-tuples CustomEntityRecognition 2 3",
        ),
        (
            "spacy-tuples/annotator.json",
            "spacy-tuples CustomEntityRecognition 2 3",
        ),
        (
            "spacy-tuples/classes.json",
            "spacy-tuples CustomMultiLabelClassification 3 3",
        ),
    ] {
        assert_eq!(told(name), want, "{name}");
    }
}

#[test]
fn what_is_none_of_them_is_told_for_what_it_is() {
    let looks = |name: &str, bytes: &[u8]| {
        let report = check(name, bytes);
        let mut found = found(&report, "not-a-label-file");
        found.pop().map(|(_, message)| message).unwrap_or_default()
    };
    let old = br#"[{"id":0,"paragraphs":[{"raw":"x","sentences":[]}]}]"#;
    assert!(looks("train.json", old).contains("training data of spaCy 2"));
    let patterns = b"{\"label\":\"ORG\",\"pattern\":[{\"lower\":\"uber\"}],\"text\":1}\n";
    assert!(looks("patterns.jsonl", patterns).contains("match patterns"));
    let place = folder("pairs.json", fixture("spacy-tuples/pairs.json"));
    convert(&place, "pairs.json", "docbin", "all.spacy", &[]).expect(0);
    let docbin = std::fs::read(place.at("all.spacy")).unwrap();
    assert!(looks("all.spacy", &docbin).contains("a DocBin of spaCy"));
    let asked = ["check", "all.spacy", "--format", "spacy"];
    run(place.path(), asked).expect(1).says("a DocBin of spaCy");
}

#[test]
fn only_what_was_accepted_is_a_label() {
    let report = check("binary.jsonl", fixture("spacy/binary.jsonl"));
    let (pointer, message) = found(&report, "records-not-accepted").remove(0);
    assert_eq!(pointer, "");
    assert_eq!(
        message,
        "2 records are no labels, this one first, and were not read: 1 rejected, 1 ignored"
    );
    let help = report.findings().iter();
    let mut help = help.filter(|finding| finding["rule"] == "records-not-accepted");
    let help = help.next().unwrap()["help"].as_str().unwrap();
    assert!(help.contains("the labels of the accepted ones are partial"));
    let report = check("annotator.json", fixture("spacy-tuples/annotator.json"));
    let (pointer, message) = found(&report, "records-not-accepted").remove(0);
    assert_eq!(pointer, "/annotations/1");
    assert!(message.ends_with("1 null"), "{message}");
    let stats = run(&path("spacy"), ["stats", "binary.jsonl"]).expect(0);
    let said = "2 records that nobody has accepted are not counted";
    assert!(stats.text().contains(said), "{}", stats.text());
}

#[test]
fn findings_stand_where_the_values_do() {
    let lines = concat!(
        r#"{"text":"Ada met Bob.","spans":[{"start":0,"end":3,"label":"P"},{"start":8,"end":99,"label":"P"}],"answer":"accept"}"#,
        "\n",
        r#"{"text":"Ada","spans":[{"start":"0","end":3,"label":"P"}],"answer":"maybe"}"#,
        "\n",
        r#"{"text":"Ada","spans":[{"start":"0","end":3}],"anwser":"accept"}"#,
        "\n",
        r#"{"txt":"Ada","spans":[],"answer":"accept"}"#,
        "\n",
    );
    let report = check("all.jsonl", lines);
    let pointers = |rule: &str| {
        let found = found(&report, rule).into_iter();
        found.map(|(pointer, _)| pointer).collect::<Vec<_>>()
    };
    assert_eq!(pointers("span-out-of-bounds"), ["/spans/1"]);
    assert_eq!(pointers("wrong-type"), ["/answer", "/spans/0/start"]);
    assert_eq!(pointers("missing-member"), ["/spans/0", ""]);
    assert_eq!(pointers("unknown-member"), ["/anwser"]);
    let pairs = r#"[["Ada",{"entities":[[0,3,"P"],[0,"3","P"]]}],["Bob",{"entities":["U-P"]}],["x"],["y",{"cats":["A"]}]]"#;
    let report = check("all.json", pairs);
    let found = found(&report, "wrong-type").into_iter();
    let pointers: Vec<String> = found.map(|(pointer, _)| pointer).collect();
    assert_eq!(
        pointers,
        ["/0/1/entities/1/1", "/1/1/entities/0", "/2", "/3/1/cats"]
    );
}

#[test]
fn a_span_that_says_what_it_covers_tells_its_unit() {
    let lines = concat!(
        r#"{"text":"😀 Ada met Émile","spans":[{"start":3,"end":6,"label":"P","text":"Ada"}],"answer":"accept"}"#,
        "\n",
        r#"{"text":"😀 Bob","spans":[{"start":2,"end":5,"label":"P","text":"Bob"}],"answer":"accept"}"#,
        "\n",
    );
    let place = folder("all.jsonl", lines);
    convert(&place, "all.jsonl", "spacy-tuples", "out.json", &[]).expect(0);
    let pairs: serde_json::Value = serde_json::from_str(&place.read("out.json")).unwrap();
    assert_eq!(pairs[0][1]["entities"][0], serde_json::json!([2, 5, "P"]));
    assert_eq!(pairs[1][1]["entities"][0], serde_json::json!([2, 5, "P"]));
}

#[test]
fn names_are_taken_from_the_members_that_the_user_names() {
    let lines = r#"{"text":"Ada","spans":[{"start":0,"end":3,"label":"P"}],"answer":"accept","meta":{"source":"a/1"},"content":"Bob"}"#;
    let place = folder("all.jsonl", lines);
    let more = ["--name-key", "source", "--texts-out", "docs"];
    convert(&place, "all.jsonl", "language", "out.json", &more).expect(0);
    assert_eq!(place.read("docs/a/1.txt"), "Ada");
    let more = ["--text-key", "content", "--texts-out", "other"];
    convert(&place, "all.jsonl", "language", "other.json", &more).expect(0);
    assert_eq!(place.read("other/all-0001.txt"), "Bob");
}

#[test]
fn edges_are_fixed_and_what_follows_from_them_goes() {
    let lines = r#"{"text":"Ada met Bob.","spans":[{"start":0,"end":4,"token_start":0,"token_end":0,"label":"P","text":"Ada "}],"answer":"accept"}"#;
    let place = folder("all.jsonl", lines);
    let _ = run(place.path(), ["check", "all.jsonl", "--fix"]);
    assert!(
        place
            .read("all.jsonl")
            .contains(r#"[{"start":0,"end":3,"label":"P"}]"#),
        "{}",
        place.read("all.jsonl")
    );
    let place = folder("all.json", r#"[["Ada met Bob.",{"entities":[[0,4,"P"]]}]]"#);
    let _ = run(place.path(), ["check", "all.json", "--fix"]);
    assert_eq!(
        place.read("all.json"),
        r#"[["Ada met Bob.",{"entities":[[0,3,"P"]]}]]"#
    );
}

#[test]
fn a_mark_that_a_text_begins_with_is_a_character_there_and_none_in_a_file() {
    let lines = "{\"text\":\"\u{feff}Ada met Bob\",\"spans\":[{\"start\":1,\"end\":4,\"label\":\"P\"},{\"start\":9,\"end\":12,\"label\":\"P\"}],\"meta\":{\"file\":\"1.txt\"},\"answer\":\"accept\"}\n";
    let place = folder("all.jsonl", lines);
    let done = convert(
        &place,
        "all.jsonl",
        "language",
        "out.json",
        &["--texts-out", "docs"],
    );
    done.expect(0)
        .says("byte-order marks that texts begin with (1)");
    assert_eq!(place.read("docs/1.txt"), "Ada met Bob");
    let project: serde_json::Value = serde_json::from_str(&place.read("out.json")).unwrap();
    let region = &project["assets"]["documents"][0]["entities"][0];
    assert_eq!(region["regionLength"], 11);
    assert_eq!(region["labels"][0]["offset"], 0);
    assert_eq!(region["labels"][1]["offset"], 8);
    convert(&place, "all.jsonl", "spacy-tuples", "out.tuples.json", &[]).expect(0);
    let pairs: serde_json::Value = serde_json::from_str(&place.read("out.tuples.json")).unwrap();
    assert_eq!(pairs[0][1]["entities"][0], serde_json::json!([1, 4, "P"]));
}
