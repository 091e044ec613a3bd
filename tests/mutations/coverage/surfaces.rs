//! Words that are labeled otherwise than elsewhere.

use serde_json::json;

use super::names::declaration_of;
use crate::mutations::clean::Base::{AmlMulti, AmlWards, Healthcare, Multi, Wards};
use crate::mutations::corpus::{Corpus, Place};
use crate::mutations::defect::{Defect, defect};

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
