//! What is wrong with a predicted label.

use std::ops::AddAssign;

/// What is wrong with a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorClass {
    /// Gold has it, and nothing that was predicted is near.
    Missing,
    /// It was predicted, and gold has nothing near.
    Spurious,
    /// The label is right, and an edge is not.
    Boundary,
    /// The span is right, and the label is not.
    Label,
    /// The spans overlap, and neither the edges nor the labels are the same.
    Both,
}

impl ErrorClass {
    /// All of them, in the order in which reports have them.
    pub const ALL: [Self; 5] = [
        Self::Missing,
        Self::Spurious,
        Self::Boundary,
        Self::Label,
        Self::Both,
    ];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Spurious => "spurious",
            Self::Boundary => "boundary",
            Self::Label => "label",
            Self::Both => "both",
        }
    }

    /// What it means, for a reader of a report.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Missing => "in gold, and nothing predicted is near",
            Self::Spurious => "predicted, and gold has nothing near",
            Self::Boundary => "right label, wrong edge",
            Self::Label => "right span, wrong label",
            Self::Both => "overlapping span, wrong edge and wrong label",
        }
    }
}

/// How many labels are right, and how many are wrong in each way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErrorCounts {
    /// Right: the same span and the same label.
    pub correct: u64,
    /// [`ErrorClass::Missing`]
    pub missing: u64,
    /// [`ErrorClass::Spurious`]
    pub spurious: u64,
    /// [`ErrorClass::Boundary`]
    pub boundary: u64,
    /// [`ErrorClass::Label`]
    pub label: u64,
    /// [`ErrorClass::Both`]
    pub both: u64,
}

impl ErrorCounts {
    /// Counts one more of a class; `None` is right.
    pub const fn add(&mut self, class: Option<ErrorClass>) {
        let count = match class {
            None => &mut self.correct,
            Some(ErrorClass::Missing) => &mut self.missing,
            Some(ErrorClass::Spurious) => &mut self.spurious,
            Some(ErrorClass::Boundary) => &mut self.boundary,
            Some(ErrorClass::Label) => &mut self.label,
            Some(ErrorClass::Both) => &mut self.both,
        };
        *count += 1;
    }

    /// How many there are of a class.
    #[must_use]
    pub const fn of(self, class: ErrorClass) -> u64 {
        match class {
            ErrorClass::Missing => self.missing,
            ErrorClass::Spurious => self.spurious,
            ErrorClass::Boundary => self.boundary,
            ErrorClass::Label => self.label,
            ErrorClass::Both => self.both,
        }
    }

    /// How many are wrong.
    #[must_use]
    pub fn wrong(self) -> u64 {
        ErrorClass::ALL
            .into_iter()
            .map(|class| self.of(class))
            .sum()
    }
}

impl AddAssign for ErrorCounts {
    fn add_assign(&mut self, other: Self) {
        self.correct += other.correct;
        self.missing += other.missing;
        self.spurious += other.spurious;
        self.boundary += other.boundary;
        self.label += other.label;
        self.both += other.both;
    }
}
