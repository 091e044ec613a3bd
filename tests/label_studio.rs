//! Exports and import files of Label Studio: told from other files, read in every shape, checked,
//! converted, and put back.

mod detection;
mod findings;
mod ledger;
mod limits;
mod quick;
mod reading;
mod trips;
mod writing;

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Report, Run, TempFolder, fixtures, run};

/// The fixtures of the format.
fn exports() -> PathBuf {
    fixtures().join("label-studio")
}

/// The text of a fixture.
fn fixture(name: &str) -> String {
    std::fs::read_to_string(exports().join(name)).unwrap()
}

/// A folder with this file, `tasks.json`.
fn folder(tasks: impl AsRef<[u8]>) -> TempFolder {
    let place = TempFolder::new();
    place.write("tasks.json", tasks);
    place
}

/// Converts a file of the folder.
fn convert(place: &TempFolder, from: &str, to: &str, out: &str, more: &[&str]) -> Run {
    let args = ["convert", from, "--to", to, "-o", out];
    run(place.path(), args.iter().chain(more))
}

/// Converts `tasks.json` to `out.json`, a Language project, with its texts in `docs`.
fn to_language(place: &TempFolder, more: &[&str]) -> Run {
    let more = [&["--texts-out", "docs", "--force"], more].concat();
    convert(place, "tasks.json", "language", "out.json", &more)
}

/// What a check of these tasks finds.
#[track_caller]
fn check(tasks: impl AsRef<[u8]>, more: &[&str]) -> Report {
    let place = folder(tasks);
    let args = ["check", "tasks.json", "--output", "json"];
    let done = run(place.path(), args.iter().chain(more));
    assert_ne!(done.status, 2, "{}", done.stderr);
    done.report()
}

/// The labels of a Language file in the folder, a line a document: its name, set, and each label
/// with the words that it is on.
fn labels(place: &TempFolder, name: &str) -> Vec<String> {
    let project: Value = serde_json::from_str(&place.read(name)).unwrap();
    let documents = project["assets"]["documents"].as_array().unwrap().iter();
    documents.map(|document| shown(place, document)).collect()
}

fn shown(place: &TempFolder, document: &Value) -> String {
    let name = document["location"].as_str().unwrap();
    let text: Vec<u16> = place.read(format!("docs/{name}")).encode_utf16().collect();
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let mut line = name.to_owned();
    if let Some(set) = document["dataset"].as_str() {
        let _ = write!(line, " ({set})");
    }
    if let Some(regions) = document["entities"].as_array() {
        line += if regions.is_empty() {
            " unlabeled"
        } else {
            ":"
        };
        for region in regions {
            for label in region["labels"].as_array().unwrap() {
                let start = number(&label["offset"]);
                let end = start + number(&label["length"]);
                let words = String::from_utf16(&text[start..end]).unwrap();
                let _ = write!(line, " {}={words:?}", label["category"].as_str().unwrap());
            }
        }
    }
    let several = document["classes"].as_array();
    for class in several.into_iter().flatten().chain(document.get("class")) {
        let _ = write!(line, " [{}]", class["category"].as_str().unwrap());
    }
    line
}
