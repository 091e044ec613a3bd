//! Words that are labeled otherwise than elsewhere.

use std::ops::Range;

use serde_json::json;

use super::names::declaration_of;
use crate::mutations::clean::Base::{AmlMulti, AmlWards, Healthcare, Multi, Wards};
use crate::mutations::corpus::{Corpus, Place};
use crate::mutations::defect::{Defect, defect};

/// Writes words over a stretch of a text, and blanks over what is left of it.
fn write_at(corpus: &mut Corpus, document: usize, stretch: Range<usize>, words: &str) {
    let mut text = corpus.text(document);
    let width = stretch.len();
    text.replace_range(stretch, &format!("{words:width$}"));
    corpus.set_text(document, text);
}

pub(super) fn surfaces() -> Vec<Defect> {
    let mut all = Vec::new();
    let common = |corpus: &Corpus| {
        corpus.label_where(|spot, text| &text[spot.start..spot.end] == "night ward")
    };
    for base in [Wards, AmlWards, Healthcare] {
        all.push(defect(
            "surface-conflict",
            base,
            "one place has another label",
            move |corpus| {
                let spot = common(corpus);
                let renamed = corpus.new_label(spot.document, "Dosage", (spot.start, spot.end));
                *corpus.label(&spot) = renamed;
                Place::Document(spot.document, spot.pointer)
            },
        ));
        all.push(defect(
            "surface-unlabeled",
            base,
            "one place was forgotten",
            move |corpus| {
                let spot = common(corpus);
                let (siblings, _) = corpus.siblings(&spot);
                siblings.remove(0);
                if corpus.aml {
                    let confidences = &mut corpus.document(spot.document)["label_confidence"];
                    confidences.as_array_mut().unwrap().pop();
                }
                Place::Document(spot.document, corpus.address().to_owned())
            },
        ));
        all.push(defect(
            "surface-conflict-in-document",
            base,
            "a document has the words again, with another label",
            move |corpus| {
                let spot = common(corpus);
                let mut labels = corpus.labels_of(spot.document).into_iter();
                let dose = labels.rfind(|other| other.category == "Dosage").unwrap();
                write_at(corpus, spot.document, dose.start..dose.end, "night ward");
                let range = (dose.start, dose.start + "night ward".len());
                let shorter = corpus.new_label(spot.document, "Dosage", range);
                *corpus.label(&dose) = shorter;
                Place::Document(spot.document, spot.pointer)
            },
        ));
        all.push(defect(
            "surface-unlabeled-in-document",
            base,
            "a document has the words again, without a label",
            move |corpus| {
                let spot = common(corpus);
                let text = corpus.text(spot.document);
                let at = text.rfind("somebody took").unwrap();
                write_at(corpus, spot.document, at..at + 13, "night ward so");
                Place::Document(spot.document, corpus.address().to_owned())
            },
        ));
        all.push(defect(
            "surface-seldom-labeled",
            base,
            "a word that stands in every line is labeled once",
            move |corpus| {
                corpus.requested = vec!["surface-seldom-labeled".to_owned()];
                let spot = common(corpus);
                let at = corpus.text(spot.document).rfind("somebody").unwrap();
                let range = (at, at + "somebody".len());
                let label = corpus.new_label(spot.document, "Ward", range);
                let last = corpus.labels_of(spot.document).len();
                let pointer = spot.pointer.strip_suffix('0').unwrap();
                let pointer = format!("{pointer}{last}");
                let (siblings, _) = corpus.siblings(&spot);
                siblings.push(label);
                if corpus.aml {
                    let confidences = &mut corpus.document(spot.document)["label_confidence"];
                    confidences.as_array_mut().unwrap().push(json!(1.0));
                }
                Place::Document(spot.document, pointer)
            },
        ));
        all.push(defect(
            "label-monotone",
            base,
            "all names of wards are in capitals",
            |corpus| {
                for document in 0..corpus.documents().len() {
                    let mut text = corpus.text(document);
                    for spot in corpus.labels_of(document) {
                        if spot.category == "Ward" {
                            let upper = text[spot.start..spot.end].to_uppercase();
                            text.replace_range(spot.start..spot.end, &upper);
                        }
                    }
                    corpus.set_text(document, text);
                }
                if corpus.aml {
                    Place::Nowhere
                } else {
                    declaration_of(corpus, "Ward")
                }
            },
        ));
    }
    for base in [Multi, AmlMulti] {
        all.push(defect(
            "class-duplicate",
            base,
            "a class again, as a merge leaves it",
            |corpus| {
                let document = corpus.any_document();
                let member = if corpus.aml { "label" } else { "classes" };
                let classes = corpus.document(document)[member].as_array_mut().unwrap();
                classes.push(classes[0].clone());
                let at = classes.len() - 1;
                if corpus.aml {
                    let confidences = &mut corpus.document(document)["label_confidence"];
                    confidences.as_array_mut().unwrap().push(json!(1.0));
                }
                Place::Document(document, format!("/{member}/{at}"))
            },
        ));
    }
    all
}
