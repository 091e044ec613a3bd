//! How often something happened, and where first.

use serde::{Deserialize, Serialize};

use crate::diagnostics::{Bounds, Location, count};

/// A thing that happened some number of times, and where it did so first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrences {
    /// How many times.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
    /// The index of the first document and the place in it.
    pub first: Option<(u64, Location)>,
}

impl Occurrences {
    /// Adds `count` of them in one document. `location` is asked only where it may be the first.
    pub fn add(&mut self, index: u64, count: u64, location: impl FnOnce() -> Location) {
        self.count += count;
        self.documents += 1;
        if self.first.as_ref().is_none_or(|(first, _)| index < *first) {
            self.first = Some((index, location()));
        }
    }

    /// Counts the documents from `by` on that were counted from 0 on.
    pub fn shift(&mut self, by: u64) {
        if let Some((index, _)) = &mut self.first {
            *index += by;
        }
    }

    /// Adds what another part of the corpus has seen.
    pub fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.documents += other.documents;
        self.first = match (self.first.take(), other.first) {
            (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
            (a, b) => a.or(b),
        };
    }

    /// Whether all this can be seen in a stretch of a file.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        let first = self.first.as_ref();
        bounds.hold(self.count)
            && bounds.hold(self.documents)
            && first.is_none_or(|(index, location)| {
                bounds.has_record(*index) && bounds.have_place(location)
            })
    }

    /// `12 labels in 3 documents`
    #[must_use]
    pub fn labels_in_documents(&self) -> String {
        let documents = count(self.documents, "document");
        format!("{} in {documents}", count(self.count, "label"))
    }
}
