//! A split as people look at it: each label in each set, and what could not be had.

use super::measures::Measures;
use super::tally::Tally;
use super::units::Units;

/// How documents and labels are spread over sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// The documents of each set.
    pub sizes: Vec<u64>,
    /// The labels, in the order of their numbers.
    pub labels: Vec<LabelSpread>,
    /// How well the sets keep the shares.
    pub measures: Measures,
}

/// How a label is spread over the sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelSpread {
    /// In how many units it is: documents, or groups that stay together.
    pub units: u64,
    /// The documents of each set that have it.
    pub documents: Vec<u64>,
    /// Its instances in each set.
    pub instances: Vec<u64>,
}

impl Spread {
    /// How a split into so many sets spreads units.
    pub(super) fn new(units: &Units, sets: usize, assigned: &[usize]) -> Self {
        let tally = Tally::of(units, sets, assigned);
        let labels = units.label_totals[..units.label_count].iter().enumerate();
        let labels = labels.map(|(label, totals)| LabelSpread {
            units: u64::from(totals.units),
            documents: tally
                .labels
                .iter()
                .map(|set| u64::from(set[label].0))
                .collect(),
            instances: tally
                .labels
                .iter()
                .map(|set| u64::from(set[label].1))
                .collect(),
        });
        Self {
            sizes: tally.sizes.iter().map(|size| u64::from(*size)).collect(),
            labels: labels.collect(),
            measures: Measures::of(units, &tally),
        }
    }

    /// The share of all documents that a set has.
    #[must_use]
    pub fn share(&self, set: usize) -> f64 {
        ratio(self.sizes[set], self.sizes.iter().sum())
    }
}

impl LabelSpread {
    /// The share of its documents that a set has.
    #[must_use]
    pub fn document_share(&self, set: usize) -> f64 {
        ratio(self.documents[set], self.documents.iter().sum())
    }

    /// The share of its instances that a set has.
    #[must_use]
    pub fn instance_share(&self, set: usize) -> f64 {
        ratio(self.instances[set], self.instances.iter().sum())
    }
}

/// A part of a whole; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
