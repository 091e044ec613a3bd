//! Label files that mean harm, or look like it. Each gets its finding with a place; nothing
//! panics, and nothing outside the named folder is opened.

mod escapes;
mod names;
mod odd_paths;
mod pipes;
mod secrets;
mod sizes;
mod sockets;
mod surrogates;
mod terminals;
mod watched;

use std::fs;
use std::path::Path;

use crate::support::{
    ENTITIES, Report, TempFolder, aml_line, aml_span, language_document, language_label,
    language_project, run,
};

/// A folder for label files and, in `texts`, documents. Beside it lies a file that would be
/// noticed if it were read: it is no UTF-8.
fn trap() -> TempFolder {
    let place = TempFolder::new();
    fs::create_dir(place.at("texts")).unwrap();
    place.write("secret.txt", b"\xff secret");
    place
}

/// Checks `labels.json` or `labels.jsonl`, and insists that people get a report too.
fn check(place: &TempFolder, name: &str) -> Report {
    let shown = run(place.path(), args(name).chain(["-q"]));
    assert!(shown.stderr.is_empty(), "{}", shown.stderr);
    assert!(matches!(shown.status, 0 | 1), "{}", shown.status);
    check_large(place, name)
}

/// The same with the report for machines only, since an unoptimized program is slow. Every
/// finding has a place.
fn check_large(place: &TempFolder, name: &str) -> Report {
    let done = run(place.path(), args(name).chain(["-q", "--output", "json"]));
    assert!(done.stderr.is_empty(), "{}", done.stderr);
    assert!(matches!(done.status, 0 | 1), "{}", done.status);
    let report = done.report();
    for finding in report.findings() {
        for part in ["line", "column", "byte_start", "byte_end", "pointer"] {
            assert!(!finding[part].is_null(), "no {part}: {finding}");
        }
    }
    report
}

/// A check by the rules that look at single records. The format is given, since some files hide
/// what they are behind a long beginning.
fn args(name: &str) -> impl Iterator<Item = &str> {
    let language = Path::new(name).extension().is_some_and(|end| end == "json");
    let format = if language { "language" } else { "aml" };
    let args = ["check", name, "--format", format, "--texts", "texts"];
    let rules = ["--select", "syntax,shape,offsets,documents"];
    // What is odd about a name or a length as such is for other tests.
    let without = [
        "--ignore",
        "unknown-member,location-name,location-nested,location-not-txt,location-unportable,document-too-long,\
         document-same-text,document-unlisted",
    ];
    args.into_iter().chain(rules).chain(without)
}

/// An entity project with these documents.
fn language(documents: &str) -> String {
    language_project(ENTITIES, &["City"], &[documents.to_owned()])
}

/// A document with one region and these labels: `(offset, length)`.
fn document(location: &str, length: usize, labels: &[(usize, usize)]) -> String {
    let labels = labels.iter();
    let labels = labels.map(|(offset, length)| language_label("City", *offset, *length));
    language_document(location, None, length, &labels.collect::<Vec<_>>())
}

/// A line of an Azure ML export with one label, `0..4`.
fn line(url: &str) -> String {
    aml_line(url, &[aml_span("City", 0, 4)]) + "\n"
}
