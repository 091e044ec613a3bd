//! What a conversion leaves out, renames, draws and divides.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use crate::support::{
    ENTITIES, TempFolder, aml_line, aml_span, class_document, language_document, language_label,
    language_project, run,
};

fn locations(file: &str) -> Vec<String> {
    let project: Value = serde_json::from_str(file).unwrap();
    let documents = project["assets"]["documents"].as_array().unwrap();
    let location = |it: &Value| it["location"].as_str().unwrap().to_owned();
    documents.iter().map(location).collect()
}

/// A project of ten documents with three labels each.
fn project() -> String {
    let document = |number: usize| {
        let labels = [("A", 0), ("B", 4), ("C", 8)].map(|(name, at)| language_label(name, at, 3));
        let set = if number < 3 {
            Some("Test")
        } else {
            Some("Train")
        };
        language_document(
            &format!("{number}.txt"),
            set.filter(|_| number != 9),
            12,
            &labels,
        )
    };
    let documents: Vec<String> = (0..10).map(document).collect();
    language_project(ENTITIES, &["A", "B", "C"], &documents)
}

fn convert(folder: &TempFolder, options: &[&str]) -> crate::support::Run {
    let args = [
        "convert",
        "in.json",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "out.json",
        "--force",
    ];
    run(folder.path(), args.iter().chain(options))
}

#[test]
fn labels_go_with_their_declarations_and_every_other_byte_stays() {
    let folder = TempFolder::new();
    folder.write("in.json", project());
    let done = convert(&folder, &["--drop-labels", "B", "--losses", "lost.jsonl"]).expect(0);
    done.says("left out 10 labels: `B` 10");
    let want = project()
        .replace(&format!("{},", language_label("B", 4, 3)), "")
        .replace(r#"{"category":"B"},"#, "");
    assert_eq!(folder.read("out.json"), want);
    let ledger = folder.read("lost.jsonl");
    let lines: Vec<Value> = ledger
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 11);
    assert_eq!(lines[1]["document"], "0.txt");
    assert_eq!(lines[1]["fact"], "left-out");
    assert_eq!(
        lines[1]["pointer"],
        "/assets/documents/0/entities/0/labels/1"
    );
    assert_eq!(
        lines[1]["value"],
        serde_json::json!({"category": "B", "offset": 4, "length": 3})
    );
    convert(&folder, &["--select-labels", "A,C"]).expect(0);
    assert_eq!(folder.read("out.json"), want);
    // All of them: the lists are empty then.
    convert(&folder, &["--drop-labels", "A,B,C"]).expect(0);
    assert!(!folder.read("out.json").contains("category"));
    assert_eq!(locations(&folder.read("out.json")).len(), 10);
}

#[test]
fn a_renamed_label_is_declared_once() {
    let folder = TempFolder::new();
    folder.write("in.json", project());
    convert(&folder, &["--rename", "B=New"])
        .expect(0)
        .says("renamed 10 labels: `B` 10");
    assert_eq!(
        folder.read("out.json"),
        project().replace(r#""B""#, r#""New""#)
    );
    convert(&folder, &["--rename", "B=A"]).expect(0);
    let want = project()
        .replace(r#"{"category":"B"},"#, "")
        .replace(r#""B""#, r#""A""#);
    assert_eq!(folder.read("out.json"), want);
    // Two names change places.
    convert(&folder, &["--rename", "A=B", "--rename", "B=A"]).expect(0);
    let want = project()
        .replace(r#""A""#, r#""X""#)
        .replace(r#""B""#, r#""A""#)
        .replace(r#""X""#, r#""B""#);
    let swapped = folder.read("out.json");
    let documents =
        |file: &str| serde_json::from_str::<Value>(file).unwrap()["assets"]["documents"].clone();
    assert_eq!(documents(&swapped), documents(&want));
}

#[test]
fn what_the_input_does_not_have_is_an_error() {
    let folder = TempFolder::new();
    folder.write("in.json", project());
    let long = project().replace(r#""A""#, r#""Date""#);
    folder.write("in.json", long);
    convert(&folder, &["--drop-labels", "Dat"])
        .expect(2)
        .says("it has no label `Dat`; did you mean `Date`?");
    convert(&folder, &["--rename", "Dat"])
        .expect(2)
        .says("it must be OLD=NEW");
    convert(&folder, &["--select-labels", "B", "--drop-labels", "B"])
        .expect(2)
        .says("`B` is given to");
    assert!(!folder.path().join("out.json").exists());
}

#[test]
fn the_class_of_a_line_takes_the_line_along() {
    let folder = TempFolder::new();
    let line = |name: &str, class: &str| {
        format!(
            r#"{{"image_url":"AmlDatastore://s/{name}","label":"{class}","label_confidence":1.0}}"#
        )
    };
    let lines = [line("1.txt", "A"), line("2.txt", "B"), line("3.txt", "A")].join("\n") + "\n";
    folder.write("in.jsonl", lines);
    let args = [
        "convert",
        "in.jsonl",
        "--to",
        "aml",
        "--no-texts",
        "-o",
        "out.jsonl",
        "--drop-labels",
        "B",
    ];
    run(folder.path(), args)
        .expect(0)
        .says("left out 1 document without a class");
    assert_eq!(
        folder.read("out.jsonl"),
        line("1.txt", "A") + "\n" + &line("3.txt", "A") + "\n"
    );
    // A project has a form for it.
    let documents = [class_document("1.txt", "A"), class_document("2.txt", "B")];
    folder.write(
        "in.json",
        language_project("CustomSingleLabelClassification", &["A", "B"], &documents),
    );
    convert(&folder, &["--drop-labels", "B"]).expect(0);
    let want = language_project(
        "CustomSingleLabelClassification",
        &["A"],
        &[
            class_document("1.txt", "A"),
            r#"{"location":"2.txt"}"#.to_owned(),
        ],
    );
    assert_eq!(folder.read("out.json"), want);
}

#[test]
fn a_sample_hangs_on_names_and_seed() {
    let folder = TempFolder::new();
    folder.write("in.json", project());
    let drawn = |seed: &str| {
        convert(&folder, &["--sample", "4", "--seed", seed]).expect(0);
        locations(&folder.read("out.json"))
    };
    let first = drawn("0");
    assert_eq!(first.len(), 4);
    assert!((1..5).any(|seed| drawn(&seed.to_string()) != first));
    let mut project: Value = serde_json::from_str(&project()).unwrap();
    project["assets"]["documents"]
        .as_array_mut()
        .unwrap()
        .reverse();
    folder.write("in.json", project.to_string());
    let again: BTreeSet<String> = drawn("0").into_iter().collect();
    assert_eq!(again, first.into_iter().collect());
    convert(&folder, &["--sample", "50"]).expect(0);
    assert_eq!(folder.read("out.json"), project.to_string());
}

#[test]
fn each_set_language_or_row_has_its_file() {
    let folder = TempFolder::new();
    folder.write("in.json", project());
    convert(&folder, &["--split-by", "dataset"])
        .expect(0)
        .says("to out.Test.json");
    assert_eq!(
        locations(&folder.read("out.Test.json")),
        ["0.txt", "1.txt", "2.txt"]
    );
    assert_eq!(locations(&folder.read("out.Train.json")).len(), 6);
    assert_eq!(locations(&folder.read("out.unassigned.json")), ["9.txt"]);
    assert!(!folder.path().join("out.json").exists());
    folder.write("parts.csv", "document,part\n0.txt,one\n5.txt,two\n");
    convert(&folder, &["--split-by", "parts.csv"]).expect(0);
    assert_eq!(locations(&folder.read("out.one.json")), ["0.txt"]);
    assert_eq!(locations(&folder.read("out.two.json")), ["5.txt"]);
    assert_eq!(locations(&folder.read("out.unassigned.json")).len(), 8);
    folder.write("parts.csv", "document,part\n0.txt,a/b\n5.txt,a:b\n");
    convert(&folder, &["--split-by", "parts.csv"])
        .expect(2)
        .says("would be one file");
    let args = [
        "convert",
        "in.json",
        "--to",
        "language",
        "--no-texts",
        "--split-by",
        "dataset",
    ];
    run(folder.path(), args)
        .expect(2)
        .says("name them with `-o PATH`");
}

#[test]
fn sets_come_from_a_table() {
    let folder = TempFolder::new();
    folder.write("docs/x/1.txt", "Ada Lovelace\n");
    folder.write("docs/2.txt", "Ada Lovelace!\n");
    let line = |name: &str| {
        aml_line(
            &format!("AmlDatastore://store/{name}"),
            &[aml_span("A", 0, 3)],
        )
    };
    folder.write("in.jsonl", line("x/1.txt") + "\n" + &line("2.txt") + "\n");
    folder.write("sets.csv", "document,dataset\n1.txt,Test\n2.txt,train\n");
    let convert = |to: &str, table: &str| {
        folder.write("sets.csv", table);
        let args = [
            "convert",
            "in.jsonl",
            "--to",
            to,
            "--texts",
            "docs",
            "-o",
            "out",
            "--force",
            "--dataset-from",
            "sets.csv",
        ];
        run(folder.path(), args)
    };
    convert("language", "document,dataset\n1.txt,Test\n2.txt,train\n").expect(0);
    let project: Value = serde_json::from_str(&folder.read("out")).unwrap();
    let sets = [0, 1].map(|at| project["assets"]["documents"][at]["dataset"].clone());
    assert_eq!(sets, ["Test", "Train"]);
    convert("language", "dataset,document\nTest,x/1.txt\n")
        .expect(0)
        .says("sets.csv has no row for 1 document");
    convert("language", "document,dataset\n3.txt,Test\n")
        .expect(2)
        .says("sets.csv line 2: `3.txt` is no document of the input");
    convert(
        "language",
        "document,dataset\n1.txt,Test\n2.txt,Test\n1.txt,Test\n",
    )
    .expect(2)
    .says("sets.csv line 4: `1.txt` has a row already, in line 2");
    convert("language", "document,dataset\n1.txt,Test\nx/1.txt,Test\n")
        .expect(2)
        .says("has a row already, by another form of its name");
    convert("language", "document,dataset\n1.txt,Dev\n")
        .expect(2)
        .says("line 2: `Dev` is not `Train` or `Test`");
    convert("language", "name,set\n1.txt,Test\n")
        .expect(2)
        .says("the columns must be `document` and `dataset`");
    convert("aml", "document,dataset\n1.txt,Test\n")
        .expect(2)
        .says("files have no place for sets");
    // What `split` writes is read back; in a project it is an edit.
    let args = [
        "split",
        "in.jsonl",
        "--texts",
        "docs",
        "--test-count",
        "1",
        "-o",
        "sets.csv",
        "--force",
    ];
    run(folder.path(), args).expect(0);
    let table = folder.read("sets.csv");
    convert("language", &table).expect(0);
    let by_table = folder.read("out");
    assert_eq!(by_table.matches("\"dataset\": \"Test\"").count(), 1);
    folder.write("in.json", by_table.replace("\"Test\"", "\"Train\""));
    let args = [
        "convert",
        "in.json",
        "--to",
        "language",
        "--no-texts",
        "--dataset-from",
        "sets.csv",
    ];
    assert_eq!(run(folder.path(), args).expect(0).text(), by_table);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn dropping_and_selecting_the_others_are_one(kept in prop::collection::btree_set("[ABC]", 1..3)) {
        let folder = TempFolder::new();
        folder.write("in.json", project());
        let others: Vec<&str> = ["A", "B", "C"].into_iter().filter(|name| !kept.contains(*name)).collect();
        let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
        convert(&folder, &["--select-labels", &kept.join(",")]).expect(0);
        let selected = folder.read("out.json");
        convert(&folder, &["--drop-labels", &others.join(",")]).expect(0);
        prop_assert_eq!(folder.read("out.json"), selected);
    }
}

/// Renames `A` in a file of one record of a format.
fn renamed(format: &str, file: &str, status: i32) -> (crate::support::Run, Option<String>) {
    let folder = TempFolder::new();
    folder.write("in", file);
    let args = [
        "convert", "in", "--from", format, "--to", format, "--rename", "A=Z", "-o", "out",
    ];
    let done = run(folder.path(), args).expect(status);
    let written = std::fs::read_to_string(folder.at("out")).ok();
    (done, written)
}

#[test]
fn classes_of_spacy_are_renamed_and_not_only_said_to_be() {
    let cases = [
        (
            "{\"text\":\"one\",\"cats\":{\"A\":1.0,\"B\":0.0}}\n",
            "{\"text\":\"one\",\"cats\":{\"Z\": 1.0,\"B\":0.0}}\n",
        ),
        (
            "{\"text\":\"one\",\"cats\":{\"A\":1.0,\"Z\":0.0}}\n",
            "{\"text\":\"one\",\"cats\":{\"Z\":1.0}}\n",
        ),
        (
            "{\"text\":\"one\",\"options\":[{\"id\":\"B\"},{\"id\":\"A\"}],\"accept\":[\"A\"]}\n",
            "{\"text\":\"one\",\"options\":[{\"id\":\"B\"},{\"id\":\"Z\"}],\"accept\":[\"Z\"]}\n",
        ),
    ];
    for (file, wanted) in cases {
        let (done, written) = renamed("spacy", file, 0);
        done.says("renamed 1 label: `A` 1");
        assert_eq!(written.as_deref(), Some(wanted));
    }
}

#[test]
fn labels_that_are_tags_of_tokens_are_not_said_to_be_renamed() {
    let file = "{\"tokens\":[\"Ann\",\"in\",\"Oslo\"],\"ner_tags\":[\"B-A\",\"O\",\"B-B\"]}\n";
    let (done, written) = renamed("huggingface", file, 2);
    done.says("have a form in which they cannot be changed; convert it to `aml` or `language`");
    assert_eq!(written, None);
}
