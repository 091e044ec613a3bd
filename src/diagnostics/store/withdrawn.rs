//! Findings that are taken back.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostic;

/// Findings that do not count any more, since something else explains them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn {
    /// All of these rules.
    pub rules: BTreeSet<&'static str>,
    /// All with one of these [`Diagnostic::doubt`]s.
    pub doubts: BTreeSet<u64>,
}

impl Withdrawn {
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.doubts.is_empty()
    }

    pub(super) fn covers(&self, rule: &str, doubt: u64) -> bool {
        self.rules.contains(rule) || self.doubts.contains(&doubt)
    }

    pub(super) fn covers_finding(&self, finding: &Diagnostic) -> bool {
        self.covers(finding.rule, finding.doubt)
    }

    pub(super) fn extend(&mut self, other: &Self) {
        self.rules.extend(&other.rules);
        self.doubts.extend(&other.doubts);
    }
}
