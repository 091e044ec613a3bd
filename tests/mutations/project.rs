//! Projects under a name, in a language, or for a flow that the service does not take.

use serde_json::{Value, json};

use super::clean::Base::{self, Connect, Healthcare, Multi, Ner, Sentiment, Single, Summaries};
use super::corpus::Place;
use super::defect::{Defect, defect};

/// Sets something in the metadata.
fn metadata(rule: &'static str, base: Base, member: &'static str, value: Value) -> Defect {
    defect(rule, base, format!("{member} is {value}"), move |corpus| {
        corpus.file["metadata"][member] = value.clone();
        Place::Header(format!("/metadata/{member}"))
    })
}

pub(super) fn defects() -> Vec<Defect> {
    let mut all = Vec::new();
    let long = "x".repeat(51);
    for name in ["Loan agreements", "Verträge", "a/b", "", "notes (2)", &long] {
        all.push(metadata("project-name", Ner, "projectName", json!(name)));
    }
    all.push(metadata(
        "project-name",
        Summaries,
        "projectName",
        json!("short reports"),
    ));
    all.push(metadata(
        "project-name",
        Connect,
        "projectName",
        json!("short reports"),
    ));
    for code in ["pt", "xx", "english", "", "zh"] {
        all.push(metadata("language-unknown", Ner, "language", json!(code)));
        all.push(defect(
            "language-unknown",
            Ner,
            format!("a document is in {code:?}"),
            move |corpus| {
                let document = corpus.any_document();
                corpus.document(document)["language"] = json!(code);
                Place::Document(document, "/language".to_owned())
            },
        ));
    }
    for code in ["en-ZZ", "en_us"] {
        all.push(defect(
            "language-unknown",
            Single,
            format!("all documents are in {code:?}"),
            move |corpus| {
                for document in corpus.documents_mut() {
                    document["language"] = json!(code);
                }
                Place::Document(0, "/language".to_owned())
            },
        ));
    }
    for base in [Single, Multi, Sentiment, Healthcare, Connect] {
        all.push(defect(
            "language-mixed",
            base,
            "a document is in French",
            |corpus| {
                let document = corpus.any_document();
                corpus.document(document)["language"] = json!("fr");
                Place::Document(document, "/language".to_owned())
            },
        ));
    }
    for base in [Ner, Single] {
        all.push(defect(
            "language-script",
            base,
            "a document is in Russian",
            |corpus| {
                let document = corpus.document_where(|document| document["language"] == "en-us");
                let text = corpus.text(document);
                let foreign = text.chars().map(|char| match char {
                    'a'..='z' => cyrillic('а', 'a', char),
                    'A'..='Z' => cyrillic('А', 'A', char),
                    other => other,
                });
                let foreign: String = foreign.collect();
                corpus.set_text(document, foreign);
                Place::Document(document, "/language".to_owned())
            },
        ));
    }
    all.push(metadata(
        "aml-multilingual",
        Connect,
        "multilingual",
        json!(true),
    ));
    for code in ["am", "km", "ps"] {
        all.push(defect(
            "aml-language",
            Connect,
            format!("the project is in {code:?}"),
            move |corpus| {
                corpus.file["metadata"]["language"] = json!(code);
                for document in corpus.documents_mut() {
                    document["language"] = json!(code);
                }
                Place::Header("/metadata/language".to_owned())
            },
        ));
    }
    all.push(defect(
        "aml-too-few-labels",
        Connect,
        "one class",
        |corpus| {
            corpus.file["assets"]["classes"]
                .as_array_mut()
                .unwrap()
                .truncate(1);
            for document in corpus.documents_mut() {
                document["class"]["category"] = json!("Refund");
            }
            Place::Header("/assets/classes/0".to_owned())
        },
    ));
    all.push(defect(
        "aml-split-ignored",
        Connect,
        "datasets as before",
        |corpus| {
            for (index, document) in corpus.documents_mut().iter_mut().enumerate() {
                document["dataset"] = json!(if index % 5 == 4 { "Test" } else { "Train" });
            }
            Place::Nowhere
        },
    ));
    all
}

/// The letter of the Russian alphabet that is as far behind its first one as `char` is behind `a`.
fn cyrillic(first: char, a: char, char: char) -> char {
    char::from_u32(u32::from(first) + u32::from(char) - u32::from(a)).unwrap()
}
