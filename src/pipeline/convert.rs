//! From one format to another.

use std::collections::BTreeMap;
use std::io;

use super::batches::Workers;
use super::pass::{Part, Pass, Writing};
use super::place::Placing;
use super::survey::{self, Survey};
use super::{Error, Options, Outcome, resolve_format};
use crate::fact::Fact;
use crate::formats::{Format, Plan};
use crate::model::Project;
use crate::rules::{Group, run};
use crate::site::Site;
use crate::source::Source;
use crate::text::Unit;
use crate::texts::Texts;

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
    pub prefix: String,
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
}

/// The bytes of a conversion.
pub type Target<'a> = &'a mut (dyn io::Write + 'a);

/// The groups of rules that a conversion runs.
const GROUPS: [Group; 5] = [
    Group::Syntax,
    Group::Shape,
    Group::Offsets,
    Group::Documents,
    Group::Conversion,
];

/// Converts a label file. Where the outcome says that it was refused, what was written to
/// `out` means nothing and is to be thrown away.
///
/// Fails where a file cannot be read or written, or is of a kind that this version does not
/// know.
pub fn convert(
    source: &Source,
    conversion: &Conversion<'_>,
    options: &Options,
    out: Target<'_>,
) -> Result<Outcome, Error> {
    let format = match resolve_format(source, conversion.from)? {
        Ok(format) => format,
        Err(what) => return Ok(Outcome::not_a_label_file(source, &what, &options.levels)),
    };
    // The unit is about the side that does not fix its own.
    let options = &Options {
        unit: conversion.unit.filter(|_| format.unit().is_none()),
        levels: options.levels.clone(),
        ..*options
    };
    let workers = Workers::new(options.jobs)?;
    let texts = conversion.texts;
    let survey = match survey::survey(source, format, texts, options, &workers, true) {
        Err(Error::NotYetSupported {
            kind: Some(kind), ..
        }) if !conversion.to.has_kind(kind) => {
            let kind = Some(kind.name().to_owned());
            return no_counterpart(source, format, conversion, options, kind);
        }
        survey => survey?,
    };
    let mut rules = run::active(&options.levels);
    rules.retain(|rule| GROUPS.contains(&rule.meta().group));
    let mut pass = Pass {
        source,
        format,
        texts,
        options,
        survey: &survey,
        rules,
        writing: Writing::Copy,
    };
    if format.name() == conversion.to.name() {
        let whole = pass.run(&workers, out)?;
        let refused = whole.unreadable > 0 || breaks(&survey);
        let mut outcome = pass.outcome(whole, 0);
        outcome.refused = refused;
        outcome.finish(source, options)?;
        return Ok(outcome);
    }
    if survey.kind.is_none() {
        return no_counterpart(source, format, conversion, options, None);
    }
    let plan = plan(source, conversion, &survey);
    let placing = Placing {
        from: survey.unit.unit(),
        to: plan.unit,
        needs_length: false,
        has_texts: texts.is_some(),
    };
    let assumed = plan.assumed.clone();
    let writer = conversion.to.writer(plan);
    let mut head = Vec::new();
    writer.head(&mut head);
    let failed = |source| Error::Write {
        path: String::new(),
        source,
    };
    out.write_all(&head).map_err(failed)?;
    pass.writing = Writing::New {
        writer: &*writer,
        placing: Placing {
            needs_length: writer.needs_length(),
            ..placing
        },
        skip_invalid: conversion.skip_invalid,
    };
    let mut whole = pass.run(&workers, out)?;

    let mut facts = collisions(&whole);
    for (cause, seen) in &whole.unplaced.causes {
        let fact = Fact::SpanUnproven {
            cause: *cause,
            labels: seen.count,
            documents: seen.documents,
        };
        facts.push((fact, seen.first.as_ref().map(|(_, site)| site.clone())));
    }
    let unreadable = whole.unreadable + whole.unplaced.unreadable;
    let mut refused = !facts.is_empty() || unreadable > 0 || breaks(&survey);
    let mut rebuilt = Vec::new();
    writer.corpus_losses(&survey.header.project, &mut whole.losses, &mut rebuilt);
    let lost = whole.losses.counts();
    if !refused {
        if !assumed.is_empty() || !rebuilt.is_empty() {
            facts.push((Fact::AssumedMetadata { assumed, rebuilt }, None));
        }
        if !lost.is_empty() {
            refused = conversion.deny_loss;
            facts.push((Fact::Lossy { lost }, None));
        }
    }
    let guessed = whole.unplaced.guessed;
    let mut outcome = pass.outcome(whole, guessed);
    outcome.refused = refused;
    for (fact, site) in facts {
        outcome
            .diagnostics
            .extend(run::say(&fact, site, &options.levels));
    }
    outcome.finish(source, options)?;
    Ok(outcome)
}

/// Whether the file itself is broken around its records.
fn breaks(survey: &Survey) -> bool {
    survey
        .header
        .facts
        .iter()
        .any(|(fact, _)| fact.hides_record())
}

/// What the new corpus is written with.
fn plan(source: &Source, conversion: &Conversion<'_>, survey: &Survey) -> Plan {
    let given = &conversion.metadata;
    let old = &survey.header.project;
    let unit = conversion.to.unit().or(conversion.unit);
    let mut plan = Plan {
        project: Project {
            kind: survey.kind,
            name: given.name.clone().or_else(|| old.name.clone()),
            container: given.container.clone().or_else(|| old.container.clone()),
            language: given.language.clone().or_else(|| old.language.clone()),
            description: given
                .description
                .clone()
                .or_else(|| old.description.clone()),
            multilingual: given.multilingual.or(old.multilingual),
            ..Project::default()
        },
        labels: survey.labels.clone(),
        unit: unit.unwrap_or_else(|| conversion.to.default_unit()),
        dataset: given.dataset,
        datastore: given.datastore.clone().unwrap_or_default(),
        prefix: given.prefix.trim_matches('/').to_owned(),
        assumed: Vec::new(),
    };
    let mut hints = old.clone();
    hints.container = hints.container.or_else(|| survey.datastore.clone());
    conversion.to.complete(&mut plan, &hints, source.stem());
    plan
}

/// Documents that would get one name, found by it.
fn collisions(whole: &Part) -> Vec<(Fact, Option<Site>)> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut facts = Vec::new();
    for (location, written, site) in &whole.names {
        match first.get(&**location) {
            // The same address twice is `document-duplicate`.
            Some(other) if other == written => {}
            Some(other) => {
                let fact = Fact::LocationCollision {
                    location: location.clone(),
                    first: (*other).to_owned(),
                    second: written.clone(),
                };
                facts.push((fact, Some(site.clone())));
            }
            None => {
                first.insert(location, written);
            }
        }
    }
    facts
}

/// The outcome where the target has no form for the project.
fn no_counterpart(
    source: &Source,
    format: &'static dyn Format,
    conversion: &Conversion<'_>,
    options: &Options,
    kind: Option<String>,
) -> Result<Outcome, Error> {
    let mut outcome = Outcome::new(source, format.name());
    outcome.refused = true;
    let target = conversion.to.title();
    let fact = Fact::NoCounterpart { kind, target };
    outcome
        .diagnostics
        .extend(run::say(&fact, None, &options.levels));
    outcome.finish(source, options)?;
    Ok(outcome)
}
