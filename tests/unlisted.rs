//! Texts that no label file lists, over several label files, folders and failures.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{ONE_CLASS, TempFolder, class_document, language_project, run};

/// A folder of texts, with label files that list some of them.
fn folder(texts: &[&str], label_files: &[(&str, &[&str])]) -> TempFolder {
    let root = TempFolder::new();
    for text in texts {
        root.write(text, "Rome");
    }
    for (name, documents) in label_files {
        let content = if Path::new(name)
            .extension()
            .is_some_and(|end| end == "jsonl")
        {
            let lines = documents.iter().map(|path| {
                let url = format!("AmlDatastore://ds/{path}");
                format!("{}\n", json!({ "image_url": url, "label": "City" }))
            });
            lines.collect()
        } else {
            language(documents)
        };
        root.write(name, content);
    }
    root
}

fn language(documents: &[&str]) -> String {
    let documents = documents.iter();
    let documents = documents.map(|location| class_document(location, "City"));
    language_project(ONE_CLASS, &["City"], &documents.collect::<Vec<_>>())
}

/// The label file and each of the texts of a finding.
fn texts(finding: &Value) -> Vec<String> {
    let others = finding["places"].as_array().into_iter().flatten();
    let places = [finding].into_iter().chain(others);
    let part = |place: &Value, name: &str| place[name].as_str().unwrap().to_owned();
    let shown = |place: &Value| format!("{}: {}", part(place, "path"), part(place, "document"));
    let all: Vec<String> = places.map(shown).collect();
    let total = finding["places_total"].as_u64().unwrap_or(1);
    assert_eq!(all.len() as u64, total, "{finding}");
    all
}

/// The label file and the texts of each finding, in the order of the report.
fn found(root: &Path, args: &[&str]) -> Vec<String> {
    let common = ["--output", "json", "--select", "document-unlisted"];
    let report = run(root, [&["check"], args, &common].concat()).report();
    let said = |finding: &Value| {
        assert_eq!(finding["rule"], "document-unlisted");
        assert!(finding.get("line").is_none() && finding.get("pointer").is_none());
        texts(finding)
    };
    report.findings().iter().flat_map(said).collect()
}

#[test]
fn a_text_is_unlisted_when_no_input_lists_it() {
    let root = folder(
        &["1.txt", "2.txt", "3.txt", "sub/1.txt", "sub/4.txt"],
        &[
            ("a.json", &["1.txt"]),
            ("b.jsonl", &["docs/2.txt", "sub/1.txt"]),
        ],
    );
    let check = |args: &[&str]| found(root.path(), args);
    assert_eq!(check(&["a.json"]), ["a.json: 2.txt", "a.json: 3.txt"]);
    let expected = ["b.jsonl: 1.txt", "b.jsonl: 3.txt", "b.jsonl: sub/4.txt"];
    assert_eq!(check(&["b.jsonl"]), expected);
    // The first label file that has a document in a folder speaks of it.
    let expected = ["a.json: 3.txt", "b.jsonl: sub/4.txt"];
    assert_eq!(check(&["b.jsonl", "a.json"]), expected);
    assert_eq!(check(&["a.json", "b.jsonl", "--jobs", "1"]), expected);
    assert_eq!(check(&["a.json", "b.jsonl", "--no-texts"]), [""; 0]);
    assert_eq!(check(&["a.json", "--ignore", "document-unlisted"]), [""; 0]);
    let both = found(root.path(), &["."]);
    assert_eq!(both, ["./a.json: 3.txt", "./b.jsonl: sub/4.txt"]);
}

#[test]
fn nothing_is_said_of_a_folder_that_is_not_known_as_a_whole() {
    let root = folder(
        &["1.txt", "2.txt", "other/1.txt", "other/2.txt"],
        &[
            ("a.json", &["1.txt"]),
            ("other/b.json", &["1.txt"]),
            ("c.json", &["9.txt"]),
        ],
    );
    let broken =
        "{\"image_url\":\"AmlDatastore://ds/1.txt\",\"label\":\"City\"}\n{\"image_url\":\n";
    root.write("d.jsonl", broken);
    let check = |args: &[&str]| found_of(root.path(), args);
    assert_eq!(
        check(&["a.json", "other/b.json"]),
        ["a.json: 2.txt", "other/b.json: 2.txt"]
    );
    // A line that cannot be read may list anything.
    assert_eq!(check(&["d.jsonl"]), [""; 0]);
    let expected = ["other/b.json: 2.txt"];
    assert_eq!(check(&["a.json", "d.jsonl", "other/b.json"]), expected);
    // No document is here, so the texts are elsewhere.
    assert_eq!(check(&["c.json"]), [""; 0]);
}

/// The same where other rules speak as well.
fn found_of(root: &Path, args: &[&str]) -> Vec<String> {
    let report = run(root, [&["check"], args, &["--output", "json"]].concat()).report();
    let unlisted = |finding: &&Value| finding["rule"] == "document-unlisted";
    let found = report.findings().iter().filter(unlisted);
    found.flat_map(texts).collect()
}

#[test]
fn a_conversion_says_nothing_of_other_texts() {
    let root = folder(&["1.txt", "2.txt"], &[("a.json", &["1.txt"])]);
    let report = root.at("report.json");
    let output = format!("json={}", report.display());
    let args = [
        "convert", "a.json", "--to", "aml", "-o", "a.jsonl", "--output", &output,
    ];
    run(root.path(), args).expect(0);
    let report = fs::read_to_string(report).unwrap();
    assert!(!report.contains("document-unlisted"), "{report}");
}

#[test]
fn a_folder_that_is_listed_beside_the_work_has_the_same_unlisted_texts() {
    // Two texts and a folder that it lists, one of each that it does not, and enough lines for
    // several threads.
    let texts = [
        "1.txt",
        "2.txt",
        "sub/1.txt",
        "sub/4.txt",
        "never/5.txt",
        "2.TXT.txt",
    ];
    let mut listed = vec!["1.txt".to_owned(), "sub/1.txt".to_owned()];
    listed.extend((0..9_000).map(|number| format!("far/away/n{number}.txt")));
    let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
    let root = folder(&texts, &[("a.jsonl", &listed), ("b.jsonl", &listed)]);
    assert!(fs::metadata(root.at("a.jsonl")).unwrap().len() > 2 << 18);
    let check = |args: &[&str]| found(root.path(), args);
    let expected = ["a.jsonl: 2.TXT.txt", "a.jsonl: 2.txt", "a.jsonl: sub/4.txt"];
    // One thread has nobody to list the folder beside it, and two label files list it after all.
    for more in [
        &["--jobs", "1"][..],
        &["--jobs", "2"],
        &["--jobs", "5"],
        &["b.jsonl"],
    ] {
        assert_eq!(check(&[&["a.jsonl"], more].concat()), expected, "{more:?}");
    }
}
