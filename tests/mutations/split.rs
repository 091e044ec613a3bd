//! Test sets that are lost, small, or known to the model.

use serde_json::{Value, json};

use super::clean::Base::{self, Healthcare, Multi, Ner, Sentiment, Single, Summaries};
use super::corpus::{Corpus, Place};
use super::defect::{Defect, defect, everywhere};

const ALL: [Base; 6] = [Ner, Single, Multi, Sentiment, Healthcare, Summaries];

fn set(corpus: &mut Corpus, document: usize, dataset: &str) {
    corpus.document(document)["dataset"] = json!(dataset);
}

/// Moves documents of one set to the other until so many are in Test.
fn move_until(corpus: &mut Corpus, from: &str, to: &str, test: usize) {
    let in_test = |corpus: &Corpus| {
        let documents = corpus.documents().iter();
        documents.filter(|one| one["dataset"] == "Test").count()
    };
    while in_test(corpus) != test {
        let document = corpus.document_in(from);
        set(corpus, document, to);
    }
}

fn has(document: &Value, class: &str) -> bool {
    let classes = document["classes"].as_array().unwrap();
    classes.iter().any(|one| one["category"] == class)
}

/// Takes a class from a document, which is left with another one.
fn take(document: &mut Value, class: &str) {
    let classes = document["classes"].as_array_mut().unwrap();
    classes.retain(|one| one["category"] != class);
    if classes.is_empty() {
        classes.push(json!({ "category": "Refund" }));
    }
}

fn labels() -> Vec<Defect> {
    let declared = || Place::Header("/assets/classes/2".to_owned());
    vec![
        defect(
            "label-missing-in-train",
            Multi,
            "a class stands in Test alone",
            move |corpus| {
                for document in corpus.documents_mut() {
                    if document["dataset"] == "Train" {
                        take(document, "Complaint");
                    } else if !has(document, "Complaint") {
                        let classes = document["classes"].as_array_mut().unwrap();
                        classes.push(json!({ "category": "Complaint" }));
                    }
                }
                declared()
            },
        ),
        defect(
            "label-missing-in-test",
            Multi,
            "no document with a class is in Test",
            move |corpus| {
                for document in corpus.documents_mut() {
                    if document["dataset"] == "Test" {
                        take(document, "Complaint");
                    }
                }
                declared()
            },
        ),
        defect(
            "split-skewed",
            Multi,
            "most documents with a class are in Test",
            move |corpus| {
                let mut kept = 0;
                for document in corpus.documents_mut() {
                    let in_train = document["dataset"] == "Train";
                    if in_train && has(document, "Complaint") {
                        kept += 1;
                        if kept > 25 {
                            take(document, "Complaint");
                        }
                    }
                }
                declared()
            },
        ),
        defect(
            "label-few-in-train",
            Multi,
            "a class has nearly all of its documents in Test",
            move |corpus| {
                let mut kept = 0;
                for document in corpus.documents_mut() {
                    if document["dataset"] == "Test" && !has(document, "Complaint") {
                        let classes = document["classes"].as_array_mut().unwrap();
                        classes.push(json!({ "category": "Complaint" }));
                    }
                    if document["dataset"] == "Train" && has(document, "Complaint") {
                        kept += 1;
                        if kept > 14 {
                            take(document, "Complaint");
                        }
                    }
                }
                declared()
            },
        )
        .beside(
            "split-skewed",
            "so small a part in Train is a large one in Test",
        ),
        defect(
            "split-skewed",
            Multi,
            "few documents with a class are in Test",
            move |corpus| {
                let mut kept = 0;
                for document in corpus.documents_mut() {
                    let in_test = document["dataset"] == "Test";
                    if in_test && has(document, "Complaint") {
                        kept += 1;
                        if kept > 8 {
                            take(document, "Complaint");
                        }
                    }
                }
                declared()
            },
        ),
    ]
}

fn leaks() -> Vec<Defect> {
    let mut all = Vec::new();
    for base in [Ner, Single, Sentiment, Healthcare] {
        for (from, to) in [("Train", "Test"), ("Test", "Train")] {
            let name = format!("a document of {from} was copied to {to}");
            all.push(defect("split-leak", base, name, move |corpus| {
                let document = corpus.document_in(from);
                let text = corpus.text(document);
                let added = corpus.add_like(document, "copy1.txt", text);
                set(corpus, added, to);
                let in_test = if to == "Test" { added } else { document };
                Place::Document(in_test, "/location".to_owned())
            }));
            let name = format!("a document of {from} was copied to {to}, and ends otherwise");
            all.push(defect("split-near-leak", base, name, move |corpus| {
                let documents = 0..corpus.documents().len();
                let long = |index: &usize| {
                    let in_set = corpus.documents()[*index]["dataset"] == from;
                    in_set && corpus.text(*index).matches(' ').count() > 35
                };
                let document = corpus.pick(documents.filter(long).collect());
                let text = corpus.text(document) + "\nBye.\n";
                let added = corpus.add_like(document, "copy1.txt", text);
                corpus.fit_region(added);
                set(corpus, added, to);
                let in_test = if to == "Test" { added } else { document };
                Place::Document(in_test, "/location".to_owned())
            }));
        }
    }
    all
}

pub(super) fn defects() -> Vec<Defect> {
    let mut all = Vec::new();
    for value in ["train", "TEST", "Dev", "Training", ""] {
        for base in [Ner, Single, Summaries] {
            all.push(defect(
                "dataset-unknown",
                base,
                format!("it is {value:?}"),
                move |corpus| {
                    let document = corpus.document_in("Train");
                    set(corpus, document, value);
                    Place::Document(document, "/dataset".to_owned())
                },
            ));
        }
    }
    all.extend(everywhere(
        "split-absent",
        &ALL,
        "no dataset was exported",
        |corpus| {
            for document in corpus.documents_mut() {
                document.as_object_mut().unwrap().remove("dataset");
            }
            Place::Nowhere
        },
    ));
    all.extend(everywhere(
        "split-partial",
        &ALL,
        "one document was added later",
        |corpus| {
            let document = corpus.document_in("Train");
            corpus
                .document(document)
                .as_object_mut()
                .unwrap()
                .remove("dataset");
            Place::Nowhere
        },
    ));
    for (name, to) in [
        ("the test set is lost", "Train"),
        ("everything is in Test", "Test"),
    ] {
        for base in ALL {
            all.push(defect("split-one-sided", base, name, move |corpus| {
                for document in corpus.documents_mut() {
                    document["dataset"] = json!(to);
                }
                Place::Nowhere
            }));
        }
    }
    all.extend(everywhere(
        "split-ratio",
        &[Ner, Healthcare],
        "one document is left in Test",
        |corpus| {
            move_until(corpus, "Test", "Train", 1);
            Place::Nowhere
        },
    ));
    all.extend(everywhere(
        "split-ratio",
        &[Ner, Single, Multi, Sentiment],
        "two in five are in Test",
        |corpus| {
            let test = corpus.documents().len() * 2 / 5 + 1;
            move_until(corpus, "Train", "Test", test);
            Place::Nowhere
        },
    ));
    all.extend(labels());
    all.extend(leaks());
    all
}
