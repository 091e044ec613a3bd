//! Places that outlive the batch they were found in.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::json::Pointer;
use crate::model::Declaration;

/// A place in a label file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The bytes, from the start of the file, end exclusive.
    pub bytes: Range<u64>,
    /// The value, where the file is JSON; in a JSONL file from the root of its line.
    pub pointer: Option<Pointer>,
    /// The document, by `location` or by the path after the datastore.
    pub document: Option<String>,
}

impl From<&Declaration> for Location {
    /// Where a label is declared.
    fn from(declared: &Declaration) -> Self {
        Self {
            bytes: declared.bytes.clone(),
            pointer: Some(declared.pointer.clone()),
            document: None,
        }
    }
}
