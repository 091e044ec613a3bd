//! Stratification: documents are put into sets so that each set has its share of every label.
//!
//! Nothing here knows files or texts. A [`Row`] is a document as numbers, [`Units`] are the documents that stay
//! together, and [`Split::stratified`] puts them into sets: iterative stratification first, then a local search.
//! The result hangs on the order of the rows and the seed, and on nothing else.

mod measures;
mod objective;
mod outcome;
mod places;
mod random;
mod search;
mod sizes;
mod start;
mod summary;
mod tally;
mod units;

use std::collections::BTreeMap;

use self::random::Random;
use self::sizes::{Room, room};
use self::start::start;
use self::tally::Tally;

pub use self::measures::Measures;
pub use self::outcome::{SplitOutcome, Unmet};
pub use self::search::Effort;
pub use self::summary::{LabelSpread, Spread};
pub use self::units::{Row, Straddling, Units};

/// A split of units into sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The set of each unit.
    assigned: Vec<usize>,
    /// How many sets there are.
    sets: usize,
}

impl Split {
    /// Puts units into sets that come as near to so many documents as groups and settled units allow. Of two
    /// sets the first is the test set.
    #[must_use]
    pub fn stratified(units: &Units, wanted: &[u64], seed: u64, effort: Effort) -> Self {
        let mut random = Random::new(seed);
        let mut order: Vec<usize> = (0..units.len()).collect();
        random.shuffle(&mut order);
        let room = room_for(units, wanted);
        let mut assigned = start(units, wanted, &room, &order, &mut random);
        let sizes = Tally::of(units, wanted.len(), &assigned).sizes;
        search::improve(units, &sizes, &mut assigned, effort, &mut random);
        Self {
            assigned,
            sets: wanted.len(),
        }
    }

    /// How many documents each set can have that come nearest to what is wanted.
    #[must_use]
    pub fn sizes(units: &Units, wanted: &[u64]) -> Vec<u64> {
        let mut sizes = room_for(units, wanted).documents;
        for (kept, size) in units.kept.iter().zip(&units.sizes) {
            if let Some(set) = kept {
                sizes[*set] += u64::from(*size);
            }
        }
        sizes
    }

    /// The set of a document.
    #[must_use]
    pub fn of(&self, units: &Units, document: usize) -> usize {
        self.assigned[units.of_document[document]]
    }

    /// How it spreads the labels.
    #[must_use]
    pub fn spread(&self, units: &Units) -> Spread {
        Spread::new(units, self.sets, &self.assigned)
    }

    /// A split that is given, with the set of each unit.
    #[must_use]
    pub const fn given(assigned: Vec<usize>, sets: usize) -> Self {
        Self { assigned, sets }
    }
}

/// How many units of each size go into which set, beside those that are settled.
fn room_for(units: &Units, wanted: &[u64]) -> Room {
    let mut open = wanted.to_vec();
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for (kept, size) in units.kept.iter().zip(&units.sizes) {
        match kept {
            Some(set) => open[*set] = open[*set].saturating_sub(u64::from(*size)),
            None => *sizes.entry(*size).or_default() += 1,
        }
    }
    room(&sizes, &open)
}

#[cfg(test)]
mod tests;
