//! Laws of `sync`, over any corpus.

use labelwright::Unit;
use labelwright::internals::comparison::Synced;
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{Sync, convert, diff, read, sync};
use labelwright::internals::pipeline::Options;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{ENTITIES, conversion, language_document, language_label, language_project};

/// Words with blanks between them, and which of them are labeled.
type Words = Vec<(String, Option<usize>)>;

const LABELS: [&str; 3] = ["City", "Größe", "日付"];

fn any_document() -> impl Strategy<Value = Words> {
    let word = prop_oneof![
        3 => "[A-Za-z]{1,6}",
        1 => Just("東京𠮷".to_owned()),
    ];
    let word = (word, prop::option::weighted(0.5, 0_usize..LABELS.len()));
    prop::collection::vec(word, 2..10)
}

/// How a project is spelled.
#[derive(Clone, Copy, Debug)]
enum Layout {
    Compact,
    Pretty,
    Windows,
}

impl Layout {
    fn of(self, project: &str) -> String {
        let value: Value = serde_json::from_str(project).unwrap();
        match self {
            Self::Compact => project.to_owned(),
            Self::Pretty => serde_json::to_string_pretty(&value).unwrap() + "\n",
            Self::Windows => serde_json::to_string_pretty(&value)
                .unwrap()
                .replace('\n', "\r\n"),
        }
    }
}

fn text(words: &Words) -> String {
    words.iter().flat_map(|(word, _)| [&**word, " "]).collect()
}

/// A project of documents, by their numbers.
fn project(documents: &[(usize, &Words, &Words)], layout: Layout) -> String {
    let documents: Vec<String> = documents
        .iter()
        .map(|(number, words, labeled)| {
            let (mut at, mut labels) = (0, Vec::new());
            for ((word, _), (_, label)) in words.iter().zip(labeled.iter()) {
                let length = word.encode_utf16().count();
                if let Some(label) = label {
                    labels.push(language_label(LABELS[*label], at, length));
                }
                at += length + 1;
            }
            let set = (number % 2 == 0).then_some("Train");
            language_document(&format!("{number}.txt"), set, at, &labels)
        })
        .collect();
    layout.of(&language_project(ENTITIES, &LABELS, &documents))
}

fn texts(documents: &[Words]) -> Texts {
    let texts = documents.iter().enumerate();
    Texts::in_memory(
        texts.map(|(number, words)| (format!("{number}.txt"), text(words).into_bytes())),
    )
}

fn options() -> Options {
    Options {
        unit: Some(Unit::CodePoint),
        ..Options::default()
    }
}

/// The export that is made of a project.
fn export(project: &str, texts: &Texts) -> String {
    let source = Source::in_memory(project, "p.json".as_ref());
    let mut conversion = conversion("aml");
    conversion.texts = Some(texts);
    let mut out = Vec::new();
    let sink = &mut std::io::sink();
    let outcome = convert(&source, &conversion, &Options::default(), &mut out, sink).unwrap();
    assert!(!outcome.refused, "{:?}", outcome.diagnostics);
    String::from_utf8(out).unwrap()
}

fn synced(project: &str, export: &str, texts: &Texts, prune: bool) -> (String, Synced) {
    let (one, other) = (
        Source::in_memory(project, "p.json".as_ref()),
        Source::in_memory(export, "e.jsonl".as_ref()),
    );
    let edits = Options {
        edits: true,
        ..Options::default()
    };
    let own = read(&one, Some(texts), &edits).unwrap();
    let theirs = read(&other, Some(texts), &options()).unwrap();
    let asked = Sync {
        labels: &theirs,
        base: None,
        prefer: None,
        prune,
        prefix: None,
        elsewhere: None,
        split: None,
        hides_words: false,
    };
    let sewn = sync(&own, &asked).unwrap();
    let mut out = Vec::new();
    sewn.write(&one, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), sewn.report)
}

fn any_layout() -> impl Strategy<Value = Layout> {
    prop::sample::select(vec![Layout::Compact, Layout::Pretty, Layout::Windows])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_export_changes_nothing_in_the_project_that_it_was_made_of(
        documents in prop::collection::vec(any_document(), 1..5),
        layout in any_layout(),
    ) {
        prop_assume!(documents.iter().flatten().any(|(_, label)| label.is_some()));
        let texts = texts(&documents);
        let all: Vec<_> = documents.iter().enumerate().map(|(n, words)| (n, words, words)).collect();
        let before = project(&all, layout);
        let (after, report) = synced(&before, &export(&before, &texts), &texts, true);
        prop_assert_eq!(after, before);
        prop_assert!(report.is_same() && report.refusals.is_empty(), "{:#?}", report);
    }

    #[test]
    fn a_project_in_sync_differs_from_the_export_in_nothing(
        documents in prop::collection::vec(any_document(), 2..6),
        others in prop::collection::vec(any_document(), 6),
        layout in any_layout(),
        kept in 0_usize..6,
        left in 0_usize..6,
    ) {
        let texts = texts(&documents);
        let ours: Vec<_> = documents.iter().enumerate()
            .filter(|(number, _)| *number != kept)
            .map(|(number, words)| (number, words, words))
            .collect();
        // The same texts with other labels, in another order, without one of them.
        let theirs: Vec<_> = documents.iter().enumerate().rev()
            .filter(|(number, _)| *number != left)
            .map(|(number, words)| (number, words, &others[number]))
            .collect();
        prop_assume!(!theirs.is_empty());
        let labeled = theirs.iter().flat_map(|(_, words, labels)| words.iter().zip(labels.iter()));
        prop_assume!(labeled.clone().any(|(_, (_, label))| label.is_some()));
        let before = project(&ours, layout);
        let wanted = export(&project(&theirs, Layout::Compact), &texts);
        let (after, report) = synced(&before, &wanted, &texts, true);
        prop_assert!(report.refusals.is_empty(), "{:#?}", report);
        let value: Value = serde_json::from_str(&after).unwrap();
        prop_assert!(value.is_object());
        let (one, other) = (
            Source::in_memory(after.as_str(), "p.json".as_ref()),
            Source::in_memory(wanted.as_str(), "e.jsonl".as_ref()),
        );
        let one = read(&one, Some(&texts), &options()).unwrap();
        let other = read(&other, Some(&texts), &options()).unwrap();
        let difference = diff(&one, &other, false).unwrap();
        prop_assert!(difference.is_empty(), "{difference:#?}\n{after}");
        // Once more changes nothing.
        let (again, _) = synced(&after, &wanted, &texts, true);
        prop_assert_eq!(&again, &after);
        let has_model = ours.iter().any(|(_, words, _)| words.iter().any(|(_, label)| label.is_some()));
        if matches!(layout, Layout::Pretty) && has_model {
            let pretty = serde_json::to_string_pretty(&value).unwrap() + "\n";
            prop_assert_eq!(&after, &pretty, "new items are laid out like the others");
        }
    }
}
