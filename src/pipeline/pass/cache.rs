//! Texts that the recheck need not read again.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use crate::alignment::AlignedDocument;
use crate::corpus::search::{Searchable, Shelf};
use crate::text::ByteRange;

/// How many bytes of texts are kept at most, in all, so that they need not be read again.
const KEPT_BYTES: usize = 64 << 20;

/// The room for documents that the recheck need not read again.
pub(crate) struct TextCache {
    budget: AtomicUsize,
}

impl Default for TextCache {
    fn default() -> Self {
        Self {
            budget: AtomicUsize::new(KEPT_BYTES),
        }
    }
}

impl TextCache {
    /// Keeps a document for the search, as long as there is room. Which ones are kept hangs on
    /// chance; what is found in them does not.
    pub(crate) fn add(
        &self,
        aligned: &AlignedDocument<'_>,
        places: &[(ByteRange, usize)],
        searchables: &mut Searchables,
    ) {
        let Some(document) = Searchable::new(aligned, places) else {
            return;
        };
        let size = document.size();
        let take = |budget: usize| budget.checked_sub(size);
        let budget = self.budget.fetch_update(Relaxed, Relaxed, take);
        if budget.is_ok() {
            searchables.of_batch.push(aligned.document.index, &document);
        } else {
            searchables.others = true;
        }
    }
}

/// Documents for the search.
#[derive(Default)]
pub(crate) struct Searchables {
    /// Those of a batch.
    of_batch: Shelf,
    /// One shelf a batch, in the order of the file.
    pub(crate) kept: Vec<Shelf>,
    /// Whether there are others, for which there was no room.
    pub(crate) others: bool,
}

impl Searchables {
    /// Gives back the memory that a batch does not need, now that it is done.
    pub(crate) fn shrink(&mut self) {
        self.of_batch.shrink();
    }

    /// Adds those of the batch that follows.
    pub(crate) fn extend(&mut self, other: Self) {
        if other.of_batch.last().is_some() {
            self.kept.push(other.of_batch);
        }
        self.others |= other.others;
    }

    pub(crate) fn get(&self, index: u64) -> Option<Searchable<'_>> {
        let before = |shelf: &Shelf| shelf.last().is_none_or(|last| last < index);
        let place = self.kept.partition_point(before);
        self.kept.get(place)?.get(index)
    }
}
