//! `labelwright sync`: the labels of an export in a project, and nothing else changed.

mod classes;
mod files;
mod laws;
mod names;
mod three_ways;

use serde_json::Value;

use crate::support::{Run, TempFolder, run};

/// Puts the labels of `export.jsonl` into `project.json`, as `new.json`.
fn sync(folder: &TempFolder, more: &[&str]) -> Run {
    let args = [
        "sync",
        "--project",
        "project.json",
        "--labels",
        "export.jsonl",
        "--texts",
        ".",
    ];
    let args = args.iter().chain(more);
    let to = ["-o", "new.json"];
    let is_written = !more.contains(&"--diff");
    run(
        folder.path(),
        args.chain(to.iter().filter(|_| is_written)).copied(),
    )
}

/// What `new.json` holds.
fn new(folder: &TempFolder) -> Value {
    serde_json::from_str(&folder.read("new.json")).unwrap()
}

/// The labels of a document: name, offset and length.
fn labels(project: &Value, document: usize) -> Vec<(String, i64, i64)> {
    let regions = project["assets"]["documents"][document]["entities"].as_array();
    let labels = regions.into_iter().flatten();
    let labels = labels.flat_map(|region| region["labels"].as_array().unwrap());
    labels
        .map(|label| {
            (
                label["category"].as_str().unwrap().to_owned(),
                label["offset"].as_i64().unwrap(),
                label["length"].as_i64().unwrap(),
            )
        })
        .collect()
}
