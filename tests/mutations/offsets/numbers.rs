//! Numbers that name no characters, or too many of them.

use serde_json::json;

use crate::mutations::clean::Base::{self, Aml, AmlWards, Healthcare, Ner, Sentiment, Wards};
use crate::mutations::corpus::Place;
use crate::mutations::defect::{Defect, defect, everywhere};
use crate::mutations::labels::length;

pub(super) const SPANS: [Base; 4] = [Ner, Aml, Sentiment, Healthcare];

pub(super) fn numbers() -> Vec<Defect> {
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
