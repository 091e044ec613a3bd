//! What Azure AI Language says of a model: its evaluation result, its evaluation summary, and the jobs
//! in which it labels documents.
//!
//! | file | answers | holds |
//! |---|---|---|
//! | result | `GET .../models/{label}/evaluation/result` | the test documents, each with what was expected and what was predicted |
//! | summary | `GET .../models/{label}/evaluation/summary-result` | figures alone |
//! | job | `GET .../analyze-text/jobs/{id}` | documents with what was predicted |
//!
//! The shapes are those of Azure/azure-rest-api-specs (analyzetext-authoring 2022-05-01 to 2025-05-15-preview,
//! and `custom.text.tsp` of `LanguageAnalyzeText`). Members that are not needed may be anything.

mod job;
mod result;
mod summary;

use std::fmt;
use std::io::Read;

use serde::de::DeserializeOwned;

use super::Task;
use crate::text::{Span, Unit};

pub use summary::{Summary, read_summary};

/// A file of the service that is no label file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceFile {
    /// An evaluation result.
    Result,
    /// An evaluation summary.
    Summary,
    /// A job that labels documents.
    Job,
}

impl fmt::Display for ServiceFile {
    /// A noun phrase.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Result => "an evaluation result of Azure AI Language",
            Self::Summary => "an evaluation summary of Azure AI Language",
            Self::Job => "a prediction job of Azure AI Language",
        })
    }
}

/// The kinds of projects as the names of members begin, in the spellings of all versions.
const KINDS: [&str; 8] = [
    "customEntityRecognition",
    "customNamedEntityRecognition",
    "customSingleLabelClassification",
    "customSingleClassification",
    "customMultiLabelClassification",
    "customMultiClassification",
    "customTextSentiment",
    "customHealthcare",
];

/// What file of the service begins so, by the `keys` of its object (none of an array).
#[must_use]
pub fn recognize(beginning: &str, keys: &[String]) -> Option<ServiceFile> {
    let has = |name: &str| keys.iter().any(|key| key == name);
    let named = |ending: &str| {
        let mut kinds = KINDS.iter();
        kinds.any(|kind| beginning.contains(&format!("\"{kind}{ending}\"")))
    };
    let evaluated = |key: &String| {
        let mut kinds = KINDS.iter();
        kinds.any(|kind| key.strip_prefix(kind) == Some("Evaluation"))
    };
    if keys.iter().any(evaluated) {
        Some(ServiceFile::Summary)
    } else if (has("value") || keys.is_empty()) && named("Result") {
        Some(ServiceFile::Result)
    } else if has("tasks") && beginning.contains("LROResults\"") {
        Some(ServiceFile::Job)
    } else {
        None
    }
}

/// Documents with what was predicted for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predicted {
    /// What is predicted; `None` where there is no document that tells.
    pub task: Option<Task>,
    /// The documents, in the order of the file.
    pub documents: Vec<PredictedDocument>,
    /// Documents that the service could not work on.
    pub failed: Vec<String>,
    /// The unit of the offsets, where the file states it.
    pub unit: Option<Unit>,
    /// Whether there are more pages than this one.
    pub has_more: bool,
    /// Whether the job was not at its end.
    pub is_unfinished: bool,
}

/// A document with what was predicted for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PredictedDocument {
    /// Its location, or the id that it had in the job.
    pub name: String,
    /// The predicted spans.
    pub spans: Vec<PredictedSpan>,
    /// The predicted classes.
    pub classes: Vec<String>,
    /// What the service was told to expect, where the file says it: spans or classes.
    pub expected: Option<Expected>,
}

/// What the service was told to expect of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The spans.
    pub spans: Vec<PredictedSpan>,
    /// The classes.
    pub classes: Vec<String>,
}

/// A span with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredictedSpan {
    /// The label.
    pub category: String,
    /// The first unit.
    pub start: i64,
    /// The unit after the last one.
    pub end: i64,
    /// The words that the span is said to name.
    pub words: Option<String>,
}

impl PredictedSpan {
    fn new(category: String, offset: i64, length: i64, words: Option<String>) -> Self {
        Self {
            category,
            start: offset,
            end: offset.saturating_add(length),
            words,
        }
    }

    /// The span in a unit.
    #[must_use]
    pub const fn span(&self, unit: Unit) -> Span {
        Span {
            unit,
            start: self.start,
            end: self.end,
        }
    }
}

/// Why a file of the service cannot be used.
#[derive(Debug)]
pub enum ServiceError {
    /// It cannot be read, or is no JSON of its shape.
    Json(serde_json::Error),
    /// What it holds cannot be scored: why, as a sentence without an end.
    Content(String),
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Content(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for ServiceError {}

/// Reads an evaluation result or a job. The job may have tasks of several kinds: `wanted` tells which
/// of them is meant.
///
/// Fails where the file cannot be read, is not of its shape, or has no task that is meant.
pub fn read_predicted(
    file: ServiceFile,
    input: impl Read,
    wanted: Option<Task>,
) -> Result<Predicted, ServiceError> {
    match file {
        ServiceFile::Result => result::read(input),
        ServiceFile::Job => job::read(input, wanted),
        ServiceFile::Summary => Err(ServiceError::Content(
            "a summary has no documents".to_owned(),
        )),
    }
}

/// Reads a JSON value of a shape, behind a byte-order mark if there is one.
fn parse<T: DeserializeOwned>(mut input: impl Read) -> Result<T, ServiceError> {
    const MARK: [u8; 3] = *b"\xef\xbb\xbf";
    let mut head = Vec::new();
    let begun = input
        .by_ref()
        .take(MARK.len() as u64)
        .read_to_end(&mut head);
    begun.map_err(|error| ServiceError::Json(serde_json::Error::io(error)))?;
    let head: &[u8] = if head == MARK { &[] } else { &head };
    serde_json::from_reader(head.chain(input)).map_err(ServiceError::Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_members() {
        let keys = |all: &[&str]| all.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        let result = r#"{"value":[{"location":"1.txt","customEntityRecognitionResult":{"#;
        assert_eq!(
            recognize(result, &keys(&["value"])),
            Some(ServiceFile::Result)
        );
        let older = r#"[{"customNamedEntityRecognitionResult":{"#;
        assert_eq!(recognize(older, &[]), Some(ServiceFile::Result));
        let summary = keys(&["projectKind", "customMultiLabelClassificationEvaluation"]);
        assert_eq!(recognize("{", &summary), Some(ServiceFile::Summary));
        let job = r#"{"tasks":{"items":[{"kind":"CustomEntityRecognitionLROResults"}]}}"#;
        assert_eq!(recognize(job, &keys(&["tasks"])), Some(ServiceFile::Job));
        assert_eq!(recognize(r#"{"value":[]}"#, &keys(&["value"])), None);
        assert_eq!(recognize(r#"{"tasks":[]}"#, &keys(&["tasks"])), None);
    }

    #[test]
    fn a_mark_before_the_json_is_passed_over() {
        let found: Vec<u8> = parse("\u{feff}[1, 2]".as_bytes()).unwrap();
        assert_eq!(found, [1, 2]);
        assert!(parse::<Vec<u8>>("[1, 2".as_bytes()).is_err());
    }
}
