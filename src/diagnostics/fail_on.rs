//! Which findings fail a run.

use super::Severity;

/// Which findings make the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Those of this severity and of graver ones.
    From(Severity),
    /// None.
    Never,
}

impl Default for FailOn {
    fn default() -> Self {
        Self::From(Severity::Error)
    }
}

impl FailOn {
    /// Whether a finding of this severity is one of them.
    #[must_use]
    pub fn covers(self, severity: Severity) -> bool {
        match self {
            Self::From(least) => severity >= least,
            Self::Never => false,
        }
    }
}
