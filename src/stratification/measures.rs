//! How well a split keeps the shares of the labels: the measures of the field.

use super::tally::Tally;
use super::units::Units;

/// How well a split keeps the shares of the labels. 0 is best, in each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// LD, the labels distribution: how far the odds of a label in a set are from those in the corpus,
    /// the mean over labels and sets (Sechidis, Tsoumakas and Vlahavas 2011). Labels that all documents
    /// have are left out, since their odds are infinite.
    pub label_distribution: f64,
    /// LPD, the label pairs distribution: the same of pairs of labels that a document has at once
    /// (Szymański and Kajdanowicz 2017).
    pub pair_distribution: f64,
    /// How far the share of a label's documents that a set has is from the share of all documents that it
    /// has: the mean over labels and sets.
    pub documents: f64,
    /// The largest of these.
    pub most_documents: f64,
    /// The same of the instances of a label.
    pub instances: f64,
    /// The largest of these.
    pub most_instances: f64,
    /// How many labels are absent from a set, of those that have documents for each: one for each label
    /// and set.
    pub absent: u64,
}

impl Measures {
    /// The measures of a split, of which the tally is.
    pub(super) fn of(units: &Units, tally: &Tally) -> Self {
        let sets = tally.sizes.len();
        let mut measures = Self::default();
        let mut odds_of = Mean::default();
        let mut shares = (Mean::default(), Mean::default());
        for (label, totals) in units.label_totals[..units.label_count].iter().enumerate() {
            if totals.documents == 0 {
                continue;
            }
            for set in (0..sets).filter(|set| tally.sizes[*set] > 0) {
                let (documents, instances) = tally.labels[set][label];
                let size = tally.sizes[set];
                if totals.documents < units.documents {
                    let whole = odds(totals.documents, units.documents);
                    odds_of.add((odds(documents, size) - whole).abs());
                }
                let want = f64::from(size) / f64::from(units.documents);
                let off = |part: u32, whole: u32| (f64::from(part) / f64::from(whole) - want).abs();
                let by_documents = off(documents, totals.documents);
                let by_instances = off(instances, totals.instances);
                shares.0.add(by_documents);
                shares.1.add(by_instances);
                measures.most_documents = measures.most_documents.max(by_documents);
                measures.most_instances = measures.most_instances.max(by_instances);
                let could_be = totals.units as usize >= sets;
                measures.absent += u64::from(documents == 0 && could_be);
            }
        }
        let mut pairs = Mean::default();
        for (pair, total) in units.pair_totals.iter().enumerate() {
            if *total < units.documents {
                let whole = odds(*total, units.documents);
                for set in (0..sets).filter(|set| tally.sizes[*set] > 0) {
                    let documents = tally.pairs[set][pair];
                    pairs.add((odds(documents, tally.sizes[set]) - whole).abs());
                }
            }
        }
        measures.label_distribution = odds_of.mean();
        measures.pair_distribution = pairs.mean();
        measures.documents = shares.0.mean();
        measures.instances = shares.1.mean();
        measures
    }
}

/// The odds of having something, where `part` of `whole` have it. Where all have it they are infinite;
/// they are taken to be what they would be with half a document more without it.
pub(super) fn odds(part: u32, whole: u32) -> f64 {
    if part == 0 {
        return 0.0;
    }
    let lacking = f64::from(whole.saturating_sub(part)).max(0.5);
    f64::from(part) / lacking
}

/// A mean of numbers that come one by one.
#[derive(Default)]
struct Mean {
    sum: f64,
    count: u32,
}

impl Mean {
    fn add(&mut self, number: f64) {
        self.sum += number;
        self.count += 1;
    }

    fn mean(&self) -> f64 {
        if self.count == 0 {
            0.0
        } else {
            self.sum / f64::from(self.count)
        }
    }
}
