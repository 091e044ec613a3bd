//! What is lost between every two formats, as it is told.

use std::fmt::Write as _;

use insta::assert_snapshot;
use labelwright::internals::formats::FORMATS;
use labelwright::internals::model::Kind;

use super::{place_of, rich_project};
use crate::support::{
    ONE_CLASS, TempFolder, class_document, fixtures, language_project, names, run,
};

/// What a conversion tells of its losses; nothing where there are none.
fn lost(place: &TempFolder, args: &[&str]) -> String {
    let more = [
        "--output",
        "json=report.json",
        "--force",
        "--fail-on",
        "never",
    ];
    let done = run(place.path(), args.iter().chain(&more));
    if done.status != 0 {
        return done.verdict().to_owned();
    }
    let report = std::fs::read(place.at("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let findings = report["diagnostics"].as_array().unwrap().iter();
    let mut losses = findings.filter(|finding| finding["rule"] == "lossy-conversion");
    let told = losses
        .next()
        .map(|finding| finding["message"].as_str().unwrap());
    told.unwrap_or("nothing is lost").to_owned()
}

#[test]
fn what_a_project_loses_to_each_format() {
    let mut shown = String::new();
    let place = TempFolder::new();
    place.write("docs/1.txt", "\u{1f600} Ada in \u{6771}\u{4eac}\r\nEnd ok.");
    place.write("docs/2.txt", "Nothing yet.");
    place.write("docs/3.txt", "Nobody.");
    place.write("spans.json", serde_json::to_vec(&rich_project()).unwrap());
    let classes = [class_document("1.txt", "A"), class_document("2.txt", "B b")];
    place.write(
        "classes.json",
        language_project(ONE_CLASS, &["B b", "A", "C"], &classes),
    );
    for (file, kind) in [
        ("spans.json", Kind::EntityRecognition),
        ("classes.json", Kind::SingleLabelClassification),
    ] {
        for info in FORMATS.iter().map(|format| format.info()) {
            if info.has_kind(kind) && info.name != "language" {
                let out = place_of(info, "out");
                let args = [
                    "convert", file, "--to", info.name, "--texts", "docs", "-o", &out,
                ];
                let _ = writeln!(shown, "{file} to {}: {}", info.name, lost(&place, &args));
            }
        }
    }
    assert_snapshot!(shown);
}

#[test]
fn what_each_fixture_of_another_tool_loses_to_a_project() {
    let mut shown = String::new();
    for info in FORMATS.iter().map(|format| format.info()) {
        let folder = fixtures().join(info.name);
        if matches!(info.name, "aml" | "language") || !folder.is_dir() {
            continue;
        }
        for name in names(&folder) {
            let place = TempFolder::new();
            let file = folder.join(&name);
            let file = file.to_str().unwrap();
            let args = [
                "convert",
                file,
                "--from",
                info.name,
                "--to",
                "language",
                "--texts-out",
                "docs",
                "-o",
                "out.json",
            ];
            let _ = writeln!(shown, "{}/{name}: {}", info.name, lost(&place, &args));
        }
    }
    assert_snapshot!(shown);
}
