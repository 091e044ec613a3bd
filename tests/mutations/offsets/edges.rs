//! Edges that cut a character or a word, or take in what is around one.

use labelwright::internals::text::Unit;
use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use crate::mutations::clean::Base::{Aml, Healthcare, Ner, Sentiment, Wards};
use crate::mutations::clean::to_aml;
use crate::mutations::corpus::{Corpus, Place};
use crate::mutations::defect::{Defect, defect, everywhere};
use crate::mutations::labels::{Spot, length};

/// Whether it is a letter of an alphabet that the texts are written in.
pub(super) fn is_letter(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_alphabetic() && (char as u32) < 0x500)
}

pub(super) fn words<'a>(spot: &Spot, text: &'a str) -> &'a str {
    &text[spot.start..spot.end]
}

/// A word of letters, three or more, alone.
fn is_word(spot: &Spot, text: &str) -> bool {
    let words = words(spot, text);
    words.chars().count() > 2 && words.chars().all(|char| is_letter(Some(char)))
}

pub(super) fn edges() -> Vec<Defect> {
    let mut all = Vec::new();
    let bases = [Ner, Aml, Wards, Sentiment];
    all.extend(everywhere(
        "span-edge-whitespace",
        &bases,
        "the blank behind it too",
        |corpus| {
            let spot =
                corpus.label_where(|spot, text| text[spot.end..].starts_with([' ', '\n', '.']));
            let text = corpus.text(spot.document);
            let mut end = spot.end;
            // A full stop stands between a sentence and its blank.
            end += usize::from(text[end..].starts_with('.'));
            let more = length(&text[spot.end..=end], corpus.counted);
            corpus.shift(&spot, 0, more)
        },
    ));
    all.extend(everywhere(
        "span-edge-whitespace",
        &bases,
        "the blank before it too",
        |corpus| {
            let spot = corpus.label_where(|spot, text| text[..spot.start].ends_with(' '));
            corpus.shift(&spot, -1, 0)
        },
    ));
    all.extend(everywhere(
        "span-edge-whitespace",
        &[Ner, Aml, Healthcare],
        "nothing but a blank",
        |corpus| {
            let spot = corpus.label_where(|spot, text| text[..spot.start].ends_with(' '));
            let (start, _) = corpus.numbers(&spot);
            corpus.move_label(&spot, start - 1, start)
        },
    ));
    all.extend(everywhere(
        "span-cuts-word",
        &bases,
        "the last letter is lost",
        |corpus| {
            let spot = corpus.label_where(|spot, text| {
                let mut words = words(spot, text).chars().rev();
                is_letter(words.next()) && is_letter(words.next())
            });
            corpus.shift(&spot, 0, -1)
        },
    ));
    all.extend(everywhere(
        "span-cuts-word",
        &bases,
        "the first letter is lost",
        |corpus| {
            let spot = corpus.label_where(|spot, text| {
                let mut words = words(spot, text).chars();
                is_letter(words.next()) && is_letter(words.next())
            });
            corpus.shift(&spot, 1, 0)
        },
    ));
    all.extend(everywhere(
        "span-cuts-word",
        &[Ner, Aml],
        "one off, to the right, before a comma",
        |corpus| {
            let spot = corpus.label_where(|spot, text| {
                is_word(spot, text) && text[spot.end..].starts_with([',', '.', ';'])
            });
            corpus.shift(&spot, 1, 1)
        },
    ));
    // White space at the other edge is told with it.
    all.extend(everywhere(
        "span-cuts-word",
        &[Ner, Aml],
        "one off, to the right, before a blank",
        |corpus| {
            let spot = corpus
                .label_where(|spot, text| is_word(spot, text) && text[spot.end..].starts_with(' '));
            corpus.shift(&spot, 1, 1)
        },
    ));
    // Half of an emoji, or of a rare Han character.
    all.extend(everywhere(
        "span-splits-character",
        &[Ner],
        "half a pair behind it",
        |corpus| {
            let spot = corpus.label_where(|spot, text| text[spot.end..].starts_with(astral));
            corpus.shift(&spot, 0, 1)
        },
    ));
    all.extend(everywhere(
        "span-splits-character",
        &[Ner],
        "half a pair before it",
        |corpus| {
            let spot = corpus.label_where(|spot, text| {
                let before = text[..spot.start].chars().next_back();
                before.is_some_and(astral)
            });
            corpus.shift(&spot, -1, 0)
        },
    ));
    all.extend(everywhere(
        "span-splits-character",
        &[Ner],
        "half a pair at its start is lost",
        |corpus| {
            let spot = corpus.label_where(|spot, text| text[spot.start..].starts_with(astral));
            corpus.shift(&spot, 1, 0)
        },
    ));
    all.extend(everywhere(
        "span-splits-character",
        &[Ner],
        "a region begins in half a pair",
        |corpus| {
            let documents = 0..corpus.documents().len();
            let documents = documents.filter(|index| corpus.text(*index).starts_with(astral));
            let document = corpus.pick(documents.collect());
            let region = &mut corpus.document(document)["entities"][0];
            region["regionOffset"] = json!(1);
            region["regionLength"] = json!(region["regionLength"].as_i64().unwrap() - 1);
            Place::Document(document, "/entities/0".to_owned())
        },
    ));
    all.push(defect(
        "span-splits-character",
        Ner,
        "in Azure ML, read as UTF-16",
        |corpus| {
            as_aml(corpus, Unit::Utf16, Some(Unit::Utf16));
            let spot = corpus.label_where(|spot, text| text[spot.end..].starts_with(astral));
            corpus.shift(&spot, 0, 1)
        },
    ));
    all.push(defect(
        "span-splits-character",
        Ner,
        "in Azure ML, read as bytes",
        |corpus| {
            as_aml(corpus, Unit::Utf8, Some(Unit::Utf8));
            let spot = corpus.label_where(|spot, text| {
                words(spot, text).ends_with(|char: char| !char.is_ascii())
            });
            corpus.shift(&spot, 0, -1)
        },
    ));
    // What people see as one character.
    all.extend(everywhere(
        "span-splits-grapheme",
        &[Ner, Aml],
        "the last mark is lost",
        |corpus| {
            let spot = corpus.label_where(|spot, text| {
                let last = words(spot, text).graphemes(true).next_back().unwrap();
                last.chars().count() > 1 && last.chars().all(|char| !astral(char))
            });
            corpus.shift(&spot, 0, -1)
        },
    ));
    all.extend(everywhere(
        "span-splits-grapheme",
        &[Ner, Aml],
        "the CR of the line end behind it too",
        |corpus| {
            let spot = corpus.label_where(|spot, text| text[spot.end..].starts_with("\r\n"));
            corpus.shift(&spot, 0, 1)
        },
    ));
    all
}

pub(in crate::mutations) fn astral(char: char) -> bool {
    char.len_utf16() == 2
}

/// Becomes a file of Azure ML whose offsets count a unit.
pub(in crate::mutations) fn as_aml(corpus: &mut Corpus, unit: Unit, asked: Option<Unit>) {
    let turn = corpus.turn;
    *corpus = to_aml(corpus, unit);
    (corpus.turn, corpus.unit) = (turn, asked);
}
