//! A surface, and the labels that it has.

use serde::{Deserialize, Serialize};

use crate::diagnostics::Bounds;

/// Where a surface stands with one label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// How many times.
    pub count: u64,
    /// The first place: a document's index, and a label's in it.
    pub first: (u64, usize),
}

/// The labels of one surface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surface {
    /// The words, with single blanks for white space.
    pub words: String,
    /// The labels by name, each with its places; mostly it is one.
    pub labels: Vec<(String, Places)>,
}

impl Surface {
    /// How many places are labeled.
    #[must_use]
    pub fn places(&self) -> u64 {
        self.labels.iter().map(|(_, places)| places.count).sum()
    }

    /// Whether its words tell anything ([`is_telling`](super::is_telling)).
    #[must_use]
    pub fn is_telling(&self) -> bool {
        super::is_telling(&self.words)
    }

    /// Its first labeled place.
    #[must_use]
    pub fn first(&self) -> Option<(u64, usize)> {
        self.labels.iter().map(|(_, places)| places.first).min()
    }

    /// The label with the most places.
    #[must_use]
    pub fn majority(&self) -> Option<(&str, u64)> {
        let mut most: Option<(&str, u64)> = None;
        for (label, places) in &self.labels {
            if most.is_none_or(|(_, count)| places.count > count) {
                most = Some((label, places.count));
            }
        }
        most
    }

    /// Whether all these places can be in a stretch of a file.
    pub(super) fn is_within(&self, bounds: &Bounds) -> bool {
        let names = self.labels.iter().map(|(label, _)| label);
        let places = || self.labels.iter().map(|(_, places)| places);
        !self.labels.is_empty()
            && names.is_sorted_by(|one, next| one < next)
            && bounds.hold_all(places().map(|places| places.count))
            && places().all(|places| bounds.has_record(places.first.0))
    }

    pub(super) fn merge(&mut self, other: Self) {
        if self.words != other.words {
            // Two surfaces with one hash: the smaller one stays, whatever the order.
            if other.words < self.words {
                *self = other;
            }
            return;
        }
        for (label, places) in other.labels {
            self.add(&label, places);
        }
    }

    pub(super) fn add(&mut self, label: &str, places: Places) {
        let place = self
            .labels
            .binary_search_by(|(other, _)| (**other).cmp(label));
        match place {
            Ok(place) => {
                let seen = &mut self.labels[place].1;
                seen.count += places.count;
                seen.first = seen.first.min(places.first);
            }
            Err(place) => self.labels.insert(place, (label.to_owned(), places)),
        }
    }
}
