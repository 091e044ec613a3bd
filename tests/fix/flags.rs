//! What the flags about fixes do together with one another and with others.

use serde_json::Value;

use crate::support::{
    ENTITIES, TempFolder, language_document, language_label, language_project, run,
};

/// An export with a safe fix, a span that stands twice, and one that only `--unsafe-fixes` fixes, an
/// empty one.
const EXPORT: &str = concat!(
    r#"{"image_url":"AmlDatastore://ds/1.txt","label":[{"label":"P","offsetStart":0,"offsetEnd":3},"#,
    r#"{"label":"P","offsetStart":0,"offsetEnd":3},{"label":"P","offsetStart":5,"offsetEnd":5}],"#,
    r#""label_confidence":[1.0,1.0,1.0]}"#,
);

fn place() -> TempFolder {
    let place = TempFolder::new();
    place.write("labels.jsonl", EXPORT);
    place.write("1.txt", "Ann and Bob are here.");
    place
}

#[test]
fn unsafe_fixes_alone_wrote_the_file() {
    let place = place();
    let args = ["check", "labels.jsonl", "--unsafe-fixes"];
    let done = run(place.path(), args).expect(1);
    done.says("nothing is fixed: `--unsafe-fixes` goes with `--fix` or `--diff`");
    assert!(done.text().contains("1 finding can be fixed with `--fix`"));
    assert!(done.text().contains("1 more with `--fix --unsafe-fixes`"));
    assert_eq!(place.read("labels.jsonl"), EXPORT);
    // Standard input is only looked at, too.
    let stdin = ["check", "-", "--unsafe-fixes", "-q"];
    let done = crate::support::run_with(place.path(), stdin, EXPORT.as_bytes()).expect(1);
    assert!(!done.stderr.contains("nothing is fixed"));
    run(place.path(), args.iter().chain(&["--fix"])).expect(0);
    assert_eq!(place.read("labels.jsonl").matches("offsetStart").count(), 1);
}

#[test]
fn changes_took_the_place_of_reports_and_let_a_baseline_be_written() {
    let place = place();
    for (option, value) in [
        ("--output", Some("json=report.json")),
        ("--output", Some("json")),
        ("--write-baseline", Some("known.jsonl")),
        ("--statistics", None),
    ] {
        let args = ["check", "labels.jsonl", "--diff", option];
        let done = run(place.path(), args.into_iter().chain(value)).expect(2);
        done.says(&format!("does not go with `{option}`"));
        assert!(done.stdout.is_empty());
        assert_eq!(
            crate::support::names(place.path()),
            ["1.txt", "labels.jsonl"]
        );
    }
}

#[test]
fn changes_showed_the_words_that_were_to_be_left_out() {
    let place = place();
    let inside = r#"{"text":"Secretname went home","spans":[{"start":0,"end":11,"label":"P"}]}"#;
    place.write("inside.jsonl", inside);
    let diff = ["--diff", "--unsafe-fixes", "--redact"];
    let done = run(place.path(), ["check", "inside.jsonl"].iter().chain(&diff)).expect(2);
    done.says("the words of documents are in inside.jsonl");
    assert!(!done.text().contains("Secretname"));
    // There are no words in an export.
    let done = run(place.path(), ["check", "labels.jsonl"].iter().chain(&diff)).expect(1);
    assert!(done.text().starts_with("--- a/labels.jsonl"));
}

#[test]
fn labels_whose_confidences_are_not_parallel_stayed_and_nobody_was_told() {
    let line = |labels: &str, rest: &str| {
        format!(r#"{{"image_url":"AmlDatastore://ds/1.txt","label":[{labels}]{rest}}}"#)
    };
    let span = |start: u64, end: u64| {
        format!(r#"{{"label":"P","offsetStart":{start},"offsetEnd":{end}}}"#)
    };
    let spans = |ends: [(u64, u64); 2]| ends.map(|(start, end)| span(start, end)).join(",");
    for confidences in ["[1.0]", "[1.0,1.0,1.0,1.0]", "0.5", "[]", "null"] {
        let rest = format!(r#","label_confidence":{confidences}"#);
        for (before, after) in [
            (r#""A","A","B""#.to_owned(), r#""A","B""#.to_owned()),
            (spans([(0, 3), (0, 3)]), span(0, 3)),
            (spans([(0, 3), (5, 5)]), span(0, 3)),
        ] {
            let place = place();
            place.write("labels.jsonl", line(&before, &rest));
            let args = ["check", "labels.jsonl", "--fix", "--unsafe-fixes"];
            let done = run(place.path(), args.iter().chain(&["--fail-on", "never"])).expect(0);
            done.says("fixed ");
            // A null is taken out as well.
            let rest = if confidences == "null" { "" } else { &rest };
            assert_eq!(
                place.read("labels.jsonl"),
                line(&after, rest),
                "{confidences}"
            );
        }
    }
    let place = place();
    let rest = |numbers: &str| format!(r#","label_confidence":[{numbers}]"#);
    place.write("labels.jsonl", line(r#""A","B","A""#, &rest("0.1,0.2,0.3")));
    run(place.path(), ["check", "labels.jsonl", "--fix", "-q"]);
    assert_eq!(
        place.read("labels.jsonl"),
        line(r#""A","B""#, &rest("0.1,0.2"))
    );
}

#[test]
fn a_finding_was_fixable_only_where_another_report_was_asked_for_too() {
    let place = place();
    let document = language_document("1.txt", None, 12, &[language_label("P", 0, 3)]);
    let project = language_project(ENTITIES, &["P", "Q"], &[document]);
    let spelled = project.replace(r#""category":"Q""#, r#""category":7"#);
    place.write(
        "labels.json",
        spelled.replace(r#""multilingual":false"#, r#""multilingual":null"#),
    );
    let fixes = |more: &[&str]| -> Vec<Value> {
        let args = [
            "check",
            "labels.json",
            "--select",
            "shape",
            "--output",
            "json",
        ];
        let report = run(place.path(), args.iter().chain(more)).report();
        let findings = report.findings().iter();
        findings.map(|finding| finding["fix"].clone()).collect()
    };
    let alone = fixes(&[]);
    assert_eq!(alone.len(), 2);
    assert!(alone.iter().all(Value::is_object), "{alone:?}");
    assert_eq!(alone, fixes(&["--output", "sarif=report.sarif"]));
}
