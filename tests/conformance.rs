//! What is JSON and what is not: a verdict for each of a table of cases, wherever JSON is read. RFC
//! 8259 settles most of them; for what it leaves open the table has the verdict that was chosen.
//!
//! Each case is read as a whole file, as the line of an export, and as the value of a member that
//! nobody knows, which must come back as it was spelled.

mod accepted;
mod open;
mod rejected;

use std::path::Path;

use labelwright::internals::diagnostics::Severity;
use labelwright::internals::formats::find;
use labelwright::internals::input::Source;
use labelwright::internals::operations::{self, Conversion, Ledger};
use labelwright::internals::pipeline::Options;

use crate::support::conversion;

/// A case: what it is called, and its bytes.
type Case = (String, Vec<u8>);

fn case(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Case {
    (name.into(), bytes.into())
}

/// What is found of it that hides what it holds; nothing where it is read.
fn hidden(bytes: Vec<u8>, name: &str, format: &str) -> Vec<&'static str> {
    let source = Source::in_memory(bytes, Path::new(name));
    let done = operations::check(&source, find(format), None, &Options::default());
    let outcome = done.unwrap();
    let syntax = [
        "invalid-json",
        "invalid-utf8",
        "nesting-too-deep",
        "duplicate-key",
        "truncated-file",
        "lone-surrogate",
    ];
    let found = outcome
        .diagnostics
        .iter()
        .map(|finding| finding.unwrap().rule);
    found.filter(|rule| syntax.contains(rule)).collect()
}

/// The same of the case as a value in a whole file, and as a line between two others.
fn as_file(json: &[u8]) -> Vec<&'static str> {
    let project = crate::support::language_project(crate::support::ENTITIES, &["P"], &[]);
    let rest = project.strip_prefix('{').unwrap();
    hidden(
        [b"{\"x\":", json, b",", rest.as_bytes()].concat(),
        "labels.json",
        "language",
    )
}

/// The rules whose errors are found where the case is the whole file.
fn alone(json: &[u8]) -> Vec<&'static str> {
    let source = Source::in_memory(json.to_vec(), Path::new("labels.json"));
    let outcome = operations::check(&source, None, None, &Options::default()).unwrap();
    let found = outcome.diagnostics.iter().map(|finding| finding.unwrap());
    let errors = found.filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.rule).collect()
}

const LINE: &str = r#"{"image_url":"AmlDatastore://store/1.txt","label":[],"label_confidence":[]}"#;

fn as_line(json: &[u8]) -> Vec<&'static str> {
    let lines = [LINE.as_bytes(), b"\n", json, b"\n", LINE.as_bytes(), b"\n"];
    hidden(lines.concat(), "labels.jsonl", "aml")
}

fn as_member(json: &[u8]) -> Vec<u8> {
    as_member_of(LINE, json)
}

/// A line with the case as the value of one more member.
fn as_member_of(line: &str, json: &[u8]) -> Vec<u8> {
    let line = line.strip_suffix('}').unwrap();
    [line.as_bytes(), b",\"x\":", json, b"}\n"].concat()
}

/// Takes a line with the case as a member to a Language project and back, with a ledger, and insists on
/// the value as it was spelled but for white space between its parts.
fn comes_back(name: &str, json: &[u8]) {
    let texts = labelwright::internals::input::Texts::in_memory([(
        "1.txt".to_owned(),
        b"Ada met".to_vec(),
    )]);
    let line = LINE.replace(
        r#""label":[],"label_confidence":[]"#,
        r#""label":[{"label":"P","offsetStart":0,"offsetEnd":3}],"label_confidence":[1]"#,
    );
    let line = as_member_of(&line, json);
    let convert = |bytes: Vec<u8>, file: &str, asked: &Conversion<'_>| {
        let source = Source::in_memory(bytes, Path::new(file));
        let (mut out, mut ledger) = (Vec::new(), Vec::new());
        let done = operations::convert(&source, asked, &Options::default(), &mut out, &mut ledger);
        let outcome = done.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!outcome.refused, "{name}: {:?}", outcome.diagnostics);
        (out, ledger)
    };
    let there = Conversion {
        texts: Some(&texts),
        save_losses: true,
        ..conversion("language")
    };
    let (project, ledger) = convert(line.clone(), "labels.jsonl", &there);
    let ledger = Ledger::read(Source::in_memory(ledger, Path::new("ledger"))).unwrap();
    let back = Conversion {
        texts: Some(&texts),
        restore: Some(&ledger),
        ..conversion("aml")
    };
    let (again, _) = convert(project, "labels.json", &back);
    let want = squeezed(&line);
    assert_eq!(
        String::from_utf8(again).unwrap(),
        String::from_utf8(want).unwrap(),
        "{name}"
    );
}

/// JSON without the white space between its parts.
fn squeezed(json: &[u8]) -> Vec<u8> {
    let (mut in_string, mut is_escaped) = (false, false);
    let kept = json.iter().filter(|byte| {
        let is_quote = **byte == b'"' && !is_escaped;
        is_escaped = in_string && **byte == b'\\' && !is_escaped;
        in_string ^= is_quote;
        in_string || is_quote || !matches!(byte, b' ' | b'\t')
    });
    kept.copied().collect()
}
