//! From tables to other formats and back.

use std::collections::BTreeMap;

use labelwright::NewTexts;
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{self, Conversion};
use labelwright::internals::pipeline::Options;
use proptest::prelude::*;
use serde_json::Value;

use super::{convert, documents, fixture, folder, message, report, tables, to_language};
use crate::support::{
    ENTITIES, ONE_CLASS, TempFolder, class_document, conversion, files, language_document,
    language_label, language_project, names,
};

const TEXTS: [&str; 2] = ["--texts", "docs"];

#[test]
fn a_table_comes_out_as_it_is() {
    for name in names(&tables()) {
        let place = folder(&name, fixture(&name));
        let done = convert(&place, &name, "csv", "out.csv", &["--fail-on", "never"]);
        if name == "broken.csv" {
            done.expect(1);
            assert!(!place.at("out.csv").exists());
            continue;
        }
        done.expect(0);
        assert!(
            std::fs::read(place.at("out.csv")).unwrap() == fixture(&name),
            "{name}"
        );
    }
}

/// The files under a folder.
fn contents(place: &TempFolder, name: &str) -> BTreeMap<String, Vec<u8>> {
    let root = place.at(name);
    let content = |path: std::path::PathBuf| {
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        (name, std::fs::read(path).unwrap())
    };
    files(&root).into_iter().map(content).collect()
}

#[test]
fn there_and_back_by_language() {
    for name in [
        "single.csv",
        "multi.csv",
        "quoted.csv",
        "unnamed.csv",
        "table.tsv",
    ] {
        let place = folder(name, fixture(name));
        to_language(&place, name, &[]).expect(0);
        convert(&place, "out.json", "csv", "back.csv", &TEXTS).expect(0);
        // What is written is read as the same, and its texts are those that are there.
        let args = ["--texts-out", "docs", "--project-name", "again"];
        convert(&place, "back.csv", "language", "again.json", &args).expect(0);
        assert_eq!(
            documents(&place, "again.json"),
            documents(&place, "out.json"),
            "{name}"
        );
        let other = ["--texts-out", "other"];
        convert(&place, "back.csv", "language", "other.json", &other).expect(0);
        assert_eq!(
            contents(&place, "other"),
            contents(&place, "docs"),
            "{name}"
        );
    }
    let place = folder("single.csv", fixture("single.csv"));
    to_language(&place, "single.csv", &[]).expect(0);
    convert(&place, "out.json", "csv", "back.csv", &TEXTS).expect(0);
    assert_eq!(place.read("back.csv").as_bytes(), fixture("single.csv"));
}

#[test]
fn there_and_back_by_aml() {
    for name in ["single.csv", "multi.csv", "quoted.csv"] {
        let place = folder(name, fixture(name));
        let out = ["--texts-out", "docs"];
        convert(&place, name, "aml", "out.jsonl", &out).expect(0);
        convert(&place, "out.jsonl", "csv", "back.csv", &TEXTS).expect(0);
        to_language(&place, name, &[]).expect(0);
        let args = ["--texts-out", "docs"];
        convert(&place, "back.csv", "language", "again.json", &args).expect(0);
        // Sets have no place there.
        let mut want = documents(&place, "out.json");
        for line in &mut want {
            *line = line.replace(" Train ", " - ").replace(" Test ", " - ");
        }
        assert_eq!(documents(&place, "again.json"), want, "{name}");
    }
}

#[test]
fn a_ledger_brings_back_the_cells_of_other_columns() {
    let table = "id;Text;label;split;score;notes\n\
                 7;Send it back.;Refund;train;0.5;\"a;b\"\n\
                 8;\"He said \"\"hi\"\"\";Greeting;test;;\n";
    let place = folder("in.csv", table);
    let save = ["--losses", "lost.jsonl", "--deny-loss"];
    to_language(&place, "in.csv", &save).expect(0);
    let back = ["--texts", "docs", "--restore", "lost.jsonl"];
    convert(&place, "out.json", "csv", "back.csv", &back).expect(0);
    assert_eq!(place.read("back.csv"), table);
    // A class that was changed since is not put back as it was.
    let changed = place.read("out.json").replace("\"Greeting\"", "\"Hello\"");
    place.write("changed.json", changed);
    convert(&place, "changed.json", "csv", "changed.csv", &back).expect(0);
    assert_eq!(
        place.read("changed.csv"),
        table.replace("Greeting", "Hello")
    );
}

#[test]
fn what_the_other_format_cannot_hold_is_told() {
    let place = folder("dev.csv", fixture("dev.csv"));
    let first = report(&place, "dev.csv", 0, &[]);
    let told = message(&first, "lossy-conversion");
    assert_eq!(
        told,
        "the target format cannot hold splits (2), unknown members (1)"
    );
    let helps = first
        .findings()
        .iter()
        .map(|found| found["help"].to_string());
    let mut helps = helps;
    assert!(helps.any(|help| help.contains("--losses")));
    std::fs::remove_file(place.at("out.json")).unwrap();
    let denied = report(&place, "dev.csv", 1, &["--deny-loss"]);
    message(&denied, "lossy-conversion");
    assert!(!place.at("out.json").exists());
}

/// A folder with a Language file of one class a document, and its texts.
fn language(change: impl Fn(&mut Value)) -> TempFolder {
    let documents = [class_document("1.txt", "A"), class_document("2.txt", "B")];
    let project = language_project(ONE_CLASS, &["A", "B"], &documents);
    let mut project: Value = serde_json::from_str(&project).unwrap();
    change(&mut project);
    let place = TempFolder::new();
    place.write("in.json", project.to_string());
    place.write("docs/1.txt", "one");
    place.write("docs/2.txt", "two");
    place
}

#[test]
fn what_a_table_cannot_hold_is_told() {
    let lost = |place: &TempFolder| {
        let args = [&TEXTS[..], &["--output", "json", "--force"]].concat();
        let report = convert(place, "in.json", "csv", "out.csv", &args)
            .expect(0)
            .report();
        let told = message(&report, "lossy-conversion");
        let denied = [&TEXTS[..], &["--deny-loss", "--force"]].concat();
        convert(place, "in.json", "csv", "out.csv", &denied).expect(1);
        told.trim_start_matches("the target format cannot hold ")
            .to_owned()
    };
    assert_eq!(lost(&language(|_| ())), "project metadata (2)");
    let place = language(|project| {
        let assets = &mut project["assets"];
        assets["documents"][0]["language"] = "fr".into();
        assets["documents"][1]["language"] = "de".into();
        assets["classes"] = serde_json::json!([{"category":"B"},{"category":"A"},{"category":"C"}]);
        assets["documents"][0]["more"] = 1.into();
    });
    assert_eq!(
        lost(&place),
        "document languages (2), unused declarations (1), orders of declaration (1), project \
         metadata (2), unknown members (1)"
    );
    // Names that would be read as something else than one class.
    for name in ["", " ", "['A']", "[A, B]", "[]"] {
        let place = language(|project| {
            let assets = &mut project["assets"];
            assets["documents"][0]["class"]["category"] = name.into();
            assets["classes"][0]["category"] = name.into();
        });
        assert_eq!(
            lost(&place),
            "labels left out (1), project metadata (2)",
            "{name:?}"
        );
        assert_eq!(
            place.read("out.csv").lines().nth(1),
            Some("one,,1.txt,"),
            "{name:?}"
        );
    }
}

#[test]
fn what_has_no_labels_of_a_class_has_no_counterpart() {
    let label = language_label("City", 0, 4);
    let document = language_document("1.txt", None, 4, &[label]);
    let place = TempFolder::new();
    place.write(
        "in.json",
        language_project(ENTITIES, &["City"], &[document]),
    );
    place.write("docs/1.txt", "Rome");
    let args = [&TEXTS[..], &["--output", "json"]].concat();
    let report = convert(&place, "in.json", "csv", "out.csv", &args)
        .expect(1)
        .report();
    let told = message(&report, "no-counterpart");
    assert!(told.contains("CustomEntityRecognition"), "{told}");
    assert!(!place.at("out.csv").exists());
}

#[test]
fn a_text_that_is_absent_refuses_a_table() {
    let place = language(|_| ());
    std::fs::remove_file(place.at("docs/2.txt")).unwrap();
    for texts in [&TEXTS[..], &["--no-texts"]] {
        let args = [texts, &["--output", "json"]].concat();
        let report = convert(&place, "in.json", "csv", "out.csv", &args)
            .expect(1)
            .report();
        let told = message(&report, "span-unproven");
        assert!(
            told.contains("the texts are part of the new file, and this one is missing"),
            "{told}"
        );
        assert!(!place.at("out.csv").exists());
    }
    let args = [&TEXTS[..], &["--skip-invalid", "--output", "json"]].concat();
    let report = convert(&place, "in.json", "csv", "out.csv", &args)
        .expect(1)
        .report();
    let told = message(&report, "lossy-conversion");
    assert!(told.contains("documents left out (1)"), "{told}");
    assert_eq!(
        place.read("out.csv"),
        "text,label,name,dataset\none,A,1.txt,\n"
    );
}

#[test]
fn a_ledger_brings_back_what_a_table_cannot_hold() {
    let place = language(|project| {
        let assets = &mut project["assets"];
        assets["documents"][0]["language"] = "fr".into();
        assets["documents"][0]["dataset"] = "Train".into();
        assets["documents"][1]["more"] = serde_json::json!({"kept": [1.0]});
        assets["classes"] = serde_json::json!([{"category":"B"},{"category":"A"},{"category":"C"}]);
        project["metadata"]["description"] = "Of two".into();
    });
    let there = [&TEXTS[..], &["--losses", "ledger.jsonl", "--deny-loss"]].concat();
    convert(&place, "in.json", "csv", "out.csv", &there).expect(0);
    let back = ["--texts-out", "docs", "--restore", "ledger.jsonl"];
    convert(&place, "out.csv", "language", "back.json", &back).expect(0);
    let value = |name: &str| serde_json::from_str::<Value>(&place.read(name)).unwrap();
    assert_eq!(value("back.json"), value("in.json"));
}

/// Converts by the library; texts are written to `docs` or read from there.
fn converted(place: &TempFolder, from: &str, to: &str, options: &Options) -> Vec<u8> {
    let source = Source::open(&place.at(from)).unwrap();
    let new_texts = NewTexts::open(&place.at("docs")).unwrap();
    let texts = Texts::open(&[place.at("docs")], true).unwrap();
    let asked = Conversion {
        texts: Some(&texts),
        files: Some(&new_texts),
        ..conversion(to)
    };
    let mut out = Vec::new();
    let nowhere = &mut std::io::sink();
    let outcome = operations::convert(&source, &asked, options, &mut out, nowhere).unwrap();
    assert!(!outcome.refused, "{:?}", outcome.diagnostics);
    new_texts.keep().unwrap();
    out
}

#[test]
fn batches_and_threads_do_not_show() {
    for name in [
        "single.csv",
        "multi.csv",
        "quoted.csv",
        "semicolon-bom.csv",
        "dev.csv",
        "table.tsv",
    ] {
        let place = folder(name, fixture(name));
        let language = converted(&place, name, "language", &Options::default());
        place.write("out.json", &language);
        let table = converted(&place, "out.json", "csv", &Options::default());
        let source = Source::open(&place.at(name)).unwrap();
        let whole = operations::check(&source, None, None, &Options::default()).unwrap();
        for batch_bytes in (1..40).chain([64, 100, 1000]) {
            let options = Options {
                batch_bytes,
                jobs: 1 + batch_bytes % 2,
                ..Options::default()
            };
            let again = converted(&place, name, "language", &options);
            assert!(again == language, "{name} by {batch_bytes}");
            let again = converted(&place, "out.json", "csv", &options);
            assert!(again == table, "{name} by {batch_bytes}");
            let outcome = operations::check(&source, None, None, &options).unwrap();
            assert_eq!(outcome, whole, "{name} by {batch_bytes}");
        }
    }
}

/// A cell, written without the program's help.
fn cell(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\"\""))
}

/// A list of classes as JSON writes it, which is one of the two forms.
fn list(classes: &[String]) -> String {
    serde_json::to_string(classes).unwrap()
}

fn any_text() -> impl Strategy<Value = String> {
    "(?s)[ab\",;|'\\\\\t\r\n\u{e9}\u{1f600}\u{301} ]{0,12}"
}

fn any_class() -> impl Strategy<Value = String> {
    "[A-D][ab\",;|'\\\\\t\r\n\u{e9}\u{1f600} ]{0,4}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_table_goes_there_and_back_twice(
        rows in prop::collection::vec((any_text(), prop::collection::vec(any_class(), 0..4), 0..3_usize), 1..8),
        several in any::<bool>(),
        separator in prop::sample::select(vec![",", ";", "\t", "|"]),
        line_end in prop::sample::select(vec!["\n", "\r\n"]),
        batch_bytes in 1_usize..300,
    ) {
        let mut table = ["text", "label", "name", "dataset"].join(separator) + line_end;
        let mut any = false;
        for (number, (text, classes, set)) in rows.iter().enumerate() {
            let classes = match classes.first() {
                _ if several => list(classes),
                Some(class) => class.clone(),
                None => String::new(),
            };
            any |= !classes.is_empty();
            let set = ["", "Train", "Test"][*set].to_owned();
            let name = format!("{number}.txt");
            let row = [text.clone(), classes, name, set].map(|value| cell(&value));
            table += &(row.join(separator) + line_end);
        }
        // Empty cells alone do not tell the kind.
        prop_assume!(any);
        let place = folder("in.csv", table);
        let options = Options { batch_bytes, jobs: 1 + batch_bytes % 2, ..Options::default() };
        let first = converted(&place, "in.csv", "language", &options);
        for (number, (text, ..)) in rows.iter().enumerate() {
            prop_assert_eq!(&place.read(format!("docs/{number}.txt")), text);
        }
        place.write("in.json", &first);
        let table = converted(&place, "in.json", "csv", &options);
        // The project is called after the file.
        place.write("in.csv", &table);
        let second = converted(&place, "in.csv", "language", &options);
        prop_assert_eq!(String::from_utf8(second).unwrap(), String::from_utf8(first).unwrap());
    }
}
