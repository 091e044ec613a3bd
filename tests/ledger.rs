//! Nothing is lost: a conversion with `--losses`, and back with `--restore`.

mod attacked;
mod both_ways;
mod classless;
mod hostile;
mod left_out;
mod pairs;
mod same_names;
mod told;
mod unlabeled;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use crate::corpora::{Dice, TEXT, any_language_file, any_lines};
use crate::support::{
    ENTITIES, ONE_CLASS, Run, TempFolder, fixtures, language_project, names, run,
};

/// Converts a file, whatever is found in it.
fn convert(place: &TempFolder, [input, to, out]: [&str; 3], more: &[&str]) -> Run {
    let args = ["convert", input, "--to", to, "-o", out];
    let never = ["--fail-on", "never", "--force"];
    run(place.path(), [&args[..], &never, more].concat())
}

/// What was said, on one line.
fn said(run: &Run) -> String {
    let words: Vec<&str> = run.stderr.split_whitespace().collect();
    words.join(" ")
}

/// Converts `in.json` to an export, with the numbers as they are.
const TO_AML: [&str; 7] = [
    "convert",
    "in.json",
    "--to",
    "aml",
    "-o",
    "out",
    "--no-texts",
];

/// A document without labels.
const EMPTY_DOCUMENT: &str = r#"{"location":"1.txt","language":"en-us","entities":[]}"#;

/// A project of entities with these documents.
fn entities(documents: &[&str]) -> String {
    let documents: Vec<String> = documents.iter().map(|&one| one.to_owned()).collect();
    language_project(ENTITIES, &["A"], &documents)
}

/// Converts there with a ledger and back with it; gives the file in between and the last one.
fn there_and_back(
    folder: &Path,
    name: &str,
    to: [&str; 2],
    edit: impl Fn(&str) -> String,
) -> (String, Vec<u8>, Run) {
    let place = TempFolder::new();
    let at = |name: &str| place.at(name).to_str().unwrap().to_owned();
    let texts = folder.to_str().unwrap();
    let language = fixtures().join("language");
    let more = language.to_str().unwrap();
    let (middle, ledger, back) = (at("middle"), at("ledger.jsonl"), at("back"));
    let never = ["--fail-on", "never", "--texts", texts, "--texts", more];
    let there = [
        "convert",
        name,
        "--to",
        to[0],
        "-o",
        &middle,
        "--losses",
        &ledger,
        "--deny-loss",
    ];
    run(folder, there.into_iter().chain(never)).expect(0);
    let written = fs::read_to_string(&middle).unwrap();
    fs::write(&middle, edit(&written)).unwrap();
    let again = [
        "convert",
        &middle,
        "--to",
        to[1],
        "-o",
        &back,
        "--restore",
        &ledger,
    ];
    let done = run(folder, again.into_iter().chain(never)).expect(0);
    (written, fs::read(&back).unwrap(), done)
}

#[test]
fn aml_comes_back_byte_for_byte() {
    let aml = fixtures().join("aml");
    for name in [
        "ner.jsonl",
        "contributors.jsonl",
        "multi-class.jsonl",
        "scalar-class.jsonl",
        "multi-label.jsonl",
    ] {
        let (_, back, _) = there_and_back(&aml, name, ["language", "aml"], str::to_owned);
        let want = fs::read(aml.join(name)).unwrap();
        assert_eq!(String::from_utf8(back), String::from_utf8(want), "{name}");
    }
}

#[test]
fn language_comes_back_value_for_value() {
    let folder = fixtures().join("language");
    let mut seen = 0;
    for name in names(&folder) {
        let kinds = [
            "entities",
            "single",
            "multi",
            "unknown-members",
            "class-array",
        ];
        if !kinds.iter().any(|kind| name == format!("{kind}.json")) {
            continue;
        }
        let (_, back, _) = there_and_back(&folder, &name, ["aml", "language"], str::to_owned);
        let text = fs::read_to_string(folder.join(&name)).unwrap();
        let text = spelled(text.trim_start_matches('\u{feff}'));
        let want: Value = serde_json::from_str(&text).unwrap();
        let got: Value =
            serde_json::from_str(&spelled(std::str::from_utf8(&back).unwrap())).unwrap();
        assert_eq!(got, want, "{name}");
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
    let demo = fixtures().join("pairs/demo");
    let (_, back, _) = there_and_back(&demo, "demo.json", ["aml", "language"], str::to_owned);
    assert!(
        back == fs::read(demo.join("demo.json")).unwrap(),
        "the demo is in canonical layout"
    );
}

#[test]
fn earlier_shapes_come_back_in_todays() {
    let folder = fixtures().join("language");
    for name in [
        "v0-entities",
        "v0-classes",
        "v1-entities",
        "v1-classes",
        "v1-body-entities",
        "v1-body-single",
        "v1-body-multi",
    ] {
        let name = format!("{name}.json");
        let migrated = run(&folder, ["convert", &name, "--to", "language"])
            .expect(0)
            .stdout;
        let (_, back, _) = there_and_back(&folder, &name, ["aml", "language"], str::to_owned);
        let read = |bytes: &[u8]| -> Value {
            serde_json::from_str(&spelled(std::str::from_utf8(bytes).unwrap())).unwrap()
        };
        let (mut back, mut want) = (read(&back), read(&migrated));
        for project in [&mut back, &mut want] {
            // Where the file says no name, its own is taken.
            project["metadata"]["projectName"] = "".into();
        }
        assert_eq!(back, want, "{name}");
    }
}

/// Numbers as strings, so that their spelling is compared and none is too large.
fn spelled(json: &str) -> String {
    let (mut out, mut in_string, mut escaped, mut in_number) = (String::new(), false, false, false);
    for char in json.chars() {
        let numeric = char.is_ascii_digit() || matches!(char, '-' | '+' | '.' | 'e' | 'E');
        let numeric = !in_string && (numeric && in_number || char.is_ascii_digit() || char == '-');
        if numeric != in_number {
            out.push('"');
            in_number = numeric;
        }
        match char {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
        out.push(char);
    }
    out
}

#[test]
fn a_ledger_brings_no_deleted_label_back() {
    let aml = fixtures().join("aml");
    let (middle, all, _) = there_and_back(
        &aml,
        "contributors.jsonl",
        ["language", "aml"],
        str::to_owned,
    );
    let project: Value = serde_json::from_str(&middle).unwrap();
    let with_label = |document: &&Value| {
        !document["entities"][0]["labels"]
            .as_array()
            .unwrap()
            .is_empty()
    };
    let documents = project["assets"]["documents"].as_array().unwrap();
    let first = documents
        .iter()
        .position(|document| with_label(&document))
        .unwrap();
    let edit = |text: &str| {
        let mut project: Value = serde_json::from_str(text).unwrap();
        let documents = project["assets"]["documents"].as_array_mut().unwrap();
        documents[first]["entities"][0]["labels"]
            .as_array_mut()
            .unwrap()
            .remove(0);
        project.to_string()
    };
    let (_, back, _) = there_and_back(&aml, "contributors.jsonl", ["language", "aml"], edit);
    let count = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .matches("\"offsetStart\"")
            .count()
    };
    assert_eq!(count(&back), count(&all) - 1);
    let columns = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .matches("\"labeler\"")
            .count()
    };
    assert_eq!(columns(&back), columns(&all), "the document still stands");
}

#[test]
fn facts_without_a_document_are_counted() {
    let aml = fixtures().join("aml");
    let edit = |text: &str| {
        let mut project: Value = serde_json::from_str(text).unwrap();
        project["assets"]["documents"]
            .as_array_mut()
            .unwrap()
            .remove(0);
        project.to_string()
    };
    let (_, _, done) = there_and_back(&aml, "contributors.jsonl", ["language", "aml"], edit);
    done.says("no place");
}

#[test]
fn a_ledger_goes_one_way_only() {
    let place = TempFolder::new();
    let ledger = place.at("ledger.jsonl");
    let ledger = ledger.to_str().unwrap();
    let aml = fixtures().join("aml");
    run(
        &aml,
        [
            "convert",
            "multi-class.jsonl",
            "--to",
            "language",
            "--losses",
            ledger,
            "--no-texts",
        ],
    )
    .expect(0);
    let args = [
        "convert",
        "multi-class.jsonl",
        "--to",
        "language",
        "--restore",
        ledger,
    ];
    let done = run(&aml, args).expect(2);
    done.says("from aml to language");
    fs::write(ledger, "{}\n").unwrap();
    let done = run(&aml, args).expect(2);
    done.says("line 1");
}

#[test]
fn a_document_without_a_class_comes_back_in_its_place() {
    let place = TempFolder::new();
    let document = |name: &str, class: &str| {
        format!("{{\"location\":\"{name}\",\"language\":\"en-us\"{class}}}")
    };
    let class = ",\"class\":{\"category\":\"A\"}";
    let documents = [
        document("0.txt", ""),
        document("1.txt", class),
        document("2.txt", ""),
        document("3.txt", ""),
        document("4.txt", class),
        document("5.txt", ""),
    ];
    let text = language_project(ONE_CLASS, &["A"], &documents);
    place.write("in.json", &text);
    let (middle, back, _) =
        there_and_back(place.path(), "in.json", ["aml", "language"], str::to_owned);
    assert_eq!(middle.lines().count(), 2);
    let want: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&back).unwrap(), want);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_aml_file_comes_back_byte_for_byte((lines, text) in any_lines()) {
        let place = TempFolder::new();
        for number in 0..lines.lines().count() {
            place.write(format!("{number}.txt"), &text);
        }
        place.write("in.jsonl", &lines);
        let (_, back, _) = there_and_back(place.path(), "in.jsonl", ["language", "aml"], str::to_owned);
        prop_assert_eq!(String::from_utf8(back).unwrap(), lines);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_language_file_comes_back_value_for_value(
        bytes in prop::collection::vec(any::<u8>(), 0..160),
        kind in 0_usize..3,
    ) {
        let file = any_language_file(&mut Dice(bytes.iter()), kind);
        let place = TempFolder::new();
        fs::create_dir(place.at("sub")).unwrap();
        for number in 0..6 {
            for folder in ["", "sub/", "é "] {
                place.write(format!("{folder}d{number}.txt"), TEXT);
            }
        }
        place.write("in.json", &file);
        let (_, back, _) = there_and_back(place.path(), "in.json", ["aml", "language"], str::to_owned);
        let back = std::str::from_utf8(&back).unwrap();
        let got: Value = serde_json::from_str(&spelled(back)).unwrap();
        let want: Value = serde_json::from_str(&spelled(&file)).unwrap();
        prop_assert_eq!(got, want, "{}", file);
    }
}
