//! The sketches of the texts of a corpus, as many as there is room for.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The shingles with the smallest hashes, each with its document's index and set. Unlike
/// [`Smallest`](super::smallest::Smallest) it sorts and cuts only now and then, since there are
/// many and nothing is looked up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Sketches {
    pub(super) cap: usize,
    pub(super) shingles: Vec<(u64, u64)>,
    pub(super) overflowed: bool,
}

impl Sketches {
    /// None yet, with room for so many shingles.
    pub(super) const fn with_cap(cap: usize) -> Self {
        Self {
            cap,
            shingles: Vec::new(),
            overflowed: false,
        }
    }

    /// Adds shingles, each with its document.
    pub(super) fn extend(&mut self, shingles: impl IntoIterator<Item = (u64, u64)>) {
        self.shingles.extend(shingles);
        if self.shingles.len() > self.cap + self.cap / 4 + 64 {
            self.settle();
        }
    }

    /// Puts them in order and leaves no more than the cap.
    pub(super) fn settle(&mut self) {
        self.shingles.sort_unstable();
        self.overflowed |= self.shingles.len() > self.cap;
        self.shingles.truncate(self.cap);
    }

    /// The same in order, which it mostly is already when it is looked at.
    pub(super) fn settled(&self) -> Cow<'_, Self> {
        if self.shingles.len() <= self.cap && self.shingles.is_sorted() {
            return Cow::Borrowed(self);
        }
        let mut settled = self.clone();
        settled.settle();
        Cow::Owned(settled)
    }
}

impl PartialEq for Sketches {
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.settled(), other.settled());
        (one.cap, one.overflowed) == (other.cap, other.overflowed) && one.shingles == other.shingles
    }
}

impl Eq for Sketches {}
