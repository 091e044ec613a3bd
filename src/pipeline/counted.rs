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
    /// What is in none of its numbers.
    pub left_out: LeftOut,
    /// The corpus as a picture shows it, where that was asked for.
    pub overview: Option<Box<Overview>>,
}

/// What is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Records and labels that could not be read.
    pub unread: u64,
    /// Records of image projects.
    pub images: u64,
    /// Records that are predictions of a model.
    pub predictions: u64,
    /// Records that nobody has said to be right.
    pub not_accepted: u64,
    /// Whether the file is broken around its records, or of a project that is not read.
    pub broken: bool,
}

impl LeftOut {
    /// Adds what is left out of another file.
    pub const fn add(&mut self, other: Self) {
        self.unread += other.unread;
        self.images += other.images;
        self.predictions += other.predictions;
        self.not_accepted += other.not_accepted;
        self.broken |= other.broken;
    }
}
