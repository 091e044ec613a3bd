//! What is wrong with files, with line and column.

use super::folder;
use crate::support::run;

/// Rule, line and column of each finding but for those about the size of the corpus.
fn found(name: &str, content: &str, more: &[&str]) -> Vec<(String, u64, u64)> {
    let place = folder(name, content);
    let args = [
        "check",
        name,
        "--select",
        "syntax,shape",
        "--output",
        "json",
    ];
    let report = run(place.path(), args.iter().chain(more)).report();
    let findings = report.findings().iter().map(|found| {
        let number = |key: &str| found[key].as_u64().unwrap_or(0);
        (
            found["rule"].as_str().unwrap().to_owned(),
            number("line"),
            number("column"),
        )
    });
    findings.collect()
}

#[test]
fn rows_that_are_none() {
    let wrong = |line, column| ("wrong-type".to_owned(), line, column);
    assert_eq!(
        found("x.conll", "Ada B-P\nmet\nBob B-P\n", &[]),
        [wrong(2, 1)]
    );
    let ragged = "a NNP B-P\nb NN O\nc O\nd NN O\n";
    assert_eq!(found("x.conll", ragged, &[]), [wrong(3, 1)]);
    assert_eq!(found("x.conll", "a O\n\né B-\n", &[]), [wrong(3, 3)]);
}

#[test]
fn tags_that_break_their_scheme() {
    let broken = |line, column| ("tag-scheme-broken".to_owned(), line, column);
    assert_eq!(
        found("x.conll", "a B-P\nb O\n😀 I-P\n", &[]),
        [broken(3, 3)]
    );
    assert_eq!(found("x.conll", "a I-P\nb O\nc I-P\n", &[]), []);
    assert_eq!(
        found("x.conll", "a B-P\nb E-P\nc B-P\n", &[]),
        [broken(3, 3)]
    );
    let plain = ["--format", "conll"];
    assert_eq!(found("x.conll", "a P\nb P\nc O\n", &plain), [broken(2, 3)]);
}

#[test]
fn a_mark_and_bytes_that_are_no_text() {
    let found = found("x.conll", "\u{feff}a B-P\nb O\n", &[]);
    assert_eq!(found, [("byte-order-mark".to_owned(), 1, 1)]);
    let place = folder("x.conll", b"a B-P\nb O\n\nc\xff O\n\nd O\n");
    let report = run(
        place.path(),
        ["check", "x.conll", "--select", "syntax", "--output", "json"],
    );
    let report = report.expect(1).report();
    assert_eq!(report.rules(), ["invalid-utf8"]);
    assert_eq!(report.findings()[0]["line"], 4);
}
