//! Offsets that another program counted, or that count another text than the one that is there.

use labelwright::internals::text::Unit;

use super::clean::Base::{self, Aml, AmlWards, Ner};
use super::corpus::{Corpus, Place};
use super::defect::{Defect, defect};
use super::labels::length;
use super::offsets::{as_aml, astral};

/// The place of a finding about all offsets of a document.
fn at_address(corpus: &Corpus, document: usize) -> Place {
    Place::Document(document, corpus.address().to_owned())
}

/// How many units a text has, as another program counts them.
type Count = fn(&str) -> i64;

pub(super) fn defects() -> Vec<Defect> {
    let mut all = Vec::new();
    let rule = "offset-unit-mismatch";
    // One document that another program counted; the finding stands at the document.
    let ways: [(&str, Base, Count, fn(&str) -> bool); 6] = [
        (
            "code points",
            Ner,
            |text| length(text, Unit::CodePoint),
            |text| text.starts_with(astral),
        ),
        (
            "bytes",
            Ner,
            |text| length(text, Unit::Utf8),
            |text| !text.starts_with(astral) && !text.is_ascii(),
        ),
        (
            "line ends as one",
            Ner,
            |text| length(&text.replace("\r\n", "\n"), Unit::Utf16),
            |text| text.contains("\r\n"),
        ),
        (
            "bytes",
            Aml,
            |text| length(text, Unit::Utf8),
            |text| !text.starts_with(astral) && !text.is_ascii(),
        ),
        (
            "line ends as one",
            Aml,
            |text| length(&text.replace("\r\n", "\n"), Unit::CodePoint),
            |text| text.contains("\r\n"),
        ),
        (
            "UTF-16",
            Aml,
            |text| length(text, Unit::Utf16),
            |text| text.starts_with(astral),
        ),
    ];
    for (name, base, count, asked) in ways {
        all.push(defect(
            rule,
            base,
            format!("one document in {name}"),
            move |corpus| {
                let documents = 0..corpus.documents().len();
                // A unit is told from others where words have edges.
                let tells = |index: &usize| {
                    let text = corpus.text(*index);
                    asked(&text) && text.matches(' ').count() > 40
                };
                let document = corpus.pick(documents.filter(tells).collect());
                corpus.recount(document, count);
                at_address(corpus, document)
            },
        ));
    }
    // The whole file in another unit: one finding, at the first document that tells.
    for (unit, first) in [(Unit::CodePoint, 1), (Unit::Utf8, 1), (Unit::Grapheme, 1)] {
        all.push(defect(
            rule,
            Ner,
            format!("the whole file in {unit}"),
            move |corpus| {
                for document in 0..corpus.documents().len() {
                    corpus.recount(document, |text| length(text, unit));
                }
                at_address(corpus, first)
            },
        ));
    }
    for (unit, asked) in [
        (Unit::Utf8, None),
        (Unit::CodePoint, Some(Unit::Utf16)),
        (Unit::Utf16, Some(Unit::CodePoint)),
        (Unit::CodePoint, Some(Unit::Utf8)),
    ] {
        all.push(defect(
            rule,
            Ner,
            format!("Azure ML in {unit}, read as {asked:?}"),
            move |corpus| {
                as_aml(corpus, unit, asked);
                at_address(corpus, 1)
            },
        ));
    }
    all.push(defect("spans-adrift", Ner, "every label cut", |corpus| {
        let (mut cut, mut first) = (0, None);
        for document in 0..corpus.documents().len() {
            let text = corpus.text(document);
            for spot in corpus.labels_of(document) {
                let words = &text[spot.start..spot.end];
                if words.len() > 3 && words.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                    // In more than one way: no way of counting explains it.
                    let (start, end) = [(1, -1), (1, 0), (0, -1)][cut % 3];
                    corpus.shift(&spot, start, end);
                    first.get_or_insert(document);
                    cut += 1;
                }
            }
        }
        at_address(corpus, first.unwrap())
    }));
    for base in [Ner, Aml] {
        all.push(defect(
            rule,
            base,
            "git changed the line ends of a text",
            |corpus| {
                let documents = 0..corpus.documents().len();
                let tells = |index: &usize| {
                    corpus.text(*index).contains("\r\n")
                        && corpus.text(*index).matches(' ').count() > 40
                };
                let document = corpus.pick(documents.filter(tells).collect());
                let text = corpus.text(document).replace("\r\n", "\n");
                corpus.set_text(document, text);
                at_address(corpus, document)
            },
        ));
        all.push(defect(
            rule,
            base,
            "git changed the line ends of all texts to CR LF",
            |corpus| {
                for document in 0..corpus.documents().len() {
                    let text = corpus
                        .text(document)
                        .replace("\r\n", "\n")
                        .replace('\n', "\r\n");
                    corpus.set_text(document, text);
                }
                at_address(corpus, 0)
            },
        ));
        all.push(defect(
            rule,
            base,
            "git changed the line ends of all texts to LF",
            |corpus| {
                for document in 0..corpus.documents().len() {
                    let text = corpus.text(document).replace("\r\n", "\n");
                    corpus.set_text(document, text);
                }
                at_address(corpus, 1)
            },
        ));
    }
    all.push(defect(
        rule,
        AmlWards,
        "the drift of pre-labels, which count blanks alone",
        |corpus| {
            let document = corpus.any_document();
            corpus.recount(document, |text| {
                length(&text.trim_start().replace('\n', ""), Unit::CodePoint)
            });
            at_address(corpus, document)
        },
    ));
    all.push(defect(
        "aml-unit-ambiguous",
        AmlWards,
        "Han behind a rare character",
        |corpus| {
            let document = corpus.any_document();
            let text = corpus.text(document) + "\u{20bb7}\u{6771}\u{4eac}\u{90fd}\u{5185}\n";
            corpus.set_text(document, &*text);
            let beside = corpus.labels_of(document).pop().unwrap();
            let end = length(&text, Unit::CodePoint) - 2;
            let label = corpus.numbered("Ward", end - 2, end);
            corpus.add_label(&beside, label)
        },
    ));
    all
}
