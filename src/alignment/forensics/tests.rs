//! Tests of the forensics.

use super::*;
use crate::alignment::evidence::MismatchLimits;
use crate::alignment::mismatches::Mismatches;
use crate::alignment::{CountedForm, Hypothesis, members, remap};
use crate::diagnostics::Location;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

const TEXT: &str = "😀😀 Ann\nmet Bob, Rene\u{301} too.\r\nÉva saw Zoë in Rome,\r\nand 東京 was far; Ann\r\nwent\nhome with Bob\n";

/// The words of the text under a way of counting, each by its first place.
fn count(text: &str, words: &[&str], hypothesis: Hypothesis) -> Vec<Span> {
    let text = Text::new(text);
    let mark = i64::from(text.has_byte_order_mark());
    let form = hypothesis.form;
    let counted = |end: usize| {
        let head = &text.as_str()[..end];
        let (mut head, mut more) = (head.to_owned(), 0);
        match form {
            CountedForm::LineEndsAsOne => head = head.replace("\r\n", "\n"),
            CountedForm::LineEndsAsTwo => {
                head = head.replace("\r\n", "\n").replace('\n', "\r\n");
            }
            CountedForm::ByteOrderMark => more = mark,
            CountedForm::ByteOrderMarkAndLineEndsAsOne => {
                (head, more) = (head.replace("\r\n", "\n"), mark);
            }
            CountedForm::BlanksOnly => {
                let trimmed = head.trim_start();
                head = trimmed.replace(|char: char| char != ' ' && is_space(char), "");
            }
            CountedForm::Trimmed => head = head.trim_start().to_owned(),
            CountedForm::Collapsed => {
                let words: Vec<&str> = head.split_whitespace().collect();
                let open = head.ends_with(is_space) && !words.is_empty();
                head = words.join(" ") + if open { " " } else { "" };
            }
            CountedForm::Composed => head = head.nfc().collect(),
            CountedForm::Decomposed => head = head.nfd().collect(),
            CountedForm::Shifted(by) => more = i64::from(by),
            _ => {}
        }
        let (length, mark) = match hypothesis.unit {
            Unit::Utf16 => (head.encode_utf16().count(), more),
            Unit::CodePoint => (head.chars().count(), more),
            Unit::Utf8 => (head.len(), more * 3),
            Unit::Grapheme | Unit::Grapheme10 => (head.graphemes(true).count(), more),
        };
        i64::try_from(length).unwrap() + mark
    };
    let span = |word: &&str| {
        let start = text.as_str().find(word).unwrap();
        let (start, end) = (counted(start), counted(start + word.len()));
        Span {
            unit: hypothesis.unit,
            start,
            end: match form {
                CountedForm::LastAsEnd => end - 1,
                CountedForm::EndAsLength => start + end,
                CountedForm::LengthAsEnd => end - start,
                _ => end,
            },
        }
    };
    words.iter().map(span).collect()
}

fn weigh(text: &str, spans: &[Span], declared: Unit) -> (Assessment, HypothesisSet) {
    let spans: Vec<Span> = spans
        .iter()
        .map(|span| Span {
            unit: declared,
            ..*span
        })
        .collect();
    let text = Text::new(text);
    let places = text.resolve(&spans).into_iter().map(Result::ok);
    let found = examine(&text, &spans, None, &places.collect::<Vec<_>>());
    let mut all = Mismatches::default();
    let location = || Location {
        bytes: 0..1,
        pointer: None,
        document: None,
    };
    all.add(&found, 0, "1.txt", location);
    let decisions = all.decide(MismatchLimits::default()).into_iter();
    let believed = decisions.map(|decision| decision.hypotheses);
    (found, believed.fold(0, |set, one| set | one))
}

const WORDS: [&str; 8] = ["Ann", "Bob", "Éva", "Zoë", "Rome", "far", "went", "home"];

#[test]
fn every_way_of_counting_is_recognized() {
    let text = format!("\u{feff}     {TEXT}");
    for hypothesis in HYPOTHESES {
        for declared in [Unit::Utf16, Unit::CodePoint] {
            let spans = count(&text, &WORDS, hypothesis);
            let (found, believed) = weigh(&text, &spans, declared);
            let plain = Hypothesis {
                unit: declared,
                form: CountedForm::Plain,
            };
            let as_declared = count(&text, &WORDS, plain).into_iter();
            let pairs = spans.iter().zip(as_declared);
            let numbers = |span: &Span| (span.start, span.end);
            let differing = pairs.filter(|(span, plain)| numbers(span) != numbers(plain));
            let differing = differing.count();
            assert!(differing > 0 || !found.doubt(), "{hypothesis:?}");
            if differing < 5 {
                continue;
            }
            let believed: Vec<Hypothesis> = members(believed).collect();
            let text = Text::new(&text);
            let want: Vec<&str> = WORDS.to_vec();
            let first = *believed.first().unwrap_or_else(|| panic!("{hypothesis:?}"));
            let read = remap(&text, &spans, first).into_iter();
            let read: Vec<&str> = read.map(|range| text.slice(range.unwrap())).collect();
            assert_eq!(read, want, "{hypothesis:?} as {first:?}");
            assert_eq!(believed.len(), 1, "{hypothesis:?}: {believed:?}");
        }
    }
}

#[test]
fn a_slip_is_no_mismatch() {
    let mut spans = count(TEXT, &WORDS, HYPOTHESES[0]);
    spans[3].start += 1;
    spans[5].end += 2;
    assert_eq!(weigh(TEXT, &spans, Unit::Utf16).1, 0);
}

#[test]
fn few_spans_convince_nobody() {
    let spans = count(TEXT, &WORDS[..4], HYPOTHESES[1]);
    let (found, believed) = weigh(TEXT, &spans, Unit::Utf16);
    assert_eq!(believed, 0);
    assert!(found.gaining() & 2 != 0, "but they count in the corpus");
}
