//! What fixing many findings takes: it is counted how often the file is gone over, and not timed.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use labelwright::internals::operations;
use labelwright::internals::pipeline::{Meter, Options};
use labelwright::internals::rules::Applicability;
use labelwright::{Source, Texts};

use crate::support::{ONE_CLASS, aml_line, aml_span, class_document, language_project};

/// What comes of fixing all that can be fixed.
struct Mended {
    text: String,
    fixed: BTreeMap<&'static str, u64>,
    /// How often the file was gone over, about.
    times: u64,
}

fn mend(text: &str, name: &str) -> Mended {
    let source = Source::in_memory(text, Path::new(name));
    // It is never done, so it counts on.
    let meter = Arc::new(Meter::new(u64::MAX));
    let options = Options {
        meter: Some(Arc::clone(&meter)),
        ..Options::default()
    };
    let no_texts: Option<&Texts> = None;
    let fixed = operations::fix(&source, None, no_texts, &options, Applicability::Unsafe).unwrap();
    let mut now = text.to_owned();
    if let Some(source) = fixed.source {
        now.clear();
        source.reader().unwrap().read_to_string(&mut now).unwrap();
    }
    Mended {
        text: now,
        fixed: fixed.fixed,
        times: meter.done() / text.len() as u64,
    }
}

#[test]
fn thousands_of_undeclared_labels_took_a_check_each() {
    let document =
        |index| class_document(&format!("{index}.txt"), &format!("label number {index}"));
    let documents: Vec<String> = (0..1000).map(document).collect();
    let project = language_project(ONE_CLASS, &["label number 0"], &documents);
    let mended = mend(&project, "labels.json");
    // That they are rare is said at their declarations then, and is nothing new.
    assert_eq!(mended.fixed, BTreeMap::from([("label-undeclared", 999)]));
    assert!(mended.times < 8, "{}", mended.times);
}

#[test]
fn thousands_of_equal_documents_took_a_check_each() {
    let document = class_document("1.txt", "A");
    let documents = vec![document; 1000];
    let mended = mend(
        &language_project(ONE_CLASS, &["A", "B"], &documents),
        "labels.json",
    );
    assert!(mended.times < 60, "{}", mended.times);
    // That the label is rare then weighs less, and was hidden by the copies.
    assert_eq!(mended.fixed, BTreeMap::from([("document-duplicate", 999)]));
    assert_eq!(mended.text.matches("1.txt").count(), 1);
}

#[test]
fn the_same_number_again_was_a_fix_a_hundred_times() {
    let span = aml_span("A", 0, 99_999_999_999_u64);
    let line = aml_line("AmlDatastore://d/1.txt", &[span]);
    let mended = mend(&line, "labels.jsonl");
    assert_eq!(mended.fixed, BTreeMap::new());
    assert_eq!(mended.text, line);
    assert!(mended.times < 4, "{}", mended.times);
}

#[test]
fn blank_lines_were_fixed_with_what_stands_around_them() {
    let line = r#"{"image_url":"AmlDatastore://d/1.txt","label":"A"}"#;
    let file = format!("{line}\n{}", "\n".repeat(3000));
    let mended = mend(&file, "labels.jsonl");
    assert_eq!(mended.text, format!("{line}\n"));
    assert_eq!(mended.fixed, BTreeMap::from([("blank-line", 3000)]));
    assert!(mended.times < 8, "{}", mended.times);
}

#[test]
fn a_blank_line_took_the_comma_of_the_line_before_along() {
    let line = |number| aml_line(&format!("AmlDatastore://d/{number}.txt"), &[]);
    let lines = format!("{}\n{},\n", line(1), line(2));
    let mended = mend(&format!("{lines}\n"), "labels.jsonl");
    assert_eq!(mended.fixed, BTreeMap::from([("blank-line", 1)]));
    assert_eq!(mended.text, lines);
    let rows = "text,label\nred,A\nblue,\n";
    let mended = mend(&format!("{rows}\n"), "labels.csv");
    assert_eq!(mended.fixed, BTreeMap::from([("blank-line", 1)]));
    assert_eq!(mended.text, rows);
}
