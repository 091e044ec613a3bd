//! Label files of both sides, made in code.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{ENTITIES, TempFolder, language_document, language_label, language_project};

/// A document: its name, its text, and its labels as first and last words of the text.
pub(super) struct Made<'a> {
    pub(super) name: &'a str,
    pub(super) set: Option<&'a str>,
    pub(super) text: &'a str,
    pub(super) labels: Vec<(&'a str, &'a str)>,
}

/// A document without a set.
pub(super) fn document<'a>(
    name: &'a str,
    text: &'a str,
    labels: &[(&'a str, &'a str)],
) -> Made<'a> {
    Made {
        name,
        set: None,
        text,
        labels: labels.to_vec(),
    }
}

/// The place of words in a text, in UTF-16 code units: offset and length.
pub(super) fn place(text: &str, words: &str) -> (usize, usize) {
    let at = text
        .find(words)
        .unwrap_or_else(|| panic!("{words} is in {text}"));
    let count = |piece: &str| piece.encode_utf16().count();
    (count(&text[..at]), count(words))
}

/// A Language project of documents.
pub(super) fn project(documents: &[Made<'_>]) -> String {
    let spelled = documents.iter().map(|it| {
        let labels = it.labels.iter().map(|(words, label)| {
            let (offset, length) = place(it.text, words);
            language_label(label, offset, length)
        });
        let length = it.text.encode_utf16().count();
        language_document(it.name, it.set, length, &labels.collect::<Vec<_>>())
    });
    let labels = documents.iter().flat_map(|it| &it.labels);
    let labels: BTreeSet<&str> = labels.map(|(_, label)| *label).collect();
    let labels: Vec<&str> = labels.into_iter().collect();
    language_project(ENTITIES, &labels, &spelled.collect::<Vec<_>>())
}

/// A folder with the texts of documents, and these as `gold.json`.
pub(super) fn folder(documents: &[Made<'_>]) -> TempFolder {
    let folder = TempFolder::new();
    for it in documents {
        folder.write(it.name, it.text);
    }
    folder.write("gold.json", project(documents));
    folder
}

/// A predicted entity: its words, offset, length and label.
pub(super) type Entity<'a> = (&'a str, usize, usize, &'a str);

/// A prediction job of documents, by id.
pub(super) fn job(documents: &[(&str, &[Entity<'_>])]) -> String {
    let entity = |(words, offset, length, label): &Entity<'_>| {
        json!({ "text": words, "category": label, "offset": offset, "length": length,
            "confidenceScore": 0.9 })
    };
    let documents = documents.iter().map(|(id, entities)| {
        let entities: Vec<Value> = entities.iter().map(entity).collect();
        json!({ "id": id, "entities": entities, "warnings": [] })
    });
    let documents: Vec<Value> = documents.collect();
    json!({ "jobId": "1", "status": "succeeded", "tasks": { "completed": 1, "items": [
        { "kind": "CustomEntityRecognitionLROResults", "taskName": "t", "status": "succeeded",
          "results": { "documents": documents, "errors": [] } } ] } })
    .to_string()
}
