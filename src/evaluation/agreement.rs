//! How far two labelers agree beyond chance.

use std::collections::BTreeMap;

use super::counts::{ratio, real};
use super::masi::Sets;

/// How far two labelers agree beyond chance. For spans there is no such figure that would mean
/// anything: what neither labeled cannot be counted, and as it grows, kappa comes to the same as F1
/// (Hripcsak and Rothschild 2005).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Which part of the documents both label the same.
    pub observed: f64,
    /// Cohen's kappa, of documents with one class each; `None` where it is not defined: both gave one
    /// and the same class to all.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha with the MASI distance, of documents with sets of classes.
    pub alpha: Option<f64>,
}

/// What is counted for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    documents: u64,
    same: u64,
    /// How often each class was given, by the one and by the other.
    given: BTreeMap<u32, (u64, u64)>,
    sets: Sets,
}

impl Tally {
    /// Adds a document with one class from each.
    pub(super) fn add_classes(&mut self, one: u32, other: u32) {
        self.documents += 1;
        self.same += u64::from(one == other);
        self.given.entry(one).or_default().0 += 1;
        self.given.entry(other).or_default().1 += 1;
    }

    /// Adds a document with a sorted set of classes from each.
    pub(super) fn add_sets(&mut self, one: &[u32], other: &[u32]) {
        self.documents += 1;
        self.same += u64::from(one == other);
        self.sets.add(one, other);
    }

    /// The figures; `None` where nothing was added.
    pub(super) fn agreement(&self) -> Option<Agreement> {
        if self.documents == 0 {
            return None;
        }
        let observed = ratio(self.same, self.documents);
        let is_sets = self.given.is_empty();
        let all = real(self.documents);
        let by_chance = |(one, other): &(u64, u64)| real(*one) / all * (real(*other) / all);
        let expected: f64 = self.given.values().map(by_chance).sum();
        let kappa = (expected < 1.0).then(|| (observed - expected) / (1.0 - expected));
        Some(Agreement {
            observed,
            kappa: kappa.filter(|_| !is_sets),
            alpha: self.sets.alpha().filter(|_| is_sets),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_by_hand() {
        // Cohen (1960): po = .7, of 10; one says A 6 times, the other 7 times.
        let mut tally = Tally::default();
        for (one, other, times) in [(0, 0, 5), (0, 1, 1), (1, 0, 2), (1, 1, 2)] {
            (0..times).for_each(|_| tally.add_classes(one, other));
        }
        let found = tally.agreement().unwrap();
        let expected = 0.6 * 0.7 + 0.4 * 0.3;
        assert!((found.kappa.unwrap() - (0.7 - expected) / (1.0 - expected)).abs() < 1e-12);
        assert_eq!(found.alpha, None);
    }

    #[test]
    fn one_class_for_all_is_no_agreement_beyond_chance() {
        let mut tally = Tally::default();
        assert_eq!(tally.agreement(), None);
        tally.add_classes(3, 3);
        let found = tally.agreement().unwrap();
        assert_eq!(
            (found.observed.to_bits(), found.kappa),
            (1.0_f64.to_bits(), None)
        );
    }
}
