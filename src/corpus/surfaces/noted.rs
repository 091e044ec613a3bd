//! The surfaces of a batch, noted one after the other.

use super::capped::{SURFACES, Surfaces};
use super::words::surface;
use crate::alignment::AlignedDocument;
use crate::corpus::kept_name::kept_name;
use crate::corpus::shingles::hash;
use crate::text::ByteRange;

/// How many places are noted before they are added up: as many as surfaces are kept.
const MOST: usize = SURFACES;

/// The labeled places of a batch, in the order of its documents.
///
/// Of a batch most surfaces stand there once. A map of them would cost some allocations for each,
/// and would be taken apart where those of all batches are put together; so they wait in a list for
/// that.
#[derive(Debug, Default)]
pub struct NotedSurfaces {
    notes: Vec<Note>,
    /// The words of each place, with the name of its label behind them.
    names: String,
    /// The sum of those before, where there were very many.
    before: Surfaces,
}

/// A labeled place.
#[derive(Debug)]
struct Note {
    /// The hash of the words.
    hash: u64,
    /// The index of the document, and that of the label in it.
    place: (u64, usize),
    /// Where the words end in the names, which begin where those of the note before end.
    words: usize,
    /// Where the name of the label ends.
    label: usize,
}

impl NotedSurfaces {
    /// Notes the labels of a document. `places` are its [`places`](super::places).
    pub fn add(&mut self, aligned: &AlignedDocument<'_>, places: &[(ByteRange, usize)]) {
        let Some(text) = aligned.text() else {
            return;
        };
        for (range, label) in places.iter().copied() {
            if let Some(words) = surface(text.slice(range)) {
                let category = kept_name(&aligned.document.spans()[label].category);
                self.note(&words, &category, (aligned.document.index, label));
            }
        }
    }

    /// Notes a place of words with a label: a document's index, and a label's in it.
    pub fn note(&mut self, words: &str, label: &str, place: (u64, usize)) {
        self.names.push_str(words);
        let end = self.names.len();
        self.names.push_str(label);
        self.notes.push(Note {
            hash: hash(words.as_bytes()),
            place,
            words: end,
            label: self.names.len(),
        });
        if self.notes.len() == MOST {
            self.add_up_in_place();
        }
    }

    fn add_up_in_place(&mut self) {
        let mut sum = std::mem::take(&mut self.before);
        self.add_to(&mut sum);
        *self = Self {
            before: sum,
            ..Self::default()
        };
    }

    fn add_to(&self, sum: &mut Surfaces) {
        let mut start = 0;
        for note in &self.notes {
            let words = &self.names[start..note.words];
            let label = &self.names[note.words..note.label];
            sum.note_hashed(note.hash, words, label, note.place);
            start = note.label;
        }
    }
}

impl Surfaces {
    /// Adds the places of a batch.
    pub fn add_noted(&mut self, noted: NotedSurfaces) {
        noted.add_to(self);
        self.merge(noted.before);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_noted_adds_up_wherever_it_waited(
            places in prop::collection::vec(("[a-e]", "[XYZ]{0,1}"), 0..40),
            cuts in prop::collection::vec(0_usize..40, 0..4),
            early in 0_usize..40,
            cap in 0_usize..12,
        ) {
            let (mut sum, mut whole) = (Surfaces::with_cap(cap), Surfaces::with_cap(cap));
            let mut noted = NotedSurfaces {
                before: Surfaces::with_cap(cap),
                ..NotedSurfaces::default()
            };
            for (number, (words, label)) in places.iter().enumerate() {
                let place = (number as u64, number % 3);
                whole.note(words, label, place);
                noted.note(words, label, place);
                if number == early {
                    noted.add_up_in_place();
                }
                if cuts.contains(&number) {
                    let next = NotedSurfaces {
                        before: Surfaces::with_cap(cap),
                        ..NotedSurfaces::default()
                    };
                    sum.add_noted(std::mem::replace(&mut noted, next));
                }
            }
            sum.add_noted(noted);
            prop_assert_eq!(sum, whole);
        }
    }
}
