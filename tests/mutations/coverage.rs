//! Labels that are misspelled, lost, too few, or not what the rest of the corpus has.

use serde_json::{Value, json};

use super::clean::Base::{
    Aml, AmlMulti, AmlSingle, AmlWards, Healthcare, Multi, Ner, Sentiment, Single, Summaries, Wards,
};
use super::corpus::{Corpus, Place};
use super::{Defect, defect};

/// The declarations of a project.
fn declared(corpus: &mut Corpus) -> (&'static str, &mut Vec<Value>) {
    let assets = &mut corpus.file["assets"];
    let member = if assets.get("classes").is_some() {
        "classes"
    } else {
        "entities"
    };
    (member, assets[member].as_array_mut().unwrap())
}

fn declare(corpus: &mut Corpus, name: &str) -> Place {
    let (member, list) = declared(corpus);
    list.push(json!({ "category": name }));
    Place::Header(format!("/assets/{member}/{}", list.len() - 1))
}

fn declaration_of(corpus: &mut Corpus, name: &str) -> Place {
    let (member, list) = declared(corpus);
    let at = list.iter().position(|one| one["category"] == name).unwrap();
    Place::Header(format!("/assets/{member}/{at}"))
}

/// Gives a label another name wherever it stands: in `category` or `label`.
fn rename_all(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::Array(items) => {
            for item in items {
                rename_all(item, old, new);
            }
        }
        Value::Object(members) => {
            for (_, value) in members.iter_mut() {
                rename_all(value, old, new);
            }
        }
        Value::String(text) if text == old => new.clone_into(text),
        _ => {}
    }
}

/// The first place where a document has the label.
fn first_use(corpus: &Corpus, name: &str) -> Place {
    let quoted = json!(name).to_string();
    let documents = corpus.documents();
    let carries = |document: &Value| document.to_string().contains(&quoted);
    let first = documents.iter().position(carries).unwrap();
    let pointer = if let Some(classes) = documents[first].get("classes") {
        let mut classes = classes.as_array().unwrap().iter();
        let at = classes.position(|class| class["category"] == name);
        format!("/classes/{}", at.unwrap())
    } else if documents[first].get("class").is_some() {
        "/class".to_owned()
    } else {
        let mut labels = corpus.labels_of(first).into_iter();
        labels.find(|spot| spot.category == name).unwrap().pointer
    };
    Place::Document(first, pointer)
}

fn declarations() -> Vec<Defect> {
    let mut all = Vec::new();
    for (base, name) in [
        (Ner, "Date"),
        (Single, "Refund"),
        (Multi, "Delivery"),
        (Healthcare, "Ward"),
    ] {
        let removed = "its declaration was removed";
        all.push(defect("label-undeclared", base, removed, move |corpus| {
            let (_, list) = declared(corpus);
            list.retain(|one| one["category"] != name);
            first_use(corpus, name)
        }));
        let copied = "a declaration was copied";
        all.push(defect(
            "label-declared-twice",
            base,
            copied,
            move |corpus| declare(corpus, name),
        ));
        // What a project of health care declares may come from elsewhere.
        if base == Healthcare {
            continue;
        }
        let unused = "a declaration of something never labeled";
        all.push(defect("label-unused", base, unused, |corpus| {
            declare(corpus, "Weather")
        }));
        let renamed = "its declaration was renamed alone";
        let made = defect("label-undeclared", base, renamed, move |corpus| {
            let (_, list) = declared(corpus);
            let mut names = list.iter_mut();
            let one = names.find(|one| one["category"] == name).unwrap();
            one["category"] = json!("Weather");
            first_use(corpus, name)
        });
        all.push(made.beside("label-unused", "the new name stands in no document"));
    }
    for base in [Ner, Wards] {
        all.push(
            defect(
                "label-undeclared",
                base,
                "a label was renamed in one place",
                |corpus| {
                    let spot = corpus.label_where(|spot, text| {
                        let train = corpus.documents()[spot.document]["dataset"] == "Train";
                        train && &text[spot.start..spot.end] != "night ward"
                    });
                    let renamed =
                        corpus.new_label(spot.document, "Weather", (spot.start, spot.end));
                    *corpus.label(&spot) = renamed;
                    Place::Document(spot.document, spot.pointer)
                },
            )
            .beside("label-rare", "it would be rare if it were declared too")
            .beside("label-missing-in-test", "and not in both sets")
            .beside(
                "label-imbalance",
                "one place beside over fifty of another label",
            ),
        );
    }
    all
}

fn names() -> Vec<Defect> {
    let mut all = Vec::new();
    let long = "A label whose name says all that there is to say of it";
    for (base, old) in [
        (Ner, "Date"),
        (Aml, "Date"),
        (Single, "Refund"),
        (AmlMulti, "Refund"),
        (Healthcare, "Dosage"),
    ] {
        for new in ["Where/When", "Price (net)", "50%", long, "", "  "] {
            all.push(defect(
                "label-name",
                base,
                format!("{old} is now {new:?}"),
                move |corpus| {
                    rename_all(&mut corpus.file, old, new);
                    if base == Aml || base == AmlMulti {
                        let first = corpus
                            .documents()
                            .iter()
                            .position(|one| one.to_string().contains(&format!("{}", json!(new))));
                        let first = first.unwrap();
                        let labels = corpus.documents()[first]["label"].as_array().unwrap();
                        let at = labels
                            .iter()
                            .position(|one| *one == *new || one["label"] == *new);
                        return Place::Document(first, format!("/label/{}", at.unwrap()));
                    }
                    declaration_of(corpus, new)
                },
            ));
        }
    }
    for (base, old, new) in [
        (Multi, "Refund", "delivery"),
        (Multi, "Refund", "Deliverys"),
        (Multi, "Refund", " Delivery"),
        (Ner, "Date", "product"),
    ] {
        all.push(defect(
            "labels-alike",
            base,
            format!("{old} is now {new:?}"),
            move |corpus| {
                rename_all(&mut corpus.file, old, new);
                // Told of the later of the two names by their letters.
                let later = match new {
                    " Delivery" => "Delivery",
                    other => other,
                };
                declaration_of(corpus, later)
            },
        ));
    }
    all.push(defect(
        "labels-alike",
        AmlMulti,
        "one class in two spellings",
        |corpus| {
            rename_all(&mut corpus.file, "Refund", "Deliveri");
            // Told of the later of the two names, where it is used first.
            let labels = |line: &Value| line["label"].as_array().unwrap().clone();
            let at = |line| labels(line).iter().position(|one| one == "Delivery");
            let mut lines = corpus.documents().iter().enumerate();
            let first = lines.find_map(|(index, line)| Some((index, at(line)?)));
            let (index, at) = first.unwrap();
            Place::Document(index, format!("/label/{at}"))
        },
    ));
    all
}

fn counts() -> Vec<Defect> {
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
    all.push(defect(
        "label-rare",
        Ner,
        "a new label on a few places",
        |corpus| {
            let place = declare(corpus, "Season");
            for document in [0, 1, 2, 6] {
                let spots = corpus.labels_of(document);
                let renamed = corpus.new_label(document, "Season", (spots[2].start, spots[2].end));
                *corpus.label(&spots[2]) = renamed;
            }
            place
        },
    ));
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
    all.push(defect(
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
    ));
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

fn unlabeled() -> Vec<Defect> {
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

fn surfaces() -> Vec<Defect> {
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

pub(super) fn defects() -> Vec<Defect> {
    let mut all: Vec<Defect> = declarations();
    all.extend(names());
    all.extend(counts());
    all.extend(unlabeled());
    all.extend(surfaces());
    all
}
