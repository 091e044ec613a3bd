//! Findings that are about several places.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Location;

/// The places of a finding beside its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// How many places there are in all, the finding's own among them.
    pub total: u64,
    /// The others, in the order of the file; no more than [`MOST_PLACES`].
    pub others: Vec<Place>,
}

/// A place of a finding beside its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its first byte, from the start of the label file; `None` where it lies in none.
    pub start: Option<u64>,
    /// Its line and column, as in [`crate::diagnostics::Diagnostic::position`].
    pub position: Option<(u64, u64)>,
    /// The document.
    pub document: Option<String>,
}

/// How many places a finding lists beside its own.
pub const MOST_PLACES: usize = 1000;

impl Places {
    /// Takes in a place, which comes after those before it.
    pub fn add(&mut self, place: Place) {
        self.total += 1;
        if self.others.len() < MOST_PLACES {
            self.others.push(place);
        }
    }

    /// Whether they can be places in a stretch of the label file, none of which has its line yet.
    #[must_use]
    pub fn is_within(&self, bytes: &Range<u64>) -> bool {
        let count = self.others.len();
        let most = bytes.end.saturating_sub(bytes.start);
        count <= MOST_PLACES
            && (count as u64) < self.total
            && self.total <= most
            && self.others.iter().all(|place| {
                let start = place.start.as_ref();
                place.position.is_none() && start.is_some_and(|start| bytes.contains(start))
            })
    }

    /// The places of a finding beside the first of them; `None` where it has only one.
    #[must_use]
    pub fn beyond_first(places: impl IntoIterator<Item = Place>) -> Option<Box<Self>> {
        let mut all = Self {
            total: 1,
            others: Vec::new(),
        };
        places.into_iter().skip(1).for_each(|place| all.add(place));
        (all.total > 1).then(|| Box::new(all))
    }
}

impl From<&Location> for Place {
    fn from(location: &Location) -> Self {
        Self {
            start: Some(location.bytes.start),
            position: None,
            document: location.document.clone(),
        }
    }
}
