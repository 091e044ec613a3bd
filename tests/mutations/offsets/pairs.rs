//! Labels and regions that do not go together.

use serde_json::json;

use super::edges::{is_letter, words};
use super::numbers::SPANS;
use crate::mutations::clean::Base::{Aml, Healthcare, Ner, Wards};
use crate::mutations::corpus::Place;
use crate::mutations::defect::{Defect, defect, everywhere};

pub(super) fn pairs() -> Vec<Defect> {
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

pub(super) fn regions() -> Vec<Defect> {
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
