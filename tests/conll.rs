//! Tokens with a tag each: read in every scheme, found again in their texts, written in every profile.

mod findings;
mod reading;
mod texts;
mod trips;
mod writing;

use serde_json::Value;

use crate::support::{Run, TempFolder, fixtures, run};

/// The text of a fixture.
fn fixture(name: &str) -> String {
    std::fs::read_to_string(fixtures().join("conll").join(name)).unwrap()
}

/// A folder with this file.
fn folder(name: &str, content: impl AsRef<[u8]>) -> TempFolder {
    let place = TempFolder::new();
    place.write(name, content);
    place
}

/// Converts a file of the folder.
fn convert(place: &TempFolder, from: &str, to: &str, out: &str, more: &[&str]) -> Run {
    let args = ["convert", from, "--to", to, "-o", out];
    run(place.path(), args.iter().chain(more))
}

/// The documents of a Language file, a line each: name, set, and the words of its labels in the texts
/// of a folder.
fn documents(place: &TempFolder, name: &str, texts: &str) -> Vec<String> {
    let project: Value = serde_json::from_str(&place.read(name)).unwrap();
    let documents = project["assets"]["documents"].as_array().unwrap().iter();
    let shown = documents.map(|document| {
        let location = document["location"].as_str().unwrap();
        let text: Vec<u16> = place
            .read(format!("{texts}/{location}"))
            .encode_utf16()
            .collect();
        let regions = document["entities"].as_array().unwrap().iter();
        let labels = regions.flat_map(|region| region["labels"].as_array().unwrap());
        let labels = labels.map(|label| {
            let number = |key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
            let start = number("offset");
            let words = String::from_utf16(&text[start..start + number("length")]).unwrap();
            format!("{} {words:?}", label["category"].as_str().unwrap())
        });
        let set = document["dataset"].as_str().unwrap_or("-");
        format!("{location} {set} {}", labels.collect::<Vec<_>>().join(", "))
    });
    shown.collect()
}

/// The documents of a file of tokens, whose texts are made.
fn rebuilt(place: &TempFolder, name: &str, more: &[&str]) -> Vec<String> {
    let more = [&["--texts-out", "made", "--force"], more].concat();
    convert(place, name, "language", "made.json", &more).expect(0);
    documents(place, "made.json", "made")
}
