//! A check, and its report.

use std::collections::BTreeMap;

use labelwright::internals::diagnostics::redact::mask;
use labelwright::internals::diagnostics::{Applicability, FailOn, Severity, visible};
use labelwright::internals::formats::{Format, find as find_format};
use labelwright::internals::operations;
use labelwright::internals::pipeline::{Options, Outcome};
use labelwright::internals::report::{Gate, Report, ReportSettings, Verdict, find as find_report};
use labelwright::internals::rules::settings::{Profile, Settings};
use serde::Serialize;

use crate::inputs;
use crate::message::{Asked, OFFSETS};
use crate::rows::{Group, groups};
use crate::session::{Checked, Session, told};

/// Of how many findings of each rule and severity of a file the words are kept.
const EXAMPLES: usize = 1000;

/// What came of a check.
#[derive(Serialize)]
pub(crate) struct Summary {
    verdict: String,
    ready: bool,
    errors: u64,
    warnings: u64,
    notes: u64,
    documents: u64,
    labels: u64,
    inputs: Vec<Input>,
    groups: Vec<Group>,
    /// How many labels each set has of each name.
    categories: BTreeMap<String, Counts>,
    /// How many files of folders are like no label file.
    skipped: u64,
    /// What could not be read, and why.
    failed: Vec<String>,
}

#[derive(Serialize)]
struct Input {
    path: String,
    format: Option<&'static str>,
    kind: Option<&'static str>,
    documents: u64,
    labels: u64,
    offsets: Option<&'static str>,
    /// How many findings a machine can fix safely, and how many others where that may change a label's
    /// meaning.
    fixable: (u64, u64),
    /// Whether it is a folder of files.
    several: bool,
}

#[derive(Default, Serialize)]
struct Counts {
    train: u64,
    dev: u64,
    test: u64,
    unassigned: u64,
}

/// Checks label files as the command does.
///
/// Fails where there are none, and where what is asked has no meaning.
pub(crate) fn check(session: &mut Session, asked: &Asked) -> Result<Summary, String> {
    let mut checked = Checked {
        tree: session.take_tree(),
        options: options(asked)?,
        format: format(&asked.format)?,
        texts: asked.texts.clone(),
        ..Checked::default()
    };
    let found = inputs::find(&checked.tree, &asked.inputs, checked.format)?;
    let mut failed = Vec::new();
    for source in found.sources {
        let texts = checked.texts(&source);
        let options = checked.options(&source);
        match operations::check(&source, checked.format, texts.as_ref(), &options) {
            Ok(outcome) => {
                checked.outcomes.push(outcome);
                checked.sources.push(source);
            }
            Err(error) => failed.push(told(&error)),
        }
    }
    if checked.outcomes.is_empty() && failed.is_empty() {
        return Err("no label file found".to_owned());
    }
    if failed.is_empty() {
        let options = vec![&checked.options; checked.outcomes.len()];
        let added = operations::unlisted(&mut checked.outcomes, &options);
        added.map_err(|error| told(&error))?;
    }
    let gate = gate();
    let verdict = verdict(&checked.outcomes, failed.len() as u64, &gate);
    let (line, ready) = (visible(&verdict.line()).into_owned(), verdict.is_ready());
    let report = Report {
        outcomes: &checked.outcomes,
        ..Report::default()
    };
    let (documents, labels) = report.sizes();
    let summary = Summary {
        verdict: line,
        ready,
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        notes: report.count(Severity::Note),
        documents,
        labels,
        inputs: inputs_of(&checked)?,
        groups: groups(&checked.outcomes),
        categories: categories(&checked.outcomes),
        skipped: found.skipped,
        failed,
    };
    session.checked = checked;
    Ok(summary)
}

/// The report of the last check.
///
/// Fails where there is no such form, and where findings cannot be read back.
pub(crate) fn report(session: &Session, form: &str) -> Result<Vec<u8>, String> {
    let emitter = find_report(form).ok_or("there is no such report")?;
    let gate = gate();
    let outcomes = &session.checked.outcomes;
    let verdict = verdict(outcomes, 0, &gate);
    let report = Report {
        outcomes,
        verdict: Some(&verdict),
        ..Report::default()
    };
    let settings = ReportSettings {
        color: false,
        links: false,
        width: 100,
        limit: 100,
        least: Severity::Note,
        statistics: false,
        fixable: true,
        examples: 25,
        mark: false,
    };
    let mut bytes = Vec::new();
    let written = emitter.emit(&report, &settings, &mut bytes);
    written.map_err(|error| told(&error))?;
    Ok(bytes)
}

/// What makes label files not ready where nobody says otherwise.
pub(crate) const fn gate() -> Gate {
    Gate {
        fail_on: FailOn::From(Severity::Error),
        max_warnings: None,
    }
}

fn verdict<'g>(outcomes: &[Outcome], failed: u64, gate: &'g Gate) -> Verdict<'g> {
    let mut verdict = Verdict::of_checks(failed);
    for outcome in outcomes {
        verdict.add_outcome(outcome, gate);
    }
    verdict
}

/// The format of that name; `None` where none is named.
///
/// Fails where there is none of that name.
pub(crate) fn format(name: &str) -> Result<Option<&'static dyn Format>, String> {
    if name.is_empty() {
        return Ok(None);
    }
    let format = find_format(name);
    format
        .map(Some)
        .ok_or_else(|| format!("there is no format `{name}`"))
}

fn options(asked: &Asked) -> Result<Options, String> {
    let offsets = OFFSETS.iter().find(|(name, ..)| *name == asked.offsets);
    if offsets.is_none() && !asked.offsets.is_empty() {
        return Err(format!("there is no unit `{}`", asked.offsets));
    }
    let mut profiles = Profile::ALL.into_iter();
    let profile = profiles.find(|profile| profile.name() == asked.profile);
    if profile.is_none() && !asked.profile.is_empty() {
        return Err(format!("there is no profile `{}`", asked.profile));
    }
    Ok(Options {
        unit: offsets.map(|(_, unit, _)| *unit),
        settings: Settings {
            redact: asked.redact,
            profile: profile.unwrap_or_default(),
            ..Settings::default()
        },
        snippets: EXAMPLES,
        ..Options::default()
    })
}

fn inputs_of(checked: &Checked) -> Result<Vec<Input>, String> {
    let all = checked.outcomes.iter().zip(&checked.sources);
    let input = |(outcome, source): (&Outcome, &labelwright::Source)| {
        let mut fixable = (0, 0);
        for finding in &outcome.diagnostics {
            let finding = finding.map_err(|error| told(&error))?;
            match finding.remedy().map(|remedy| remedy.applicability) {
                Some(Applicability::Safe) => fixable.0 += 1,
                Some(Applicability::Unsafe) => fixable.1 += 1,
                None => {}
            }
        }
        let of = &outcome.input;
        Ok(Input {
            path: visible(&of.path).into_owned(),
            format: of.format,
            kind: of.kind.map(labelwright::Kind::name),
            documents: of.documents,
            labels: of.labels,
            offsets: of.unit.map(labelwright::Unit::name),
            fixable,
            several: source.is_several(),
        })
    };
    all.map(input).collect()
}

fn categories(outcomes: &[Outcome]) -> BTreeMap<String, Counts> {
    let mut categories: BTreeMap<String, Counts> = BTreeMap::new();
    for (name, counts) in outcomes.iter().flat_map(|outcome| &outcome.categories) {
        let name = visible(&mask(name)).into_owned();
        let sum = categories.entry(name).or_default();
        sum.train += counts.train;
        sum.dev += counts.dev;
        sum.test += counts.test;
        sum.unassigned += counts.unassigned;
    }
    categories
}
