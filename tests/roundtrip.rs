//! Any corpus goes from Azure ML to Language and back without a changed byte.

use std::fmt::Write;
use std::path::Path;

use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{self, Conversion, Metadata};
use labelwright::internals::pipeline::{Options, Outcome};
use labelwright::internals::text::{Span, Text, Unit};
use proptest::prelude::*;

use crate::support::{TempFolder, aml_span, conversion, sure_aml_line};

/// A text with words of several scripts, and the spans of some of its words in bytes.
#[derive(Clone, Debug)]
struct Sample {
    text: String,
    spans: Vec<(usize, usize, usize)>,
}

const LABELS: [&str; 4] = ["City", "Größe \"x\"", "日付", "a\\b/c"];

fn any_sample() -> impl Strategy<Value = Sample> {
    let word = prop_oneof![
        3 => "[A-Za-z]{1,8}",
        1 => Just("cafe\u{301}".to_owned()),
        1 => Just("שלום".to_owned()),
        1 => Just("東京𠮷".to_owned()),
        1 => Just("👩\u{200d}🔧".to_owned()),
        1 => Just("🇵🇹".to_owned()),
    ];
    let blank = prop::sample::select(vec![" ", "\n", "\r\n", " - ", "\t"]);
    let piece = (
        word,
        blank,
        prop::option::weighted(0.4, 0_usize..LABELS.len()),
    );
    prop::collection::vec(piece, 1..30).prop_map(|pieces| {
        let mut sample = Sample {
            text: String::new(),
            spans: Vec::new(),
        };
        for (word, blank, label) in pieces {
            let start = sample.text.len();
            sample.text.push_str(&word);
            if let Some(label) = label {
                sample.spans.push((start, sample.text.len(), label));
            }
            sample.text.push_str(blank);
        }
        sample
    })
}

/// The canonical AML file of the samples, written without the program's help.
fn aml(samples: &[Sample], unit: Unit) -> String {
    let mut out = String::new();
    for (number, sample) in samples.iter().enumerate() {
        let count = |to: usize| {
            let before = &sample.text[..to];
            match unit {
                Unit::Utf16 => before.encode_utf16().count(),
                _ => before.chars().count(),
            }
        };
        let spans: Vec<String> = sample
            .spans
            .iter()
            .map(|(start, end, label)| aml_span(LABELS[*label], count(*start), count(*end)))
            .collect();
        let url = format!("AmlDatastore://store/folder/d {number}.txt");
        writeln!(out, "{}", sure_aml_line(&url, &spans)).unwrap();
    }
    out
}

fn convert(path: &Path, to: &str, unit: Option<Unit>, options: &Options) -> (Vec<u8>, Outcome) {
    let source = Source::open(path).unwrap();
    let texts = Texts::open(&[path.parent().unwrap().to_owned()], true).unwrap();
    let conversion = Conversion {
        texts: Some(&texts),
        unit,
        metadata: Metadata {
            datastore: Some("store".to_owned()),
            prefix: Some("/folder/".to_owned()),
            ..Metadata::default()
        },
        ..conversion(to)
    };
    let mut out = Vec::new();
    let outcome = operations::convert(
        &source,
        &conversion,
        options,
        &mut out,
        &mut std::io::sink(),
    )
    .unwrap();
    (out, outcome)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn there_and_back(
        mut samples in prop::collection::vec(any_sample(), 1..8),
        unit in prop::sample::select(vec![Unit::CodePoint, Unit::Utf16]),
        batch_bytes in 1_usize..4000,
    ) {
        // A file of empty lists alone has no kind.
        if samples.iter().all(|sample| sample.spans.is_empty()) {
            samples[0] = Sample { text: "Rome".to_owned(), spans: vec![(0, 4, 0)] };
        }
        let place = TempFolder::new();
        for (number, sample) in samples.iter().enumerate() {
            place.write(format!("d {number}.txt"), &sample.text);
        }
        let first = aml(&samples, unit);
        place.write("in.jsonl", &first);
        let mut results = Vec::new();
        for (jobs, batch_bytes, quick) in [(1, 1 << 20, true), (2, 1 << 20, true), (2, batch_bytes, false)] {
            let options = Options { jobs, batch_bytes, quick, ..Options::default() };
            let (language, outcome) = convert(&place.at("in.jsonl"), "language", Some(unit), &options);
            prop_assert!(!outcome.refused, "{:?}", outcome.diagnostics);
            place.write("out.json", &language);
            let (back, second) = convert(&place.at("out.json"), "aml", Some(unit), &options);
            prop_assert!(!second.refused, "{:?}", second.diagnostics);
            prop_assert_eq!(std::str::from_utf8(&back).unwrap(), &first);
            results.push((language, outcome, second));
        }
        prop_assert!(results.windows(2).all(|pair| pair[0] == pair[1]), "threads or batches show");

        // Each label of the Language file names the words that it was made for.
        let language: serde_json::Value = serde_json::from_slice(&results[0].0).unwrap();
        for (document, sample) in language["assets"]["documents"].as_array().unwrap().iter().zip(&samples) {
            let text = Text::new(&sample.text);
            let region = &document["entities"][0];
            prop_assert_eq!(region["regionLength"].as_u64(), Some(text.len(Unit::Utf16)));
            for (label, (start, end, _)) in region["labels"].as_array().unwrap().iter().zip(&sample.spans) {
                let offset = label["offset"].as_i64().unwrap();
                let span = Span { unit: Unit::Utf16, start: offset, end: offset + label["length"].as_i64().unwrap() };
                let found = text.resolve(&[span])[0].unwrap();
                prop_assert_eq!((found.start(), found.end()), (*start, *end));
            }
        }
    }
}
