//! The four measures of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013), which differ in what they
//! forgive.
//!
//! COR is right, INC is wrong, PAR is right in part, MIS is missing, SPU is spurious. What is possible
//! is COR + INC + PAR + MIS, which is what gold has; what was found is COR + INC + PAR + SPU, which is
//! what was predicted. A part counts half.

use super::counts::{Rates, ratio, real};
use super::errors::ErrorCounts;

/// What a measure forgives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Nothing: the same edges and the same label.
    Strict,
    /// Another label: the same edges.
    Exact,
    /// Another label, and half of another edge.
    Partial,
    /// Another edge: the same label, and a character in common.
    Type,
}

impl Scheme {
    /// All of them, in the order in which reports have them.
    pub const ALL: [Self; 4] = [Self::Strict, Self::Exact, Self::Partial, Self::Type];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Type => "type",
        }
    }
}

/// What a measure counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SemEval {
    /// COR
    pub correct: u64,
    /// INC
    pub incorrect: u64,
    /// PAR
    pub partial: u64,
    /// MIS
    pub missed: u64,
    /// SPU
    pub spurious: u64,
}

impl SemEval {
    /// The counts of a measure. All four come of one pairing of the labels, so they can be compared.
    #[must_use]
    pub const fn of(scheme: Scheme, errors: ErrorCounts) -> Self {
        let ErrorCounts {
            correct,
            missing,
            spurious,
            boundary,
            label,
            both,
        } = errors;
        let (correct, incorrect, partial) = match scheme {
            Scheme::Strict => (correct, boundary + label + both, 0),
            Scheme::Exact => (correct + label, boundary + both, 0),
            Scheme::Partial => (correct + label, 0, boundary + both),
            Scheme::Type => (correct + boundary, label + both, 0),
        };
        Self {
            correct,
            incorrect,
            partial,
            missed: missing,
            spurious,
        }
    }

    /// What gold has.
    #[must_use]
    pub const fn possible(self) -> u64 {
        self.correct + self.incorrect + self.partial + self.missed
    }

    /// What was predicted.
    #[must_use]
    pub const fn actual(self) -> u64 {
        self.correct + self.incorrect + self.partial + self.spurious
    }

    /// Precision, recall and F1.
    #[must_use]
    pub fn rates(self) -> Rates {
        let share = |whole: u64| {
            let half = ratio(self.partial, whole) / 2.0;
            if whole == 0 {
                0.0
            } else {
                real(self.correct) / real(whole) + half
            }
        };
        Rates::of(share(self.actual()), share(self.possible()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_measure_forgives_something_else() {
        let errors = ErrorCounts {
            correct: 4,
            missing: 1,
            spurious: 2,
            boundary: 3,
            label: 5,
            both: 7,
        };
        let counts = |scheme| {
            let it = SemEval::of(scheme, errors);
            assert_eq!((it.possible(), it.actual()), (20, 21));
            (it.correct, it.incorrect, it.partial)
        };
        assert_eq!(counts(Scheme::Strict), (4, 15, 0));
        assert_eq!(counts(Scheme::Exact), (9, 10, 0));
        assert_eq!(counts(Scheme::Partial), (9, 0, 10));
        assert_eq!(counts(Scheme::Type), (7, 12, 0));
        let partial = SemEval::of(Scheme::Partial, errors).rates();
        assert!((partial.recall - 14.0 / 20.0).abs() < 1e-12);
        assert!((partial.precision - 14.0 / 21.0).abs() < 1e-12);
    }
}
