//! Kinds and versions that nobody knows, or that do not go together.

use serde_json::json;

use super::edits::header;
use crate::mutations::clean::Base::{Healthcare, Multi, Ner, Sentiment, Single, Summaries};
use crate::mutations::corpus::Place;
use crate::mutations::defect::{Defect, defect};

pub(super) fn defects() -> Vec<Defect> {
    let mut all = vec![
        header(
            "kind-unknown",
            Ner,
            "/metadata/projectKind",
            json!("CustomNER"),
        ),
        header(
            "kind-unknown",
            Ner,
            "/assets/projectKind",
            json!("EntityRecognition"),
        ),
        header(
            "kind-unknown",
            Single,
            "/assets/projectKind",
            json!("CustomSingleClassification"),
        ),
        header(
            "kind-case",
            Ner,
            "/metadata/projectKind",
            json!("customEntityRecognition"),
        ),
        header(
            "kind-case",
            Multi,
            "/assets/projectKind",
            json!("customMultiLabelClassification"),
        ),
        header(
            "kind-case",
            Sentiment,
            "/assets/projectKind",
            json!("CUSTOMTEXTSENTIMENT"),
        ),
        header(
            "string-index-type",
            Ner,
            "/stringIndexType",
            json!("UnicodeCodePoint"),
        ),
        header(
            "string-index-type",
            Single,
            "/stringIndexType",
            json!("TextElements_v8"),
        ),
        header(
            "string-index-type",
            Summaries,
            "/stringIndexType",
            json!("utf16CodeUnit"),
        ),
        header(
            "version-unknown",
            Ner,
            "/projectFileVersion",
            json!("2022-05"),
        ),
        header(
            "version-unknown",
            Healthcare,
            "/projectFileVersion",
            json!("2031-01-01"),
        ),
    ];
    // `assets` has the last word, so that is where a mismatch is told.
    for (base, kind) in [
        (Ner, "CustomSingleLabelClassification"),
        (Single, "CustomMultiLabelClassification"),
        (Multi, "CustomSingleLabelClassification"),
        (Sentiment, "CustomAbstractiveSummarization"),
    ] {
        let name = format!("metadata says {kind}");
        all.push(defect("kind-mismatch", base, name, move |corpus| {
            corpus.file["metadata"]["projectKind"] = json!(kind);
            Place::Header("/assets/projectKind".to_owned())
        }));
    }
    for kind in ["Conversation", "Orchestration", "CustomQuestionAnswering"] {
        for part in ["metadata", "assets"] {
            all.push(defect(
                "unsupported-kind",
                Ner,
                format!("{part} says {kind}"),
                move |corpus| {
                    corpus.file[part]["projectKind"] = json!(kind);
                    Place::Header(String::new())
                },
            ));
        }
    }
    all.push(defect(
        "unsupported-kind",
        Ner,
        "a project with utterances",
        |corpus| {
            corpus.file["assets"]["utterances"] = json!([{ "text": "open it", "intent": "Read" }]);
            Place::Header(String::new())
        },
    ));
    all.push(defect("legacy-shape", Ner, "the draft of 2022", |corpus| {
        let top = corpus.file.as_object_mut().unwrap();
        let version = top.remove("projectFileVersion").unwrap();
        top.insert("project-file-version".to_owned(), version);
        Place::Header(String::new())
    }));
    all.push(defect(
        "legacy-shape",
        Ner,
        "the extractors of 2021",
        |corpus| {
            let mut documents = corpus.documents().clone();
            for document in &mut documents {
                let mut regions = document["entities"].take();
                for label in regions[0]["labels"].as_array_mut().unwrap() {
                    label["extractorName"] = label["category"].take();
                    label.as_object_mut().unwrap().remove("category");
                }
                let members = document.as_object_mut().unwrap();
                members.remove("entities");
                members.insert("extractors".to_owned(), regions);
            }
            let names = ["Place", "Date", "Product"].map(|name| json!({ "name": name }));
            corpus.file = json!({ "extractors": names, "documents": documents });
            Place::Header(String::new())
        },
    ));
    all
}
