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
mod predicted;
mod result;
mod summary;

use std::fmt;
use std::io::Read;

use super::Task;

pub use predicted::{Expected, Predicted, PredictedDocument, PredictedSpan, ServiceError};
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
}
