//! How labels and pairs are spread over the sets.

use super::units::Units;

/// What the sets hold, as units come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    /// The documents of each set.
    pub(super) sizes: Vec<u32>,
    /// By set, then by label: the documents that have it, and its instances.
    pub(super) labels: Vec<Vec<(u32, u32)>>,
    /// By set, then by pair: the documents that have it.
    pub(super) pairs: Vec<Vec<u32>>,
}

impl Tally {
    /// Nothing yet, in so many sets.
    pub(super) fn new(units: &Units, sets: usize) -> Self {
        Self {
            sizes: vec![0; sets],
            labels: vec![vec![(0, 0); units.label_totals.len()]; sets],
            pairs: vec![vec![0; units.pair_totals.len()]; sets],
        }
    }

    /// What the sets hold where each unit is in the set that it is assigned to.
    pub(super) fn of(units: &Units, sets: usize, assigned: &[usize]) -> Self {
        let mut tally = Self::new(units, sets);
        for (unit, set) in assigned.iter().enumerate() {
            tally.add(units, unit, *set);
        }
        tally
    }

    /// Puts a unit into a set.
    pub(super) fn add(&mut self, units: &Units, unit: usize, set: usize) {
        self.sizes[set] += units.sizes[unit];
        for count in units.labels.of(unit) {
            let (documents, instances) = &mut self.labels[set][count.of as usize];
            *documents += count.documents;
            *instances += count.instances;
        }
        for count in units.pairs.of(unit) {
            self.pairs[set][count.of as usize] += count.documents;
        }
    }
}
