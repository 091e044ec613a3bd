//! A document as lists of reports have it.

/// A document that one of the files has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The name that the file has for it.
    pub name: Box<str>,
    /// How many labels it has.
    pub labels: u64,
    /// The first byte of its record in the file.
    pub start: u64,
    /// Line and column of that.
    pub position: Option<(u64, u64)>,
}
