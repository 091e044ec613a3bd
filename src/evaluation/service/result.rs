//! The evaluation result: the test documents with what was expected and what was predicted.
//!
//! Offsets are absolute in the document, and count UTF-16 code units (`stringIndexType` of the request,
//! which has no other value).

use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::predicted::{
    Expected, Predicted, PredictedDocument, PredictedSpan, ServiceError, parse,
};
use crate::evaluation::Task;
use crate::text::Unit;

/// A page, or only the documents of one, as programs keep them that go through all pages.
enum File {
    Page(Page),
    Documents(Vec<Document>),
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = File;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an evaluation result")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<File, A::Error> {
                Page::deserialize(MapAccessDeserializer::new(map)).map(File::Page)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<File, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(File::Documents)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[derive(Deserialize)]
struct Page {
    value: Vec<Document>,
    #[serde(rename = "nextLink")]
    next_link: Option<String>,
}

#[derive(Deserialize)]
struct Document {
    location: String,
    #[serde(
        rename = "customEntityRecognitionResult",
        alias = "customNamedEntityRecognitionResult",
        alias = "customHealthcareResult"
    )]
    entities: Option<Entities>,
    #[serde(rename = "customTextSentimentResult")]
    sentiment: Option<Sentiment>,
    #[serde(
        rename = "customSingleLabelClassificationResult",
        alias = "customSingleClassificationResult"
    )]
    class: Option<Class>,
    #[serde(
        rename = "customMultiLabelClassificationResult",
        alias = "customMultiClassificationResult"
    )]
    classes: Option<Classes>,
}

#[derive(Deserialize)]
struct Entities {
    entities: Vec<Region>,
}

#[derive(Deserialize)]
struct Region {
    #[serde(rename = "expectedEntities", default)]
    expected: Vec<Entity>,
    #[serde(rename = "predictedEntities", default)]
    predicted: Vec<Entity>,
}

#[derive(Deserialize)]
struct Sentiment {
    #[serde(rename = "expectedSentimentSpans", default)]
    expected: Vec<Entity>,
    #[serde(rename = "predictedSentimentSpans", default)]
    predicted: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    category: String,
    offset: i64,
    length: i64,
}

#[derive(Deserialize)]
struct Class {
    #[serde(rename = "expectedClass")]
    expected: Option<Name>,
    #[serde(rename = "predictedClass")]
    predicted: Option<Name>,
}

#[derive(Deserialize)]
struct Classes {
    #[serde(rename = "expectedClasses", default)]
    expected: Vec<Name>,
    #[serde(rename = "predictedClasses", default)]
    predicted: Vec<Name>,
}

/// A class, by itself or in an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Bare(String),
    Object { category: String },
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        match name {
            Name::Bare(name) | Name::Object { category: name } => name,
        }
    }
}

pub(super) fn read(input: impl Read) -> Result<Predicted, ServiceError> {
    let (documents, has_more) = match parse(input)? {
        File::Page(page) => (page.value, page.next_link.is_some()),
        File::Documents(documents) => (documents, false),
    };
    let mut predicted = Predicted {
        unit: Some(Unit::Utf16),
        has_more,
        ..Predicted::default()
    };
    for document in documents {
        let (task, found) = one(document);
        if task.is_some() && predicted.task.is_some() && task != predicted.task {
            let why = format!(
                "{} is of another kind than the documents before it",
                found.name
            );
            return Err(ServiceError::Content(why));
        }
        predicted.task = task.or(predicted.task);
        predicted.documents.push(found);
    }
    Ok(predicted)
}

fn one(document: Document) -> (Option<Task>, PredictedDocument) {
    let mut found = PredictedDocument {
        name: document.location,
        ..PredictedDocument::default()
    };
    let mut expected = Expected::default();
    let mut task = None;
    let sentiment = document.sentiment.map(|it| (it.expected, it.predicted));
    let regions = document.entities.map(|it| it.entities);
    if regions.is_some() || sentiment.is_some() {
        task = Some(Task::Spans);
    }
    let regions = regions.into_iter().flatten();
    let regions = regions.map(|region| (region.expected, region.predicted));
    for (gold, predicted) in regions.chain(sentiment) {
        expected
            .spans
            .extend(gold.into_iter().map(PredictedSpan::from));
        found
            .spans
            .extend(predicted.into_iter().map(PredictedSpan::from));
    }
    if let Some(class) = document.class {
        task = Some(Task::OneClass);
        expected.classes.extend(class.expected.map(String::from));
        found.classes.extend(class.predicted.map(String::from));
    }
    if let Some(classes) = document.classes {
        task = Some(Task::ClassSets);
        expected
            .classes
            .extend(classes.expected.into_iter().map(String::from));
        found
            .classes
            .extend(classes.predicted.into_iter().map(String::from));
    }
    found.expected = Some(expected);
    (task, found)
}

impl From<Entity> for PredictedSpan {
    fn from(entity: Entity) -> Self {
        Self::new(entity.category, entity.offset, entity.length, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_a_document() {
        let page = r#"{"value":[{"projectKind":"CustomEntityRecognition","location":"11.txt","language":"en-us",
            "customEntityRecognitionResult":{"entities":[{"expectedEntities":[{"category":"A","offset":181,"length":34}],
            "predictedEntities":[{"category":"A","offset":200,"length":15}],"regionOffset":0,"regionLength":1780}]}}],
            "nextLink":"x"}"#;
        let found = read(page.as_bytes()).unwrap();
        assert_eq!((found.task, found.has_more), (Some(Task::Spans), true));
        let document = &found.documents[0];
        assert_eq!((document.spans[0].start, document.spans[0].end), (200, 215));
        let expected = document.expected.as_ref().unwrap();
        assert_eq!((expected.spans[0].start, expected.spans[0].end), (181, 215));
    }

    #[test]
    fn classes_of_all_kinds() {
        let single = r#"[{"location":"1.txt","customSingleLabelClassificationResult":{"expectedClass":"A","predictedClass":null}}]"#;
        let found = read(single.as_bytes()).unwrap();
        assert_eq!(found.task, Some(Task::OneClass));
        assert_eq!(found.documents[0].classes, [""; 0]);
        let multi = r#"[{"location":"1.txt","customMultiLabelClassificationResult":{"expectedClasses":["A"],"predictedClasses":["B",{"category":"C"}]}}]"#;
        let found = read(multi.as_bytes()).unwrap();
        assert_eq!(found.documents[0].classes, ["B", "C"]);
        let mixed = format!(
            "[{},{}]",
            &single[1..single.len() - 1],
            &multi[1..multi.len() - 1]
        );
        assert!(matches!(
            read(mixed.as_bytes()),
            Err(ServiceError::Content(_))
        ));
    }
}
