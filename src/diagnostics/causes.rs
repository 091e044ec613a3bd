//! What issues say of causes: what was made up, what is wrong with a tag, why a place is not proved.

use serde::{Deserialize, Serialize};

/// One value that a conversion made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// What it is, as a noun phrase.
    pub what: &'static str,
    /// The value that was written.
    pub value: String,
    /// The option that sets it, empty where there is none.
    pub option: &'static str,
}

/// What is wrong with a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagFault {
    /// It continues a label that there is not.
    Orphan,
    /// Its label should have ended with a tag of its own.
    Unclosed,
    /// It is of another scheme than the others.
    Mixed,
    /// Its name alone does not tell whether it goes on with the label before it.
    Joined,
}

/// Why the place of a span is not proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unproven {
    /// The offsets do not name characters of the text.
    Faulty,
    /// There is no text to prove them against.
    NoText,
    /// The target holds the texts themselves, and this one is not there.
    TextAbsent,
    /// The unit of the offsets is not settled.
    AmbiguousUnit,
    /// The target unit has no number for an edge inside a grapheme cluster.
    NoNumber,
    /// The file says that the spans cover another text than they do.
    CoversOther,
    /// The span is several stretches with more than white space between them.
    Discontinuous,
    /// The target has no form for a span of white space, or with a line break at an edge.
    BreakAtEdge,
}
