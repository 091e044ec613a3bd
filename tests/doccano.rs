//! doccano's files: told from others, checked, and converted.

mod detection;
mod findings;
mod reading;
mod trips;
mod writing;

use serde_json::Value;

use crate::support::{Run, TempFolder, fixtures, run};

/// The bytes of a fixture.
fn fixture(name: &str) -> String {
    std::fs::read_to_string(fixtures().join("doccano").join(name)).unwrap()
}

/// A folder with this file.
fn folder(name: &str, text: &str) -> TempFolder {
    let place = TempFolder::new();
    place.write(name, text);
    place
}

/// Converts a file of the folder.
fn convert(place: &TempFolder, from: &str, to: &str, out: &str, more: &[&str]) -> Run {
    let args = ["convert", from, "--to", to, "-o", out, "--force"];
    run(place.path(), args.iter().chain(more))
}

/// Converts a file of the folder to `out.json`, with its texts in `docs`.
fn to_language(place: &TempFolder, name: &str, more: &[&str]) -> Run {
    let more = [&["--from", "doccano", "--texts-out", "docs"], more].concat();
    convert(place, name, "language", "out.json", &more)
}

/// The labels of a Language file in the folder, with the words that they stand on.
fn labels(place: &TempFolder, name: &str) -> Vec<String> {
    crate::support::words_of(&place.at(name), &place.at("docs"))
}

/// The lines of a file as values.
fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
