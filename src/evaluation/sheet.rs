//! All that a report shows of a comparison.

use super::figures::Change;
use super::measure::Measure;
use super::scores::Scores;
use crate::model::Kind;

/// All that a report shows of a comparison.
#[derive(Clone, Debug)]
pub struct ScoreSheet {
    /// What is labeled.
    pub kind: Kind,
    /// The label file that is right, or that of the first labeler.
    pub gold: String,
    /// The files with what was predicted, or that of the second labeler.
    pub predicted: Vec<String>,
    /// Whether two labelers are compared, neither of whom is right.
    pub is_agreement: bool,
    /// The figures.
    pub scores: Scores,
    /// What a reader of the figures should know: sentences without an end.
    pub notes: Vec<String>,
    /// What became of the figures of another time, and what these are called.
    pub baseline: Option<(String, Vec<Change>)>,
    /// What the user asks of the figures.
    pub bounds: Vec<Bound>,
}

/// What the user asks of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// Which figure.
    pub measure: Measure,
    /// What it has to be at least.
    pub least: f64,
    /// What it is; `None` where the comparison has no such figure.
    pub value: Option<f64>,
}

impl Bound {
    /// Whether the figure is what it has to be. What is not known is not.
    #[must_use]
    pub fn is_met(&self) -> bool {
        /// How far rounding may lead: 9 of 10 is enough where 0.9 is asked for.
        const ROUNDING: f64 = 1e-9;
        self.value
            .is_some_and(|value| value >= self.least - ROUNDING)
    }
}

impl ScoreSheet {
    /// What the two sides are called.
    #[must_use]
    pub const fn sides(&self) -> (&'static str, &'static str) {
        if self.is_agreement {
            ("first", "second")
        } else {
            ("gold", "predicted")
        }
    }
}
