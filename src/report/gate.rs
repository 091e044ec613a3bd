//! What the findings of an input have to stay below. `verdict.rs` says what comes of that.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::diagnostics::{FailOn, Severity};
use crate::pipeline::Outcome;

/// What the findings of one input have to stay below.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Which findings make the exit status 1.
    pub fail_on: FailOn,
    /// How many warnings may be there, and who says so.
    pub max_warnings: Option<(Author, u64)>,
}

/// Who sets a limit: it is for the sum over all inputs that the author speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Author {
    /// A flag, which speaks of every input.
    Flag,
    /// A configuration file, which speaks of those that it applies to.
    File(PathBuf),
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeverityCounts {
    /// Errors.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
    /// Notes.
    pub notes: u64,
}

impl SeverityCounts {
    /// Those of an input.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        let count = |severity| outcome.diagnostics.count(severity);
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }

    /// Adds those of another file.
    pub const fn add(&mut self, other: Self) {
        // Some come from a manifest, which is data from somewhere.
        self.errors = self.errors.saturating_add(other.errors);
        self.warnings = self.warnings.saturating_add(other.warnings);
        self.notes = self.notes.saturating_add(other.notes);
    }

    /// Those of a severity.
    #[must_use]
    pub const fn of_severity(self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Note => self.notes,
        }
    }
}
