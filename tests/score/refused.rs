//! What cannot be compared is refused with status 1, and nothing is printed.

use super::made::{Made, document, folder, job, place, project};
use crate::support::{ONE_CLASS, Run, TempFolder, class_document, language_project, run};

const TEXT: &str = "Ada met Bob in Rome";

fn documents<'a>() -> Vec<Made<'a>> {
    vec![
        document("a.txt", TEXT, &[("Ada", "Person"), ("Rome", "City")]),
        document("b.txt", "Bob lives in Oslo", &[("Oslo", "City")]),
    ]
}

#[track_caller]
fn refused(folder: &TempFolder, args: &[&str], why: &str) -> Run {
    let all = ["score", "gold.json"].iter().chain(args);
    let run = run(folder.path(), all).expect(1);
    assert_eq!(run.text(), "");
    run.says(why);
    run
}

#[test]
fn documents_without_a_prediction() {
    let folder = folder(&documents());
    folder.write("some.json", project(&documents()[..1]));
    let why = "1 document of GOLD that PREDICTED lacks: `b.txt`";
    refused(&folder, &["some.json"], why).says("`--missing score`");
    let scored = |how: &str| {
        let args = ["score", "gold.json", "some.json", "--missing", how];
        run(folder.path(), args).expect(0).text()
    };
    assert!(scored("skip").contains("1 document, 1 without an error"));
    let counted = scored("score");
    assert!(
        counted.contains("2 documents, 1 without an error"),
        "{counted}"
    );
    assert!(
        counted.contains("3 labels gold, 2 predicted, 2 the same"),
        "{counted}"
    );
}

#[test]
fn other_texts() {
    let folder = folder(&documents());
    folder.write("other/a.txt", "Ada met Eve in Rome");
    folder.write("other/b.txt", "Bob lives in Oslo");
    folder.write("other/labels.json", project(&documents()));
    let why = "1 document with another text on each side: `a.txt`";
    refused(&folder, &["other/labels.json"], why);
    // Where both are read from one folder, they are the same.
    let args = ["score", "gold.json", "other/labels.json", "--texts", "."];
    run(folder.path(), args).expect(0);
}

#[test]
fn nothing_in_common() {
    let folder = folder(&documents());
    let text = "Ada met Eve in Rome";
    folder.write("x.txt", text);
    folder.write(
        "other.json",
        project(&[document("x.txt", text, &[("Ada", "Person")])]),
    );
    let why = "no document of PREDICTED is one of GOLD: GOLD has `a.txt`, `b.txt`, and PREDICTED has \
               `x.txt`";
    refused(&folder, &["other.json"], why);
    refused(
        &folder,
        &["gold.json", "--dataset", "Dev"],
        "no document of GOLD is in the set `Dev`",
    );
}

#[test]
fn another_kind() {
    let folder = folder(&documents());
    let documents = [class_document("a.txt", "X"), class_document("b.txt", "Y")];
    folder.write("classes.json", language_project(ONE_CLASS, &[], &documents));
    let why = "gold.json has labels on spans of text, and PREDICTED has one class a document";
    refused(&folder, &["classes.json"], why);
}

#[test]
fn sides_in_each_others_place() {
    let folder = folder(&documents());
    folder.write("job.json", job(&[("a", &[]), ("b", &[])]));
    let run = run(folder.path(), ["score", "job.json", "gold.json"]).expect(2);
    run.says("job.json is a prediction job of Azure AI Language");
    run.says("give the label file that is right first");
}

#[test]
fn a_text_with_two_marks_before_it() {
    let text = "\u{feff}\u{feff}Ada";
    let folder = folder(&[document("a.txt", text, &[])]);
    let labels = r#""labels":[{"category":"P","offset":1,"length":3}]"#;
    let gold = project(&[document("a.txt", "Ada!", &[])]).replace(r#""labels":[]"#, labels);
    folder.write("gold.json", gold);
    let shown = run(folder.path(), ["score", "gold.json", "gold.json"]).expect(0);
    assert!(shown.text().contains("1 document, 1 without an error"));
    folder.write("job.json", job(&[("a", &[("da", 2, 2, "P")])]));
    let shown = run(folder.path(), ["score", "gold.json", "job.json"]).expect(0);
    assert!(shown.text().contains("1 boundary"), "{}", shown.text());
}

#[test]
fn labels_outside_the_text() {
    let folder = folder(&documents());
    let beyond =
        project(&documents()).replace(r#""offset":15,"length":4"#, r#""offset":15,"length":40"#);
    folder.write("beyond.json", beyond);
    let why = "1 document of PREDICTED with labels that name no characters of the text: `a.txt`";
    refused(&folder, &["beyond.json"], why);
    let gold = "1 document of GOLD with labels that name no characters of the text: `a.txt`";
    let run = run(folder.path(), ["score", "beyond.json", "gold.json"]).expect(1);
    run.says(gold);
}

#[test]
fn names_that_are_not_clear() {
    let folder = folder(&documents());
    folder.write("twice.json", job(&[("a", &[]), ("a", &[]), ("b", &[])]));
    refused(&folder, &["twice.json"], "`a` is predicted twice");
    folder.write(
        "two.json",
        job(&[("x/a.txt", &[]), ("y/a.txt", &[]), ("b", &[])]),
    );
    refused(
        &folder,
        &["two.json"],
        "`a.txt` may be `x/a.txt` or `y/a.txt`",
    );
}

#[test]
fn a_job_in_another_unit() {
    let text = "Pay 1\u{0301}0 to Bob 😀 Ray\r\nnow";
    let folder = folder(&[document("a.txt", text, &[("Bob", "P"), ("Ray", "P")])]);
    let entity = |words: &'static str| {
        let (offset, length) = place(text, words);
        (words, offset, length, "P")
    };
    folder.write("job.json", job(&[("a", &[entity("Bob"), entity("Ray")])]));
    let why = "2 predicted entities have other words than the text at their place";
    let run1 = refused(&folder, &["job.json"], why);
    run1.says("all fit as UTF-16 code units: give `--job-offsets utf16`");
    let args = ["score", "gold.json", "job.json", "--job-offsets", "utf16"];
    let text1 = run(folder.path(), args).expect(0).text();
    assert!(text1.contains("1 document, 1 without an error"), "{text1}");
    folder.write("wrong.json", job(&[("a", &[("Eve", 0, 3, "P")])]));
    refused(
        &folder,
        &["wrong.json"],
        "the texts are not those that the job was given",
    );
}

#[test]
fn several_classes_where_there_is_one() {
    let folder = TempFolder::new();
    folder.write("a.txt", "x");
    folder.write(
        "gold.json",
        language_project(ONE_CLASS, &[], &[class_document("a.txt", "X")]),
    );
    folder.write(
        "job.json",
        r#"{"status":"succeeded","tasks":{"items":[{"kind":"CustomSingleLabelClassificationLROResults",
        "results":{"documents":[{"id":"a","class":[{"category":"X"},{"category":"Y"}]}]}}]}}"#,
    );
    refused(
        &folder,
        &["job.json"],
        "1 document with several classes, where there is one a document",
    );
}

#[test]
fn a_job_that_is_not_done() {
    let folder = folder(&documents());
    folder.write(
        "job.json",
        r#"{"status":"running","tasks":{"items":[{"kind":"CustomEntityRecognitionLROResults"}]}}"#,
    );
    refused(
        &folder,
        &["job.json"],
        "job.json is a job that has not succeeded",
    );
}

#[test]
fn what_cannot_be_read_is_status_2() {
    let folder = folder(&documents());
    folder.write("cut.json", &job(&[("a", &[])])[..150]);
    folder.write("text.json", "hello");
    for (file, why) in [
        ("absent.json", "cannot read absent.json"),
        (
            "cut.json",
            "cut.json cannot be read as a prediction job of Azure AI Language",
        ),
        ("text.json", "text.json is no label file: it is plain text"),
    ] {
        let run = run(folder.path(), ["score", "gold.json", file]).expect(2);
        run.says(why);
        assert_eq!(run.text(), "");
    }
    let run = run(
        folder.path(),
        [
            "score",
            "gold.json",
            "gold.json",
            "--output",
            "json=gold.json",
        ],
    );
    run.expect(2).says("gold.json");
}
