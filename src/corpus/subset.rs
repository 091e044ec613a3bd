//! The set that a document belongs to.

use crate::model::Split;

/// The set that a document belongs to, where it belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subset {
    /// In `Train`.
    Train,
    /// In `Test`.
    Test,
}

impl Subset {
    /// The set that a split names.
    #[must_use]
    pub fn of(split: Option<&Split<'_>>) -> Option<Self> {
        match split.and_then(Split::meant) {
            Some(Split::Train) => Some(Self::Train),
            Some(Split::Test) => Some(Self::Test),
            Some(Split::Dev | Split::Other(_)) | None => None,
        }
    }
}

/// The bit that says Test.
const TEST: u64 = 1 << 63;

/// A document's set and index in one number; those of Train are the smaller ones.
pub(super) fn pack(index: u64, set: Subset) -> u64 {
    index | if set == Subset::Test { TEST } else { 0 }
}

/// The index in such a number.
pub(super) const fn index_of(packed: u64) -> u64 {
    packed & !TEST
}

/// Whether such a number is of Test.
pub(super) const fn is_test(packed: u64) -> bool {
    packed & TEST != 0
}
