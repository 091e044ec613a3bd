//! A document with spans against its text.

use labelwright::internals::text::{Fault, Span, Text, Unit};
use labelwright::{LabeledDocument, Options, Texts};
use serde_json::json;

use super::case::source;
use super::naive::{naive, naive_edges};
use super::quick::conversion;
use super::read::expected;

/// Spans name what a naive model says, by themselves and as labels of an export, and no label moves
/// on its way into a Language project. The bytes are the unit, the number of spans, four for each
/// span, and the text.
pub fn document(data: &[u8]) {
    let Some((&[unit, count], rest)) = data.split_first_chunk::<2>() else {
        return;
    };
    let Some((numbers, text)) = rest.split_at_checked(4 * usize::from(count)) else {
        return;
    };
    let unit = Unit::ALL[usize::from(unit) % Unit::ALL.len()];
    let text = String::from_utf8_lossy(text);
    let number = |low: u8, high: u8| i64::from(i16::from_le_bytes([low, high]));
    let span = |bytes: &[u8; 4]| Span {
        unit,
        start: number(bytes[0], bytes[1]),
        end: number(bytes[2], bytes[3]),
    };
    let spans: Vec<Span> = numbers.as_chunks::<4>().0.iter().map(span).collect();
    let ranges = resolved(&Text::new(&text), unit, &spans);
    // A byte-order mark at the beginning is no part of the text that offsets count, and what has a zero among its
    // first bytes may be UTF-16, which is told and not read.
    let is_read = !text.starts_with('\u{feff}') && !text.bytes().take(4).any(|byte| byte == 0);
    if !is_read || text.trim().is_empty() || spans.is_empty() {
        return;
    }
    as_labels(&text, &spans, &ranges);
}

/// What the spans name, held to the naive model and to the way back.
fn resolved(text: &Text<'_>, unit: Unit, spans: &[Span]) -> Vec<Option<(usize, usize)>> {
    let edges = naive_edges(text.as_str(), unit);
    assert_eq!(text.len(unit), edges.len() as u64 - 1);
    let proofs = text.resolve(spans);
    assert_eq!(proofs.len(), spans.len());
    let mut ranges = Vec::new();
    for (span, proof) in spans.iter().zip(proofs) {
        let found = proof.map(|range| (range.start(), range.end()));
        let is_same = match (found, naive(&edges, *span)) {
            (Err(Fault::SplitsCharacter { .. }), Err(Fault::SplitsCharacter { .. })) => true,
            (found, wanted) => found == wanted,
        };
        assert!(is_same, "{span:?}: {found:?}");
        ranges.push(found.ok());
        let Ok(range) = proof else { continue };
        assert_eq!(text.declare(&[range], unit), [Some(*span)]);
        for other in Unit::ALL {
            let Some(declared) = text.declare(&[range], other)[0] else {
                continue;
            };
            assert_eq!(text.resolve(&[declared]), [Ok(range)], "{declared:?}");
        }
    }
    ranges
}

/// The same spans as labels of an export, and of the Language project that it becomes.
fn as_labels(text: &str, spans: &[Span], ranges: &[Option<(usize, usize)>]) {
    let labels = spans.iter().enumerate().map(
        |(number, span)| json!({"label": format!("L{number}"), "offsetStart": span.start, "offsetEnd": span.end}),
    );
    let labels: Vec<_> = labels.collect();
    let line = json!({"image_url": "AmlDatastore://store/1.txt", "label": labels}).to_string();
    let texts = Texts::in_memory([("1.txt".to_owned(), text.as_bytes().to_owned())]);
    let unit = Some(spans[0].unit);
    let options = Options {
        unit,
        ..Options::default()
    };
    let found = labels_of(line.as_bytes(), &texts, &options);
    let wanted = (0..).zip(ranges).map(|(number, range)| {
        let range = range.map(|(start, end)| start..end);
        (format!("L{number}"), range)
    });
    let wanted: Vec<(String, Option<std::ops::Range<usize>>)> = wanted.collect();
    assert_eq!(found, wanted, "{line}");

    let language = labelwright::internals::formats::find("language").expect("a format");
    let conversion = labelwright::Conversion {
        texts: Some(&texts),
        unit,
        skip_invalid: true,
        ..conversion(language)
    };
    let mut project = Vec::new();
    let source = source(line.as_bytes());
    let done = labelwright::convert(&source, &conversion, &options, &mut project);
    let outcome = done.expect("memory can be read");
    if outcome.refused {
        return;
    }
    let found = labels_of(&project, &texts, &Options::default());
    for (name, range) in found {
        let one = wanted.iter().find(|one| one.0 == name);
        assert_eq!(one.map(|one| &one.1), Some(&range), "{name} of {line}");
        assert!(range.is_some(), "{name} of {line} is written without proof");
    }
}

/// The labels of the first document of a file, with the bytes that they name.
fn labels_of(
    file: &[u8],
    texts: &Texts,
    options: &Options,
) -> Vec<(String, Option<std::ops::Range<usize>>)> {
    let source = source(file);
    let corpus = expected(labelwright::read(&source, Some(texts), options)).expect("a label file");
    let mut documents = corpus.documents().unwrap();
    let document: LabeledDocument = documents.next().expect("a document").unwrap();
    let spans = document.spans.into_iter();
    spans.map(|span| (span.category, span.bytes)).collect()
}
