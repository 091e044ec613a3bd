//! A number for each split.

use serde::{Deserialize, Serialize};

use crate::diagnostics::Bounds;
use crate::model::Split;

/// A number for each split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BySplit {
    /// In `Train`.
    pub train: u64,
    /// In a development set.
    #[serde(default)]
    pub dev: u64,
    /// In `Test`.
    pub test: u64,
    /// In neither: without a split, or with an unknown one.
    pub unassigned: u64,
}

impl BySplit {
    /// All of them together.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.train + self.dev + self.test + self.unassigned
    }

    /// Whether there can be so many in a stretch of a file.
    pub(super) fn is_within(self, bounds: &Bounds) -> bool {
        bounds.hold_all([self.train, self.dev, self.test, self.unassigned])
    }

    /// Those that belong to a set.
    #[must_use]
    pub const fn assigned(self) -> u64 {
        self.train + self.dev + self.test
    }

    /// The number that a document belongs to: by what its split means, so that the spelling of
    /// `"train"` is one finding and no more.
    pub(super) fn of(&mut self, split: Option<&Split<'_>>) -> &mut u64 {
        match split.and_then(Split::meant) {
            Some(Split::Train) => &mut self.train,
            Some(Split::Dev) => &mut self.dev,
            Some(Split::Test) => &mut self.test,
            Some(Split::Other(_)) | None => &mut self.unassigned,
        }
    }

    /// The place of a split's number among those of Train, a development set, Test, and of what is in
    /// none.
    pub(super) fn set(split: Option<&Split<'_>>) -> usize {
        match split.and_then(Split::meant) {
            Some(Split::Train) => 0,
            Some(Split::Dev) => 1,
            Some(Split::Test) => 2,
            Some(Split::Other(_)) | None => 3,
        }
    }

    /// Adds those of another part of the corpus.
    pub(super) const fn add(&mut self, other: Self) {
        self.train += other.train;
        self.dev += other.dev;
        self.test += other.test;
        self.unassigned += other.unassigned;
    }
}
