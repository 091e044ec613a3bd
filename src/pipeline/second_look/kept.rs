//! Texts that the second look need not read again.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use crate::examined::Examined;
use crate::tally::search::Searchable;
use crate::text::ByteRange;

/// How many bytes of texts are kept at most, in all, so that they need not be read again.
const KEPT_BYTES: usize = 40 << 20;

/// The room for documents that the second look need not read again.
pub(in crate::pipeline) struct Kept {
    room: AtomicUsize,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            room: AtomicUsize::new(KEPT_BYTES),
        }
    }
}

impl Kept {
    /// Keeps a document for the search, as long as there is room. Which ones are kept hangs on
    /// chance; what is found in them does not.
    pub(in crate::pipeline) fn add(
        &self,
        examined: &Examined<'_>,
        places: &[(ByteRange, usize)],
        searchables: &mut Searchables,
    ) {
        let Some(document) = Searchable::new(examined, places) else {
            return;
        };
        let size = document.size();
        let take = |room: usize| room.checked_sub(size);
        let room = self.room.fetch_update(Relaxed, Relaxed, take);
        if room.is_ok() {
            let kept = (examined.document.index, document.into_owned());
            searchables.kept.push(kept);
        } else {
            searchables.others = true;
        }
    }
}

/// Documents for the search.
#[derive(Default)]
pub(in crate::pipeline) struct Searchables {
    /// By index, in the order of the file.
    pub(super) kept: Vec<(u64, Searchable<'static>)>,
    /// Whether there are others, for which there was no room.
    pub(super) others: bool,
}

impl Searchables {
    /// Adds those that follow.
    pub(in crate::pipeline) fn extend(&mut self, other: Self) {
        self.kept.extend(other.kept);
        self.others |= other.others;
    }

    pub(super) fn get(&self, index: u64) -> Option<&Searchable<'static>> {
        let place = self.kept.binary_search_by_key(&index, |(index, _)| *index);
        Some(&self.kept[place.ok()?].1)
    }
}
