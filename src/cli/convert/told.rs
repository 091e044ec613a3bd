//! What is told of a conversion: its report, what was written where, and what to do next.

use super::args::Args;
use crate::cli::look::Stream;
use crate::cli::options::Common;
use crate::cli::output::Telling;
use crate::cli::terminal::{Failure, say};
use crate::diagnostics::count;
use crate::formats::{self, Format, NewCorpus, UnitSide};
use crate::pipeline::Outcome;
use crate::report::{Report, Verdict};

/// What is told of a conversion beside its findings.
#[derive(Default)]
pub(super) struct Told {
    pub(super) remarks: Vec<String>,
    /// What was written where, and what to do next with it.
    written: Vec<String>,
}

impl Told {
    /// Tells of a file that was written.
    pub(super) fn add_written(
        &mut self,
        outcome: &Outcome,
        name: &str,
        args: &Args,
        to: &'static dyn Format,
    ) {
        self.written.push(written(outcome, name));
        self.written.extend(next_step(outcome, name, args, to));
    }
}

/// Writes the reports, and tells what became of the conversion.
pub(super) fn report(
    outcomes: &[Outcome],
    verdict: &Verdict<'_>,
    common: &Common,
    stream: Stream,
    told: &Told,
) -> Result<(), Failure> {
    let report = Report {
        outcomes,
        verdict: Some(verdict),
        ..Report::default()
    };
    let outputs = common.reporting.outputs();
    outputs.write(&report, stream, Telling::default())?;
    if common.reporting.quiet {
        return Ok(());
    }
    for remark in &told.remarks {
        say(remark);
    }
    if outcomes.iter().any(|outcome| outcome.refused) {
        say("not converted: nothing was written");
        return Ok(());
    }
    for line in &told.written {
        say(line);
    }
    Ok(())
}

/// What to do next with a new file.
fn next_step(
    outcome: &Outcome,
    name: &str,
    args: &Args,
    to: &'static dyn Format,
) -> Option<String> {
    let labels = outcome.categories.iter();
    let labels: Vec<&str> = labels.map(|(name, _)| name.as_str()).collect();
    let kind = outcome.input.kind;
    let step = to.next_step(&NewCorpus {
        path: name,
        kind,
        labels: &labels,
        unit: kind.filter(|kind| kind.has_spans()).map(|_| {
            let from = outcome.input.format.and_then(formats::find);
            UnitSide::asked(args.common.unit(), from.map(Format::info), to.info())
        }),
        wishes: args.wishes(to),
    })?;
    Some(format!("next: {step}"))
}

/// What was written where.
fn written(outcome: &Outcome, name: &str) -> String {
    let documents = count(outcome.input.documents, "document");
    let labels = count(outcome.input.labels, "label");
    format!("converted {documents} with {labels} to {name}")
}
