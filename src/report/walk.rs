//! The findings of a report, one after the other: whatever their number, one is held at a time.

use std::cell::RefCell;
use std::io;

use serde::ser::{Error as _, SerializeSeq};
use serde::{Serialize, Serializer};

use super::contents::Report;
use crate::diagnostics::{Diagnostic, Severity};
use crate::pipeline::Outcome;

/// Which findings are gone over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    /// The lightest ones.
    pub(super) least: Severity,
    /// How many of them at most.
    pub(super) most: u64,
}

impl Range {
    /// All of them.
    pub(super) const ALL: Self = Self {
        least: Severity::Note,
        most: u64::MAX,
    };

    /// How many findings that are heavy enough are more than that.
    pub(super) fn left(self, report: &Report<'_>) -> u64 {
        let graver = graver(self.least);
        let all: u64 = graver.map(|severity| report.count(severity)).sum();
        all.saturating_sub(self.most)
    }
}

/// Goes over findings: in the order of the report where none is left out, and the gravest first
/// where some are.
///
/// Fails where `visit` does, and where findings cannot be read back from their file.
pub(super) fn each(
    report: &Report<'_>,
    range: Range,
    mut visit: impl FnMut(&Outcome, &Diagnostic) -> io::Result<()>,
) -> io::Result<()> {
    if range.left(report) == 0 {
        for outcome in report.outcomes {
            for found in &outcome.diagnostics {
                let found = found?;
                if found.severity >= range.least {
                    visit(outcome, &found)?;
                }
            }
        }
        return Ok(());
    }
    let mut most = range.most;
    for severity in graver(range.least) {
        of_severity(report, severity, most, &mut visit)?;
        most = most.saturating_sub(report.count(severity));
    }
    Ok(())
}

/// Goes over the first findings of a severity, in the order of the report.
///
/// Fails where `visit` does, and where findings cannot be read back from their file.
pub(super) fn of_severity(
    report: &Report<'_>,
    severity: Severity,
    most: u64,
    mut visit: impl FnMut(&Outcome, &Diagnostic) -> io::Result<()>,
) -> io::Result<()> {
    let mut left = most.min(report.count(severity));
    for outcome in report.outcomes {
        let mut here = left.min(outcome.diagnostics.count(severity));
        let mut findings = outcome.diagnostics.iter();
        while here > 0 {
            let Some(found) = findings.next() else { break };
            let found = found?;
            if found.severity == severity {
                visit(outcome, &found)?;
                here -= 1;
                left -= 1;
            }
        }
    }
    Ok(())
}

/// The severities from the gravest to one.
pub(super) fn graver(least: Severity) -> impl Iterator<Item = Severity> {
    let all = Severity::ALL.into_iter().rev();
    all.filter(move |severity| *severity >= least)
}

/// How a finding is written as a value of JSON.
pub(super) trait Element {
    /// Adds it to a list.
    fn add<S: SerializeSeq>(
        &self,
        outcome: &Outcome,
        found: &Diagnostic,
        list: &mut S,
    ) -> Result<(), S::Error>;
}

/// Findings as a list of JSON, read as they are written.
pub(super) struct List<'a, E> {
    report: &'a Report<'a>,
    range: Range,
    element: E,
    /// Why they could not be read: serde has no place for it.
    failed: RefCell<Option<io::Error>>,
}

impl<'a, E: Element> List<'a, E> {
    pub(super) const fn new(report: &'a Report<'a>, range: Range, element: E) -> Self {
        Self {
            report,
            range,
            element,
            failed: RefCell::new(None),
        }
    }

    /// What became of writing: where the findings could not be read, the reason is theirs.
    pub(super) fn outcome(&self, written: serde_json::Result<()>) -> io::Result<()> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(written?),
        }
    }
}

impl<E: Element> Serialize for List<'_, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut unwritten = None;
        let gone = each(self.report, self.range, |outcome, found| {
            let added = self.element.add(outcome, found, &mut list);
            added.map_err(|error| {
                unwritten = Some(error);
                io::Error::other("a finding could not be written")
            })
        });
        match (unwritten, gone) {
            (Some(error), _) => Err(error),
            (None, Err(error)) => {
                let said = S::Error::custom(&error);
                self.failed.replace(Some(error));
                Err(said)
            }
            (None, Ok(())) => list.end(),
        }
    }
}

#[cfg(test)]
pub(in crate::report) mod tests {
    use super::*;
    use crate::input::Source;
    use crate::operations;
    use crate::pipeline::Options;

    /// What comes of a label file with two errors, a warning and notes among them.
    pub(in crate::report) fn outcome() -> Outcome {
        let label = r#"{"label":"A","offsetStart":0.0,"offsetEnd":4}"#;
        let line = format!(r#"{{"image_url":"AmlDatastore://ds/a.txt","label":[{label}]}}"#);
        let file = format!("{{\n{line}\n[]\n");
        let source = Source::in_memory(file, "a.jsonl".as_ref());
        operations::check(&source, None, None, &Options::default()).unwrap()
    }

    fn rules(report: &Report<'_>, range: Range) -> Vec<(&'static str, Severity)> {
        let mut seen = Vec::new();
        each(report, range, |_, found| {
            seen.push((found.rule, found.severity));
            Ok(())
        })
        .unwrap();
        seen
    }

    #[test]
    fn what_is_left_out_is_lighter() {
        let outcomes = [outcome()];
        let report = Report {
            outcomes: &outcomes,
            ..Report::default()
        };
        let all = rules(&report, Range::ALL);
        let stored = outcomes[0].diagnostics.to_vec().unwrap();
        let stored: Vec<_> = stored.iter().map(|it| (it.rule, it.severity)).collect();
        assert_eq!(all, stored);
        let severities: Vec<_> = all.iter().map(|it| it.1).collect();
        assert!(!severities.is_sorted_by(|a, b| a >= b), "{all:?}");
        for most in 0..all.len() {
            let most_findings = most as u64;
            let range = Range {
                least: Severity::Note,
                most: most_findings,
            };
            let some = rules(&report, range);
            assert_eq!(some.len(), most);
            assert_eq!(range.left(&report), (all.len() - most) as u64);
            let mut want = all.clone();
            want.sort_by_key(|it| std::cmp::Reverse(it.1));
            assert_eq!(some, want[..most]);
        }
        let range = Range {
            least: Severity::Warning,
            ..Range::ALL
        };
        let grave = all.into_iter().filter(|it| it.1 >= Severity::Warning);
        assert_eq!(rules(&report, range), grave.collect::<Vec<_>>());
    }
}
