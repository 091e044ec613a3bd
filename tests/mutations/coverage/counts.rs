//! Labels that are too few, too many, or lost.

use serde_json::{Value, json};

use super::names::{declare, declared, rename_all};
use crate::mutations::clean::Base::{
    Aml, AmlMulti, AmlSingle, Healthcare, Multi, Ner, Sentiment, Single, Summaries,
};
use crate::mutations::corpus::Place;
use crate::mutations::defect::{Defect, defect};

pub(super) fn counts() -> Vec<Defect> {
    let mut all = Vec::new();
    for base in [Single, AmlSingle] {
        all.push(defect(
            "too-few-labels",
            base,
            "all documents have one class",
            |corpus| {
                rename_all(&mut corpus.file, "Refund", "Delivery");
                if !corpus.aml {
                    declared(corpus).1.truncate(1);
                }
                Place::Nowhere
            },
        ));
    }
    for base in [Ner, Healthcare] {
        all.push(defect(
            "too-few-labels",
            base,
            "no entity type, and no label",
            |corpus| {
                declared(corpus).1.clear();
                for document in corpus.documents_mut() {
                    document["entities"][0]["labels"] = json!([]);
                }
                Place::Nowhere
            },
        ));
    }
    for base in [Multi, AmlMulti] {
        all.push(defect(
            "too-many-labels",
            base,
            "201 classes, all on each document",
            |corpus| {
                corpus.documents_mut().truncate(60);
                let names: Vec<String> =
                    (100..301).map(|number| format!("Class{number}")).collect();
                let classes: Vec<Value> = names
                    .iter()
                    .map(|name| json!({ "category": name }))
                    .collect();
                for document in corpus.documents_mut() {
                    if document.get("classes").is_some() {
                        document["classes"] = json!(classes);
                    } else {
                        document["label"] = json!(names);
                        document["label_confidence"] = json!(vec![1.0; names.len()]);
                    }
                }
                if !corpus.aml {
                    *declared(corpus).1 = classes;
                }
                Place::Nowhere
            },
        ));
    }
    let in_train = "few places in all are few in Train";
    let rare = defect("label-rare", Ner, "a new label on a few places", |corpus| {
        let place = declare(corpus, "Season");
        for document in [0, 1, 2, 6] {
            let spots = corpus.labels_of(document);
            let renamed = corpus.new_label(document, "Season", (spots[2].start, spots[2].end));
            *corpus.label(&spots[2]) = renamed;
        }
        place
    });
    all.push(rare.beside("label-few-in-train", in_train));
    all.push(
        defect("label-rare", Aml, "a new label on one place", |corpus| {
            let spot = corpus.any_label();
            let renamed = corpus.new_label(spot.document, "Season", (spot.start, spot.end));
            *corpus.label(&spot) = renamed;
            Place::Document(spot.document, spot.pointer)
        })
        .beside(
            "label-imbalance",
            "one place beside over fifty of another label",
        ),
    );
    let rare = defect(
        "label-rare",
        Single,
        "a new class on a few documents",
        |corpus| {
            let place = declare(corpus, "Praise");
            for document in [0, 4, 7, 13] {
                corpus.document(document)["class"]["category"] = json!("Praise");
            }
            place
        },
    );
    all.push(rare.beside("label-few-in-train", in_train));
    all.push(
        defect(
            "label-rare",
            AmlSingle,
            "a new class on one document",
            |corpus| {
                let document = corpus.any_document();
                corpus.document(document)["label"] = json!("Praise");
                Place::Document(document, "/label".to_owned())
            },
        )
        .beside(
            "label-imbalance",
            "one place beside over fifty of another label",
        ),
    );
    all.push(defect("label-imbalance", AmlMulti, "one class on everything", |corpus| {
        let lines = (0..3_000).map(|index| {
            let mut classes = vec!["Mail"];
            if index % 50 == 0 {
                classes.push("Praise");
            }
            json!({ "image_url": format!("AmlDatastore://store/mail{index}.txt"), "label": classes })
        });
        corpus.file = lines.collect();
        // 3,000 to 60 is just not too much.
        let document = corpus.document_where(|line| line["label"][1] == "Praise");
        corpus.document(document)["label"].as_array_mut().unwrap().pop();
        let mut lines = corpus.documents().iter();
            let first = lines.position(|line| line["label"][1] == "Praise");
            Place::Document(first.unwrap(), "/label/1".to_owned())
    }));
    all.push(defect(
        "document-count",
        Sentiment,
        "some of the documents are lost",
        |corpus| {
            for _ in 0..3 {
                let document = corpus.document_in("Train");
                let name = corpus.location(document).unwrap();
                corpus.documents_mut().remove(document);
                corpus.texts.remove(&name);
            }
            Place::Nowhere
        },
    ));
    all.push(defect(
        "document-count",
        Summaries,
        "one document",
        |corpus| {
            let keep = [corpus.document_in("Train"), corpus.document_in("Test")];
            let kept: Vec<Value> = keep.map(|at| corpus.documents()[at].clone()).to_vec();
            *corpus.documents_mut() = kept;
            corpus.texts.clear();
            // Half of two documents is more than a third.
            corpus.settings.thresholds.test_share_max = 0.5;
            Place::Nowhere
        },
    ));
    for base in [Ner, Aml, Multi] {
        all.push(defect(
            "document-count",
            base,
            "more than the service takes",
            |corpus| {
                corpus.settings.thresholds.max_documents = corpus.documents().len() as u64 - 1;
                Place::Nowhere
            },
        ));
    }
    all
}

pub(super) fn unlabeled() -> Vec<Defect> {
    let rule = "document-unlabeled";
    let mut all = Vec::new();
    for (base, member) in [
        (Ner, "entities"),
        (Multi, "classes"),
        (Sentiment, "sentimentSpans"),
        (Healthcare, "entities"),
    ] {
        for absent in [false, true] {
            let what = if absent { "absent" } else { "empty" };
            all.push(defect(
                rule,
                base,
                format!("{member} is {what}"),
                move |corpus| {
                    let document = corpus.any_document();
                    let members = corpus.document(document).as_object_mut().unwrap();
                    if absent {
                        members.remove(member);
                    } else {
                        members[member] = json!([]);
                    }
                    Place::Document(document, String::new())
                },
            ));
        }
    }
    all.push(defect(rule, Single, "class is absent", |corpus| {
        let document = corpus.any_document();
        corpus
            .document(document)
            .as_object_mut()
            .unwrap()
            .remove("class");
        Place::Document(document, String::new())
    }));
    for base in [Aml, AmlMulti] {
        all.push(defect(rule, base, "label is empty", |corpus| {
            let document = corpus.any_document();
            corpus.document(document)["label"] = json!([]);
            corpus.document(document)["label_confidence"] = json!([]);
            Place::Document(document, String::new())
        }));
    }
    all
}
