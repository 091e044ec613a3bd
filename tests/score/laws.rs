//! Laws that hold for any labels: a file scored against itself is right, and to swap the sides swaps
//! precision and recall.

use std::path::Path;

use proptest::prelude::*;

use labelwright::internals::evaluation::{ErrorClass, Scheme, Scores};
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{self, Missing, Predictions, ScoreOptions};
use labelwright::internals::pipeline::Options;

use crate::support::{ENTITIES, language_document, language_label, language_project};

/// The text of every document: blanks, a line end, characters of one to four bytes.
const TEXT: &str = "Ada met Émile in 東京 on 😀 Monday,\r\nand  paid 12 €.";

const LABELS: [&str; 3] = ["Person", "Place", "$none"];

/// Spans as first character, length and label.
type Spans = Vec<(usize, usize, usize)>;

fn spans() -> impl Strategy<Value = Spans> {
    let characters = TEXT.chars().count();
    let span = (0..characters, 1..12_usize, 0..LABELS.len());
    let span =
        span.prop_map(move |(start, length, label)| (start, length.min(characters - start), label));
    proptest::collection::vec(span, 0..7)
}

fn corpus() -> impl Strategy<Value = Vec<(Spans, Spans)>> {
    proptest::collection::vec((spans(), spans()), 1..4)
}

fn name(number: usize) -> String {
    format!("{number}.txt")
}

fn project(documents: impl Iterator<Item = Spans>) -> String {
    let units: Vec<usize> = TEXT.chars().map(char::len_utf16).collect();
    let documents = documents.enumerate().map(|(number, spans)| {
        let labels = spans.iter().map(|(start, length, label)| {
            let offset: usize = units[..*start].iter().sum();
            let length: usize = units[*start..start + length].iter().sum();
            language_label(LABELS[*label], offset, length)
        });
        let labels: Vec<String> = labels.collect();
        language_document(&name(number), None, units.iter().sum(), &labels)
    });
    language_project(ENTITIES, &[], &documents.collect::<Vec<_>>())
}

fn scored(gold: &str, predicted: &str, documents: usize) -> Scores {
    let texts = (0..documents).map(|number| (name(number), TEXT.as_bytes().to_vec()));
    let texts = Texts::in_memory(texts);
    let open = |json: &str| Source::in_memory(json, Path::new("labels.json"));
    let (gold, predicted) = (open(gold), open(predicted));
    let options = Options::default();
    let read = |source| operations::read(source, Some(&texts), &options).unwrap();
    let mut predictions = Predictions::default();
    predictions.add_labels(&read(&predicted)).unwrap().unwrap();
    let asked = ScoreOptions {
        dataset: None,
        missing: Missing::Refuse,
        worst: 2,
        words: true,
        sides: ("GOLD", "PREDICTED"),
    };
    let scored = operations::score(&read(&gold), predictions, &asked);
    scored.unwrap().unwrap().scores
}

fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_file_beside_itself_is_right(corpus in corpus()) {
        let file = project(corpus.iter().map(|it| it.0.clone()));
        let scores = scored(&file, &file, corpus.len());
        let total = scores.total();
        prop_assert_eq!((total.false_positives, total.false_negatives), (0, 0));
        prop_assert_eq!(scores.perfect, corpus.len() as u64);
        prop_assert!(scores.worst.is_empty());
        if total.true_positives > 0 {
            for rates in [scores.micro(), scores.macro_means()] {
                prop_assert!(is_near(rates.f1, 1.0) && is_near(rates.recall, 1.0));
            }
            for scheme in Scheme::ALL {
                prop_assert!(is_near(scores.semeval(scheme).unwrap().rates().f1, 1.0));
            }
        }
    }

    #[test]
    fn to_swap_the_sides_swaps_precision_and_recall(corpus in corpus()) {
        let gold = project(corpus.iter().map(|it| it.0.clone()));
        let predicted = project(corpus.iter().map(|it| it.1.clone()));
        let one = scored(&gold, &predicted, corpus.len());
        let other = scored(&predicted, &gold, corpus.len());
        prop_assert_eq!(one.labels.keys().collect::<Vec<_>>(), other.labels.keys().collect::<Vec<_>>());
        for (label, own) in &one.labels {
            let theirs = other.labels[label].counts.rates();
            let own = own.counts.rates();
            prop_assert!(is_near(own.precision, theirs.recall) && is_near(own.recall, theirs.precision));
            prop_assert!(is_near(own.f1, theirs.f1));
        }
        let (own, theirs) = (one.errors.unwrap(), other.errors.unwrap());
        prop_assert_eq!((own.missing, own.spurious), (theirs.spurious, theirs.missing));
        for class in [ErrorClass::Boundary, ErrorClass::Label, ErrorClass::Both] {
            prop_assert_eq!(own.of(class), theirs.of(class));
        }
        let turned = |scores: &Scores| -> Vec<(String, String, u64)> {
            let all = scores.confusions.iter();
            let mut all: Vec<_> = all.map(|it| (it.gold.clone(), it.predicted.clone(), it.count)).collect();
            all.sort();
            all
        };
        let mut swapped: Vec<_> = turned(&other).into_iter().map(|(a, b, n)| (b, a, n)).collect();
        swapped.sort();
        prop_assert_eq!(turned(&one), swapped);
    }

    #[test]
    fn what_is_counted_adds_up(corpus in corpus()) {
        let gold = project(corpus.iter().map(|it| it.0.clone()));
        let predicted = project(corpus.iter().map(|it| it.1.clone()));
        let scores = scored(&gold, &predicted, corpus.len());
        let number = |side: fn(&(Spans, Spans)) -> usize| corpus.iter().map(side).sum::<usize>() as u64;
        let (golds, predictions) = (number(|it| it.0.len()), number(|it| it.1.len()));
        let total = scores.total();
        prop_assert_eq!((total.gold(), total.predicted()), (golds, predictions));
        for scheme in Scheme::ALL {
            let found = scores.semeval(scheme).unwrap();
            prop_assert_eq!((found.possible(), found.actual()), (golds, predictions));
        }
        // The strict measure is what the service counts.
        let strict = scores.semeval(Scheme::Strict).unwrap();
        prop_assert_eq!(strict.correct, total.true_positives);
        let f1 = |scheme| scores.semeval(scheme).unwrap().rates().f1;
        prop_assert!(f1(Scheme::Strict) <= f1(Scheme::Exact) + 1e-12);
        prop_assert!(f1(Scheme::Exact) <= f1(Scheme::Partial) + 1e-12);
        prop_assert!(f1(Scheme::Strict) <= f1(Scheme::Type) + 1e-12);
        // A row of the matrix has as much as gold has of its label.
        let matrix = scores.matrix.as_ref().unwrap();
        for label in ["Person", "Place"] {
            let row = matrix.rows.iter().find(|(name, _)| name == label);
            let sum: f64 = row.into_iter().flat_map(|(_, row)| row).map(|(_, cell)| cell.raw).sum();
            let want = scores.labels.get(label).map_or(0, |it| it.counts.gold());
            prop_assert!((sum - f64::from(u32::try_from(want).unwrap())).abs() < 1e-9);
        }
    }
}
