//! Tables of texts with a class each: told from other files, checked, and converted.

mod detection;
mod findings;
mod reading;
mod shapes;
mod texts_out;
mod trips;
mod trouble;

use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Report, Run, TempFolder, fixtures, run};

/// The fixtures of the format.
fn tables() -> PathBuf {
    fixtures().join("csv")
}

/// The bytes of a fixture.
fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(tables().join(name)).unwrap()
}

/// A folder with this table.
fn folder(name: &str, table: impl AsRef<[u8]>) -> TempFolder {
    let place = TempFolder::new();
    place.write(name, table);
    place
}

/// Converts a file of the folder.
fn convert(place: &TempFolder, from: &str, to: &str, out: &str, more: &[&str]) -> Run {
    let args = ["convert", from, "--to", to, "-o", out];
    run(place.path(), args.iter().chain(more))
}

/// Converts a table of the folder to `out.json`, with its texts in `docs`.
fn to_language(place: &TempFolder, table: &str, more: &[&str]) -> Run {
    let more = [&["--texts-out", "docs"], more].concat();
    convert(place, table, "language", "out.json", &more)
}

/// The report of a conversion to `out.json` that came to this status.
#[track_caller]
fn report(place: &TempFolder, table: &str, status: i32, more: &[&str]) -> Report {
    let more = [&["--output", "json"], more].concat();
    to_language(place, table, &more).expect(status).report()
}

/// The documents of a Language file in the folder, a line each: name, set and classes.
fn documents(place: &TempFolder, name: &str) -> Vec<String> {
    let project: Value = serde_json::from_str(&place.read(name)).unwrap();
    let documents = project["assets"]["documents"].as_array().unwrap().iter();
    let shown = documents.map(|document| {
        let several = document["classes"].as_array();
        let classes = several.map_or_else(|| vec![&document["class"]], |all| all.iter().collect());
        let classes = classes.into_iter();
        let classes = classes.filter_map(|class| class["category"].as_str());
        let classes: Vec<&str> = classes.collect();
        let set = document["dataset"].as_str().unwrap_or("-");
        format!(
            "{} {set} {classes:?}",
            document["location"].as_str().unwrap()
        )
    });
    shown.collect()
}

/// The message of the one finding of a rule.
#[track_caller]
fn message(report: &Report, rule: &str) -> String {
    let found = report.findings().iter();
    let found: Vec<&Value> = found.filter(|found| found["rule"] == rule).collect();
    assert_eq!(found.len(), 1, "{:?}", report.rules());
    found[0]["message"].as_str().unwrap().to_owned()
}
