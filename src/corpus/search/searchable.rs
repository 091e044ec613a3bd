//! A document as far as it is searched.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::covered::Covered;
use crate::alignment::AlignedDocument;
use crate::corpus::surfaces::{surface, trusted};
use crate::model::Document;
use crate::text::ByteRange;

/// A document as far as it is searched: its text and what is labeled there.
#[derive(Clone, Debug)]
pub struct Searchable<'a> {
    pub(super) text: &'a str,
    pub(super) labels: Cow<'a, [Labeled]>,
    /// The regions; none where the whole text is meant.
    pub(super) regions: Cow<'a, [ByteRange]>,
}

/// A label's first byte and the byte after its last, and whether it counts as a place of its
/// surface. A text of over 4 GiB is not searched.
pub(super) type Labeled = (u32, u32, bool);

impl<'a> Searchable<'a> {
    /// What there is to search in a document; `places` are those of its labels. `None` where it
    /// has no label at all, or one that could not be read or has no sure place: there, words
    /// without a label mean nothing.
    #[must_use]
    pub fn new(aligned: &AlignedDocument<'a>, places: &[(ByteRange, usize)]) -> Option<Self> {
        let text = aligned.text()?;
        // A second byte-order mark would be taken off when the text is looked at again.
        let marked = text.as_str().starts_with('\u{feff}');
        if marked || !Self::is_one(aligned.document) || !trusted(aligned) {
            return None;
        }
        let mut labels = Vec::with_capacity(aligned.spans.len());
        // Labels mostly come in the order of their places.
        let mut in_order = places.iter().peekable();
        for (label, range, _) in aligned.proved() {
            let place = (range, label);
            let is_next = in_order.next_if_eq(&&place).is_some();
            let counts = is_next || places.binary_search(&place).is_ok();
            let narrow = |byte: usize| u32::try_from(byte).ok();
            labels.push((narrow(range.start())?, narrow(range.end())?, counts));
        }
        let regions = aligned.regions.iter();
        // Where a region has no sure place, nothing is said of what lies outside.
        let regions: Option<Vec<ByteRange>> = regions.map(|region| (*region)?.ok()).collect();
        Some(Self {
            text: text.as_str(),
            labels: Cow::Owned(labels),
            regions: Cow::Owned(regions.unwrap_or_default()),
        })
    }

    /// Whether a document is searched, as far as that can be told without its text.
    #[must_use]
    pub fn is_one(document: &Document<'_>) -> bool {
        let entities = document.labels.has_entities();
        let touched = !document.spans().is_empty() || !document.regions().is_empty();
        entities && touched && document.unreadable == 0
    }

    /// The text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// How many of its labeled places have which words.
    pub(super) fn labeled(&self) -> BTreeMap<Cow<'_, str>, u64> {
        let mut places = BTreeMap::new();
        for (start, end, _) in self.labels.iter().filter(|(.., counts)| *counts) {
            let words = self.text.get(*start as usize..*end as usize);
            let words = words.and_then(surface);
            if let Some(words) = words {
                *places.entry(words).or_default() += 1;
            }
        }
        places
    }

    /// The regions; nothing where the whole text is meant. Outside of them nobody labels.
    pub(super) fn in_regions(&self) -> Option<Covered> {
        let regions = self.regions.iter().map(|region| region.as_range());
        (!self.regions.is_empty()).then(|| Covered::new(regions))
    }
}
