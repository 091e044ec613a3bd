//! Records of Hugging Face data sets: told from others, checked, and converted.

mod reading;
mod tokens;
mod trips;

use serde_json::Value;

use crate::support::{Run, TempFolder, fixtures, run};

/// The text of a fixture.
fn fixture(name: &str) -> String {
    std::fs::read_to_string(fixtures().join("huggingface").join(name)).unwrap()
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
    let more = [&["--from", "huggingface", "--texts-out", "docs"], more].concat();
    convert(place, name, "language", "out.json", &more)
}

/// The labels of `out.json`, with the words that they stand on.
fn labels(place: &TempFolder) -> Vec<String> {
    crate::support::words_of(&place.at("out.json"), &place.at("docs"))
}

/// The lines of a file as values.
fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
