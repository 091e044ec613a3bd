//! What the logging commands of CI systems have in common: few findings of each severity are shown
//! beside a file, so the last that is shown says how many more there are.

use std::borrow::Cow;
use std::io;

use super::contents::Report;
use super::walk;
use crate::diagnostics::{Diagnostic, Severity, count, visible};
use crate::pipeline::Outcome;

/// How many commands of a severity are heeded: GitHub shows 10 warnings, 10 errors and 10 notices of a step (as its
/// toolkit's page on problem matchers says), and the agent of Azure Pipelines keeps 10 issues of a type (as its
/// `ExecutionContext` has it).
const HEEDED: u64 = 10;

/// What one command says.
pub(super) enum Annotation<'a> {
    /// A finding.
    Finding(&'a Outcome, &'a Diagnostic),
    /// That there are so many more of a severity.
    More(Severity, String),
}

/// Goes over what is shown, the gravest first.
///
/// Fails where `write` does, and where findings cannot be read back from their file.
pub(super) fn each(
    report: &Report<'_>,
    mut write: impl FnMut(Annotation<'_>) -> io::Result<()>,
) -> io::Result<()> {
    for severity in walk::graver(Severity::Note) {
        let all = report.count(severity);
        let shown = if all > HEEDED { HEEDED - 1 } else { all };
        walk::of_severity(report, severity, shown, |outcome, found| {
            write(Annotation::Finding(outcome, found))
        })?;
        if all > shown {
            let more = count(all - shown, &format!("more {severity}"));
            let more = format!(
                "and {more}: no more than {HEEDED} are shown here; `--output jsonl=PATH` has all of them"
            );
            write(Annotation::More(severity, more))?;
        }
    }
    Ok(())
}

/// The message of a finding, and what to do about it on a line of its own.
pub(super) fn lines(found: &Diagnostic) -> impl Iterator<Item = Cow<'_, str>> {
    let help = found.help.as_deref();
    let help = help.map(|help| Cow::Owned(format!("help: {}", visible(help))));
    std::iter::once(visible(&found.message)).chain(help)
}
