//! Sets that are files: what their names tell where records say nothing.

use serde_json::{Value, json};

use crate::support::{Run, TempFolder, run};

/// A record of each format whose sets are files, and how such files end.
const FORMATS: [(&str, &str, &str); 4] = [
    (
        "huggingface",
        "jsonl",
        r#"{"text":"Ada met","entities":[{"start":0,"end":3,"label":"Person"}],"name":"NAME.txt"}"#,
    ),
    (
        "spacy",
        "jsonl",
        r#"{"text":"Ada met","spans":[{"start":0,"end":3,"label":"Person"}],"meta":{"file":"NAME.txt"},"answer":"accept"}"#,
    ),
    (
        "spacy-tuples",
        "json",
        r#"[["Ada met",{"entities":[[0,3,"Person"]]}]]"#,
    ),
    ("conll", "conll", "Ada B-Person\nmet O\n"),
];

fn convert(place: &TempFolder, format: &str, files: &[&str], more: &[&str]) -> Run {
    let start = [&["convert"], files].concat();
    let args = [
        "--from", format, "--to", "language", "-o", "out.json", "--force",
    ];
    let texts = ["--texts-out", "docs", "--fail-on", "never"];
    run(place.path(), [&start, &args[..], &texts, more].concat())
}

/// The sets of the documents.
fn sets(place: &TempFolder) -> Vec<Value> {
    let project: Value = serde_json::from_str(&place.read("out.json")).unwrap();
    let documents = project["assets"]["documents"].as_array().unwrap();
    documents
        .iter()
        .map(|document| document["dataset"].clone())
        .collect()
}

/// A folder with a file of that format for each name.
fn place(names: &[&str], extension: &str, record: &str) -> TempFolder {
    let place = TempFolder::new();
    for name in names {
        place.write(format!("{name}.{extension}"), record.replace("NAME", name));
    }
    place
}

#[test]
fn documents_are_in_the_set_that_their_file_is_called_after() {
    for (format, extension, record) in FORMATS {
        let place = place(&["train", "wnut-test", "more"], extension, record);
        for (name, set) in [
            ("train", json!("Train")),
            ("wnut-test", json!("Test")),
            ("more", Value::Null),
        ] {
            let done = convert(&place, format, &[&format!("{name}.{extension}")], &[]).expect(0);
            assert_eq!(sets(&place), std::slice::from_ref(&set), "{format} {name}");
            assert_eq!(
                done.stderr.contains("set by the name of the file"),
                set != Value::Null
            );
        }
    }
}

#[test]
fn files_of_one_corpus_have_each_their_set() {
    for (format, extension, record) in FORMATS {
        if format == "spacy-tuples" {
            // An array is a corpus by itself.
            continue;
        }
        let place = place(&["train", "test"], extension, record);
        let files = [format!("train.{extension}"), format!("test.{extension}")];
        let files = files.each_ref().map(String::as_str);
        convert(&place, format, &files, &[]).expect(0);
        assert_eq!(sets(&place), ["Train", "Test"], "{format}");
    }
}

#[test]
fn what_a_record_or_the_user_says_comes_first() {
    let (_, _, record) = FORMATS[0];
    let place = place(&["train"], "jsonl", record);
    let test = record.replace(r#""name":"NAME.txt""#, r#""name":"b.txt","split":"test""#);
    place.write("train.jsonl", place.read("train.jsonl") + "\n" + &test);
    convert(&place, "huggingface", &["train.jsonl"], &[]).expect(0);
    assert_eq!(sets(&place), ["Train", "Test"]);
    place.write("sets.csv", "document,dataset\ntrain.txt,Test\n");
    convert(
        &place,
        "huggingface",
        &["train.jsonl"],
        &["--dataset-from", "sets.csv"],
    )
    .expect(0);
    assert_eq!(sets(&place), ["Test", "Test"]);
}

#[test]
fn one_set_alone_is_not_found_to_be_without_the_others() {
    let (_, _, record) = FORMATS[0];
    let place = place(&["train", "all"], "jsonl", record);
    let with_set = record
        .replace("NAME", "a")
        .replace(r#""name""#, r#""dataset":"Train","name""#);
    place.write("all.jsonl", with_set);
    for (name, speaks) in [("train.jsonl", false), ("all.jsonl", true)] {
        let args = [
            "check",
            name,
            "--format",
            "huggingface",
            "--select",
            "split",
        ];
        let done = run(place.path(), args);
        assert_eq!(
            done.text().contains("split-one-sided"),
            speaks,
            "{name}: {}",
            done.text()
        );
    }
}

#[test]
fn a_ledger_knows_which_sets_there_were() {
    let place = TempFolder::new();
    place.write("docs/a.txt", "Ada met");
    let label = crate::support::language_label("Person", 0, 3);
    let document = crate::support::language_document("a.txt", None, 7, &[label]);
    place.write(
        "in.json",
        crate::support::language_project(crate::support::ENTITIES, &["Person"], &[document]),
    );
    for (format, extension, _) in FORMATS {
        let name = format!("train.{extension}");
        let args = [
            "convert", "in.json", "--texts", "docs", "--to", format, "-o", &name, "--losses",
            "ledger", "--force",
        ];
        run(place.path(), args).expect(0);
        convert(
            &place,
            format,
            &[&name],
            &["--texts", "docs", "--restore", "ledger"],
        )
        .expect(0);
        assert_eq!(sets(&place), [Value::Null], "{format}");
    }
}
