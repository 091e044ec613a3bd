//! What was predicted, as all files of the service are read into.

use std::fmt;
use std::io::Read;

use serde::de::DeserializeOwned;

use crate::evaluation::Task;
use crate::text::{Span, Unit};

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
    pub(super) fn new(category: String, offset: i64, length: i64, words: Option<String>) -> Self {
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

/// Reads a JSON value of a shape, behind a byte-order mark if there is one.
pub(super) fn parse<T: DeserializeOwned>(mut input: impl Read) -> Result<T, ServiceError> {
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
    fn a_mark_before_the_json_is_passed_over() {
        let found: Vec<u8> = parse("\u{feff}[1, 2]".as_bytes()).unwrap();
        assert_eq!(found, [1, 2]);
        assert!(parse::<Vec<u8>>("[1, 2".as_bytes()).is_err());
    }
}
