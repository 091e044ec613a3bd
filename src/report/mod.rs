//! Reports: what came of all the inputs, for people and for machines. One file an output.

mod catalogue;
mod human;
mod json;
mod statistics;

use std::collections::BTreeMap;
use std::io;

use crate::diagnostics::Severity;
use crate::pipeline::Outcome;

pub use catalogue::{explain, explain_json, rules_json, rules_markdown, rules_table};
pub use human::{Human, Looks};
pub use json::{Json, Tool};

/// An output format.
pub trait Output {
    /// Writes the report, a finding at a time.
    ///
    /// Fails where `out` does, and where findings cannot be read back from their file.
    fn write(&self, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()>;
}

/// What came of all the inputs.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// One an input, by path.
    pub outcomes: &'a [Outcome],
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
        let mut rules = BTreeMap::new();
        for outcome in self.outcomes {
            for (rule, count) in outcome.diagnostics.by_rule() {
                *rules.entry(rule).or_default() += count;
            }
        }
        rules
    }
}
