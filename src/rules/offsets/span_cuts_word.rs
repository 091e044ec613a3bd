//! `span-cuts-word`

use std::ops::Range;

use super::called;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity, quote_at};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, SPAN_CUTS_WORD, Scope, Symptoms};
use crate::text::words::cuts_word;
use crate::text::{ByteRange, Text};

/// A span with an edge inside a word.
pub struct SpanCutsWord;

const META: Meta = Meta {
    name: SPAN_CUTS_WORD,
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "an edge between two letters or digits, in scripts that put blanks between words",
    why: "A model that reads words, or pieces of words, cannot learn half of one. Some \
        tools drop such a label in silence; Microsoft's AML SDK cuts the word to pieces, and \
        the model hardly meets those again. One such label is a slip; many \
        mean that the text is not the one that was labeled.",
    example: r#"{ "category": "Person", "offset": 0, "length": 2 }   (the text is "Ada met Bob")"#,
    remedy: "Extend the label to the whole word. Leave it where a part of a word is meant, as in \
        a compound, and turn the rule off with `--ignore span-cuts-word`. Chinese, Japanese, \
        Thai, Lao, Khmer and Burmese put no blanks between words, and are not judged; nor is the end \
        of a label in a Korean word, since particles are written onto names.",
    source: "In two real exports of Azure Machine Learning (991 lines) one span cuts a word. \
        azureml-automl-dnn-nlp 1.62, run on `unbelievable` with a span of 2..9, wrote the three \
        tokens `un`, `believa` and `ble`. In a corpus of 237,244 spans spaCy's `char_span` \
        dropped 3.0 %, those that do not fit its tokens.",
};

impl Rule for SpanCutsWord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn quotes_text(&self) -> bool {
        true
    }

    fn when(&self) -> Symptoms {
        Symptoms::EDGES
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let labels = aligned.document.spans();
        for (index, range, text) in aligned.proved() {
            if range.is_empty() {
                continue;
            }
            if let (Some(parts), Some(label)) = (parts_of_words(text, range), labels.get(index)) {
                let message = format!("{} cuts a word: it takes {parts}", called(label));
                let help = "label the whole word, unless a part of it is meant";
                let message = Message::new(message).help(help);
                let words = whole_words(text, range).map(|bytes| quote_at(text.as_str(), bytes));
                sink.report(
                    At::Label(index),
                    words.into_iter().fold(message, Message::item),
                );
            }
        }
    }
}

/// What the range takes of the words that its edges cut: `` `Ad` of `Ada` ``.
fn parts_of_words(text: &Text<'_>, range: ByteRange) -> Option<String> {
    let edges = [(range.start(), false), (range.end(), true)].into_iter();
    let cut = edges.filter(|(edge, is_end)| cuts_word(text, *edge, *is_end));
    let mut words: Vec<Range<usize>> = cut.map(|(edge, _)| word_around(text, edge)).collect();
    words.dedup();
    let shown = |bytes| quote_at(text.as_str(), bytes);
    let parts = words.into_iter().map(|word| {
        let part = word.start.max(range.start())..word.end.min(range.end());
        format!("{} of {}", shown(part), shown(word))
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// The words that a range touches, without white space around them; `None` where they are many.
fn whole_words(text: &Text<'_>, range: ByteRange) -> Option<Range<usize>> {
    const LONG: usize = 200;
    let [start, end] = [(range.start(), false), (range.end(), true)].map(|(edge, is_end)| {
        if cuts_word(text, edge, is_end) {
            word_around(text, edge)
        } else {
            edge..edge
        }
    });
    let words = text.as_str().get(start.start..end.end)?;
    let start = start.start + words.len() - words.trim_start().len();
    let length = words.trim().len();
    (length <= LONG).then_some(start..start + length)
}

/// How many characters of a word are shown on each side of the edge that cuts it.
const SHOWN: usize = 40;

/// The word that an edge cuts, in bytes.
fn word_around(text: &Text<'_>, edge: usize) -> Range<usize> {
    let ends_at = |byte| text.is_grapheme_edge(byte) && !cuts_word(text, byte, false);
    let (before, after) = text.as_str().split_at(edge);
    let mut word = edge..edge;
    for (at, _) in before.char_indices().rev().take(SHOWN) {
        word.start = at;
        if ends_at(at) {
            break;
        }
    }
    for char in after.chars().take(SHOWN) {
        word.end += char.len_utf8();
        if ends_at(word.end) {
            break;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    fn said(text: &str, start: i64, end: i64) -> Option<String> {
        Case::new(text, &[("A", start, end)])
            .run(&SpanCutsWord)
            .pop()
    }

    #[test]
    fn the_whole_word_is_shown() {
        let cuts = |what: &str| Some(what.to_owned());
        let words = "met Ada Lovelace.";
        assert_eq!(
            said(words, 4, 6),
            cuts("`A` at 4..6 cuts a word: it takes `Ad` of `Ada`")
        );
        assert_eq!(
            said(words, 5, 6),
            cuts("`A` at 5..6 cuts a word: it takes `d` of `Ada`")
        );
        assert_eq!(
            said(words, 5, 13),
            cuts("`A` at 5..13 cuts a word: it takes `da` of `Ada` and `Lovel` of `Lovelace`")
        );
        assert_eq!(
            said("e\u{301}cole", 0, 2),
            cuts("`A` at 0..2 cuts a word: it takes `e\u{301}` of `e\u{301}cole`")
        );
    }

    #[test]
    fn what_is_no_word_is_not_cut() {
        let words = "met Ada  Lovelace.";
        for (start, end) in [(4, 7), (3, 8), (4, 17), (4, 18), (4, 4)] {
            assert_eq!(said(words, start, end), None, "{start}..{end}");
        }
        assert_eq!(said("東京都", 0, 1), None);
        // What follows a Korean name is written onto it.
        assert_eq!(said("경찰은 서울", 0, 2), None);
        assert_eq!(said("e\u{301}cole", 0, 1), None);
    }

    #[test]
    fn a_long_word_is_shown_around_the_edge() {
        let word = "x".repeat(1000);
        let part = "x".repeat(40);
        let whole = "x".repeat(80);
        let message = format!("`A` at 0..500 cuts a word: it takes `{part}` of `{whole}`");
        assert_eq!(said(&word, 0, 500), Some(message));
    }
}
