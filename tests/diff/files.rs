//! Differences of files on disk: their reports, and what cannot be compared.

use serde_json::{Value, json};

use super::{diff, differing, report};
use crate::support::{
    ENTITIES, ONE_CLASS, TempFolder, aml_line, aml_span, class_document, language_document,
    language_label, language_project, run,
};

/// An export and the project that has the same labels.
fn corpus() -> TempFolder {
    let folder = TempFolder::new();
    folder.write("1.txt", "😀 Ada met Bob.\nBob met Ada.\n");
    folder.write("2.txt", "Rome, again\n");
    folder.write(
        "export.jsonl",
        export(&[("Person", 2, 5), ("Person", 10, 13)]),
    );
    folder.write(
        "project.json",
        project(&[("Person", 3, 3), ("Person", 11, 3)], "Train", ""),
    );
    folder
}

/// The column of a document in a project of one line.
fn column(project: &str, name: &str) -> usize {
    let start = format!(r#"{{"location":"{name}""#);
    project.find(&start).unwrap() + 1
}

fn export(spans: &[(&str, usize, usize)]) -> String {
    let spans: Vec<String> = spans
        .iter()
        .map(|(label, start, end)| aml_span(label, start, end))
        .collect();
    let one = aml_line("AmlDatastore://store/a/1.txt", &spans);
    let other = aml_line("AmlDatastore://store/a/2.txt", &[aml_span("City", 0, 4)]);
    format!("{one}\n{other}\n")
}

fn project(spans: &[(&str, usize, usize)], dataset: &str, more: &str) -> String {
    let labels: Vec<String> = spans
        .iter()
        .map(|(label, offset, length)| language_label(label, *offset, *length))
        .collect();
    let one = language_document("1.txt", Some(dataset), 30, &labels);
    let other = language_document("2.txt", None, 12, &[language_label("City", 0, 4)]);
    let documents = format!("{other},{one}{more}");
    language_project(ENTITIES, &["Person", "City"], &[documents])
}

#[test]
fn formats_units_and_orders_are_no_difference() {
    let folder = corpus();
    for (before, after) in [
        ("export.jsonl", "project.json"),
        ("project.json", "export.jsonl"),
    ] {
        let done = diff(&folder, before, after).expect(0);
        assert_eq!(done.text(), "");
        assert_eq!(done.stderr, "in sync: 2 documents, 3 labels\n");
        let report = report(&folder, before, after, 0);
        assert_eq!(differing(&report), []);
        assert_eq!(report["summary"]["in_sync"], json!(true));
        assert_eq!(report["summary"]["labels"]["same"], json!(3));
    }
}

#[test]
fn each_change_has_its_words_and_places() {
    let folder = corpus();
    let spans = [("City", 3, 3), ("Person", 11, 4), ("Person", 24, 3)];
    folder.write("project.json", project(&spans, "Train", ""));
    let done = diff(&folder, "export.jsonl", "project.json").expect(1);
    let column = column(&folder.read("project.json"), "1.txt");
    let want = format!(
        "difference of export.jsonl and project.json\n\
        \n\
        1.txt, before a/1.txt (export.jsonl:1:1, project.json:1:{column})\n  \
          relabeled  `Person` to `City` on `Ada` at 1:3\n  \
          boundary   `Person` on `Bob` at 1:11, now `Bob.` at 1:11\n  \
          added      `Person` on `Ada` at 2:9\n"
    );
    assert_eq!(done.text(), want);
    let verdict = "differ: 1 label added, 1 label relabeled, 1 label with other boundaries\n";
    assert_eq!(done.stderr, verdict);
    let report = report(&folder, "export.jsonl", "project.json", 1);
    let labels = &report["comparisons"][0]["changed"][0]["labels"];
    let want = json!({
        "change": "boundary",
        "before": {"label": "Person", "offset": 10, "length": 3, "unit": "codepoint", "words": "Bob",
            "text_line": 1, "text_column": 11},
        "after": {"label": "Person", "offset": 11, "length": 4, "unit": "utf16", "words": "Bob.",
            "text_line": 1, "text_column": 11},
    });
    assert_eq!(labels[1], want);
    let redacted = [
        "diff",
        "export.jsonl",
        "project.json",
        "--texts",
        ".",
        "--redact",
        "--output",
    ];
    for form in ["human", "json", "markdown", "html"] {
        let args = redacted.iter().copied().chain([form]);
        let page = run(folder.path(), args).expect(1).text();
        assert!(page.contains("relabeled"), "{form}: {page}");
        assert!(
            !page.contains("Ada") && !page.contains("Bob"),
            "{form}: {page}"
        );
    }
}

#[test]
fn a_label_on_the_same_words_elsewhere_has_moved() {
    let folder = corpus();
    folder.write(
        "project.json",
        project(&[("Person", 3, 3), ("Person", 16, 3)], "Train", ""),
    );
    let done = diff(&folder, "export.jsonl", "project.json").expect(1);
    let want = "  moved  `Person` on `Bob` at 1:11, now at 2:1\n";
    assert!(done.text().ends_with(want), "{}", done.text());
    done.says("differ: 1 label moved\n");
}

#[test]
fn documents_sets_and_members_of_the_project() {
    let folder = corpus();
    let third = language_document("3.txt", None, 0, &[]);
    let labels = [("Person", 3, 3), ("Person", 11, 3)];
    let other = project(&labels, "Test", &format!(",{third}"));
    let other = other.replace(r#""description":"""#, r#""description":"new""#);
    folder.write(
        "other.json",
        other.replace(r#"{"category":"City"}],"docs"#, ""),
    );
    let done = diff(&folder, "project.json", "other.json").expect(1);
    let column = column(&folder.read("other.json"), "3.txt");
    let want = format!(
        "difference of project.json and other.json\n\
        \n\
        Project\n  \
          description  `` to `new`\n  \
          dataset      `Train` to `Test`: 1 document (1.txt)\n\
        \n\
        Documents\n  \
          added  3.txt, 0 labels (other.json:1:{column})\n"
    );
    assert_eq!(done.text(), want);
    let back = diff(&folder, "other.json", "project.json").expect(1);
    assert!(back.text().contains("  removed  3.txt"), "{}", back.text());
    // What an export cannot say is no difference.
    folder.write(
        "export.jsonl",
        export(&[("Person", 2, 5), ("Person", 10, 13)]),
    );
    let names = report(&folder, "export.jsonl", "other.json", 1);
    let names: Vec<String> = differing(&names)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["added"]);
}

#[test]
fn a_text_that_was_changed_is_told_and_its_labels_compared_by_words() {
    let folder = corpus();
    folder.write("old/1.txt", "Bob met 😀 Ada once.\n");
    let row = |name: &str, text: &str| format!("{name},\"{text}\",Note\n");
    folder.write(
        "a.csv",
        format!("name,text,label\n{}", row("1.txt", "old words")),
    );
    folder.write(
        "b.csv",
        format!("name,text,label\n{}", row("1.txt", "new words")),
    );
    let changed = report(&folder, "a.csv", "b.csv", 1);
    assert_eq!(
        changed["comparisons"][0]["changed"][0]["text_changed"],
        json!(true)
    );
    let done = diff(&folder, "a.csv", "b.csv").expect(1);
    done.says("differ: 1 document with another text");
}

#[test]
fn what_has_no_text_is_compared_by_its_numbers_or_not_at_all() {
    let folder = corpus();
    let same = ["diff", "project.json", "project.json", "--no-texts"];
    run(folder.path(), same).expect(0);
    let args = ["diff", "export.jsonl", "project.json", "--no-texts"];
    let done = run(folder.path(), args).expect(1);
    done.says("not compared: 2 documents that cannot be compared");
    assert!(
        done.text().contains("cannot be compared without the text"),
        "{}",
        done.text()
    );
    let other = project(&[("Person", 3, 3), ("City", 11, 3)], "Train", "");
    folder.write("other.json", other);
    let args = ["diff", "project.json", "other.json", "--no-texts"];
    let done = run(folder.path(), args).expect(1);
    assert!(
        done.text()
            .contains("relabeled  `Person` to `City` at offset 11..14"),
        "{}",
        done.text()
    );
}

#[test]
fn a_broken_file_is_never_in_sync() {
    let folder = corpus();
    let broken = export(&[("Person", 2, 5), ("Person", 10, 13)]) + "{\"image_url\":\n";
    folder.write("broken.jsonl", broken);
    let done = diff(&folder, "broken.jsonl", "export.jsonl").expect(1);
    done.says("not compared: 1 record that cannot be read");
    let past = [("Person", 2, 5), ("Person", 10, 99)];
    folder.write("past.jsonl", export(&past));
    let done = diff(&folder, "past.jsonl", "project.json").expect(1);
    assert!(
        done.text().contains("a/1.txt: 1 label has no proved place")
            || done.text().contains("1.txt: 1 label has no proved place"),
        "{}",
        done.text()
    );
    diff(&folder, "past.jsonl", "past.jsonl").expect(0);
    diff(&folder, "missing.jsonl", "export.jsonl").expect(2);
    run(folder.path(), ["diff", "-", "-"])
        .expect(2)
        .says("only one of the two");
}

#[test]
fn classes_of_documents() {
    let folder = TempFolder::new();
    let project = |classes: &[(&str, &str)]| {
        let documents: Vec<String> = classes
            .iter()
            .map(|(name, class)| class_document(name, class))
            .collect();
        language_project(ONE_CLASS, &["A", "B", "C"], &documents)
    };
    folder.write(
        "a.json",
        project(&[("1.txt", "A"), ("2.txt", "B"), ("3.txt", "B")]),
    );
    folder.write(
        "b.json",
        project(&[("1.txt", "C"), ("2.txt", "B"), ("3.txt", "B")]),
    );
    let args = ["diff", "a.json", "b.json", "--no-texts"];
    let done = run(folder.path(), args).expect(1);
    assert!(
        done.text().contains("  relabeled  `A` to `C`\n"),
        "{}",
        done.text()
    );
    let kinds = project(&[]).replace(ONE_CLASS, "CustomMultiLabelClassification");
    folder.write("c.json", kinds);
    let args = ["diff", "a.json", "c.json", "--no-texts"];
    let text = run(folder.path(), args).expect(1).text();
    assert!(
        text.contains("projectKind  `CustomSingleLabelClassification` to"),
        "{text}"
    );
}

#[test]
fn names_that_end_alike_are_not_taken_for_one() {
    let folder = corpus();
    let twice = export(&[("Person", 2, 5), ("Person", 10, 13)]);
    let twice = twice.clone() + &twice.replace("/a/", "/b/");
    folder.write("twice.jsonl", twice);
    let done = diff(&folder, "twice.jsonl", "project.json").expect(1);
    assert!(
        done.text().contains("it ends like several names"),
        "{}",
        done.text()
    );
    let back = diff(&folder, "project.json", "twice.jsonl").expect(1);
    assert!(
        back.text().contains("it ends like several names"),
        "{}",
        back.text()
    );
    diff(&folder, "twice.jsonl", "twice.jsonl").expect(0);
}

#[test]
fn reports_are_replaced_and_other_files_are_not() {
    let folder = corpus();
    let args = |form: &str| {
        let output = format!("--output={form}=out");
        ["diff", "export.jsonl", "project.json", "--redact"]
            .map(str::to_owned)
            .into_iter()
            .chain([output, "--texts=.".into()])
    };
    for form in ["json", "markdown", "html"] {
        run(folder.path(), args(form)).expect(0);
        run(folder.path(), args(form)).expect(0);
    }
    folder.write("out", "notes\n");
    run(folder.path(), args("json"))
        .expect(2)
        .says("is no report of labelwright");
    let own = [
        "diff",
        "export.jsonl",
        "project.json",
        "--output=json=project.json",
    ];
    run(folder.path(), own).expect(2);
    let value: Value = serde_json::from_str(&folder.read("project.json")).unwrap();
    assert!(value.is_object());
}

#[test]
fn folders_are_compared_file_by_file() {
    let folder = corpus();
    let old = folder.read("project.json");
    folder.write("a/x/one.json", &old);
    folder.write("b/x/one.jsonl", folder.read("export.jsonl"));
    folder.write("a/two.json", &old);
    folder.write("b/package.json", "{\"name\": \"x\"}");
    let done = diff(&folder, "a", "b").expect(1);
    assert_eq!(
        done.text().replace('\\', "/"),
        "difference of a/two.json and b/two\n\nFiles\n  removed  a/two.json\n"
    );
    done.says("differ: 1 file removed");
    let value = report(&folder, "b", "a", 1);
    assert_eq!(value["comparisons"].as_array().unwrap().len(), 2);
    assert_eq!(value["comparisons"][0]["before"], Value::Null);
    folder.write("b/two.json", &old);
    diff(&folder, "a", "b")
        .expect(0)
        .says("in sync: 4 documents, 6 labels");
    folder.write("b/two.jsonl", folder.read("export.jsonl"));
    diff(&folder, "a", "b")
        .expect(2)
        .says("have one name without their extensions");
    diff(&folder, "a", "project.json").expect(2);
}
