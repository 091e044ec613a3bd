//! Folders and many files: what is written where, what a later run goes by, and what is said.

#[cfg(unix)]
mod changes;
#[cfg(unix)]
mod disks;
mod folder;
#[cfg(unix)]
mod interrupts;
mod later_runs;
mod left_out;
mod places;
#[cfg(unix)]
mod processes;
mod side_by_side;
mod skipped;
#[cfg(unix)]
mod terminal;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{TempFolder, files};

/// A class export of so many documents.
fn classes(documents: usize) -> String {
    let line = |number: usize| {
        let label = ["Refund", "Thanks"][number % 2];
        format!(
            "{{\"image_url\":\"AmlDatastore://ds/d{number:07}.txt\",\"label\":\"{label}\",\"label_confidence\":1.0}}\n"
        )
    };
    (0..documents).map(line).collect()
}

/// A folder of label files: `in/a.jsonl`, `in/b/c.jsonl`, `in/b/d.jsonl`, and things that are none.
fn place() -> TempFolder {
    let place = TempFolder::new();
    place.write("in/a.jsonl", classes(3));
    place.write("in/b/c.jsonl", classes(5));
    place.write("in/b/d.jsonl", classes(2));
    place.write("in/package.json", "{\"name\": 1}");
    place.write("in/readme.txt", "no label file");
    place.write("in/.hidden/a.jsonl", classes(1));
    place
}

/// The conversion of that folder, `in`, to the folder `out`.
const TO_LANGUAGE: [&str; 7] = [
    "convert",
    "in",
    "--to",
    "language",
    "--no-texts",
    "--out",
    "out",
];

/// The same with more arguments.
fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&TO_LANGUAGE[..], more].concat()
}

/// The manifest of an output folder, by input.
fn manifest(folder: &Path) -> BTreeMap<String, Value> {
    let text = fs::read_to_string(folder.join(".labelwright-manifest.jsonl")).unwrap();
    let lines = text
        .lines()
        .map(|line| -> Value { serde_json::from_str(line).unwrap() });
    let named: Vec<(String, Value)> = lines
        .map(|line| (line["input"].as_str().unwrap().to_owned(), line))
        .collect();
    assert!(named.is_sorted_by(|a, b| a.0 < b.0), "{text}");
    named.into_iter().collect()
}

/// The status of each input.
fn fates(folder: &Path) -> Vec<(String, String)> {
    let lines = manifest(folder).into_iter();
    let fate = |line: &Value| line["status"].as_str().unwrap().to_owned();
    lines.map(|(input, line)| (input, fate(&line))).collect()
}

/// Pairs of strings, as [`fates`] answers them.
fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
    pairs.iter().map(owned).collect()
}

/// Files of a folder by name, with their contents, but for the manifest.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let found = files(folder).into_iter();
    let named = found.map(|path| (path.strip_prefix(folder).unwrap().to_owned(), path));
    named
        .filter(|(name, _)| name != Path::new(".labelwright-manifest.jsonl"))
        .map(|(name, path)| (name, fs::read(path).unwrap()))
        .collect()
}

/// What is said on stderr without the time that it took.
fn timeless(stderr: &str) -> String {
    let line = |line: &str| match line.split_once(" in ") {
        Some((before, after)) if line.starts_with('c') => {
            let others = after.split_once("; ").map_or("", |(_, others)| others);
            format!("{before}; {others}\n")
        }
        _ => format!("{line}\n"),
    };
    stderr.lines().map(line).collect()
}
