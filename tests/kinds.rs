//! Every kind and shape of both formats: read, rewritten, migrated.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{TempFolder, fixtures, names, run};

fn language() -> PathBuf {
    fixtures().join("language")
}

fn label_files(folder: &Path, extension: &str) -> Vec<String> {
    let mut found = names(folder);
    found.retain(|name| name.ends_with(extension));
    found
}

fn check(folder: &Path, name: &str) -> Value {
    // The corpora are small on purpose.
    let args = [
        "check",
        name,
        "--ignore",
        "coverage,split",
        "--texts",
        "../language",
    ];
    let more = ["--fail-on", "never", "--output", "json"];
    let done = run(folder, args.into_iter().chain(more)).expect(0);
    done.report().0
}

fn convert(folder: &Path, name: &str, to: &str) -> Vec<u8> {
    run(folder, ["convert", name, "--to", to]).expect(0).stdout
}

/// The labels of a Language file of today's shape: document, category, numbers.
fn labels(project: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for document in project["assets"]["documents"].as_array().unwrap() {
        let name = document["location"].as_str().unwrap();
        let mut note = |value: &Value| found.push((name.to_owned(), value.to_string()));
        for region in document["entities"].as_array().into_iter().flatten() {
            let extent = [&region["regionOffset"], &region["regionLength"]];
            note(&serde_json::json!(extent));
            for label in region["labels"].as_array().unwrap() {
                let (category, offset) = (&label["category"], &label["offset"]);
                note(&serde_json::json!([category, offset, label["length"]]));
            }
        }
        for class in document["classes"].as_array().into_iter().flatten() {
            note(&class["category"]);
        }
        if document["class"].is_object() {
            note(&document["class"]["category"]);
        }
    }
    found.sort();
    found
}

#[test]
fn every_kind_is_read_without_an_error() {
    let kinds = [
        ("entities.json", "CustomEntityRecognition"),
        ("single.json", "CustomSingleLabelClassification"),
        ("multi.json", "CustomMultiLabelClassification"),
        ("sentiment.json", "CustomTextSentiment"),
        ("healthcare.json", "CustomHealthcare"),
        ("summarization.json", "CustomAbstractiveSummarization"),
    ];
    for (name, kind) in kinds {
        let report = check(&language(), name);
        assert_eq!(report["inputs"][0]["kind"], kind, "{name}");
        assert_eq!(
            report["summary"]["errors"], 0,
            "{name}: {}",
            report["diagnostics"]
        );
        assert!(report["summary"]["documents"].as_u64() > Some(1), "{name}");
    }
}

#[test]
fn todays_files_are_rewritten_byte_for_byte() {
    let changed = |name: &str| {
        name.starts_with('v') || name.starts_with("draft-") || name == "class-array.json"
    };
    let mut seen = 0;
    for name in label_files(&language(), ".json") {
        if !changed(&name) {
            let out = convert(&language(), &name, "language");
            assert!(out == fs::read(language().join(&name)).unwrap(), "{name}");
            seen += 1;
        }
    }
    let aml = fixtures().join("aml");
    for name in label_files(&aml, ".jsonl") {
        if name != "predictions.jsonl" {
            let args = ["convert", &name, "--to", "aml", "--fail-on", "never"];
            let out = run(&aml, args).expect(0).stdout;
            assert!(out == fs::read(aml.join(&name)).unwrap(), "{name}");
            seen += 1;
        }
    }
    assert!(seen > 12, "{seen}");
}

#[test]
fn earlier_shapes_give_the_same_labels_as_todays() {
    let today = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(language().join(name)).unwrap()).unwrap()
    };
    let mut seen = 0;
    for name in label_files(&language(), ".json") {
        let twin = match name.trim_end_matches(".json") {
            "v0-entities" | "v1-entities" | "v1-body-entities" | "draft-entities" => {
                "entities.json"
            }
            "v0-classes" | "v1-classes" | "v1-body-single" | "draft-single" | "class-array" => {
                "single.json"
            }
            "v0-classes-several" | "v1-body-multi" => "multi.json",
            _ => continue,
        };
        seen += 1;
        let out = convert(&language(), &name, "language");
        // serde_json holds numbers as doubles.
        let readable = String::from_utf8_lossy(&out).replace("1e400", "1e300");
        let project: Value = serde_json::from_str(&readable).unwrap();
        let twin = today(twin);
        assert_eq!(labels(&project), labels(&twin), "{name}");
        let kind = |part: &str| project[part]["projectKind"].clone();
        assert_eq!(kind("metadata"), kind("assets"), "{name}");
        assert_eq!(kind("assets"), twin["assets"]["projectKind"], "{name}");
        assert_eq!(project["stringIndexType"], "Utf16CodeUnit", "{name}");

        let report = check(&language(), &name);
        let legacy = report["summary"]["rules"]["legacy-shape"].as_u64();
        let is_array = name == "class-array.json";
        assert_eq!(legacy, (!is_array).then_some(1), "{name}");
        assert_eq!(
            report["summary"]["rules"]["class-as-array"].is_u64(),
            is_array,
            "{name}"
        );
        assert_eq!(
            report["summary"]["errors"], 0,
            "{name}: {}",
            report["diagnostics"]
        );
        // What is written is today's shape.
        let place = TempFolder::new();
        place.write("out.json", &out);
        let again = run(
            place.path(),
            [
                "check",
                "out.json",
                "--no-texts",
                "--fail-on",
                "never",
                "--output",
                "json",
            ],
        );
        let again = again.expect(0).report();
        assert!(!again.rules().contains(&"legacy-shape"), "{name}");
    }
    assert_eq!(seen, 11);
}

#[test]
fn a_draft_keeps_every_byte_but_the_names() {
    let out = convert(&language(), "draft-entities.json", "language");
    let old = fs::read_to_string(language().join("draft-entities.json")).unwrap();
    let want = old
        .replace("\"project-file-version\"", "\"projectFileVersion\"")
        .replace(
            "\"customNamedEntityRecognition\"",
            "\"CustomEntityRecognition\"",
        );
    assert_eq!(String::from_utf8(out).unwrap(), want);
}

#[test]
fn aml_kinds_are_told_apart() {
    let aml = fixtures().join("aml");
    for (name, kind) in [
        ("ner.jsonl", Some("CustomEntityRecognition")),
        ("contributors.jsonl", Some("CustomEntityRecognition")),
        ("spaced.jsonl", Some("CustomEntityRecognition")),
        ("multi-class.jsonl", Some("CustomSingleLabelClassification")),
        (
            "scalar-class.jsonl",
            Some("CustomSingleLabelClassification"),
        ),
        ("multi-label.jsonl", Some("CustomMultiLabelClassification")),
        ("predictions.jsonl", None),
    ] {
        let report = check(&aml, name);
        assert_eq!(report["inputs"][0]["kind"].as_str(), kind, "{name}");
    }
    let report = check(&aml, "predictions.jsonl");
    assert_eq!(report["summary"]["labels"], 0, "a prediction is no class");
    assert_eq!(report["summary"]["rules"]["prediction-record"], 1);
    run(&aml, ["convert", "predictions.jsonl", "--to", "language"]).expect(1);
}

#[test]
fn kinds_without_a_counterpart_are_refused() {
    for name in ["sentiment.json", "summarization.json", "healthcare.json"] {
        let done = run(&language(), ["convert", name, "--to", "aml"]).expect(1);
        assert!(done.stdout.is_empty(), "{name}");
        assert!(
            done.stderr.contains("no-counterpart"),
            "{name}: {}",
            done.stderr
        );
    }
}

#[test]
fn the_worked_examples_of_classes() {
    for name in ["multi-class", "multi-label"] {
        let folder = fixtures().join("pairs").join(name);
        let read = |name: &str| fs::read(folder.join(name)).unwrap();
        let args = [
            "convert",
            "labels.jsonl",
            "--to",
            "language",
            "--project-name",
            "demo",
        ];
        let out = run(&folder, args).expect(0).stdout;
        assert!(out == read("labels.json"), "{name}");
        assert!(
            convert(&folder, "labels.json", "aml") == read("labels.jsonl"),
            "{name}"
        );
    }
}

#[test]
fn a_summary_is_a_file_that_may_be_missing() {
    let place = TempFolder::new();
    let text = fs::read_to_string(language().join("summarization.json")).unwrap();
    place.write("in.json", text);
    let args = ["check", "in.json", "--texts", ".", "--output", "json"];
    let report = run(place.path(), args).expect(1).report();
    let missing = report
        .rules()
        .iter()
        .filter(|rule| **rule == "document-missing")
        .count();
    let documents = report.0["summary"]["documents"].as_u64().unwrap();
    assert_eq!(missing as u64, 2 * documents);
}

#[test]
fn what_a_project_declares_and_sets_survives_migration() {
    let text = r#"{"api-version":"2021-11-01-preview","metadata":{"name":"n","modelType":"Extraction",
        "language":"de","storageInputContainerName":"c","settings":{"confidenceThreshold":0.50}},
        "assets":{"extractors":[{"name":"Unused"},{"name":"B"},{"name":"A"}],"documents":[{"location":"1.txt",
        "note":{"by":[1.50, "\u00e9"]},"extractors":[{"regionOffset":2,"regionLength":7,"labels":[{"extractorName":"A","offset":3,"length":2}]}]}]}}"#;
    let place = TempFolder::new();
    place.write("in.json", text);
    let args = ["convert", "in.json", "--to", "language", "--no-texts"];
    let out = run(place.path(), args).expect(0).stdout;
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("\"confidenceThreshold\": 0.50"), "{text}");
    let project: Value = serde_json::from_str(&text).unwrap();
    let declared = project["assets"]["entities"].as_array().unwrap();
    let names: Vec<&str> = declared
        .iter()
        .map(|one| one["category"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Unused", "B", "A"]);
    let region = &project["assets"]["documents"][0]["entities"][0];
    assert_eq!(
        (&region["regionOffset"], &region["regionLength"]),
        (&2.into(), &7.into())
    );
    assert!(
        text.contains("1.50,\n") && text.contains("\\u00e9"),
        "{text}"
    );
    assert_eq!(project["assets"]["documents"][0]["note"]["by"][1], "é");
    assert_eq!(project["metadata"]["language"], "de");
    assert_eq!(project["metadata"]["projectName"], "n");
}

#[test]
fn one_class_of_several_is_not_picked() {
    let text = r#"{"api-version":"2021-11-01-preview","metadata":{"modelType":"singleClassification"},
        "assets":{"classifiers":[{"name":"A"},{"name":"B"}],"documents":[{"location":"1.txt",
        "classifiers":[{"classifierName":"A"},{"classifierName":"B"}]}]}}"#;
    let place = TempFolder::new();
    place.write("in.json", text);
    let report = check_here(place.path(), "in.json");
    assert!(report.contains(&"wrong-type".to_owned()), "{report:?}");
    for to in ["aml", "language"] {
        let done = run(
            place.path(),
            ["convert", "in.json", "--to", to, "--no-texts"],
        )
        .expect(1);
        assert!(done.stdout.is_empty(), "{to}");
    }
}

fn check_here(folder: &Path, name: &str) -> Vec<String> {
    let args = [
        "check",
        name,
        "--no-texts",
        "--fail-on",
        "never",
        "--output",
        "json",
    ];
    let report = run(folder, args).expect(0).report();
    report.rules().into_iter().map(str::to_owned).collect()
}

#[test]
fn a_label_that_cannot_be_read_is_of_no_kind() {
    let place = TempFolder::new();
    let line = |label: &str| {
        format!(
            "{{\"image_url\":\"AmlDatastore://ds/{}.txt\",\"label\":{label}}}\n",
            label.len()
        )
    };
    let file = line("null") + &line("[null]") + &line("\"Refund\"");
    place.write("in.jsonl", file);
    let rules = check_here(place.path(), "in.jsonl");
    assert_eq!(rules, ["wrong-type", "wrong-type", "label-rare"]);
}

#[test]
fn names_and_signatures_are_not_printed() {
    let place = TempFolder::new();
    let line = r#"{"image_url":"https://a.blob.core.windows.net/c/1.txt?sv=1&sig=SECRET","label":[],"label_confidence":[1.0],"labeler":"Some Body","updated_by":"Other Body","x":1}"#;
    place.write("in.jsonl", line);
    for output in ["human", "json"] {
        let args = ["check", "in.jsonl", "--texts", ".", "--output", output];
        let done = run(place.path(), args).expect(1);
        let printed = format!("{}{}", done.text(), done.stderr);
        assert!(printed.contains("confidence-mismatch"), "{printed}");
        for secret in ["SECRET", "Some", "Other", "Body"] {
            assert!(!printed.contains(secret), "{secret}: {printed}");
        }
    }
}

#[test]
fn healthcare_regions_without_an_extent_lacked_members() {
    let text = fs::read_to_string(language().join("healthcare.json")).unwrap();
    let mut project: Value = serde_json::from_str(&text).unwrap();
    let folder = TempFolder::new();
    let rules = |project: &Value| {
        folder.write("labels.json", project.to_string());
        let texts = language();
        let more = [
            "check",
            "labels.json",
            "--select",
            "shape,offsets",
            "--output",
            "json",
        ];
        let more = more
            .into_iter()
            .chain(["--schema-strict", "--texts", texts.to_str().unwrap()]);
        let done = run(folder.path(), more.chain(["--fail-on", "never"]));
        let report = done.report();
        report
            .rules()
            .iter()
            .map(|rule| (*rule).to_owned())
            .collect::<Vec<_>>()
    };
    let before = rules(&project);
    for document in project["assets"]["documents"].as_array_mut().unwrap() {
        for region in document["entities"].as_array_mut().into_iter().flatten() {
            let region = region.as_object_mut().unwrap();
            region.remove("regionOffset");
            region.remove("regionLength");
        }
    }
    let missing = |rules: &[String]| {
        rules
            .iter()
            .filter(|rule| *rule == "missing-member")
            .count()
    };
    assert_eq!(missing(&rules(&project)), missing(&before));
    // One of the two alone is half of an extent.
    let region = &mut project["assets"]["documents"][0]["entities"][0];
    region["regionOffset"] = 0.into();
    assert_eq!(missing(&rules(&project)), missing(&before) + 1);
}
