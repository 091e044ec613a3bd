//! Where a finding ends, and where the changes lie that fix it, for reports that show it.

use serde::{Deserialize, Serialize};

/// Line and column of a place, both from 1; columns count Unicode scalar values.
pub type Position = (u64, u64);

/// Where a finding ends, and where the changes lie that fix it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// The place behind the last character of the value that it is about.
    pub end: Position,
    /// The beginning and the end of each edit of its fix, in their order.
    pub edits: Vec<[Position; 2]>,
}
