//! `labelwright diff`: what two label files differ in, in labels rather than in lines.

mod edits;
mod files;
mod hostile;
mod names;

use serde_json::Value;

use crate::support::{Run, TempFolder, run};

/// Compares two files of a folder whose texts lie in it.
fn diff(folder: &TempFolder, before: &str, after: &str) -> Run {
    run(folder.path(), ["diff", before, after, "--texts", "."])
}

/// The JSON report of the same, with the status that is expected.
#[track_caller]
fn report(folder: &TempFolder, before: &str, after: &str, status: i32) -> Value {
    let args = ["diff", before, after, "--texts", ".", "--output", "json"];
    let done = run(folder.path(), args).expect(status);
    serde_json::from_slice(&done.stdout).unwrap()
}

/// The lists of a report that hold anything, and what they hold.
fn differing(report: &Value) -> Vec<(String, Value)> {
    let comparison = report["comparisons"][0].as_object().unwrap();
    let is_list = |value: &Value| match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(declared) => {
            declared.get("reordered") == Some(&Value::Bool(true))
                || ["added", "removed"].iter().any(|list| {
                    let items = declared.get(*list).and_then(Value::as_array);
                    items.is_some_and(|items| !items.is_empty())
                })
        }
        _ => false,
    };
    let lists = comparison.iter().filter(|(_, value)| is_list(value));
    lists
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
