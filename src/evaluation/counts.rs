//! What is counted of a label, and the three figures that are made of it.

use std::ops::AddAssign;

/// How the decisions on one label, or on all of them, came out.
///
/// For spans a decision is a span with its label, and both must be exact: a span with another edge is
/// one false positive and one false negative, as the service counts it. For classes it is a class of a
/// document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Predicted, and gold says the same.
    pub true_positives: u64,
    /// Neither. Always 0 for spans, as in the service's figures: what is no span cannot be counted.
    pub true_negatives: u64,
    /// Predicted, and gold does not have it.
    pub false_positives: u64,
    /// Gold has it, and it was not predicted.
    pub false_negatives: u64,
}

impl Counts {
    /// How many gold has.
    #[must_use]
    pub const fn gold(self) -> u64 {
        self.true_positives + self.false_negatives
    }

    /// How many were predicted.
    #[must_use]
    pub const fn predicted(self) -> u64 {
        self.true_positives + self.false_positives
    }

    /// Precision, recall and F1.
    #[must_use]
    pub fn rates(self) -> Rates {
        let hits = self.true_positives;
        Rates::of(ratio(hits, self.predicted()), ratio(hits, self.gold()))
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.true_positives += other.true_positives;
        self.true_negatives += other.true_negatives;
        self.false_positives += other.false_positives;
        self.false_negatives += other.false_negatives;
    }
}

/// Precision, recall and F1, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rates {
    /// Which part of what was predicted is right.
    pub precision: f64,
    /// Which part of gold was predicted.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

impl Rates {
    /// The two with their harmonic mean, which is 0 where both are.
    #[must_use]
    pub fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let f1 = if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        };
        Self {
            precision,
            recall,
            f1,
        }
    }

    /// The mean of each figure over several labels, as the service's macro figures are: its macro F1 is
    /// the mean of the F1s, and not made of macro precision and recall. 0 of no labels.
    #[must_use]
    pub fn mean(all: impl IntoIterator<Item = Self>) -> Self {
        let (mut sum, mut number) = (Self::default(), 0_u64);
        for one in all {
            sum.precision += one.precision;
            sum.recall += one.recall;
            sum.f1 += one.f1;
            number += 1;
        }
        let mean = |sum: f64| if number == 0 { 0.0 } else { sum / real(number) };
        Self {
            precision: mean(sum.precision),
            recall: mean(sum.recall),
            f1: mean(sum.f1),
        }
    }
}

/// A part of a whole; 0 of nothing.
pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        real(part) / real(whole)
    }
}

/// A count as a real number. It is exact up to 2^53, which no corpus has.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_nothing_is_zero() {
        assert_eq!(Counts::default().rates(), Rates::default());
        assert_eq!(Rates::mean([]), Rates::default());
    }

    #[test]
    fn the_rates_of_the_published_address() {
        let counts = Counts {
            true_positives: 3,
            false_positives: 2,
            false_negatives: 1,
            ..Counts::default()
        };
        let rates = counts.rates();
        assert!((rates.f1 - 2.0 / 3.0).abs() < 1e-12);
        assert!((rates.precision - 0.6).abs() < 1e-12);
        assert!((rates.recall - 0.75).abs() < 1e-12);
    }
}
