//! Files of spaCy and Prodigy: read, checked, fixed and converted.

mod docbin;
mod quick;
mod reading;
mod trips;

use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Report, Run, TempFolder, fixtures, run};

/// A fixture of one of the formats.
fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap()
}

/// Where it lies.
fn path(name: &str) -> PathBuf {
    fixtures().join(name)
}

/// A folder with this file.
fn folder(name: &str, bytes: impl AsRef<[u8]>) -> TempFolder {
    let place = TempFolder::new();
    place.write(name, bytes);
    place
}

/// The report of a check of a file with these bytes.
fn check(name: &str, bytes: impl AsRef<[u8]>) -> Report {
    let place = folder(name, bytes);
    run(place.path(), ["check", name, "--output", "json"]).report()
}

/// Converts a file of the folder, whatever is found in it.
fn convert(place: &TempFolder, from: &str, to: &str, out: &str, more: &[&str]) -> Run {
    let args = ["convert", from, "--to", to, "-o", out, "--fail-on", "never"];
    run(place.path(), args.iter().chain(more))
}

/// What is found by a rule: pointer and message.
fn found(report: &Report, rule: &str) -> Vec<(String, String)> {
    let of_rule = report.findings().iter();
    let of_rule = of_rule.filter(|finding| finding["rule"] == rule);
    let shown = of_rule.map(|finding: &Value| {
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        (text("pointer"), text("message"))
    });
    shown.collect()
}
