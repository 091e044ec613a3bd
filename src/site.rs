//! Places that outlive the batch they were found in.

use std::ops::Range;

use crate::json::Pointer;

/// A place in a label file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The bytes, from the start of the file, end exclusive.
    pub bytes: Range<u64>,
    /// The value; in a JSONL file from the root of its line.
    pub pointer: Pointer,
    /// The document, by `location` or by the path after the datastore.
    pub document: Option<String>,
}
