//! The figures of a comparison.

use std::collections::BTreeMap;

use super::agreement::Agreement;
use super::counts::{Counts, Rates};
use super::errors::ErrorCounts;
use super::matrix::Matrix;
use super::semeval::{Scheme, SemEval};
use super::task::Task;
use super::worst::WorstDocument;

/// The figures of a comparison.
#[derive(Clone, Debug)]
pub struct Scores {
    /// What was compared.
    pub task: Task,
    /// How many documents; 0 where the figures were read from a summary, which does not say it.
    pub documents: u64,
    /// How many of them have nothing wrong.
    pub perfect: u64,
    /// How many were compared by the numbers of their spans, since their texts were not read.
    pub without_text: u64,
    /// Each label that a side has, by name.
    pub labels: BTreeMap<String, LabelScores>,
    /// The confusion matrix. There is none for sets of classes, and none for spans where a text was not
    /// read.
    pub matrix: Option<Matrix>,
    /// What is wrong with spans; `None` for classes, and where only a summary is known.
    pub errors: Option<ErrorCounts>,
    /// Which labels were taken for others, the most frequent first.
    pub confusions: Vec<Confusion>,
    /// How far the sides agree beyond chance, where that means anything.
    pub agreement: Option<Agreement>,
    /// The documents with the most errors, the worst first.
    pub worst: Vec<WorstDocument>,
}

/// The figures of a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelScores {
    /// What came out.
    pub counts: Counts,
    /// What is wrong, for spans: what gold has by its label there, what is spurious by its own.
    pub errors: ErrorCounts,
}

/// A label that was taken for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// What gold says.
    pub gold: String,
    /// What was predicted.
    pub predicted: String,
    /// How often.
    pub count: u64,
}

impl Scores {
    /// The counts of all labels.
    #[must_use]
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.labels.values().for_each(|label| total += label.counts);
        total
    }

    /// Precision, recall and F1 of all labels together.
    #[must_use]
    pub fn micro(&self) -> Rates {
        self.total().rates()
    }

    /// The means over the labels.
    #[must_use]
    pub fn macro_means(&self) -> Rates {
        Rates::mean(self.labels.values().map(|label| label.counts.rates()))
    }

    /// A measure of SemEval, for spans.
    #[must_use]
    pub fn semeval(&self, scheme: Scheme) -> Option<SemEval> {
        self.errors.map(|errors| SemEval::of(scheme, errors))
    }
}
