//! The places of a document's labels, where they can be relied on.

use crate::alignment::{AlignedDocument, AlignedSpan};
use crate::text::{Blanks, ByteRange};

/// Whether the places of all of a document's labels are beyond doubt, and have words.
#[must_use]
pub fn trusted(aligned: &AlignedDocument<'_>) -> bool {
    let proved = |span: &AlignedSpan| matches!(span.proof, Some(Ok(_)));
    let read = aligned.document.unreadable == 0 && !aligned.forensics.doubt();
    let Some(text) = aligned.text() else {
        return read && aligned.spans.iter().all(proved);
    };
    let mut blanks = Blanks::new(text.as_str());
    let mut places = aligned.proved();
    read && aligned.spans.iter().all(proved)
        && places.all(|(_, range, _)| !blanks.covers(range.as_range()))
}

/// The labeled places of a document, each with the index of its label, in order. A place counts
/// once however often the label stands there, and not at all where two labels do.
#[must_use]
pub fn places(aligned: &AlignedDocument<'_>) -> Vec<(ByteRange, usize)> {
    if !aligned.document.labels.has_entities() || !trusted(aligned) {
        return Vec::new();
    }
    let labels = aligned.document.spans();
    let mut all = Vec::with_capacity(labels.len());
    all.extend(aligned.proved().map(|(label, range, _)| (range, label)));
    if all.is_sorted_by(|one, next| one.0 < next.0) {
        return all;
    }
    all.sort_unstable();
    let at_one_place = all.chunk_by(|a, b| a.0 == b.0);
    let agreed = at_one_place.filter(|place| {
        let category = |(_, label): &(ByteRange, usize)| &labels[*label].category;
        place
            .iter()
            .all(|other| category(other) == category(&place[0]))
    });
    agreed.map(|place| place[0]).collect()
}
