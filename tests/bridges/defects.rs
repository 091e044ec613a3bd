//! A mutation test of the formats of other tools: from a corpus without a fault, each of some single
//! defects is found by the rule that is for it, at its place.

use serde_json::{Value, json};

use super::place_of;
use crate::support::{
    Report, TempFolder, language_document, language_label, language_project, run,
};

/// Where a format that is JSON has what is changed, in the document that is changed.
struct Members {
    format: &'static str,
    /// Whether the file is one array, and not a line for each document.
    is_array: bool,
    text: &'static str,
    spans: &'static str,
    /// In a span.
    start: &'static str,
    end: &'static str,
    label: &'static str,
}

const FORMATS: &[Members] = &[
    Members {
        format: "label-studio",
        is_array: true,
        text: "/data/text",
        spans: "/annotations/0/result",
        start: "/value/start",
        end: "/value/end",
        label: "/value/labels/0",
    },
    Members {
        format: "spacy",
        is_array: false,
        text: "/text",
        spans: "/spans",
        start: "/start",
        end: "/end",
        label: "/label",
    },
    Members {
        format: "spacy-tuples",
        is_array: true,
        text: "/0",
        spans: "/1/entities",
        start: "/0",
        end: "/1",
        label: "/2",
    },
    Members {
        format: "doccano",
        is_array: false,
        text: "/text",
        spans: "/label",
        start: "/0",
        end: "/1",
        label: "/2",
    },
    Members {
        format: "huggingface",
        is_array: false,
        text: "/text",
        spans: "/entities",
        start: "/start",
        end: "/end",
        label: "/label",
    },
];

/// A defect: a span gets these edges, or something else is changed.
struct Defect {
    rule: &'static str,
    name: &'static str,
    make: fn(&mut Value, &Members),
    /// Where it is found, from the root of the record: a place in the span, or another.
    at: fn(&Members) -> String,
}

fn first(document: &mut Value, members: &Members, place: &str, value: Value) {
    let pointer = format!("{}/0{place}", members.spans);
    *document.pointer_mut(&pointer).unwrap() = value;
}

fn of_span(members: &Members) -> String {
    format!("{}/0", members.spans)
}

/// The text is `Ada met Émile in Rome.`, and `Ada` its first span.
const DEFECTS: &[Defect] = &[
    Defect {
        rule: "span-out-of-bounds",
        name: "an end past the text",
        make: |document, members| first(document, members, members.end, json!(300)),
        at: of_span,
    },
    Defect {
        rule: "span-negative",
        name: "a start below 0",
        make: |document, members| first(document, members, members.start, json!(-1)),
        at: of_span,
    },
    Defect {
        rule: "span-reversed",
        name: "an end before the start",
        make: |document, members| {
            first(document, members, members.start, json!(3));
            first(document, members, members.end, json!(0));
        },
        at: of_span,
    },
    Defect {
        rule: "span-empty",
        name: "no characters",
        make: |document, members| first(document, members, members.end, json!(0)),
        at: of_span,
    },
    Defect {
        rule: "span-cuts-word",
        name: "a part of a word",
        make: |document, members| first(document, members, members.end, json!(2)),
        at: of_span,
    },
    Defect {
        rule: "span-edge-whitespace",
        name: "a blank at the end",
        make: |document, members| first(document, members, members.end, json!(4)),
        at: of_span,
    },
    Defect {
        rule: "spans-duplicate",
        name: "a span twice",
        make: |document, members| {
            let spans = document.pointer_mut(members.spans).unwrap();
            let mut again = spans[0].clone();
            if let Some(id) = again.get_mut("id") {
                *id = json!("again");
            }
            spans.as_array_mut().unwrap().push(again);
        },
        at: |members| format!("{}/2", members.spans),
    },
    Defect {
        rule: "wrong-type",
        name: "an end that is a word",
        make: |document, members| first(document, members, members.end, json!("three")),
        at: |members| format!("{}/0{}", members.spans, members.end),
    },
    Defect {
        rule: "wrong-type",
        name: "a label that is an object",
        make: |document, members| first(document, members, members.label, json!({})),
        at: |members| format!("{}/0{}", members.spans, members.label),
    },
    Defect {
        rule: "document-empty",
        name: "a blank text",
        make: |document, members| {
            *document.pointer_mut(members.text).unwrap() = json!(" \n");
            *document.pointer_mut(members.spans).unwrap() = json!([]);
        },
        at: |_| String::new(),
    },
    Defect {
        rule: "wrong-type",
        name: "a text that is a number",
        make: |document, members| *document.pointer_mut(members.text).unwrap() = json!(7),
        at: |members| members.text.to_owned(),
    },
];

/// A corpus of four documents in a format, as labelwright writes it.
fn clean(format: &str) -> (TempFolder, String) {
    let place = TempFolder::new();
    let mut documents = Vec::new();
    for number in 0..4 {
        // Four texts that differ, each with the same two labels.
        let text = format!(
            "Ada met \u{c9}mile in Rome. {}",
            "So it went. ".repeat(number + 1)
        );
        let labels = [
            language_label("Person", 0, 3),
            language_label("City", 17, 4),
        ];
        let name = format!("{number}.txt");
        let length = text.encode_utf16().count();
        documents.push(language_document(&name, None, length, &labels));
        place.write(format!("docs/{name}"), text);
    }
    place.write(
        "in.json",
        language_project("CustomEntityRecognition", &["Person", "City"], &documents),
    );
    let info = labelwright::internals::formats::find(format)
        .unwrap()
        .info();
    let out = place_of(info, "clean");
    let args = [
        "convert",
        "in.json",
        "--to",
        format,
        "--texts",
        "docs",
        "-o",
        &out,
        "--fail-on",
        "never",
    ];
    run(place.path(), args).expect(0);
    (place, out)
}

fn check(place: &TempFolder, file: &str, format: &str) -> Report {
    // What a small corpus has too few of is no subject here.
    let quiet =
        "label-rare,too-few-labels,split-absent,document-count,label-monotone,label-imbalance";
    let args = [
        "check", file, "--format", format, "--ignore", quiet, "--output", "json",
    ];
    run(place.path(), args).report()
}

#[test]
fn a_corpus_that_was_written_has_no_finding() {
    for members in FORMATS {
        let (place, file) = clean(members.format);
        let report = check(&place, &file, members.format);
        assert_eq!(report.findings(), &[] as &[Value], "{}", members.format);
    }
}

#[test]
fn every_defect_is_found_at_its_place() {
    let mut failures = Vec::new();
    for members in FORMATS {
        let (place, file) = clean(members.format);
        let text = place.read(&file);
        for defect in DEFECTS {
            // The third of the four documents.
            let changed = if members.is_array {
                let mut all: Value = serde_json::from_str(&text).unwrap();
                (defect.make)(&mut all[2], members);
                all.to_string()
            } else {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                let mut line: Value = serde_json::from_str(&lines[2]).unwrap();
                (defect.make)(&mut line, members);
                lines[2] = line.to_string();
                lines.join("\n")
            };
            let name = format!("changed-{file}");
            place.write(&name, changed);
            let report = check(&place, &name, members.format);
            let record = if members.is_array { "/2" } else { "" };
            let want = format!("{record}{}", (defect.at)(members));
            let found = report.findings().iter().any(|finding| {
                let pointer = finding["pointer"].as_str().unwrap_or("none");
                finding["rule"] == defect.rule
                    && (pointer.starts_with(&want) || want.starts_with(pointer))
            });
            if !found {
                let all = report.findings().iter();
                let all: Vec<String> = all
                    .map(|it| format!("{} at {}", it["rule"], it["pointer"]))
                    .collect();
                failures.push(format!(
                    "{}, {}: {} at {want}; found {all:?}",
                    members.format, defect.name, defect.rule
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
