//! Krippendorff's alpha of label sets, with the MASI distance.
//!
//! MASI (Passonneau 2006) is 1 - J M: J is the Jaccard index of two sets, and M is 1 where they are the
//! same, 2/3 where one holds the other, 1/3 where they overlap, and 0 where they have nothing in common.
//! Alpha is 1 - Do / De (Krippendorff 2004): the mean distance of the two sets of a document, over the
//! mean distance of any two sets, whoever gave them.

use std::collections::BTreeMap;

use super::counts::real;

/// The most different sets of labels whose distances are all looked at: their number is squared.
const MOST_SETS: usize = 5_000;

/// The sets that two labelers gave, counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Sets {
    /// How often each set was given, by either.
    given: BTreeMap<Vec<u32>, u64>,
    /// The distances within the documents, added up.
    observed: f64,
    documents: u64,
}

impl Sets {
    /// Adds a document. The sets are sorted and have no label twice.
    pub(super) fn add(&mut self, one: &[u32], other: &[u32]) {
        self.observed += distance(one, other);
        self.documents += 1;
        for set in [one, other] {
            *self.given.entry(set.to_vec()).or_default() += 1;
        }
    }

    /// Alpha; `None` of less than two documents, where all sets are the same, and where there are too
    /// many different ones.
    pub(super) fn alpha(&self) -> Option<f64> {
        if self.documents < 2 || self.given.len() > MOST_SETS {
            return None;
        }
        let sets: Vec<(&Vec<u32>, u64)> = self.given.iter().map(|(set, n)| (set, *n)).collect();
        let mut expected = 0.0;
        for (at, (one, often)) in sets.iter().enumerate() {
            for (other, as_often) in &sets[at + 1..] {
                // Each pair stands for the two orders that it can come in.
                expected += 2.0 * real(*often) * real(*as_often) * distance(one, other);
            }
        }
        let values = 2 * self.documents;
        let expected = expected / (real(values) * real(values - 1));
        let observed = self.observed / real(self.documents);
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }
}

/// The MASI distance of two sorted sets, from 0 to 1.
fn distance(one: &[u32], other: &[u32]) -> f64 {
    let shared = one
        .iter()
        .filter(|label| other.binary_search(label).is_ok());
    let shared = shared.count();
    let all = one.len() + other.len() - shared;
    if all == 0 {
        return 0.0;
    }
    let weight = if shared == one.len() && shared == other.len() {
        1.0
    } else if shared == one.len() || shared == other.len() {
        // The empty set is in every other, and has nothing in common with it.
        if shared == 0 { 0.0 } else { 2.0 / 3.0 }
    } else if shared > 0 {
        1.0 / 3.0
    } else {
        0.0
    };
    1.0 - real(shared as u64) / real(all as u64) * weight
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, want: f64) {
        assert!((found - want).abs() < 1e-12, "{found} is not {want}");
    }

    #[test]
    fn the_distance_of_sets() {
        near(distance(&[1, 2], &[1, 2]), 0.0);
        near(distance(&[], &[]), 0.0);
        near(distance(&[1], &[1, 2]), 1.0 - 0.5 * 2.0 / 3.0);
        near(distance(&[1, 3], &[1, 2]), 1.0 - 1.0 / 3.0 / 3.0);
        near(distance(&[1], &[2]), 1.0);
        near(distance(&[], &[2]), 1.0);
    }

    #[test]
    fn alpha_is_one_where_all_agree_and_unknown_without_variety() {
        let mut sets = Sets::default();
        sets.add(&[1], &[1]);
        assert_eq!(sets.alpha(), None);
        sets.add(&[1], &[1]);
        assert_eq!(sets.alpha(), None);
        sets.add(&[2], &[2]);
        near(sets.alpha().unwrap(), 1.0);
    }

    #[test]
    fn alpha_by_hand() {
        // Sets: {1} {1}; {1} {2}. Do = (0 + 1) / 2. Of the four values three are {1}, one is {2}:
        // De = 2 * 3 * 1 / (4 * 3) = 1/2. So alpha is 0.
        let mut sets = Sets::default();
        sets.add(&[1], &[1]);
        sets.add(&[1], &[2]);
        near(sets.alpha().unwrap(), 0.0);
    }
}
