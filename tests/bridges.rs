//! From every format to every other one and back: the same labels on the same characters.

mod defects;
mod losses;
mod sets;
mod tokens;

use std::collections::BTreeSet;
use std::path::Path;

use labelwright::internals::formats::{FORMATS, Info, TextPlace, UnitRule, UnitSide};
use labelwright::internals::model::Kind;
use labelwright::internals::text::Unit;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{ENTITIES, ONE_CLASS, Run, TempFolder, language_label, language_project, run};

/// Whether texts stand in the files of a format, and stay there where others are named.
fn is_inline(info: &Info) -> bool {
    matches!(info.texts, TextPlace::Inline | TextPlace::InlineOrTokens)
}

/// The formats that are read and written and have a form for such projects.
fn formats(kind: Kind) -> Vec<&'static Info> {
    let infos = FORMATS.iter().map(|format| format.info());
    // spaCy's DocBin is written only.
    let both = infos.filter(|info| info.has_kind(kind) && info.name != "docbin");
    both.collect()
}

/// Where a corpus of a format stands: a file, or a folder where it is one file a document.
fn place_of(info: &Info, stem: &str) -> String {
    if info.name == "brat" {
        format!("{stem}-brat")
    } else {
        format!("{stem}-{}.{}", info.name, info.extension())
    }
}

/// The unit that both of two formats are written in, where one does not fix its own: a few words
/// need not tell it.
fn unit_of(first: &Info, second: &Info) -> Option<Unit> {
    let is_open = |info: &&Info| matches!(info.unit, UnitRule::Inferred { .. });
    let open = [first, second].into_iter().find(is_open);
    open.map(|info| info.unit.written())
}

/// The unit that comes of a conversion for which `unit` is given.
fn unit_after(from: &Info, to: &Info, unit: Option<Unit>) -> Option<Unit> {
    let is_open = matches!(to.unit, UnitRule::Inferred { .. });
    unit.filter(|_| is_open)
        .map(|unit| match UnitSide::of(unit, from, to) {
            UnitSide::Source => to.unit.written(),
            UnitSide::Target | UnitSide::Both => unit,
        })
}

/// Converts a corpus in a folder that has the texts in `docs`; new texts go to `made`.
fn convert(
    place: &TempFolder,
    (from, at): (&Info, &str),
    (to, out): (&Info, &str),
    unit: Option<Unit>,
) -> Run {
    let mut args = vec![
        "convert", at, "--from", from.name, "--to", to.name, "-o", out,
    ];
    if from.name != "brat" {
        args.extend(["--texts", "docs"]);
    }
    // Texts of documents that have no names elsewhere. Tokens are looked for in texts by what stands
    // in them, and each text is to be there once.
    if !matches!(from.name, "brat" | "conll") {
        args.extend(["--texts", "made"]);
    }
    if is_inline(from) && !is_inline(to) && to.name != "brat" {
        args.extend(["--texts-out", "made"]);
    }
    args.extend(["--fail-on", "never"]);
    if let Some(unit) = unit {
        args.extend(["--offsets", unit.name()]);
    }
    run(place.path(), args)
}

/// The labels of each document of a Language file, in the order of the documents, since some formats
/// have no names for these: names of the labels, and their extents.
fn labels(path: &Path) -> Vec<BTreeSet<(String, u64, u64)>> {
    let project: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let documents = project["assets"]["documents"].as_array().unwrap().iter();
    let labels = documents.map(|document| {
        let regions = document["entities"].as_array().into_iter().flatten();
        let spans = regions.flat_map(|region| region["labels"].as_array().unwrap());
        let classes = document["classes"].as_array().into_iter().flatten();
        let classes = classes.chain(document.get("class"));
        let labels = spans.chain(classes).map(|label| {
            let number = |name: &str| label[name].as_u64().unwrap_or_default();
            let category = label["category"].as_str().unwrap().to_owned();
            (category, number("offset"), number("length"))
        });
        labels.collect()
    });
    labels.collect()
}

/// Takes a Language project to every format, from there to every other one, back to the first, and
/// home, and insists on the same labels.
fn there_and_back(place: &TempFolder, kind: Kind) {
    let all = formats(kind);
    let language = *all.iter().find(|info| info.name == "language").unwrap();
    let wanted = labels(&place.at("in.json"));
    std::fs::create_dir(place.at("made")).unwrap();
    for first in &all {
        for second in &all {
            // A folder that stays what it is is copied as a whole.
            if first.name == second.name && first.name == "brat" {
                continue;
            }
            let unit = unit_of(first, second);
            let pair = format!("{}-{}", first.name, second.name);
            let at = place_of(first, &format!("at-{pair}"));
            let there = place_of(second, &format!("there-{pair}"));
            let back = place_of(first, &format!("back-{pair}"));
            let home = format!("home-{pair}.json");
            convert(place, (language, "in.json"), (first, &at), unit).expect(0);
            convert(place, (first, &at), (second, &there), unit).expect(0);
            let unit = unit_after(first, second, unit).or(unit);
            convert(place, (second, &there), (first, &back), unit).expect(0);
            let unit = unit_after(second, first, unit).or(unit);
            convert(place, (first, &back), (language, &home), unit).expect(0);
            assert_eq!(labels(&place.at(&home)), wanted, "{pair}");
        }
    }
}

/// The words of a text, and which of them have which label.
type Words = Vec<(&'static str, Option<&'static str>)>;

fn words() -> impl Strategy<Value = Words> {
    let word = prop::sample::select(vec![
        "Ada",
        "\u{1f600}",
        "met",
        "Zoe\u{308}",
        "\u{6771}\u{4eac}",
        "\u{1f1eb}\u{1f1f7}",
        "Émile",
        "\u{1f469}\u{1f3fd}\u{200d}\u{1f692}",
        "5mg",
    ]);
    let label = prop::sample::select(vec![None, None, Some("Person"), Some("City")]);
    prop::collection::vec((word, label), 1..9)
}

/// A text of words, and its labels in UTF-16 code units.
fn written(words: &Words, gaps: &[&str]) -> (String, Vec<String>, usize) {
    let (mut text, mut labels, mut at) = (String::new(), Vec::new(), 0);
    for (number, (word, label)) in words.iter().enumerate() {
        let gap = if number == 0 {
            ""
        } else {
            gaps[number % gaps.len()]
        };
        text.push_str(gap);
        at += gap.encode_utf16().count();
        let length = word.encode_utf16().count();
        labels.extend(label.map(|label| language_label(label, at, length)));
        text.push_str(word);
        at += length;
    }
    (text, labels, at)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn spans_stay_on_their_characters_in_every_pair_of_formats(
        documents in prop::collection::vec(words(), 1..4),
        gaps in prop::sample::select(vec![[" ", " "], [" ", "\r\n"], ["\n", "  "]]),
    ) {
        let place = TempFolder::new();
        let mut records = Vec::new();
        for (number, words) in documents.iter().enumerate() {
            // Texts that are alike could not be told apart by what stands in them.
            let (text, labels, length) = written(words, &gaps);
            let (name, last) = (format!("{number}.txt"), format!(" No{number}"));
            place.write(format!("docs/{name}"), format!("{text}{last}"));
            let length = length + last.len();
            records.push(format!(
                r#"{{"location":"{name}","language":"en-us","entities":[{{"regionOffset":0,"regionLength":{length},"labels":[{}]}}]}}"#,
                labels.join(",")
            ));
        }
        let first = labels_in_one(&records);
        prop_assume!(first);
        place.write("in.json", language_project(ENTITIES, &["Person", "City"], &records));
        there_and_back(&place, Kind::EntityRecognition);
    }

    #[test]
    fn classes_stay_on_their_documents_in_every_pair_of_formats(
        classes in prop::collection::vec(prop::sample::select(vec!["Refund", "It's \"urgent\"", "a,b"]), 1..5),
        text in "[a-z\u{e9}\u{1f600}][ab\",;\r\n\u{e9}\u{1f600}]{0,8}[a-z]",
    ) {
        let place = TempFolder::new();
        let mut records = Vec::new();
        for (number, class) in classes.iter().enumerate() {
            let name = format!("{number}.txt");
            place.write(format!("docs/{name}"), format!("{text}{number}"));
            records.push(crate::support::class_document(&name, class));
        }
        place.write("in.json", language_project(ONE_CLASS, &["Refund", "It's \"urgent\"", "a,b"], &records));
        there_and_back(&place, Kind::SingleLabelClassification);
    }
}

/// Whether some document has a label: without any, a file does not tell its kind.
fn labels_in_one(records: &[String]) -> bool {
    records.iter().any(|record| record.contains("\"category\""))
}

/// A Language project with what other formats have no place for: regions, sets, languages, documents
/// without labels and without a mark of that, unknown members, metadata, declarations.
fn rich_project() -> Value {
    let span = |category: &str, offset: u64, length: u64| serde_json::json!({"category": category, "offset": offset, "length": length});
    serde_json::json!({
        "projectFileVersion": "2022-05-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": ENTITIES, "storageInputContainerName": "mine", "projectName": "notes",
            "multilingual": true, "description": "Of people", "language": "de",
            "settings": {"confidenceThreshold": 0.5}
        },
        "assets": {
            "projectKind": ENTITIES,
            "entities": [
                {"category": "Unused"}, {"category": "City", "more": 1}, {"category": "Person"}
            ],
            "documents": [
                {"location": "1.txt", "language": "fr", "dataset": "Train", "entities": [
                    {"regionOffset": 0, "regionLength": 10, "labels": [span("Person", 3, 3)]},
                    {"regionOffset": 10, "regionLength": 8, "labels": [span("City", 10, 2)]}
                ], "more": {"kept": [1.0, null]}},
                {"location": "2.txt", "dataset": "Test", "entities": []},
                {"location": "3.txt", "language": "de", "entities": [
                    {"regionOffset": 0, "regionLength": 7, "labels": []}
                ]}
            ]
        }
    })
}

#[test]
fn a_ledger_makes_a_project_whole_again_from_every_format() {
    let place = TempFolder::new();
    let project = rich_project();
    place.write("docs/1.txt", "\u{1f600} Ada in \u{6771}\u{4eac}\r\nEnd ok.");
    place.write("docs/2.txt", "Nothing yet.");
    place.write("docs/3.txt", "Nobody.");
    place.write("in.json", serde_json::to_vec(&project).unwrap());
    for info in formats(Kind::EntityRecognition) {
        if info.name == "language" {
            continue;
        }
        let at = place_of(info, "at");
        let ledger = format!("{}.losses.jsonl", info.name);
        let to = [
            "convert", "in.json", "--to", info.name, "-o", &at, "--texts", "docs",
        ];
        let saved = ["--losses", &ledger, "--deny-loss", "--fail-on", "never"];
        run(place.path(), to.iter().chain(&saved)).expect(0);
        let back = format!("back-{}.json", info.name);
        let mut args = vec![
            "convert",
            &at,
            "--from",
            info.name,
            "--to",
            "language",
            "-o",
            &back,
            "--restore",
            &ledger,
            "--fail-on",
            "never",
        ];
        if info.name != "brat" {
            args.extend(["--texts", "docs"]);
        }
        if is_inline(info) {
            args.extend(["--texts-out", "made"]);
        }
        run(place.path(), args).expect(0);
        let back: Value = serde_json::from_str(&place.read(&back)).unwrap();
        assert_eq!(back, project, "{}", info.name);
    }
}
