//! The published schemas and the typed reader come to one verdict.

use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::{files, fixtures, root, run};

fn schema(name: &str) -> Value {
    let path = root().join("schemas").join(format!("{name}.schema.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn validator(name: &str) -> Validator {
    let schema = schema(name);
    assert_eq!(
        schema["$schema"], "https://json-schema.org/draft/2020-12/schema",
        "{name}"
    );
    jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    jsonschema::validator_for(&schema).unwrap()
}

/// Findings that are about the shape of the JSON, and so the schema's business too: all of them
/// errors but the prediction, which is a warning about a line that is no label.
const SHAPE: [&str; 10] = [
    "missing-member",
    "wrong-type",
    "kind-unknown",
    "kind-mismatch",
    "string-index-type",
    "dataset-unknown",
    "member-of-another-kind",
    "unsupported-kind",
    "image-record",
    "prediction-record",
];

/// Whether the program finds an error of shape, or `None` where it cannot read the file at all.
fn program_accepts(folder: &Path, name: &str) -> Option<bool> {
    let done = run(folder, ["check", name, "--no-texts", "--output", "json"]);
    let report = done.report();
    let error =
        |finding: &&Value| finding["severity"] == "error" || finding["rule"] == "prediction-record";
    let errors: Vec<&str> = report
        .findings()
        .iter()
        .filter(error)
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    let unread = [
        "invalid-json",
        "invalid-utf8",
        "truncated-file",
        "lone-surrogate",
    ];
    let unread = [
        &unread[..],
        &["nesting-too-deep", "not-a-label-file", "duplicate-key"],
    ]
    .concat();
    if errors.iter().any(|rule| unread.contains(rule)) {
        return None;
    }
    Some(!errors.iter().any(|rule| SHAPE.contains(rule)))
}

/// The verdict of the schema: on the whole of a Language file, on every line of an AML file.
fn schema_accepts(validators: &(Validator, Validator), path: &Path) -> bool {
    let bytes = std::fs::read(path).unwrap();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if path.extension().unwrap() == "json" {
        return validators
            .1
            .is_valid(&serde_json::from_slice(bytes).unwrap());
    }
    let lines = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    lines.into_iter().all(|line| {
        validators
            .0
            .is_valid(&serde_json::from_slice(line).unwrap())
    })
}

#[test]
fn one_verdict_over_all_fixtures() {
    let validators = (validator("aml"), validator("language"));
    let mut compared = (0, 0);
    for path in files(&fixtures()) {
        if !path
            .extension()
            .is_some_and(|name| name == "json" || name == "jsonl")
        {
            continue;
        }
        let (folder, name) = (
            path.parent().unwrap(),
            path.file_name().unwrap().to_str().unwrap(),
        );
        let Some(accepted) = program_accepts(folder, name) else {
            continue;
        };
        assert_eq!(
            accepted,
            schema_accepts(&validators, &path),
            "{}",
            path.display()
        );
        if accepted {
            compared.0 += 1;
        } else {
            compared.1 += 1;
        }
    }
    assert!(compared.0 > 20 && compared.1 > 3, "{compared:?}");
}

/// Every way to break one value of a document: take a member away, or put another type there.
fn mutations(value: &Value, out: &mut Vec<Value>) {
    let others = [
        json!(null),
        json!("x"),
        json!(1),
        json!(1.5),
        json!(true),
        json!([]),
        json!({}),
    ];
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let mut without = members.clone();
                without.remove(key);
                out.push(Value::Object(without));
                let mut inner = Vec::new();
                mutations(member, &mut inner);
                inner.extend(others.iter().filter(|other| *other != member).cloned());
                for changed in inner {
                    let mut members = members.clone();
                    members.insert(key.clone(), changed);
                    out.push(Value::Object(members));
                }
            }
            let mut more = members.clone();
            more.insert("somethingElse".to_owned(), json!([null]));
            out.push(Value::Object(more));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().take(2) {
                let mut inner = Vec::new();
                mutations(item, &mut inner);
                for changed in inner {
                    let mut items = items.clone();
                    items[index] = changed;
                    out.push(Value::Array(items));
                }
            }
        }
        Value::Number(_) => out.extend([json!(-1), json!(3_000_000_000_u64)]),
        _ => {}
    }
}

#[test]
fn one_verdict_over_mutations() {
    let validators = (validator("aml"), validator("language"));
    let language = json!({
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": "CustomEntityRecognition",
            "storageInputContainerName": "docs",
            "projectName": "demo",
            "multilingual": false,
            "description": "",
            "language": "en-us",
            "settings": { "confidenceThreshold": 0.5 }
        },
        "assets": {
            "projectKind": "CustomEntityRecognition",
            "entities": [{ "category": "City", "description": "towns" }],
            "documents": [{
                "location": "1.txt",
                "language": "en-us",
                "dataset": "Train",
                "entities": [{
                    "regionOffset": 0,
                    "regionLength": 9,
                    "labels": [{ "category": "City", "offset": 0, "length": 4 }]
                }]
            }]
        }
    });
    let aml = json!({
        "image_url": "AmlDatastore://ds/1.txt",
        "label": [{ "label": "City", "offsetStart": 0, "offsetEnd": 4 }],
        "label_confidence": [1.0],
        "labeler": "someone",
        "updated_by": "someone",
        "labeling_time_in_seconds": 1.5,
        "label_creation_time": "2022-12-12T22:46:41.2290808Z"
    });
    let place = tempfile::tempdir().unwrap();
    let mut compared = 0;
    for (name, whole) in [("in.json", language), ("in.jsonl", aml)] {
        let path = place.path().join(name);
        let mut all = vec![whole.clone()];
        mutations(&whole, &mut all);
        for changed in all {
            std::fs::write(&path, format!("{changed}\n")).unwrap();
            let Some(accepted) = program_accepts(place.path(), name) else {
                continue;
            };
            assert_eq!(accepted, schema_accepts(&validators, &path), "{changed}");
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn every_report_is_as_its_schema_says() {
    let validator = validator("report");
    let check = |folder: &Path, args: &[&str]| {
        let report = run(folder, args).report();
        let errors: Vec<String> = validator
            .iter_errors(&report.0)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", folder.display());
    };
    let mut seen = 0;
    for folder in std::fs::read_dir(fixtures().join("rules")).unwrap() {
        let folder = folder.unwrap().path().join("bad");
        for name in ["labels.json", "labels.jsonl"] {
            if folder.join(name).exists() {
                check(&folder, &["check", name, "--output", "json"]);
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen}");
    check(
        &fixtures().join("pairs"),
        &["check", "demo", "emoji", "crlf", "--output", "json"],
    );
}

#[test]
fn schemas_are_printed() {
    for name in ["aml", "language", "report"] {
        let printed = run(root(), ["schema", name]).expect(0);
        let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
        assert_eq!(printed, schema(name));
    }
}
