//! What is said of a project stands where the file has it, in every shape.

use serde_json::{Value, json};

use crate::support::{TempFolder, run_with};

/// Rule, pointer and the words of the file at the place of each finding of *project*.
fn found(file: &Value, profile: &str) -> Vec<(String, String, String)> {
    let text = file.to_string();
    let folder = TempFolder::new();
    let args = [
        "check",
        "-",
        "--no-texts",
        "--profile",
        profile,
        "--output",
        "json",
        "--fail-on",
        "never",
        "--select",
        "project",
    ];
    let report = run_with(folder.path(), args, text.as_bytes()).report();
    let part = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let words = |finding: &Value| {
        let at = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
        text[at("byte_start")..at("byte_end")].to_owned()
    };
    let findings = report.findings().iter();
    findings
        .map(|finding| {
            (
                part(finding, "rule"),
                part(finding, "pointer"),
                words(finding),
            )
        })
        .collect()
}

fn expected(found: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    let owned =
        |found: &(&str, &str, &str)| (found.0.to_owned(), found.1.to_owned(), found.2.to_owned());
    found.iter().map(owned).collect()
}

#[test]
fn todays_shape_and_its_draft() {
    for (version, kind) in [
        ("projectFileVersion", "CustomEntityRecognition"),
        ("project-file-version", "customNamedEntityRecognition"),
    ] {
        let file = json!({
            version: "2022-05-01",
            "stringIndexType": "Utf16CodeUnit",
            "metadata": {
                "projectKind": kind, "storageInputContainerName": "c", "projectName": "a b",
                "multilingual": false, "language": "xx",
            },
            "assets": {
                "projectKind": kind, "entities": [{ "category": "City" }],
                "documents": [{ "location": "1.txt", "language": "FR", "entities": [] }],
            },
        });
        let want = [
            ("language-mixed", "/assets/documents/0/language", "\"FR\""),
            ("language-unknown", "/metadata/language", "\"xx\""),
            ("project-name", "/metadata/projectName", "\"a b\""),
        ];
        let mut seen = found(&file, "import");
        seen.sort();
        assert_eq!(seen, expected(&want), "{version}");
    }
}

#[test]
fn the_import_body_of_2021() {
    let file = json!({
        "api-version": "2021-11-01-preview",
        "metadata": {
            "name": "a b", "multiLingual": true, "description": "", "modelType": "Extraction",
            "language": "am", "storageInputContainerName": "docs",
        },
        "assets": {
            "extractors": [{ "name": "City" }],
            "documents": [{ "location": "1.txt", "language": "de-at", "extractors": [] }],
        },
    });
    let want = [
        ("aml-language", "/metadata/language", "\"am\""),
        ("aml-multilingual", "/metadata/multiLingual", "true"),
        (
            "language-unknown",
            "/assets/documents/0/language",
            "\"de-at\"",
        ),
        ("project-name", "/metadata/name", "\"a b\""),
    ];
    let mut seen = found(&file, "aml-connect");
    seen.sort();
    assert_eq!(seen, expected(&want));
}

#[test]
fn files_without_metadata() {
    let file = json!({
        "entityNames": ["City"],
        "documents": [
            { "location": "1.txt", "culture": "en-us", "entities": [] },
            { "location": "2.txt", "culture": "de-at", "entities": [] },
        ],
    });
    let want = [("language-unknown", "/documents/1/culture", "\"de-at\"")];
    assert_eq!(found(&file, "import"), expected(&want));
    let line = json!({ "image_url": "AmlDatastore://ds/1.txt", "label": "City" });
    assert_eq!(found(&line, "import"), expected(&[]));
}
