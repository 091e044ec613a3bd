//! There and back: by the texts and a ledger.

use labelwright::internals::formats::{ConllProfile, Wishes};
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{self, Conversion, Ledger};
use labelwright::internals::pipeline::Options;
use proptest::prelude::*;
use serde_json::Value;

use super::{convert, fixture, folder};
use crate::support::{ENTITIES, conversion, language_document, language_label, language_project};

#[test]
fn a_file_of_tokens_comes_back_from_a_project_with_its_columns() {
    for name in [
        "columns.conll",
        "bioes.conll",
        "ioe.conll",
        "universal.conllu",
    ] {
        let place = folder(name, fixture(name));
        let there = ["--texts-out", "docs", "--losses", "ledger"];
        convert(&place, name, "language", "out.json", &there).expect(0);
        let back = ["--texts", "docs", "--restore", "ledger"];
        convert(&place, "out.json", "conll", "back.conll", &back).expect(0);
        assert_eq!(place.read("back.conll"), fixture(name), "{name}");
    }
}

#[test]
fn labels_that_were_changed_get_tags_in_the_lines_of_the_ledger() {
    let place = folder("columns.conll", fixture("columns.conll"));
    let there = ["--texts-out", "docs", "--losses", "ledger"];
    convert(&place, "columns.conll", "language", "out.json", &there).expect(0);
    let changed = place
        .read("out.json")
        .replace("\"length\": 9", "\"length\": 3");
    place.write("out.json", changed);
    let back = ["--texts", "docs", "--restore", "ledger"];
    convert(&place, "out.json", "conll", "back.conll", &back).expect(0);
    let want = fixture("columns.conll").replace("Byron NNP I-NP I-Person", "Byron NNP I-NP O");
    assert_eq!(place.read("back.conll"), want);
}

#[test]
fn lines_come_back_into_texts_that_have_them_otherwise() {
    let tokens = "Ada NNP B-P\nByron NNP I-P\n, , O\n\nBob NNP S-P\n";
    let place = folder("x.conll", tokens);
    place.write("docs/1.txt", "Ada\r\nByron,");
    place.write("docs/2.txt", " Bob");
    let there = ["--texts", "docs", "--losses", "ledger"];
    convert(&place, "x.conll", "language", "out.json", &there).expect(0);
    let back = ["--texts", "docs", "--restore", "ledger"];
    convert(&place, "out.json", "conll", "back.conll", &back).expect(0);
    assert_eq!(place.read("back.conll"), tokens);
}

/// A text with labels: stretches, each with the name of its label where it has one.
type Parts = Vec<(String, Option<&'static str>)>;

fn any_parts() -> impl Strategy<Value = Parts> {
    let stretch = "[ab\u{e9}\u{1f600}\u{301}\u{4eac},.'#\" ]{0,5}[\r\n\t ]{0,2}";
    let label = prop::sample::select(vec![None, Some("A"), Some("Full Name"), Some("B-x")]);
    prop::collection::vec((stretch, label), 0..8)
}

/// The document of a project with that text, whose labels are in any order, and the text.
fn document(number: usize, parts: &Parts) -> (String, String) {
    let mut text = format!("d{number}x ");
    let mut labels = Vec::new();
    for (stretch, name) in parts {
        let start = text.encode_utf16().count();
        text.push_str(stretch);
        let length = text.encode_utf16().count() - start;
        if let (Some(name), true) = (name, !stretch.trim().is_empty()) {
            labels.push(language_label(name, start, length));
        }
    }
    let by = number.min(labels.len());
    labels.rotate_left(by);
    let set = ["Train", "Test"].get(number % 3).copied();
    let length = text.encode_utf16().count();
    let document = language_document(&format!("{number}.txt"), set, length, &labels);
    (document, text)
}

fn converted(
    source: Vec<u8>,
    asked: &Conversion<'_>,
    options: &Options,
    name: &str,
) -> (Vec<u8>, Vec<u8>) {
    let source = Source::in_memory(source, std::path::Path::new(name));
    let (mut out, mut ledger) = (Vec::new(), Vec::new());
    let outcome = operations::convert(&source, asked, options, &mut out, &mut ledger).unwrap();
    assert!(!outcome.refused, "{:?}", outcome.diagnostics);
    (out, ledger)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_project_comes_back_by_its_texts_and_a_ledger(
        all in prop::collection::vec(any_parts(), 1..6),
        batch_bytes in 1_usize..400,
        jobs in 1_usize..3,
    ) {
        let all: Vec<(String, String)> =
            all.iter().enumerate().map(|(number, parts)| document(number, parts)).collect();
        let documents: Vec<String> = all.iter().map(|(document, _)| document.clone()).collect();
        let project = language_project(ENTITIES, &["A", "Full Name", "B-x"], &documents);
        let texts = all.iter().enumerate();
        let texts = texts.map(|(number, (_, text))| (format!("{number}.txt"), text.clone().into_bytes()));
        let texts = Texts::in_memory(texts);
        let mut plain = Options::default();
        // Labels that end with white space, all of them, look as if their ends counted otherwise.
        plain.levels.ignore(&["offset-unit-mismatch".to_owned()]).unwrap();
        let options = Options { batch_bytes, jobs, ..plain.clone() };
        let there = Conversion {
            texts: Some(&texts),
            save_losses: true,
            wishes: Wishes { conll_profile: ConllProfile::Aml, ..Wishes::default() },
            ..conversion("conll")
        };
        let (tokens, ledger) = converted(project.clone().into_bytes(), &there, &options, "in.json");
        let whole = converted(project.clone().into_bytes(), &there, &plain, "in.json");
        prop_assert_eq!(&tokens, &whole.0);
        let ledger = Ledger::read(Source::in_memory(ledger, std::path::Path::new("ledger"))).unwrap();
        let back = Conversion {
            texts: Some(&texts),
            restore: Some(&ledger),
            ..conversion("language")
        };
        let (again, _) = converted(tokens, &back, &options, "in.conll");
        let value = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
        prop_assert_eq!(value(&again), value(project.as_bytes()));
    }
}
