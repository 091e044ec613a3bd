//! What a report is about.

use std::collections::BTreeMap;
use std::path::Path;

use super::verdict::Verdict;
use crate::diagnostics::Severity;
use crate::pipeline::Outcome;

/// What came of all the inputs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report<'a> {
    /// One an input, by path.
    pub outcomes: &'a [Outcome],
    /// What their findings come to, where somebody asks for it.
    pub verdict: Option<&'a Verdict<'a>>,
    /// The current folder in full: some reports tell from there where a label file is. Without it
    /// they take relative paths for such.
    pub folder: Option<&'a Path>,
}

impl Report<'_> {
    /// The findings of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u64 {
        let findings = self.outcomes.iter().map(|outcome| &outcome.diagnostics);
        findings.map(|findings| findings.count(severity)).sum()
    }

    /// Documents and labels of all inputs.
    #[must_use]
    pub fn sizes(&self) -> (u64, u64) {
        let sizes = self.outcomes.iter().map(|outcome| &outcome.input);
        sizes.fold((0, 0), |sum, input| {
            (sum.0 + input.documents, sum.1 + input.labels)
        })
    }

    /// Findings by rule.
    #[must_use]
    pub fn by_rule(&self) -> BTreeMap<&'static str, u64> {
        self.by_rule_from(Severity::Note)
    }

    /// The same for findings of a severity or a graver one.
    #[must_use]
    pub fn by_rule_from(&self, least: Severity) -> BTreeMap<&'static str, u64> {
        let mut rules = BTreeMap::new();
        let graver = Severity::ALL.into_iter().filter(|it| *it >= least);
        for severity in graver {
            for outcome in self.outcomes {
                for (rule, count) in outcome.diagnostics.rules_of(severity) {
                    *rules.entry(rule).or_default() += count;
                }
            }
        }
        rules
    }
}
