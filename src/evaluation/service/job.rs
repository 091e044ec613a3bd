//! A prediction job: documents with what a deployed model found in them.
//!
//! Its offsets count what the request asked for, which the answer does not repeat:
//! `stringIndexType`, by default `TextElements_v8`, which are grapheme clusters. Where somebody has kept
//! the member beside the answer, it decides.

use std::io::Read;

use serde::Deserialize;

use super::predicted::{Predicted, PredictedDocument, PredictedSpan, ServiceError, parse};
use crate::evaluation::Task;
use crate::text::Unit;

#[derive(Deserialize)]
struct Job {
    #[serde(default)]
    status: String,
    tasks: Tasks,
    #[serde(rename = "nextLink")]
    next_link: Option<String>,
    #[serde(rename = "stringIndexType")]
    string_index_type: Option<String>,
}

#[derive(Deserialize)]
struct Tasks {
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    kind: String,
    #[serde(rename = "taskName", default)]
    name: String,
    results: Option<Results>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(rename = "stringIndexType")]
    string_index_type: Option<String>,
}

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    documents: Vec<Document>,
    #[serde(default)]
    errors: Vec<Failed>,
}

#[derive(Deserialize)]
struct Failed {
    id: String,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    #[serde(default)]
    entities: Vec<Entity>,
    #[serde(default, alias = "classifications", alias = "classes")]
    class: OneOrMany,
}

#[derive(Deserialize)]
struct Entity {
    category: String,
    offset: i64,
    length: i64,
    text: Option<String>,
}

#[derive(Deserialize)]
struct Class {
    category: String,
}

/// One class, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<Class>),
    One(Class),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

/// What a kind of task predicts, of those that custom models have.
fn task_of(kind: &str) -> Option<Task> {
    match kind {
        "CustomEntityRecognitionLROResults" => Some(Task::Spans),
        "CustomSingleLabelClassificationLROResults" => Some(Task::OneClass),
        "CustomMultiLabelClassificationLROResults" => Some(Task::ClassSets),
        _ => None,
    }
}

/// The unit that a `stringIndexType` names.
fn unit_of(string_index_type: &str) -> Option<Unit> {
    match string_index_type {
        "TextElements_v8" | "TextElement_v8" => Some(Unit::Grapheme),
        "UnicodeCodePoint" => Some(Unit::CodePoint),
        "Utf16CodeUnit" => Some(Unit::Utf16),
        _ => None,
    }
}

pub(super) fn read(input: impl Read, wanted: Option<Task>) -> Result<Predicted, ServiceError> {
    let job: Job = parse(input)?;
    let is_done = matches!(job.status.as_str(), "" | "succeeded" | "partiallyCompleted");
    let told = |items: &[Item]| {
        let kinds: Vec<String> = items
            .iter()
            .map(|item| format!("`{}`", item.kind))
            .collect();
        kinds.join(", ")
    };
    let kinds = told(&job.tasks.items);
    let items = job.tasks.items.into_iter();
    let mut items: Vec<(Task, Item)> = items
        .filter_map(|item| Some((task_of(&item.kind)?, item)))
        .collect();
    if items.len() > 1 && wanted.is_some() {
        items.retain(|(task, _)| Some(*task) == wanted);
    }
    let [(task, item)] = <[_; 1]>::try_from(items).map_err(|items: Vec<(Task, Item)>| {
        let names: Vec<String> = items
            .iter()
            .map(|(_, it)| format!("`{}`", it.name))
            .collect();
        ServiceError::Content(if names.is_empty() {
            format!("the job has no task of a custom model that can be scored; it has {kinds}")
        } else {
            let names = names.join(", ");
            format!("the job has several tasks that can be meant: {names}; keep one of them")
        })
    })?;
    let stated = item.parameters.and_then(|it| it.string_index_type);
    let stated = stated.or(job.string_index_type);
    let unit = match stated.as_deref() {
        Some(stated) => Some(unit_of(stated).ok_or_else(|| {
            ServiceError::Content(format!("its stringIndexType `{stated}` is no unit"))
        })?),
        None => None,
    };
    let results = item.results.unwrap_or(Results {
        documents: Vec::new(),
        errors: Vec::new(),
    });
    Ok(Predicted {
        task: Some(task),
        documents: results.documents.into_iter().map(one).collect(),
        failed: results.errors.into_iter().map(|it| it.id).collect(),
        unit,
        has_more: job.next_link.is_some(),
        is_unfinished: !is_done,
    })
}

fn one(document: Document) -> PredictedDocument {
    let classes = match document.class {
        OneOrMany::Many(classes) => classes,
        OneOrMany::One(class) => vec![class],
    };
    let spans = document.entities.into_iter();
    PredictedDocument {
        name: document.id,
        spans: spans
            .map(|it| PredictedSpan::new(it.category, it.offset, it.length, it.text))
            .collect(),
        classes: classes.into_iter().map(|class| class.category).collect(),
        expected: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(items: &str) -> String {
        format!(
            r#"{{"jobId":"1","status":"succeeded","tasks":{{"completed":1,"items":[{items}]}}}}"#
        )
    }

    const ENTITIES: &str = r#"{"kind":"CustomEntityRecognitionLROResults","taskName":"a","status":"succeeded",
        "results":{"documents":[{"id":"1","warnings":[],"entities":[{"text":"Bob","category":"P","offset":2,"length":3,"confidenceScore":0.9}]}],
        "errors":[{"id":"2","error":{"code":"x"}}],"projectName":"p","deploymentName":"d"}}"#;
    const CLASSES: &str = r#"{"kind":"CustomSingleLabelClassificationLROResults","taskName":"b",
        "results":{"documents":[{"id":"1","class":[{"category":"C","confidenceScore":1.0}]}],"errors":[]}}"#;

    #[test]
    fn the_task_that_is_meant() {
        let both = job(&format!("{ENTITIES},{CLASSES}"));
        let found = read(both.as_bytes(), Some(Task::Spans)).unwrap();
        assert_eq!(found.failed, ["2"]);
        assert_eq!(found.unit, None);
        let span = &found.documents[0].spans[0];
        assert_eq!(
            (span.start, span.end, span.words.as_deref()),
            (2, 5, Some("Bob"))
        );
        let found = read(both.as_bytes(), Some(Task::OneClass)).unwrap();
        assert_eq!(found.documents[0].classes, ["C"]);
        assert!(read(both.as_bytes(), None).is_err());
        let other = job(r#"{"kind":"EntityRecognitionLROResults"}"#);
        let error = read(other.as_bytes(), None).unwrap_err().to_string();
        assert!(error.contains("`EntityRecognitionLROResults`"), "{error}");
    }

    #[test]
    fn the_unit_is_the_one_that_is_stated() {
        let stated = |name: &str| {
            let job = job(ENTITIES);
            format!(r#"{{"stringIndexType":"{name}",{}"#, &job[1..])
        };
        let unit = |name: &str| read(stated(name).as_bytes(), None).map(|it| it.unit);
        assert_eq!(unit("UnicodeCodePoint").unwrap(), Some(Unit::CodePoint));
        assert_eq!(unit("TextElements_v8").unwrap(), Some(Unit::Grapheme));
        assert!(unit("Bytes").is_err());
    }
}
