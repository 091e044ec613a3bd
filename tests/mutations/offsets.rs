//! Numbers that name other characters than they should.

use labelwright::text::Unit;
use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use super::clean::Base::{self, Aml, AmlWards, Healthcare, Ner, Sentiment, Wards};
use super::clean::to_aml;
use super::corpus::{Corpus, Place, Spot, length};
use super::{Defect, defect, everywhere};

const SPANS: [Base; 4] = [Ner, Aml, Sentiment, Healthcare];

/// The same defect of numbers in several corpora.
fn is_letter(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_alphabetic() && (char as u32) < 0x500)
}

fn words<'a>(spot: &Spot, text: &'a str) -> &'a str {
    &text[spot.start..spot.end]
}

/// A word of letters, three or more, alone.
fn is_word(spot: &Spot, text: &str) -> bool {
    let words = words(spot, text);
    words.chars().count() > 2 && words.chars().all(|char| is_letter(Some(char)))
}

fn numbers() -> Vec<Defect> {
    let mut all = Vec::new();
    all.extend(everywhere(
        "span-negative",
        &SPANS,
        "a start below 0",
        |corpus| {
            let spot = corpus.any_label();
            let (_, end) = corpus.numbers(&spot);
            corpus.move_label(&spot, -1, end)
        },
    ));
    all.extend(everywhere(
        "span-negative",
        &[Ner, Sentiment, Healthcare],
        "a length below 0",
        |corpus| {
            let spot = corpus.any_label();
            let (start, end) = corpus.numbers(&spot);
            corpus.move_label(&spot, end, start)
        },
    ));
    all.extend(everywhere(
        "span-negative",
        &[Aml, AmlWards],
        "both below 0",
        |corpus| {
            let spot = corpus.any_label();
            corpus.move_label(&spot, -9, -5)
        },
    ));
    for member in ["regionOffset", "regionLength"] {
        for base in [Ner, Healthcare] {
            all.push(defect(
                "span-negative",
                base,
                format!("{member} below 0"),
                move |corpus| {
                    let document = corpus.any_document();
                    corpus.document(document)["entities"][0][member] = json!(-1);
                    Place::Document(document, "/entities/0".to_owned())
                },
            ));
        }
    }
    all.extend(everywhere(
        "span-reversed",
        &[Aml, AmlWards],
        "start and end exchanged",
        |corpus| {
            let spot = corpus.any_label();
            let (start, end) = corpus.numbers(&spot);
            corpus.move_label(&spot, end, start)
        },
    ));
    all.extend(everywhere(
        "span-empty",
        &SPANS,
        "nothing between start and end",
        |corpus| {
            let spot = corpus.any_label();
            let (start, _) = corpus.numbers(&spot);
            corpus.move_label(&spot, start, start)
        },
    ));
    all.extend(everywhere(
        "span-out-of-bounds",
        &SPANS,
        "an end past the text",
        |corpus| {
            let spot = corpus.any_label();
            let end = length(&corpus.text(spot.document), corpus.counted);
            let (start, _) = corpus.numbers(&spot);
            corpus.move_label(&spot, start, end + 1)
        },
    ));
    all.extend(everywhere(
        "span-out-of-bounds",
        &SPANS,
        "all of it far past the text",
        |corpus| {
            let spot = corpus.any_label();
            corpus.shift(&spot, 1_000_000, 1_000_000)
        },
    ));
    all.extend(everywhere(
        "span-too-long",
        &[Sentiment],
        "to the end of the text",
        |corpus| {
            let document = corpus.any_document();
            let spot = corpus.labels_of(document).pop().unwrap();
            let text = corpus.text(document);
            let (start, _) = corpus.numbers(&spot);
            corpus.move_label(&spot, start, length(text.trim_end(), corpus.counted))
        },
    ));
    all.extend(everywhere(
        "span-too-long",
        &[Aml, Ner, Wards],
        "over a long last sentence",
        |corpus| {
            let document = corpus.any_document();
            let mut text = corpus.text(document);
            let start = length(&text, corpus.counted) + 1;
            text.push('\n');
            text.push_str("and the rest of the day ".repeat(30).trim());
            text.push_str(".\n");
            corpus.set_text(document, &*text);
            corpus.fit_region(document);
            let spot = corpus.labels_of(document).pop().unwrap();
            let end = length(text.trim_end(), corpus.counted);
            let label = corpus.numbered(&spot.category, start, end);
            corpus.add_label(&spot, label)
        },
    ));
    all
}

fn edges() -> Vec<Defect> {
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
    for defect in everywhere(
        "span-cuts-word",
        &[Ner, Aml],
        "one off, to the right, before a blank",
        |corpus| {
            let spot = corpus
                .label_where(|spot, text| is_word(spot, text) && text[spot.end..].starts_with(' '));
            corpus.shift(&spot, 1, 1)
        },
    ) {
        all.push(defect.beside(
            "span-edge-whitespace",
            "each of its two edges has a fault of its own",
        ));
    }
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

pub(super) fn astral(char: char) -> bool {
    char.len_utf16() == 2
}

/// Becomes a file of Azure ML whose offsets count a unit.
pub(super) fn as_aml(corpus: &mut Corpus, unit: Unit, asked: Option<Unit>) {
    let turn = corpus.turn;
    *corpus = to_aml(corpus, unit);
    (corpus.turn, corpus.unit) = (turn, asked);
}

fn pairs() -> Vec<Defect> {
    let mut all = Vec::new();
    all.extend(everywhere(
        "spans-duplicate",
        &SPANS,
        "the same label again, as a merge leaves it",
        |corpus| {
            let spot = corpus.any_label();
            let copy = corpus.label(&spot).clone();
            corpus.add_label(&spot, copy)
        },
    ));
    all.extend(everywhere(
        "spans-conflict",
        &SPANS,
        "the same span with another label",
        |corpus| {
            let spot = corpus.any_label();
            let others = ["Place", "Date", "Ward", "Dosage", "positive", "neutral"];
            let mut known = others.into_iter().filter(|other| *other != spot.category);
            let text = corpus.spelled();
            let text = String::from_utf8(text).unwrap();
            let other = known
                .find(|other| text.contains(&format!("\"{other}\"")))
                .unwrap();
            let (start, end) = corpus.numbers(&spot);
            let copy = corpus.numbered(other, start, end);
            corpus.add_label(&spot, copy)
        },
    ));
    all.extend(everywhere(
        "spans-overlap",
        &SPANS,
        "a label in another one",
        |corpus| {
            let spot = corpus.label_where(|spot, text| words(spot, text).contains(' '));
            let text = corpus.text(spot.document);
            let blank = spot.start + words(&spot, &text).find(' ').unwrap();
            let inner = corpus.new_label(spot.document, &spot.category, (spot.start, blank));
            corpus.add_label(&spot, inner)
        },
    ));
    all.extend(everywhere(
        "spans-overlap",
        &[Ner, Aml, Wards],
        "a label across the end of another one",
        |corpus| {
            let spot = corpus.label_where(|spot, text| {
                let rest = text[spot.end..]
                    .strip_prefix([' ', '.', ','])
                    .unwrap_or_default();
                let rest = rest.trim_start_matches(' ');
                words(spot, text).contains(' ')
                    && is_letter(rest.chars().next())
                    && rest.find(' ').is_some_and(|blank| blank < 30)
            });
            let text = corpus.text(spot.document);
            let start = spot.start + words(&spot, &text).rfind(' ').unwrap() + 1;
            let word = text[spot.end..].find(|char| is_letter(Some(char))).unwrap() + spot.end;
            let end = text[word..].find(|char| !is_letter(Some(char))).unwrap() + word;
            let crossing = corpus.new_label(spot.document, &spot.category, (start, end));
            corpus.add_label(&spot, crossing)
        },
    ));
    all
}

fn regions() -> Vec<Defect> {
    let mut all = Vec::new();
    let bases = [Ner, Wards, Healthcare];
    let at_region = |document, region| Place::Document(document, format!("/entities/{region}"));
    for (rule, name, more) in [
        ("region-out-of-bounds", "one too long", 1),
        ("region-out-of-bounds", "much too long", 100_000),
        ("region-too-short", "one too short", -1),
    ] {
        for base in bases {
            all.push(defect(rule, base, name, move |corpus| {
                let document = corpus.document_without_end();
                let length = &mut corpus.document(document)["entities"][0]["regionLength"];
                *length = json!(length.as_i64().unwrap() + more);
                at_region(document, 0)
            }));
        }
    }
    for base in bases {
        all.extend([
            defect("region-too-short", base, "something was written behind the text", move |corpus| {
                let document = corpus.any_document();
                let text = corpus.text(document);
                corpus.set_text(document, format!("{text}\nOne more line.\n"));
                at_region(document, 0)
            }),
            defect("region-too-short", base, "it begins at the first label", move |corpus| {
                let document = corpus.any_document();
                let first = corpus.labels_of(document).remove(0);
                let (start, _) = corpus.numbers(&first);
                let region = &mut corpus.document(document)["entities"][0];
                region["regionOffset"] = json!(start);
                region["regionLength"] = json!(region["regionLength"].as_i64().unwrap() - start);
                at_region(document, 0)
            }),
            defect("region-out-of-bounds", base, "the last line end of the text is gone", move |corpus| {
                let documents = 0..corpus.documents().len();
                let documents = documents.filter(|index| corpus.text(*index).ends_with('\n'));
                let document = corpus.pick(documents.collect());
                let text = corpus.text(document);
                corpus.set_text(document, text.trim_end());
                at_region(document, 0)
            }),
            defect("regions-overlap", base, "the same region again, without labels", move |corpus| {
                let document = corpus.any_document();
                let regions = corpus.document(document)["entities"].as_array_mut().unwrap();
                let mut copy = regions[0].clone();
                copy["labels"] = json!([]);
                regions.push(copy);
                at_region(document, 1)
            }),
            defect("label-outside-region", base, "a label between two regions", move |corpus| {
                let spot = corpus.any_label();
                let (start, end) = corpus.numbers(&spot);
                let region = &mut corpus.document(spot.document)["entities"][0];
                let length = region["regionLength"].as_i64().unwrap();
                let at = usize::try_from(spot.pointer.rsplit_once('/').unwrap().1.parse::<u32>().unwrap()).unwrap();
                let labels = region["labels"].as_array_mut().unwrap();
                let after = labels.split_off(at + 1);
                region["regionLength"] = json!(start);
                let second = json!({ "regionOffset": end, "regionLength": length - end, "labels": after });
                corpus.document(spot.document)["entities"].as_array_mut().unwrap().push(second);
                Place::Document(spot.document, spot.pointer)
            }),
        ]);
    }
    all
}

pub(super) fn defects() -> Vec<Defect> {
    let mut all = numbers();
    all.extend(edges());
    all.extend(pairs());
    all.extend(regions());
    all
}
