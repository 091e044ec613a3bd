//! Labels that are misspelled, or declared otherwise than they are used.

use serde_json::{Value, json};

use crate::mutations::clean::Base::{Aml, AmlMulti, Healthcare, Multi, Ner, Single, Wards};
use crate::mutations::corpus::{Corpus, Place};
use crate::mutations::defect::{Defect, defect};

/// The declarations of a project.
pub(super) fn declared(corpus: &mut Corpus) -> (&'static str, &mut Vec<Value>) {
    let assets = &mut corpus.file["assets"];
    let member = if assets.get("classes").is_some() {
        "classes"
    } else {
        "entities"
    };
    (member, assets[member].as_array_mut().unwrap())
}

pub(super) fn declare(corpus: &mut Corpus, name: &str) -> Place {
    let (member, list) = declared(corpus);
    list.push(json!({ "category": name }));
    Place::Header(format!("/assets/{member}/{}", list.len() - 1))
}

pub(super) fn declaration_of(corpus: &mut Corpus, name: &str) -> Place {
    let (member, list) = declared(corpus);
    let at = list.iter().position(|one| one["category"] == name).unwrap();
    Place::Header(format!("/assets/{member}/{at}"))
}

/// Gives a label another name wherever it stands: in `category` or `label`.
pub(super) fn rename_all(value: &mut Value, old: &str, new: &str) {
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
pub(super) fn first_use(corpus: &Corpus, name: &str) -> Place {
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

pub(super) fn declarations() -> Vec<Defect> {
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
        all.push(defect(
            "label-undeclared",
            base,
            "a label was renamed in one place",
            |corpus| {
                let spot = corpus.label_where(|spot, text| {
                    let train = corpus.documents()[spot.document]["dataset"] == "Train";
                    train && &text[spot.start..spot.end] != "night ward"
                });
                let renamed = corpus.new_label(spot.document, "Weather", (spot.start, spot.end));
                *corpus.label(&spot) = renamed;
                Place::Document(spot.document, spot.pointer)
            },
        ));
    }
    all
}

pub(super) fn names() -> Vec<Defect> {
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
            rename_all(&mut corpus.file, "Refund", "Deliverys");
            // Told of the later of the two names, where it is used first.
            let labels = |line: &Value| line["label"].as_array().unwrap().clone();
            let at = |line| labels(line).iter().position(|one| one == "Deliverys");
            let mut lines = corpus.documents().iter().enumerate();
            let first = lines.find_map(|(index, line)| Some((index, at(line)?)));
            let (index, at) = first.unwrap();
            Place::Document(index, format!("/label/{at}"))
        },
    ));
    all
}
