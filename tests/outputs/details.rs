//! What the JSON report says of a finding for scripts: the label, the words and their place, the fix,
//! and what makes it the same in another run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations;
use labelwright::internals::pipeline::{Options, Outcome};
use labelwright::internals::rules::Applicability;
use labelwright::internals::text::Unit;
use serde_json::Value;

use crate::support::{
    TempFolder, aml_line, aml_span, every_report, fixtures, label_files, language_document,
    language_label, language_project, run,
};

/// What a check of a label file gives, with its findings from the JSON report.
fn findings(outcome: Outcome) -> Vec<Value> {
    let report = every_report(&[outcome], 0).remove("json").unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    report["diagnostics"].as_array().unwrap().clone()
}

fn check(source: &Source, texts: &Texts, options: &Options) -> Vec<Value> {
    findings(operations::check(source, None, Some(texts), options).unwrap())
}

/// What the words of a finding are, by the numbers that it gives, counted character by character.
fn words(finding: &Value, text: &str) -> (String, u64, u64) {
    let number = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
    let text: Vec<char> = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .chars()
        .collect();
    let before = &text[..number("text_start")];
    let line = 1 + before.iter().filter(|char| **char == '\n').count() as u64;
    let start = before
        .iter()
        .rposition(|char| *char == '\n')
        .map_or(0, |at| at + 1);
    let column = 1 + (before.len() - start) as u64;
    let words = &text[number("text_start")..number("text_end")];
    (words.iter().collect(), line, column)
}

/// Whether a finding says where its words are. If so, they are there.
#[track_caller]
fn has_words(finding: &Value, text: &str) -> bool {
    let Some(surface) = finding["surface"].as_str() else {
        return false;
    };
    let (found, line, column) = words(finding, text);
    match surface.strip_suffix('…') {
        Some(beginning) if found != surface => assert!(found.starts_with(beginning), "{finding}"),
        _ => assert_eq!(found, surface, "{finding}"),
    }
    assert_eq!(
        (
            finding["text_line"].as_u64(),
            finding["text_column"].as_u64()
        ),
        (Some(line), Some(column))
    );
    true
}

/// The label at the pointer of a finding, if that is one.
fn label_at(record: &Value, finding: &Value) -> Option<String> {
    let pointer = finding["pointer"].as_str()?;
    let label = record.pointer(pointer)?;
    let name = ["label", "category"]
        .into_iter()
        .find_map(|name| label[name].as_str());
    name.filter(|_| pointer.contains("/label"))
        .map(str::to_owned)
}

#[test]
fn words_and_labels_of_the_fixtures_are_where_they_are_said_to_be() {
    let shared = fixtures().join("rules/texts");
    let (mut with_words, mut with_labels) = (0, 0);
    for path in label_files() {
        let folders = [path.parent().unwrap().to_owned(), shared.clone()];
        let source = Source::open(&path).unwrap();
        let texts = Texts::open(&folders, true).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let is_lines = path.extension().is_some_and(|it| it == "jsonl");
        for finding in check(&source, &texts, &Options::default()) {
            if let Some(document) = finding["document"].as_str() {
                // A document may lie without its folders.
                let names = document
                    .match_indices('/')
                    .map(|(at, _)| &document[at + 1..]);
                let names = [document].into_iter().chain(names);
                let mut paths = names.flat_map(|name| folders.iter().map(move |it| it.join(name)));
                let text = paths.find_map(|path| std::fs::read_to_string(path).ok());
                with_words += usize::from(text.is_some_and(|text| has_words(&finding, &text)));
            }
            let start = finding["byte_start"].as_u64();
            let record = match start.map(|start| usize::try_from(start).unwrap()) {
                Some(start) if is_lines => {
                    let from = bytes[..start].iter().rposition(|byte| *byte == b'\n');
                    let line = &bytes[from.map_or(0, |at| at + 1)..];
                    line.split(|byte| *byte == b'\n').next().unwrap()
                }
                _ => &bytes[..],
            };
            let Ok(record) = serde_json::from_slice::<Value>(record) else {
                continue;
            };
            // What is said of a whole file stands at a label and is about none.
            if let (Some(label), Some(said)) = (label_at(&record, &finding), finding.get("label")) {
                assert_eq!(*said, *label, "{}: {finding}", path.display());
                with_labels += 1;
            }
        }
    }
    assert!(
        with_words >= 12 && with_labels >= 16,
        "{with_words}, {with_labels}"
    );
}

/// Numbers that look like chance, and are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

#[test]
fn words_of_any_text_are_where_they_are_said_to_be() {
    const PIECES: [&str; 14] = [
        "a",
        "word",
        " ",
        "  ",
        "\n",
        "\r\n",
        "é",
        "e\u{301}",
        "😀",
        "👩\u{200d}👩",
        "ß",
        "晴れ",
        ".",
        "\u{a0}",
    ];
    let mut chance = Chance(7);
    let mut seen = 0;
    for round in 0..60 {
        let text: String = (0..80)
            .map(|_| PIECES[chance.below(PIECES.len())])
            .collect();
        let length = text.chars().count();
        let labels: Vec<String> = (0..12)
            .map(|number| {
                let start = chance.below(length);
                aml_span(&format!("L{number}"), start, start + 1 + chance.below(8))
            })
            .collect();
        let mark = if round % 2 == 0 { "\u{feff}" } else { "" };
        let text = format!("{mark}{text}");
        let source = aml_line("AmlDatastore://ds/1.txt", &labels) + "\n";
        let source = Source::in_memory(source, Path::new("a.jsonl"));
        let texts = Texts::in_memory([("1.txt".to_owned(), text.clone().into_bytes())]);
        let mut options = Options {
            unit: Some(Unit::CodePoint),
            ..Options::default()
        };
        options.levels.ignore(&["spans-adrift".to_owned()]).unwrap();
        for finding in check(&source, &texts, &options) {
            seen += usize::from(has_words(&finding, &text));
        }
    }
    assert!(seen > 300, "{seen}");
}

/// The fingerprints of findings, which are all different.
#[track_caller]
fn prints(findings: &[Value]) -> BTreeMap<String, String> {
    let print = |finding: &Value| {
        let print = finding["fingerprint"].as_str().unwrap();
        let digits = print
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        assert!(print.len() == 16 && digits, "{finding}");
        (print.to_owned(), finding["message"].to_string())
    };
    let all: BTreeMap<String, String> = findings.iter().map(print).collect();
    assert_eq!(all.len(), findings.len(), "fingerprints are unique");
    all
}

#[test]
fn fingerprints_of_a_file_are_unique() {
    for path in label_files() {
        let folders = [
            path.parent().unwrap().to_owned(),
            fixtures().join("rules/texts"),
        ];
        let source = Source::open(&path).unwrap();
        let texts = Texts::open(&folders, true).unwrap();
        prints(&check(&source, &texts, &Options::default()));
    }
}

/// The label file of a round: documents with labels that something is wrong with.
struct File {
    documents: Vec<(String, Vec<Label>)>,
}

/// A label's name, offset and length.
type Label = (String, usize, usize);

/// A way to write a file.
type Way = fn(&File) -> String;

const TEXT: &str = "Ada Lovelace saw Rome. Ada Lovelace left Rome again.";

impl File {
    fn new() -> Self {
        let labels = [
            ("Person", 0, 13),
            ("Town", 17, 17),
            ("Town", 90, 95),
            ("Person", 0, 13),
            ("River", 40, 43),
        ];
        let labels = labels.map(|(name, start, end)| (name.to_owned(), start, end));
        let documents = ["1.txt", "2.txt", "missing.txt"];
        Self {
            documents: documents
                .map(|name| (name.to_owned(), labels.to_vec()))
                .to_vec(),
        }
    }

    fn lines(&self) -> String {
        let line = |(name, labels): &(String, Vec<(String, usize, usize)>)| {
            let labels: Vec<String> = labels
                .iter()
                .map(|(label, start, end)| aml_span(label, start, end))
                .collect();
            aml_line(&format!("AmlDatastore://ds/{name}"), &labels) + "\n"
        };
        self.documents.iter().map(line).collect()
    }

    fn project(&self) -> String {
        let document = |(name, labels): &(String, Vec<(String, usize, usize)>)| {
            let labels: Vec<String> = labels
                .iter()
                .map(|(label, start, end)| language_label(label, *start, end - start))
                .collect();
            language_document(name, Some("Train"), TEXT.len(), &labels)
        };
        let documents: Vec<String> = self.documents.iter().map(document).collect();
        language_project("CustomEntityRecognition", &["Person", "Town"], &documents)
    }
}

fn prints_of(content: String, name: &str, redact: bool) -> BTreeMap<String, String> {
    let source = Source::in_memory(content, Path::new(name));
    let names = ["0.txt", "1.txt", "2.txt"];
    // What texts have in common is no matter of a place.
    let text = |name: &str| format!("{TEXT} This is {name}.").into_bytes();
    let texts = Texts::in_memory(names.map(|name| (name.to_owned(), text(name))));
    let mut options = Options {
        unit: Some(Unit::CodePoint),
        ..Options::default()
    };
    options.settings.redact = redact;
    prints(&check(&source, &texts, &options))
}

#[test]
fn a_fingerprint_stays_where_something_is_added_before() {
    let ways: [(&str, Way); 2] = [("a.jsonl", File::lines), ("a.json", File::project)];
    for (name, written) in ways {
        let file = File::new();
        let before = prints_of(written(&file), name, false);
        assert!(before.len() > 10, "{before:?}");
        let redacted = prints_of(written(&file), name, true);
        let keys: BTreeSet<&String> = before.keys().collect();
        assert_eq!(
            redacted.keys().collect::<BTreeSet<_>>(),
            keys,
            "{name}: hidden words"
        );
        let mut document = File::new();
        document
            .documents
            .insert(0, ("0.txt".to_owned(), vec![("City".to_owned(), 4, 12)]));
        let mut label = File::new();
        label.documents[0].1.insert(0, ("City".to_owned(), 4, 12));
        let changed = [
            ("a blank line", format!("\n{}", written(&file))),
            ("a document", written(&document)),
            ("a label", written(&label)),
        ];
        for (what, content) in changed {
            let after = prints_of(content, name, false);
            let lost: Vec<_> = before
                .iter()
                .filter(|(print, _)| !after.contains_key(*print))
                .collect();
            assert!(lost.is_empty(), "{name}: {what} changes {lost:?}");
        }
    }
}

#[test]
fn a_fix_is_told_where_a_run_that_fixes_has_something_to_do() {
    let (mut safe, mut none) = (0, 0);
    for path in label_files() {
        let folders = [
            path.parent().unwrap().to_owned(),
            fixtures().join("rules/texts"),
        ];
        let source = Source::open(&path).unwrap();
        let texts = Texts::open(&folders, true).unwrap();
        let options = Options::default();
        let found = check(&source, &texts, &options);
        for finding in found.iter().filter(|it| it.get("fix").is_some()) {
            let fix = &finding["fix"];
            assert!(
                fix["applicability"] == "safe" || fix["applicability"] == "unsafe",
                "{fix}"
            );
            assert!(!fix["description"].as_str().unwrap().is_empty());
        }
        // What another report of the run needs changes nothing of it.
        let with_regions = Options {
            edits: true,
            regions: 10,
            ..Options::default()
        };
        assert_eq!(
            check(&source, &texts, &with_regions),
            found,
            "{}",
            path.display()
        );
        let told = found.iter().any(|it| it["fix"]["applicability"] == "safe");
        let fixed = operations::fix(&source, None, Some(&texts), &options, Applicability::Safe);
        let fixed = fixed.unwrap();
        let has_work = fixed.source.is_some() || !fixed.withheld.is_empty();
        assert_eq!(told, has_work, "{}", path.display());
        if told {
            safe += 1;
        } else {
            none += 1;
        }
    }
    assert!(safe > 20 && none > 20, "{safe}, {none}");
}

#[test]
fn who_labeled_is_told_where_that_is_asked_for() {
    let place = TempFolder::new();
    place.write("1.txt", "Rome");
    let label = r#"{"label":"A","offsetStart":2,"offsetEnd":2}"#;
    let line = format!(
        r#"{{"image_url":"AmlDatastore://ds/1.txt","labeler":"Jo Doe","label":[{label}]}}"#
    );
    place.write("a.jsonl", line + "\n");
    let check = ["check", "a.jsonl", "--output"];
    for form in ["json", "jsonl", "csv", "sarif"] {
        let quiet = run(place.path(), [&check[..], &[form]].concat())
            .expect(1)
            .text();
        assert!(!quiet.contains("Jo Doe"), "{form}");
        let asked = [&check[..], &[form, "--show-labelers"]].concat();
        let told = run(place.path(), asked).expect(1).text();
        assert!(told.contains("Jo Doe"), "{form}: {told}");
    }
    for form in [
        "human", "concise", "junit", "github", "gitlab", "azure", "markdown",
    ] {
        let asked = [&check[..], &[form, "--show-labelers"]].concat();
        let told = run(place.path(), asked).expect(1).text();
        assert!(!told.contains("Jo Doe"), "{form}");
    }
}
