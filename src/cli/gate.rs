//! What the findings make of the exit status.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Status;
use crate::config::FailOn;
use crate::diagnostic::Severity;
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

/// The status of a run. Every input is weighed by its own gate; warnings are summed up over
/// the inputs that share a limit.
pub(super) fn status<'a>(judged: impl Iterator<Item = (&'a Outcome, &'a Gate)>) -> Status {
    let mut warnings: BTreeMap<&Author, (u64, u64)> = BTreeMap::new();
    let mut failed = false;
    for (outcome, gate) in judged {
        let found = |severity| outcome.diagnostics.count(severity);
        let covered = |severity: &Severity| gate.fail_on.covers(*severity);
        let mut covered = Severity::ALL.into_iter().filter(covered);
        failed |= covered.any(|severity| found(severity) > 0);
        if let Some((author, most)) = &gate.max_warnings {
            let sum = warnings.entry(author).or_insert((0, *most));
            sum.0 += found(Severity::Warning);
        }
    }
    if failed || warnings.values().any(|(count, most)| count > most) {
        Status::Findings
    } else {
        Status::Clean
    }
}
