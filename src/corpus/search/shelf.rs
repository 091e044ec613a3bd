//! Documents that are kept to be searched.

use std::borrow::Cow;
use std::ops::Range;

use super::patterns::Search;
use super::searchable::{Labeled, Searchable};
use crate::text::ByteRange;

/// Documents that are kept to be searched, with all their texts in one piece and all their labels
/// in another: so many small ones would cost more to allocate than to copy.
#[derive(Default)]
pub struct Shelf {
    texts: String,
    labels: Vec<Labeled>,
    regions: Vec<ByteRange>,
    documents: Vec<Shelved>,
}

/// Room for the texts of a batch, in bytes, and for their labels, as most batches need it.
const TEXTS: usize = 1 << 18;
const LABELS: usize = 1 << 11;

/// Where a document lies on its shelf.
struct Shelved {
    index: u64,
    text: Range<usize>,
    labels: Range<usize>,
    regions: Range<usize>,
}

impl Shelf {
    /// Adds a document, whose index must be greater than those before.
    pub fn push(&mut self, index: u64, document: &Searchable<'_>) {
        let text = self.texts.len()..self.texts.len() + document.text.len();
        let labels = self.labels.len()..self.labels.len() + document.labels.len();
        let regions = self.regions.len()..self.regions.len() + document.regions.len();
        if self.documents.is_empty() {
            // To grow step by step would copy most of it several times.
            self.texts.reserve(TEXTS);
            self.labels.reserve(LABELS);
        }
        self.texts.push_str(document.text);
        self.labels.extend_from_slice(&document.labels);
        self.regions.extend_from_slice(&document.regions);
        self.documents.push(Shelved {
            index,
            text,
            labels,
            regions,
        });
    }

    /// Gives back the room that is not needed.
    pub fn shrink(&mut self) {
        self.texts.shrink_to_fit();
        self.labels.shrink_to_fit();
        self.regions.shrink_to_fit();
        self.documents.shrink_to_fit();
    }

    /// The index of the last document.
    #[must_use]
    pub fn last(&self) -> Option<u64> {
        self.documents.last().map(|shelved| shelved.index)
    }

    /// The document of that index.
    #[must_use]
    pub fn get(&self, index: u64) -> Option<Searchable<'_>> {
        let documents = &self.documents;
        let place = documents.binary_search_by_key(&index, |shelved| shelved.index);
        Some(self.document(&documents[place.ok()?]))
    }

    /// The indices of the documents in which something that is looked for stands without a label.
    pub fn found_by<'s>(&'s self, search: &'s Search) -> impl Iterator<Item = u64> + 's {
        let documents = self.documents.iter();
        let found = documents.filter(|shelved| search.finds_in(&self.document(shelved)));
        found.map(|shelved| shelved.index)
    }

    fn document(&self, shelved: &Shelved) -> Searchable<'_> {
        Searchable {
            text: &self.texts[shelved.text.clone()],
            labels: Cow::Borrowed(&self.labels[shelved.labels.clone()]),
            regions: Cow::Borrowed(&self.regions[shelved.regions.clone()]),
        }
    }
}

impl Searchable<'_> {
    /// How many bytes it takes on a [`Shelf`].
    #[must_use]
    pub fn size(&self) -> usize {
        let labels = size_of_val(&*self.labels) + size_of_val(&*self.regions);
        size_of::<Shelved>() + self.text.len() + labels
    }
}
