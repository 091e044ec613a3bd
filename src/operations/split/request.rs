//! What is asked of a split.

use super::groups::GroupKey;

/// The sets of a split into two; the first is the test set.
pub(super) const SETS: [&str; 2] = ["Test", "Train"];

/// What is asked of a split.
pub struct SplitRequest<'a> {
    /// What is wanted.
    pub division: Division,
    /// What tells one split from another of the same corpus.
    pub seed: u64,
    /// Whether documents that have a set stay in it.
    pub keep: bool,
    /// Above which Jaccard index of their shingles texts stay together, where nearly the same ones do.
    pub near: Option<f64>,
    /// The part of a name by which documents stay together.
    pub group_by: Option<GroupKey<'a>>,
}

/// What is wanted of a split.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Division {
    /// A test set with this share of the documents, above 0 and below 1.
    TestRatio(f64),
    /// A test set with so many documents.
    TestCount(u64),
    /// So many sets of one size, at least 2.
    Folds(usize),
}
