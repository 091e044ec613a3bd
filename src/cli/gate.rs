//! What the findings of an input have to stay below. `verdict.rs` says what comes of that.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::config::FailOn;
use crate::diagnostics::Severity;
use crate::pipeline::Outcome;

/// What the findings of one input have to stay below.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    /// Which findings make the exit status 1.
    pub(super) fail_on: FailOn,
    /// How many warnings may be there, and who says so.
    pub(super) max_warnings: Option<(Author, u64)>,
}

/// Who sets a limit: it is for the sum over all inputs that the author speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Author {
    /// A flag, which speaks of every input.
    Flag,
    /// A configuration file, which speaks of those that it applies to.
    File(PathBuf),
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SeverityCounts {
    pub(super) errors: u64,
    pub(super) warnings: u64,
    pub(super) notes: u64,
}

impl SeverityCounts {
    pub(super) fn of(outcome: &Outcome) -> Self {
        let count = |severity| outcome.diagnostics.count(severity);
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }

    /// Adds those of another file.
    pub(super) const fn add(&mut self, other: Self) {
        // Some come from a manifest, which is data from somewhere.
        self.errors = self.errors.saturating_add(other.errors);
        self.warnings = self.warnings.saturating_add(other.warnings);
        self.notes = self.notes.saturating_add(other.notes);
    }

    /// Those of a severity.
    pub(super) const fn of_severity(self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Note => self.notes,
        }
    }
}
