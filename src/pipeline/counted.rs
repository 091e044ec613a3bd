//! What came of counting one label file.

use super::Input;
use crate::corpus::figures::Figures;
use crate::corpus::overview::Overview;

/// What came of counting one label file, of which nothing was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// What the file is.
    pub input: Input,
    /// What it adds up to.
    pub figures: Figures,
    /// Records and labels that could not be read; what they hold is in no other number.
    pub unread: u64,
    /// Whether the file is broken around its records, or of a project that is not read.
    pub broken: bool,
    /// The corpus as a picture shows it, where that was asked for.
    pub overview: Option<Box<Overview>>,
}
