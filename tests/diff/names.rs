//! Which documents of two files are one, and which places in their texts.

use serde_json::json;

use super::{diff, report};
use crate::support::{ONE_CLASS, TempFolder, class_document, language_project, run};

fn export(documents: &[(&str, &str)]) -> String {
    let lines = documents.iter().map(|(name, class)| {
        format!("{{\"image_url\":\"AmlDatastore://s/{name}\",\"label\":\"{class}\"}}\n")
    });
    lines.collect()
}

fn project(documents: &[(&str, &str)]) -> String {
    let documents = documents.iter();
    let documents: Vec<String> = documents
        .map(|(name, class)| class_document(name, class))
        .collect();
    language_project(ONE_CLASS, &[], &documents)
}

/// A folder with both files, and texts of all names.
fn corpus(one: &[(&str, &str)], other: &[(&str, &str)]) -> TempFolder {
    let folder = TempFolder::new();
    for (name, _) in one.iter().chain(other) {
        folder.write(name, "Ada");
    }
    folder.write("export.jsonl", export(one));
    folder.write("project.json", project(other));
    folder
}

#[test]
fn the_end_of_a_name_takes_no_document_that_has_its_equal_whatever_the_order() {
    let short = [("1.txt", "A"), ("x/1.txt", "B")];
    let swapped = [short[1], short[0]];
    for documents in [short, swapped] {
        let folder = corpus(&[("x/1.txt", "B")], &documents);
        let one = report(&folder, "export.jsonl", "project.json", 1);
        assert_eq!(one["comparisons"][0]["changed"], json!([]));
        assert_eq!(one["comparisons"][0]["added"][0]["document"], "1.txt");
        let other = report(&folder, "project.json", "export.jsonl", 1);
        assert_eq!(other["comparisons"][0]["removed"][0]["document"], "1.txt");
    }
}

#[test]
fn documents_whose_names_are_unclear_count_for_nothing() {
    let long = [("x/1.txt", "A"), ("y/1.txt", "A"), ("2.txt", "B")];
    let folder = corpus(&long, &[("1.txt", "A"), ("2.txt", "B")]);
    for (files, unclear) in [
        (["project.json", "export.jsonl"], 2),
        (["export.jsonl", "project.json"], 1),
    ] {
        let summary = &report(&folder, files[0], files[1], 1)["summary"];
        assert_eq!(summary["documents"]["same"], 1, "{summary}");
        assert_eq!(summary["documents"]["not_compared"], unclear, "{summary}");
        assert_eq!(summary["documents"]["removed"], 0, "{summary}");
        assert_eq!(summary["labels"]["same"], 1, "{summary}");
    }
}

#[test]
fn brat_texts_with_and_without_a_mark_before_them_are_the_same() {
    let folder = TempFolder::new();
    folder.write("marked/1.txt", "\u{feff}Ada met Bob.");
    folder.write("marked/1.ann", "T1\tP 1 4\tAda\n");
    folder.write("plain/1.txt", "Ada met Bob.");
    folder.write("plain/1.ann", "T1\tP 0 3\tAda\n");
    let done = run(folder.path(), ["diff", "marked", "plain"]).expect(0);
    assert_eq!(done.stderr, "in sync: 1 document, 1 label\n");
}

#[test]
fn equal_numbers_on_other_words_are_a_difference() {
    let folder = TempFolder::new();
    // Numbers that count something else in each file: the words say which.
    let task = |words: &str| {
        let span = |start: usize, end: usize, words: &str| {
            format!(
                r#"{{"id":"{start}","from_name":"label","to_name":"text","type":"labels","value":{{"start":{start},"end":{end},"text":"{words}","labels":["P"]}}}}"#
            )
        };
        let spans = [span(11, 14, words), span(19, 22, "Eve")].join(",");
        format!(
            r#"[{{"id":1,"data":{{"text":"😀😀 Ada met Bob and Eve.","file":"1.txt"}},"annotations":[{{"id":1,"result":[{spans}]}}]}}]"#
        )
    };
    folder.write("a.json", task("Bob"));
    folder.write("b.json", task("t B"));
    diff(&folder, "a.json", "b.json")
        .expect(1)
        .says("differ: 1 label with other boundaries");
}

#[test]
fn a_folder_that_is_called_like_a_label_file_is_none() {
    let folder = TempFolder::new();
    for path in ["a/labels.jsonl", "a/other.jsonl", "b/other.jsonl"] {
        folder.write(path, export(&[("1.txt", "A")]));
    }
    folder.write("b/labels/notes.md", "nothing");
    let done = run(folder.path(), ["diff", "a", "b", "--no-texts"]).expect(1);
    done.says("differ: 1 file removed");
}

#[test]
fn a_table_of_classes_that_two_formats_could_have_written_is_compared() {
    let folder = TempFolder::new();
    let files = ["one/a.jsonl", "other/a.jsonl"];
    for file in files {
        folder.write(file, "{\"text\":\"Good\",\"label\":[\"A\"]}\n");
    }
    let project = language_project(
        "CustomMultiLabelClassification",
        &["A"],
        &[r#"{"location":"a-0001.txt","classes":[{"category":"A"}]}"#.to_owned()],
    );
    folder.write("project.json", project);
    for command in ["diff", "score"] {
        run(folder.path(), [command].iter().chain(&files)).expect(0);
        let given = ["--format", "huggingface"];
        run(folder.path(), [command].iter().chain(&files).chain(&given)).expect(0);
        // What is said of one file is not held against the other.
        let args = [
            command,
            "project.json",
            "one/a.jsonl",
            "--no-texts",
            "--format",
            "huggingface",
        ];
        run(folder.path(), args).expect(0);
    }
}

#[test]
fn a_report_is_not_told_to_use_an_option_that_is_not_there() {
    let folder = corpus(&[("1.txt", "A")], &[("1.txt", "A")]);
    folder.write("notes.md", "mine");
    let args = [
        "diff",
        "export.jsonl",
        "project.json",
        "--output",
        "markdown=notes.md",
    ];
    let done = run(folder.path(), args).expect(2);
    done.says("notes.md is no report of labelwright; give another name");
    let args = ["diff", "export.jsonl", "project.json", "--output", "json=-"];
    let done = run(folder.path(), args).expect(2);
    done.says("without a path it is printed: `--output json`");
    assert!(!folder.at("-").exists());
}

#[test]
fn folders_without_label_files_are_told_as_that() {
    let folder = TempFolder::new();
    for path in ["a/notes.md", "b/notes.md"] {
        folder.write(path, "nothing");
    }
    let done = run(folder.path(), ["diff", "a", "b"]).expect(2);
    done.says("a is a folder, and no label file that is one; name a label file");
}

#[test]
fn a_unit_that_is_not_settled_was_taken_for_the_other_files() {
    let folder = TempFolder::new();
    folder.write("1.txt", "\u{1f600} Ada met Bob");
    let label = r#"{"category":"P","offset":2,"length":4}"#;
    folder.write(
        "p.json",
        format!(
            r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit","metadata":{{
            "projectKind":"CustomEntityRecognition","storageInputContainerName":"c","projectName":"p",
            "multilingual":false,"description":"","language":"en-us","settings":{{}}}},"assets":{{
            "projectKind":"CustomEntityRecognition","entities":[{{"category":"P"}}],"documents":[{{
            "location":"1.txt","language":"en-us","entities":[{{"regionOffset":0,"regionLength":14,
            "labels":[{label}]}}]}}]}}}}"#
        ),
    );
    let line = "{\"text\":\"\u{1f600} Ada met Bob\",\"label\":[[2,6,\"P\"]],\"name\":\"1.txt\"}\n";
    folder.write("d.jsonl", line);
    let open = run(folder.path(), ["diff", "p.json", "d.jsonl"]).expect(1);
    assert!(
        open.text().contains("no proved place in the text"),
        "{}",
        open.text()
    );
    let told = ["diff", "p.json", "d.jsonl", "--offsets", "codepoint"];
    let told = run(folder.path(), told).expect(1);
    assert!(told.text().contains("boundary"), "{}", told.text());
    // Two files that leave it open alike are compared by their numbers.
    folder.write("e.jsonl", line);
    run(folder.path(), ["diff", "e.jsonl", "d.jsonl"]).expect(0);
}
