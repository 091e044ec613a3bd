//! The published schemas and the typed reader come to one verdict.

mod words;

use std::path::Path;

use jsonschema::Validator;
use labelwright::internals::diagnostics::{Diagnostic, Severity};
use labelwright::internals::input::Source;
use labelwright::internals::operations;
use labelwright::internals::pipeline::Options;
use labelwright::internals::text::Unit;
use serde_json::{Value, json};

use crate::support::{TempFolder, fixtures, label_files, names, root, run};

fn schema(name: &str) -> Value {
    let path = root().join("schemas").join(format!("{name}.schema.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

pub(crate) fn validator(name: &str) -> Validator {
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
fn program_accepts(bytes: &[u8], name: &str) -> Option<bool> {
    let source = Source::spooled(bytes, Path::new(name)).unwrap();
    let outcome = operations::check(&source, None, None, &Options::default()).unwrap();
    // What other tools write has no schema of ours.
    if !matches!(outcome.input.format, None | Some("aml" | "language")) {
        return None;
    }
    // How long another array is, no schema can ask.
    let beyond = |finding: &Diagnostic| finding.message.contains("an index of the declared names");
    let counts = |finding: &&Diagnostic| {
        let error = finding.severity == Severity::Error && !beyond(finding);
        error || finding.rule == "prediction-record"
    };
    let found = outcome.diagnostics.to_vec().unwrap();
    let rules: Vec<&str> = found
        .iter()
        .filter(counts)
        .map(|finding| finding.rule)
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
    if rules.iter().any(|rule| unread.contains(rule)) {
        return None;
    }
    Some(!rules.iter().any(|rule| SHAPE.contains(rule)))
}

/// The verdict of the schema: on the whole of a Language file, on every line of an AML file.
fn schema_accepts(validators: &(Validator, Validator), bytes: &[u8], name: &str) -> bool {
    // The validator holds numbers as doubles.
    let text = String::from_utf8(bytes.to_vec())
        .unwrap()
        .replace("1e400", "1e300");
    let text = text.trim_start_matches('\u{feff}');
    if name.contains(".json") && !name.contains(".jsonl") {
        return validators.1.is_valid(&serde_json::from_str(text).unwrap());
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.all(|line| validators.0.is_valid(&serde_json::from_str(line).unwrap()))
}

#[test]
fn one_verdict_over_all_fixtures() {
    let validators = (validator("aml"), validator("language"));
    let mut compared = (0, 0);
    for path in label_files() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let Some(accepted) = program_accepts(&bytes, name) else {
            continue;
        };
        assert_eq!(
            accepted,
            schema_accepts(&validators, &bytes, name),
            "{}",
            path.display()
        );
        if accepted {
            compared.0 += 1;
        } else {
            compared.1 += 1;
        }
    }
    assert!(compared.0 > 100 && compared.1 > 6, "{compared:?}");
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
    let mut bases = vec![("in.json", language), ("in.jsonl", aml)];
    for path in label_files() {
        // One document, or one line, of every kind and shape.
        let folder = path.parent().unwrap().file_name().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes).replace("1e400", "1e300");
        if folder == "language" {
            let mut whole: Value = serde_json::from_str(&text).unwrap();
            let pointer = if whole["assets"].is_object() {
                "/assets/documents"
            } else {
                "/documents"
            };
            whole
                .pointer_mut(pointer)
                .unwrap()
                .as_array_mut()
                .unwrap()
                .truncate(1);
            bases.push(("in.json", whole));
        } else if folder == "aml" {
            let line = text.trim_start_matches('\u{feff}').lines().next().unwrap();
            bases.push(("in.jsonl", serde_json::from_str(line).unwrap()));
        }
    }
    let mut compared = 0;
    let mut differ = Vec::new();
    for (name, whole) in bases {
        let mut all = vec![whole.clone()];
        mutations(&whole, &mut all);
        for changed in all {
            let bytes = format!("{changed}\n");
            let Some(accepted) = program_accepts(bytes.as_bytes(), name) else {
                continue;
            };
            if accepted != schema_accepts(&validators, bytes.as_bytes(), name) {
                differ.push(format!("program: {accepted}: {changed}"));
            }
            compared += 1;
        }
    }
    let shown = &differ[..differ.len().min(12)];
    assert!(
        differ.is_empty(),
        "{} of {compared}: {shown:#?}",
        differ.len()
    );
    assert!(compared > 3000, "{compared}");
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
    let place = TempFolder::new();
    place.write(
        "d.jsonl",
        "{\"id\":1,\"text\":\"Ada lives in Paris\",\"label\":[[0,3,\"Per\"]]}\n",
    );
    for unit in Unit::ALL {
        let args = [
            "check", "d.jsonl", "--format", "doccano", "--output", "json",
        ];
        check(
            place.path(),
            &[&args[..], &["--offsets", unit.name()]].concat(),
        );
    }
    // One of the tables has a development set.
    for name in names(&fixtures().join("csv")) {
        check(
            &fixtures().join("csv"),
            &["check", &name, "--output", "json"],
        );
    }
}

#[test]
fn schemas_are_printed() {
    for name in ["aml", "language", "report", "losses", "plan", "config"] {
        let printed = run(root(), ["schema", name]).expect(0);
        let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
        assert_eq!(printed, schema(name));
    }
}

#[test]
fn every_ledger_is_as_its_schema_says() {
    let validator = validator("losses");
    let mut lines = 0;
    for (folder, name, to) in [
        ("aml", "contributors.jsonl", "language"),
        ("aml", "scalar-class.jsonl", "language"),
        ("language", "unknown-members.json", "aml"),
        ("language", "single.json", "aml"),
        ("pairs/demo", "demo.json", "aml"),
    ] {
        let place = TempFolder::new();
        let ledger = place.at("ledger.jsonl");
        let folder = fixtures().join(folder);
        let texts = fixtures().join("language");
        let texts = texts.to_str().unwrap();
        let args = [
            "convert", name, "--to", to, "--texts", texts, "--texts", ".",
        ];
        let more = ["--fail-on", "never", "--losses", ledger.to_str().unwrap()];
        run(&folder, args.into_iter().chain(more)).expect(0);
        for line in std::fs::read_to_string(&ledger).unwrap().lines() {
            let line = serde_json::from_str(&line.replace("1e400", "1e300")).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&line)
                .map(|error| error.to_string())
                .collect();
            assert!(errors.is_empty(), "{name}: {line}: {errors:?}");
            lines += 1;
        }
    }
    assert!(lines > 30, "{lines}");
}

#[test]
fn the_schema_finds_nothing_that_the_reader_does_not() {
    for folder in ["language", "aml", "pairs"] {
        let folder = fixtures().join(folder);
        let args = [
            "check",
            ".",
            "--no-texts",
            "--fail-on",
            "never",
            "--output",
            "json",
        ];
        let plain = run(&folder, args).expect(0).report().0;
        let strict = run(&folder, args.into_iter().chain(["--schema-strict"]))
            .expect(0)
            .report()
            .0;
        assert_eq!(strict, plain);
    }
}
