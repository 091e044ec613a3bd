//! What `sync` writes and says.

use serde_json::{Value, json};

use super::{labels, new, sync};
use crate::support::{ENTITIES, TempFolder, aml_line, aml_span, language_project, run};

/// A project with members of others, and odd spellings.
const PROJECT: &str = r#"{
    "projectFileVersion": "2022-05-01",
    "stringIndexType": "Utf16CodeUnit",
    "metadata": {
        "projectKind": "CustomEntityRecognition", "storageInputContainerName": "docs",
        "projectName": "notes", "multilingual": false, "description": "caf\u00e9", "language": "en-us",
        "settings": {}
    },
    "assets": {
        "projectKind": "CustomEntityRecognition",
        "documents": [
            {
                "dataset": "Train",
                "location": "1.txt",
                "language": "en-us",
                "x-note": [1,   2],
                "entities": [
                    { "regionOffset": 0, "regionLength": 29, "labels": [
                        { "category": "Person", "offset": 3, "length": 3, "by": "hand" },
                        { "category": "Person", "offset": 11, "length": 3 }
                    ] }
                ]
            },
            {
                "location": "2.txt",
                "language": "en-us",
                "dataset": "Test",
                "entities": [
                    { "regionOffset": 0, "regionLength": 12, "labels": [
                        { "category": "City", "offset": 0, "length": 4 }
                    ] }
                ]
            }
        ],
        "entities": [ { "category": "Person" }, { "category": "City", "description": "a town" } ]
    }
}
"#;

/// The project, its texts, and an export with these labels.
fn corpus(lines: &[String]) -> TempFolder {
    let folder = TempFolder::new();
    folder.write("1.txt", "😀 Ada met Bob.\nBob met Ada.\n");
    folder.write("2.txt", "Rome, again\n");
    folder.write("3.txt", "New 😀 York\n");
    folder.write("project.json", PROJECT);
    folder.write("export.jsonl", lines.join("\n") + "\n");
    folder
}

fn line(number: usize, spans: &[(&str, usize, usize)]) -> String {
    let spans: Vec<String> = spans
        .iter()
        .map(|(label, start, end)| aml_span(label, start, end))
        .collect();
    aml_line(&format!("AmlDatastore://store/a/{number}.txt"), &spans)
}

fn same() -> Vec<String> {
    vec![
        line(1, &[("Person", 2, 5), ("Person", 10, 13)]),
        line(2, &[("City", 0, 4)]),
    ]
}

#[test]
fn labels_that_are_there_change_no_byte() {
    let folder = corpus(&same());
    let done = sync(&folder, &[]).expect(0);
    assert_eq!(done.stderr, "in sync: nothing changes in 2 documents\n");
    assert_eq!(folder.read("new.json"), PROJECT);
    let shown = sync(&folder, &["--diff"]).expect(0);
    assert_eq!(shown.text(), "");
}

#[test]
fn what_changes_is_changed_in_place() {
    // Relabeled, other boundaries, and one more.
    let folder = corpus(&[
        line(1, &[("Name", 2, 5), ("Person", 10, 14), ("Person", 23, 26)]),
        line(2, &[]),
    ]);
    let done = sync(&folder, &[]).expect(0);
    let want = PROJECT
        .replace(r#""Person", "offset": 3"#, r#""Name", "offset": 3"#)
        .replace(
            r#""offset": 11, "length": 3 }"#,
            "\"offset\": 11, \"length\": 4 },\n                        \
             { \"category\": \"Person\", \"offset\": 24, \"length\": 3 }",
        )
        .replace(
            "[\n                        { \"category\": \"City\", \"offset\": 0, \"length\": 4 }\n                    ]",
            "[]",
        )
        .replace(r#""a town" } ]"#, r#""a town" }, { "category": "Name" } ]"#);
    assert_eq!(folder.read("new.json"), want);
    done.says("1 label declared from now on, which only the export knew\n  `Name`");
    done.says("1 label only the project knows\n  `City`");
    done.says("  relabeled  `Person` to `Name` on `Ada` at 1:3\n");
    done.says(
        "synced: 1 label added, 1 label removed, 1 label relabeled, 1 label with other boundaries",
    );
    run(
        folder.path(),
        ["diff", "export.jsonl", "new.json", "--texts", "."],
    )
    .expect(0);
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let folder = corpus(&[line(1, &[("Person", 2, 5)]), line(2, &[("City", 0, 4)])]);
    let shown = sync(&folder, &["--diff"]).expect(1);
    let text = shown.text();
    assert!(
        text.starts_with("--- a/project.json\n+++ b/project.json\n@@"),
        "{text}"
    );
    let removed = text.lines().filter(|line| line.starts_with("-  "));
    assert_eq!(removed.count(), 2, "{text}");
    shown.says("would change: 1 label removed");
    assert!(!folder.at("new.json").exists());
}

#[test]
fn new_documents_come_at_the_end_and_missing_ones_stay_or_go() {
    let lines = [line(3, &[("City", 0, 10)]), same()[0].clone()];
    let folder = corpus(&lines);
    let done = sync(&folder, &[]).expect(0);
    let first = ",\n            {\n                \"location\": \"3.txt\",\n                \
        \"language\": \"en-us\",\n                \"entities\": [\n                    \
        { \"regionOffset\": 0, \"regionLength\": 12, \"labels\": [\n                        \
        { \"category\": \"City\", \"offset\": 0, \"length\": 11 }\n                    ] }\n                \
        ]\n            }\n        ],";
    let want = PROJECT.replace(
        "\n        ],\n        \"entities\": [ {",
        &format!("{first}\n        \"entities\": [ {{"),
    );
    assert_eq!(folder.read("new.json"), want);
    done.says(
        "1 document kept, which the export lacks (`--prune` takes them out)\n  2.txt, 1 label",
    );
    done.says("1 document added\n  3.txt, 1 label (export.jsonl:1:1)");
    let pruned = sync(&folder, &["--prune", "--dataset", "Test", "--force"]).expect(0);
    pruned.says("1 document pruned");
    let project = new(&folder);
    let documents = project["assets"]["documents"].as_array().unwrap();
    let names: Vec<&Value> = documents.iter().map(|it| &it["location"]).collect();
    assert_eq!(names, ["1.txt", "3.txt"]);
    assert_eq!(documents[1]["dataset"], json!("Test"));
    let keys: Vec<&String> = documents[1].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 4);
}

#[test]
fn what_cannot_be_placed_is_refused_and_nothing_written() {
    let refused = |lines: &[String], more: &[&str], words: &str| {
        let folder = corpus(lines);
        let done = sync(&folder, more).expect(1);
        done.says(words);
        assert!(
            done.stderr.ends_with("not to write the project\n"),
            "{}",
            done.stderr
        );
        assert!(!folder.at("new.json").exists());
    };
    refused(
        &[
            line(
                1,
                &[("Person", 2, 5), ("Person", 10, 13), ("Person", 20, 99)],
            ),
            same()[1].clone(),
        ],
        &[],
        "export.jsonl has 1 error (`span-out-of-bounds`)",
    );
    let twice = [same(), vec![same()[0].replace("/a/", "/b/")]].concat();
    refused(&twice, &[], "(`document-missing`)");
    let class = r#"{"image_url":"AmlDatastore://store/1.txt","label":"City"}"#.to_owned();
    refused(&[class], &[], "labels for single-label classification");
    let folder = corpus(&same());
    let args = [
        "sync",
        "--project",
        "project.json",
        "--labels",
        "export.jsonl",
        "--no-texts",
        "-o",
        "new.json",
    ];
    run(folder.path(), args).expect(1).says("without the text");
    assert!(!folder.at("new.json").exists());
}

#[test]
fn files_are_not_written_over() {
    let folder = corpus(&same());
    let over = |out: &str| {
        let args = [
            "sync",
            "--project",
            "project.json",
            "--labels",
            "export.jsonl",
            "--texts",
            ".",
            "-o",
            out,
            "--force",
        ];
        run(folder.path(), args).expect(2)
    };
    over("project.json").says("would be written over project.json, which is an input");
    over("export.jsonl").says("which is an input");
    folder.write("new.json", "notes");
    sync(&folder, &[])
        .expect(2)
        .says("new.json exists; `--force` replaces it");
    sync(&folder, &["--force"]).expect(0);
    let args = [
        "sync",
        "--project",
        "project.json",
        "--labels",
        "export.jsonl",
    ];
    run(folder.path(), args).expect(2);
    let args = [&args[..], &["--texts", ".", "-o", "-"]].concat();
    assert_eq!(run(folder.path(), args).expect(0).text(), PROJECT);
    // An export is no project.
    let args = [
        "sync",
        "--project",
        "export.jsonl",
        "--labels",
        "project.json",
        "--texts",
        ".",
        "-o",
        "-",
    ];
    run(folder.path(), args)
        .expect(1)
        .says("into which no labels can be put");
}

#[test]
fn a_report_has_all() {
    let folder = corpus(&[line(1, &[("Name", 2, 5)]), line(3, &[])]);
    sync(&folder, &["--output", "json=report.json"]).expect(0);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["summary"]["written"], json!(true));
    assert_eq!(report["declared"], json!(["Name"]));
    assert_eq!(report["unused"], json!(["Person", "City"]));
    assert_eq!(report["added"][0]["document"], json!("3.txt"));
    assert_eq!(report["kept"][0]["document"], json!("2.txt"));
    let changes = report["changed"][0]["labels"].as_array().unwrap();
    let kinds: Vec<&Value> = changes.iter().map(|it| &it["change"]).collect();
    assert_eq!(kinds, ["relabeled", "removed"]);
    // A report may be replaced by the next one.
    sync(&folder, &["--force", "--output", "json=report.json"]).expect(0);
}

#[test]
fn an_unlabeled_document_and_an_empty_list_get_labels() {
    let empty = PROJECT
        .replace(
            "{ \"category\": \"City\", \"offset\": 0, \"length\": 4 }",
            "",
        )
        .replace(
            "\"entities\": [\n                    { \"regionOffset\": 0, \"regionLength\": 29",
            "\"other\": [\n                    { \"regionOffset\": 0, \"regionLength\": 29",
        );
    let folder = corpus(&same());
    folder.write("project.json", &empty);
    sync(&folder, &[]).expect(0);
    let project = new(&folder);
    let person = |offset| ("Person".to_owned(), offset, 3);
    assert_eq!(labels(&project, 0), [person(3), person(11)]);
    assert_eq!(labels(&project, 1), [("City".to_owned(), 0, 4)]);
    assert_eq!(
        project["assets"]["documents"][0]["entities"][0]["regionLength"],
        json!(29)
    );
}

#[test]
fn a_project_without_documents_gets_them() {
    let folder = corpus(&same());
    folder.write("project.json", language_project(ENTITIES, &["Person"], &[]));
    sync(&folder, &[]).expect(0);
    let text = folder.read("new.json");
    assert!(!text.trim_end().contains('\n'), "{text}");
    run(
        folder.path(),
        ["diff", "export.jsonl", "new.json", "--texts", "."],
    )
    .expect(0);
    assert_eq!(
        new(&folder)["assets"]["entities"],
        json!([{"category": "Person"}, {"category": "City"}])
    );
    let lines = serde_json::to_string_pretty(&new(&folder)).unwrap();
    let bare: Value = serde_json::from_str(&language_project(ENTITIES, &["Person"], &[])).unwrap();
    folder.write("project.json", serde_json::to_string_pretty(&bare).unwrap());
    sync(&folder, &["--force"]).expect(0);
    assert_eq!(new(&folder), serde_json::from_str::<Value>(&lines).unwrap());
}
