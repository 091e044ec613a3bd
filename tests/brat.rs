//! Folders of brat: told from others, checked, and converted.

mod findings;
mod folders;
mod trips;

use serde_json::Value;

use crate::support::{Report, Run, TempFolder, fixtures, run};

/// A folder with these texts and annotations, each pair by its name without an extension.
fn folder(pairs: &[(&str, &str, &str)]) -> TempFolder {
    let place = TempFolder::new();
    for (name, text, annotations) in pairs {
        place.write(format!("in/{name}.txt"), text);
        place.write(format!("in/{name}.ann"), annotations);
    }
    place
}

/// Copies the fixture to `in` of a folder.
fn letters() -> TempFolder {
    let place = TempFolder::new();
    let root = fixtures().join("brat/letters");
    for path in crate::support::files(&root) {
        let name = path.strip_prefix(&root).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        place.write(std::path::Path::new("in").join(name), bytes);
    }
    place
}

/// Checks `in`, with the rules of these groups or names.
#[track_caller]
fn check(place: &TempFolder, rules: &str) -> Report {
    let args = ["check", "in", "--select", rules, "--output", "json"];
    let done = run(place.path(), args);
    assert_ne!(done.status, 2, "{}", done.stderr);
    done.report()
}

/// The findings of a report: file, line, column and rule.
fn places(report: &Report) -> Vec<String> {
    let shown = report.findings().iter().map(|found| {
        let path = found["path"]
            .as_str()
            .unwrap_or_default()
            .replace('\\', "/");
        format!(
            "{}:{}:{} {}",
            path.trim_start_matches("in/"),
            found["line"],
            found["column"],
            found["rule"].as_str().unwrap_or_default()
        )
    });
    shown.collect()
}

/// Converts in the folder.
fn convert(place: &TempFolder, from: &str, to: &str, out: &str, more: &[&str]) -> Run {
    let args = ["convert", from, "--to", to, "-o", out];
    run(place.path(), args.iter().chain(more))
}

/// The labels of a Language file: document, set, label, offset and length.
fn labels(place: &TempFolder, name: &str) -> Vec<String> {
    let project: Value = serde_json::from_str(&place.read(name)).unwrap();
    let mut shown = Vec::new();
    for document in project["assets"]["documents"].as_array().unwrap() {
        let location = document["location"].as_str().unwrap();
        let set = document["dataset"].as_str().unwrap_or("-");
        for region in document["entities"].as_array().unwrap() {
            for label in region["labels"].as_array().unwrap() {
                let category = label["category"].as_str().unwrap();
                let (offset, length) = (&label["offset"], &label["length"]);
                shown.push(format!("{location} {set} {category} {offset}+{length}"));
            }
        }
    }
    shown
}
