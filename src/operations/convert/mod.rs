//! From one format to another.

pub(crate) mod place;
mod plan;
mod restore;
pub(crate) mod write;

pub use restore::Ledger;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Seek, SeekFrom};

use serde_jsonlines::JsonLinesWriter;

use self::place::Placing;
use self::plan::{ledger_head, plan, unit};
use self::write::Writing;
use crate::diagnostics::{Issue, Location};
use crate::formats::Format;
use crate::formats::losses::Loss;
use crate::input::{Source, Texts};
use crate::model::Shape;
use crate::pipeline::buffers::BufferPool;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::pass::issues::record_issues;
use crate::pipeline::pass::kept::TextCache;
use crate::pipeline::pass::{Pass, Ran};
use crate::pipeline::recheck::assumptions::Refutation;
use crate::pipeline::survey::{self, Purpose, Survey};
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options, Outcome, resolve_format};
use crate::rules::{self, Group, run};
use crate::text::Unit;

/// What the user says of the new corpus. What is `None` is taken from the source, or assumed.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// `--project-name`
    pub name: Option<String>,
    /// `--container`
    pub container: Option<String>,
    /// `--language`
    pub language: Option<String>,
    /// `--description`
    pub description: Option<String>,
    /// `--multilingual`
    pub multilingual: Option<bool>,
    /// `--dataset`
    pub dataset: Option<&'static str>,
    /// `--datastore`
    pub datastore: Option<String>,
    /// `--prefix`
    pub prefix: Option<String>,
}

/// A conversion.
pub struct Conversion<'a> {
    /// The format of the input; `None` asks its content.
    pub from: Option<&'static dyn Format>,
    /// The format of the output.
    pub to: &'static dyn Format,
    /// Where documents are looked up; `None` does without them.
    pub texts: Option<&'a Texts>,
    /// The unit on the side that does not fix its own. [`Options::unit`] is not looked at.
    pub unit: Option<Unit>,
    /// What the user says of the new corpus.
    pub metadata: Metadata,
    /// Leave out what cannot be converted truthfully.
    pub skip_invalid: bool,
    /// Refuse where anything would be lost.
    pub deny_loss: bool,
    /// Whether what would be lost is saved in a ledger.
    pub save_losses: bool,
    /// A ledger whose facts are put back.
    pub restore: Option<&'a Ledger>,
}

/// Where a conversion writes to.
pub trait Product: io::Write + Send {
    /// Throws away what was written so far: that a conversion was begun under a wrong
    /// assumption may show only at its end.
    fn restart(&mut self) -> io::Result<()>;
}

impl Product for io::Sink {
    fn restart(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Product for Vec<u8> {
    fn restart(&mut self) -> io::Result<()> {
        self.clear();
        Ok(())
    }
}

impl Product for File {
    fn restart(&mut self) -> io::Result<()> {
        self.set_len(0)?;
        self.seek(SeekFrom::Start(0)).map(|_| ())
    }
}

/// The bytes of a conversion.
pub type Target<'a> = &'a mut (dyn Product + 'a);

/// The groups of rules that a conversion runs.
const GROUPS: [Group; 5] = [
    Group::Syntax,
    Group::Shape,
    Group::Offsets,
    Group::Documents,
    Group::Conversion,
];

/// Converts a label file. Where the outcome says that it was refused, what was written to
/// `out` and `ledger` means nothing and is to be thrown away. Nothing is written to `ledger`
/// unless [`Conversion::save_losses`] says so.
///
/// Fails where a file cannot be read or written.
pub fn convert(
    source: &Source,
    conversion: &Conversion<'_>,
    options: &Options,
    out: Target<'_>,
    ledger: Target<'_>,
) -> Result<Outcome, Error> {
    let format = match resolve_format(source, conversion.from)? {
        Ok(format) => format,
        Err(what) => return Outcome::not_a_label_file(source, &what, options),
    };
    // The unit is about the side that does not fix its own.
    let options = &Options {
        unit: unit(conversion).filter(|_| format.unit().is_none()),
        levels: options.levels.clone(),
        settings: options.settings.clone(),
        meter: options.meter.clone(),
        budget: options.budget.clone(),
        ..*options
    };
    let workers = Workers::new(options)?;
    let purpose = Purpose::Convert {
        same: format.name() == conversion.to.name(),
        documents_first: conversion.to.declares() || conversion.save_losses,
        saves: conversion.save_losses,
    };
    let mut survey = survey::survey(source, format, options, &workers, purpose)?;
    survey.tell(options);
    let mut rules = run::active(&options.levels);
    rules.retain(|rule| GROUPS.contains(&rule.meta().group));
    let mut outcome = loop {
        let pass = Pass {
            source,
            stretch: None,
            format,
            texts: conversion.texts,
            options,
            survey: &survey,
            asks: run::asks(&rules),
            kept: TextCache::default(),
            document_rules: run::document_rules(&rules),
            rules: rules.clone(),
            writing: Writing::None,
            schema: None,
            lists: false,
            weighs: run::runs(rules::OFFSET_UNIT_MISMATCH, &options.levels),
            buffers: BufferPool::default(),
        };
        let foreign = survey.header.project.shape.is_foreign();
        let known = survey.kind.filter(|kind| conversion.to.has_kind(*kind));
        let attempt = if format.name() == conversion.to.name() && !foreign {
            rewrite(pass, &workers, out)?
        } else if known.is_none() {
            without_counterpart(&pass, &workers, conversion)?
        } else {
            anew(pass, &workers, conversion, out, ledger)?
        };
        match attempt {
            Attempt::Done(outcome) => break *outcome,
            Attempt::Refuted(refutation) => {
                refutation.correct(&mut survey, source, format, options, &workers, purpose)?;
            }
        }
        let restarted = out.restart().and_then(|()| ledger.restart());
        restarted.map_err(Error::write)?;
        if let Some(ledger) = conversion.restore {
            ledger.restart();
        }
    };
    outcome.finish(source, options)?;
    Ok(outcome)
}

/// What an attempt at a conversion comes to.
enum Attempt {
    /// It is finished, or refused.
    Done(Box<Outcome>),
    /// The survey assumed what is not so.
    Refuted(Refutation),
}

impl From<Outcome> for Attempt {
    fn from(outcome: Outcome) -> Self {
        Self::Done(Box::new(outcome))
    }
}

/// Writes a file in its own format and shape: its bytes, but for what today's shape has
/// otherwise.
fn rewrite(mut pass: Pass<'_>, workers: &Workers, out: Target<'_>) -> Result<Attempt, Error> {
    let survey = pass.survey;
    let edits = &survey.header.edits;
    let changes = survey.header.project.shape == Shape::Renamed || survey.edited;
    // Without edits around the documents it may still show that one of them needs some.
    pass.writing = Writing::Patch(if changes { edits.clone() } else { Vec::new() });
    let whole = match pass.run(workers, out, &mut io::sink())? {
        Ran::Through(whole) => *whole,
        Ran::Refuted(refutation) => return Ok(Attempt::Refuted(refutation)),
    };
    let predictions = |issue: &Issue| matches!(issue, Issue::PredictionRecord(_));
    let others = record_issues(&whole.sums.statistics)
        .iter()
        .any(|(issue, _)| !predictions(issue));
    let refused = whole.sums.unreadable > 0 || others || breaks_around(survey);
    let mut outcome = pass.outcome(whole, 0)?;
    outcome.refused = refused;
    Ok(outcome.into())
}

/// Says that the target has no form for the project, and what else is wrong with the file.
fn without_counterpart(
    pass: &Pass<'_>,
    workers: &Workers,
    conversion: &Conversion<'_>,
) -> Result<Attempt, Error> {
    let survey = pass.survey;
    let whole = match pass.run(workers, &mut io::sink(), &mut io::sink())? {
        Ran::Through(whole) => *whole,
        Ran::Refuted(refutation) => return Ok(Attempt::Refuted(refutation)),
    };
    let breaks = breaks(survey, &whole);
    let predictions = of_predictions(&whole, conversion.to.title());
    let mut outcome = pass.outcome(whole, 0)?;
    outcome.refused = true;
    if let Some((issue, location)) = predictions {
        let said = run::say(&issue, location, &pass.options.levels);
        outcome.diagnostics.extend(said)?;
    } else if !breaks {
        let issue = Issue::NoCounterpart {
            kind: survey.kind.map(|kind| kind.name().to_owned()),
            target: conversion.to.title(),
        };
        let said = run::say(&issue, None, &pass.options.levels);
        outcome.diagnostics.extend(said)?;
    }
    Ok(outcome.into())
}

/// Writes a corpus in another format, or in today's shape.
fn anew(
    pass: Pass<'_>,
    workers: &Workers,
    conversion: &Conversion<'_>,
    out: Target<'_>,
    ledger: Target<'_>,
) -> Result<Attempt, Error> {
    let survey = pass.survey;
    let plan = plan(pass.source, conversion, survey);
    let to = plan.unit;
    let head = ledger_head(&pass, conversion, &plan);
    let saved = Some(&head).filter(|_| conversion.save_losses);
    if let Some(head) = saved {
        let written = JsonLinesWriter::new(&mut *ledger).write(head);
        written.map_err(Error::write)?;
    }
    let assumed = plan.assumed.clone();
    let writer = conversion.to.writer(plan);
    let mut start = Vec::new();
    writer.head(&mut start);
    out.write_all(&start).map_err(Error::write)?;
    let given = &conversion.metadata;
    let mut pass = pass;
    pass.writing = Writing::New {
        writer: &*writer,
        placing: Placing {
            from: survey.unit.unit(),
            to,
            needs_length: writer.needs_length(),
            has_texts: conversion.texts.is_some(),
        },
        skip_invalid: conversion.skip_invalid,
        // Today's shape holds what the earlier ones do.
        saved: saved.filter(|_| pass.format.name() != conversion.to.name()),
        restored: conversion.restore,
        addresses: given.datastore.is_none() && given.prefix.is_none(),
    };
    let mut whole = match pass.run(workers, out, ledger)? {
        Ran::Through(whole) => *whole,
        Ran::Refuted(refutation) => return Ok(Attempt::Refuted(refutation)),
    };

    if survey.repeated_names.is_none() {
        pass.find_names(workers, &*writer, &mut whole)?;
    }
    let mut issues = refusals(&whole);
    issues.extend(of_predictions(&whole, conversion.to.title()));
    let unreadable = whole.sums.unreadable + whole.unplaced.unreadable;
    let mut refused = !issues.is_empty() || unreadable > 0 || breaks(survey, &whole);
    let mut rebuilt = Vec::new();
    let project = &survey.header.project;
    if saved.is_none() {
        writer.corpus_losses(project, &mut whole.losses, &mut rebuilt);
    } else if project.shape.is_foreign() {
        whole.losses.add(Loss::Unknown, project.extras);
    }
    if !refused {
        if !assumed.is_empty() || !rebuilt.is_empty() {
            issues.push((Issue::AssumedMetadata { assumed, rebuilt }, None));
        }
        let mut lost = whole.losses.counts();
        refused = conversion.deny_loss && !lost.is_empty();
        let unused = conversion.restore.map_or(0, Ledger::unused) + whole.unplaced_entries;
        if unused > 0 {
            lost.push(("facts of the ledger that found no place", unused));
        }
        if !lost.is_empty() {
            issues.push((Issue::Lossy { lost }, None));
        }
    }
    let guessed = whole.unplaced.guessed;
    let saved = whole.saved;
    let mut outcome = pass.outcome(whole, guessed)?;
    outcome.refused = refused;
    outcome.saved = saved;
    for (issue, location) in issues {
        let said = run::say(&issue, location, &pass.options.levels);
        outcome.diagnostics.extend(said)?;
    }
    Ok(outcome.into())
}

/// What refuses a conversion.
fn refusals(whole: &Aggregate) -> Vec<(Issue, Option<Location>)> {
    let mut issues = collisions(whole);
    for (cause, seen) in &whole.unplaced.causes {
        let issue = Issue::SpanUnproven {
            cause: *cause,
            labels: seen.count,
            documents: seen.documents,
        };
        issues.push((
            issue,
            seen.first.as_ref().map(|(_, location)| location.clone()),
        ));
    }
    issues
}

/// Whether the file is broken around its records, or its records are not of one text project.
fn breaks(survey: &Survey, whole: &Aggregate) -> bool {
    breaks_around(survey) || !record_issues(&whole.sums.statistics).is_empty()
}

/// Whether the file is broken around its records.
fn breaks_around(survey: &Survey) -> bool {
    let issues = survey.header_issues();
    issues.iter().any(|(issue, _)| issue.hides_record())
}

/// What a conversion cannot make of predictions, which are no labels.
fn of_predictions(whole: &Aggregate, target: &'static str) -> Option<(Issue, Option<Location>)> {
    let seen = &whole.sums.statistics.predictions;
    let issue = Issue::NoCounterpart {
        kind: Some("ML-assist prediction".to_owned()),
        target,
    };
    let location = seen.first.as_ref().map(|(_, location)| location.clone());
    (seen.count > 0).then_some((issue, location))
}

/// Documents that would get one name, found by it.
fn collisions(whole: &Aggregate) -> Vec<(Issue, Option<Location>)> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut issues = Vec::new();
    for (name, written, location) in &whole.names {
        match first.get(&**name) {
            // The same address twice is `document-duplicate`.
            Some(other) if other == written => {}
            Some(other) => {
                let issue = Issue::LocationCollision {
                    location: name.clone(),
                    first: (*other).to_owned(),
                    second: written.clone(),
                };
                issues.push((issue, Some(location.clone())));
            }
            None => {
                first.insert(name, written);
            }
        }
    }
    issues
}
