//! What is wrong with a file, and where.

use super::{folder, to_language};
use crate::support::run;

/// The findings of a check: rule, line, pointer and message, but for what is said of small projects.
fn findings(lines: &[&str]) -> Vec<String> {
    let place = folder("in.jsonl", &lines.join("\n"));
    let args = [
        "check", "in.jsonl", "--format", "doccano", "--output", "json",
    ];
    let done = run(place.path(), args);
    assert!(done.status < 2, "{}", done.stderr);
    let report = done.report();
    let of_file = [
        "label-rare",
        "document-count",
        "split-absent",
        "too-few-labels",
    ];
    let findings = report.findings().iter();
    let findings = findings.filter(|it| !of_file.contains(&it["rule"].as_str().unwrap()));
    let shown = findings.map(|it| {
        format!(
            "{} {} {} {}",
            it["rule"].as_str().unwrap(),
            it["line"],
            it["pointer"].as_str().unwrap_or("-"),
            it["message"].as_str().unwrap()
        )
    });
    shown.collect()
}

fn line(labels: &str) -> String {
    format!(r#"{{"text":"Ida met Bo","label":{labels},"name":"a.txt"}}"#)
}

#[test]
fn spans_that_doccano_drops_are_told() {
    for (labels, want) in [
        ("[[3,3,\"P\"]]", "span-empty 1 /label/0"),
        ("[[0,3,\"Q\"],[7,4,\"P\"]]", "span-reversed 1 /label/1"),
        ("[[-1,3,\"P\"]]", "span-negative 1 /label/0"),
        ("[[0,300,\"P\"]]", "span-out-of-bounds 1 /label/0"),
        ("[[0,4.5,\"P\"]]", "wrong-type 1 /label/0/1"),
        ("[[0,3]]", "wrong-type 1 /label/0"),
        ("[[0,3,null]]", "wrong-type 1 /label/0/2"),
        ("[[0,3,7]]", "labels-are-numbers 1 /label/0/2"),
        (
            "[{\"start_offset\":0,\"label\":\"P\"}]",
            "missing-member 1 /label/0",
        ),
        ("[\"a\",{}]", "wrong-type 1 /label/1"),
        ("7", "labels-are-numbers 1 /label"),
    ] {
        let found = findings(&[&line(labels)]);
        assert!(
            found.iter().any(|found| found.starts_with(want)),
            "{labels}: {found:?}"
        );
    }
}

#[test]
fn numbers_that_doccano_takes_are_read_and_told() {
    let found = findings(&[&line(r#"[["0",3.0,"P"],[8,10,"P"]]"#)]);
    let told: Vec<&str> = found
        .iter()
        .map(|it| it.split(" `").next().unwrap())
        .collect();
    assert!(
        told.iter().all(|it| it.starts_with("wrong-type")),
        "{found:?}"
    );
    let place = folder("in.jsonl", &line(r#"[["0",3.0,"P"],[8,10,"P"]]"#));
    to_language(&place, "in.jsonl", &["--fail-on", "never"]).expect(0);
    assert_eq!(
        super::labels(&place, "out.json"),
        ["a.txt - P Ida", "a.txt - P Bo"]
    );
}

#[test]
fn what_the_importer_refuses_is_told() {
    let found = findings(&[r#"{"text":"","label":[],"name":"a.txt"}"#]);
    let want = "importer-rejects 1 /text the text is empty: doccano 1.8.4 refuses the line, and \
        takes the others";
    assert!(found.contains(&want.to_owned()), "{found:?}");
}

#[test]
fn a_line_without_text_or_labels_is_told() {
    let good = line("[[0,3,\"P\"]]");
    for (bad, want) in [
        (r#"{"label":[]}"#, "missing-member 2  "),
        (r#"{"text":null,"label":[]}"#, "wrong-type 2 /text "),
        (r#"{"text":7,"label":[]}"#, "wrong-type 2 /text "),
        (r#"{"text":"a"}"#, "missing-member 2  "),
        (r#"{"text":"a","lable":[]}"#, "unknown-member 2 /lable "),
        (r#"{"text":"a","label":{}}"#, "wrong-type 2 /label "),
        ("[]", "wrong-type 2  "),
        ("", "blank-line 2"),
        ("{\"text\":", "truncated-file 2"),
    ] {
        // A blank line is one where another follows.
        let last = good.replace("a.txt", "b.txt");
        let found = if bad.is_empty() {
            findings(&[&good, bad, &last])
        } else {
            findings(&[&good, bad])
        };
        assert!(
            found.iter().any(|found| found.starts_with(want)),
            "{bad}: {found:?}"
        );
    }
}

#[test]
fn classes_beside_spans_are_counted_as_lost() {
    let text =
        r#"{"text":"Ida met Bo","entities":[[0,3,"P"]],"cats":["news","people"],"name":"a.txt"}"#;
    let place = folder("in.jsonl", text);
    let done = to_language(&place, "in.jsonl", &[]).expect(0);
    done.says("classes (2)");
    std::fs::remove_file(place.at("out.json")).unwrap();
    to_language(&place, "in.jsonl", &["--deny-loss"]).expect(1);
}
