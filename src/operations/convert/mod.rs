//! From one format to another.

mod attempt;
mod conversion;
mod copying;
mod finishing;
mod growing;
#[cfg(feature = "files")]
mod joined;
mod label_names;
mod languages;
mod left_out;
mod names;
mod occurrences;
mod overlap;
mod patching;
mod place;
mod plan;
mod product;
mod proof;
mod put_back;
mod reading;
mod refusals;
mod repeated;
mod restore;
mod save;
mod seams;
#[cfg(feature = "files")]
mod shards;
mod spilling;
mod sums;
mod told;
mod write;

use std::io::Write;

use self::attempt::{Attempt, Learned, breaks, breaks_around};
use self::finishing::{finish, put_aside};
use self::growing::NewFile;
use self::languages::{Beginning, by_script};
use self::patching::Patching;
use self::plan::{kind, ledger_head, plan};
use self::product::Named;
use self::proof::Rewritten;
use self::reading::{as_read, of_conversions, takes_texts_out};
use self::refusals::{of_predictions, refusals};
use self::repeated::find_names;
use self::seams::Seams;
#[cfg(feature = "files")]
use self::shards::written;
use self::told::{assumptions, losses};
use self::write::Writing;
use crate::diagnostics::{Issue, Severity};
use crate::formats::losses::Loss;
use crate::formats::{self, Format, Writer};
use crate::input::{Source, Texts};
use crate::model::Shape;
use crate::pipeline::buffers::BufferPool;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::pass::issues::record_issues;
use crate::pipeline::run::Ran;
use crate::pipeline::survey::{self, Purpose};
use crate::pipeline::visit::JudgeOnly;
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options, Outcome, resolve_format};
use crate::rules::{OFFSET_UNIT_MISMATCH, run};

pub use conversion::{Conversion, FileTarget, Metadata, Product, Target};
#[cfg(feature = "files")]
pub use joined::Shards;
pub use restore::Ledger;
#[cfg(feature = "files")]
pub use shards::convert_shard;

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
        Err(looks) => match emptied(source, conversion)? {
            Some(format) => format,
            None => return Outcome::not_a_label_file(source, looks, options),
        },
    };
    let (from, to) = (format.info(), conversion.to.info());
    let same = from.name == to.name;
    if let Some(option) = conversion.wishes.form_option.filter(|_| same) {
        return Err(Error::FormStays(option, to.title));
    }
    let given = conversion.texts.is_some_and(Texts::given);
    if !same && takes_texts_out(from, to, given) && conversion.files.is_none() {
        return Err(Error::TextsInside(source.name().to_owned(), to.title));
    }
    if to.layout.folder.is_some() && conversion.files.is_none() {
        return Err(Error::NoFolder(to.title));
    }
    let options = &as_read(conversion, from, options);
    let workers = Workers::new(source, options)?;
    let purpose = Purpose::Convert {
        same,
        documents_first: conversion.to.lists_labels() || conversion.save_losses,
        saves: conversion.save_losses,
    };
    let mut survey = survey::survey(source, format, options, &workers, purpose)?;
    survey.tell(options);
    let rules = of_conversions(options);
    // Nothing is known of them before the documents were read.
    let mut learned = Learned::new(conversion);
    let mut outcome = loop {
        if !same {
            survey.kind = kind(&survey, conversion.restore);
        }
        #[cfg(feature = "files")]
        if conversion.shards.is_some() {
            // Which of these occur twice is found of what the shards have noted.
            (survey.repeated, survey.repeated_names) = (None, None);
        }
        let texts = conversion.texts;
        let pass = Pass::new(source, format, texts, options, &survey, &rules);
        let foreign = survey.header.project.shape.is_foreign();
        let known = survey.kind.filter(|kind| to.has_kind(*kind));
        let folder = conversion.files.filter(|_| to.layout.folder.is_some());
        let attempt = if let Some(files) = folder.filter(|_| same) {
            copying::copy(&pass, &workers, files, out)?
        } else if same && !foreign {
            rewrite(&pass, &workers, out)?
        } else if known.is_none() {
            without_counterpart(&pass, &workers, conversion)?
        } else {
            anew(&pass, &workers, conversion, &learned, out, ledger)?
        };
        match attempt {
            Attempt::Done(outcome) => break *outcome,
            Attempt::Refuted(refutation) => {
                refutation.correct(&mut survey, source, format, options, &workers, purpose)?;
                learned.names = Learned::new(conversion).names;
            }
            Attempt::Spoken(languages) => learned.languages = Some(languages),
            Attempt::Shared(names) => learned.names = names,
            Attempt::Counted(unit) => learned.unit = Some(unit),
        }
        let files = || conversion.files.map_or(Ok(()), FileTarget::restart);
        out.restart().map_err(Error::write)?;
        ledger.restart().map_err(Error::WriteLedger)?;
        files().map_err(Error::write)?;
        if let Some(ledger) = conversion.restore {
            ledger.restart();
        }
    };
    outcome.finish(source, options)?;
    Ok(outcome)
}

/// The format of an empty file, where a ledger has all of its documents.
fn emptied(
    source: &Source,
    conversion: &Conversion<'_>,
) -> Result<Option<&'static dyn Format>, Error> {
    let length = source.length();
    let length = length.map_err(|error| Error::read(source, error))?;
    let ledger = conversion.restore.filter(|_| length == 0);
    let format = ledger.and_then(|ledger| formats::find(&ledger.head.to));
    Ok(format.filter(|format| format.info().layout.is_lines))
}

/// Writes a file in its own format and shape: its bytes, but for what today's shape has
/// otherwise.
fn rewrite(pass: &Pass<'_>, workers: &Workers, out: Target<'_>) -> Result<Attempt, Error> {
    let survey = pass.survey;
    let edits = &survey.header.edits;
    let changes = survey.header.project.shape == Shape::Renamed || survey.edited;
    let patching = Patching {
        // Without edits around the documents it may still show that one of them needs some.
        edits: if changes { edits.clone() } else { Vec::new() },
        buffers: BufferPool::default(),
        seams: Seams::of(pass)?,
    };
    let ran = pass.run(workers, &patching, |bytes: Vec<u8>| {
        let written = out.write_all(&bytes).map_err(Error::write);
        patching.buffers.give(bytes);
        written
    })?;
    let whole = match ran {
        Ran::Through(whole) => *whole,
        Ran::Refuted(refutation) => return Ok(Attempt::Refuted(refutation)),
    };
    let predictions = |issue: &Issue| matches!(issue, Issue::PredictionRecord(_));
    let others = record_issues(&whole.sums.statistics)
        .iter()
        .any(|(issue, _)| !predictions(issue));
    // Of several tables all have the columns of the first.
    let differ = pass.source.is_several() && survey.header.project.documents_unread;
    let refused = whole.sums.unreadable > 0 || others || differ || breaks_around(survey);
    let mut outcome = pass.outcome(whole)?;
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
    let whole = match pass.run(workers, &JudgeOnly, |()| Ok(()))? {
        Ran::Through(whole) => *whole,
        Ran::Refuted(refutation) => return Ok(Attempt::Refuted(refutation)),
    };
    let breaks = breaks(survey, &whole);
    let predictions = of_predictions(&whole, conversion.to.info().title);
    let mut outcome = pass.outcome(whole)?;
    outcome.refused = true;
    if let Some((issue, location)) = predictions {
        let said = run::say(&issue, location, &pass.options.levels);
        outcome.diagnostics.extend(said)?;
    } else if !breaks {
        let issue = Issue::NoCounterpart {
            kind: survey.kind.map(|kind| kind.name().to_owned()),
            target: conversion.to.info().title,
        };
        let said = run::say(&issue, None, &pass.options.levels);
        outcome.diagnostics.extend(said)?;
    }
    Ok(outcome.into())
}

/// Writes a corpus in another format, or in today's shape. `known` is what
/// earlier attempts have found of the documents.
fn anew(
    pass: &Pass<'_>,
    workers: &Workers,
    conversion: &Conversion<'_>,
    known: &Learned,
    out: Target<'_>,
    ledger: Target<'_>,
) -> Result<Attempt, Error> {
    let survey = pass.survey;
    let plan = plan(pass, conversion, known.spoken());
    let to = plan.unit;
    let mut head = ledger_head(pass, conversion, &plan, known.unit);
    let source = pass.format.ledger().filter(|_| conversion.save_losses);
    let beginning = Beginning::new(&plan, &head);
    let assumed = plan.assumed.clone();
    let rewritten = Rewritten::new(pass.format, conversion.to, &plan, &pass.options.told);
    let writer = conversion.to.writer(plan);
    head.label_names =
        label_names::spelled_otherwise(&survey.labels, |name| writer.label_name(name));
    let saved = source.map(|source| (&head, source));
    let given = &conversion.metadata;
    addresses_can_be_made(given, &*writer)?;
    let mut out = if conversion.save_losses {
        Named::with_ledger(out, &head, ledger)?
    } else {
        Named::alone(out)
    };
    let mut start = Vec::new();
    writer.head(&mut start);
    out.write_all(&start).map_err(Error::write)?;
    if let Some(ledger) = conversion.restore {
        rewritten.prove_header(&*writer, ledger, pass.options)?;
    }
    let writing = Writing {
        // Today's shape holds what the earlier ones do.
        saved: saved.filter(|_| pass.format.info().name != conversion.to.info().name),
        restored: conversion.restore.map(|ledger| (ledger, &rewritten)),
        ..Writing::new(pass, conversion, &*writer, to, &known.names)
    };
    let mut aside = put_aside(&*writer)?;
    let grows: Target<'_> = match &mut aside {
        Some(aside) => aside,
        None => &mut out,
    };
    let mut product = NewFile::new(&writing, pass.source.name(), (grows, ledger), conversion);
    let mut whole = match written(pass, workers, conversion, &beginning, &mut product)? {
        Ran::Through(whole) => *whole,
        Ran::Refuted(refutation) => return Ok(Attempt::Refuted(refutation)),
    };
    if known.languages.is_none()
        && let Some(languages) = beginning.refuted(pass, conversion, &whole, &product.sums)
    {
        return Ok(Attempt::Spoken(languages));
    }
    if let Some(again) = known.again(pass, conversion, &mut product.sums)? {
        return Ok(again);
    }
    product.finish(whole.sums.statistics.documents.total())?;
    let mut sums = product.sums;
    finish(&*writer, aside, &mut out)?;
    out.name_in(ledger)?;

    find_names(pass, workers, &*writer, &mut sums)?;
    let mut issues = refusals(&mut sums, conversion.to.info().title)?;
    issues.extend(of_predictions(&whole, conversion.to.info().title));
    let unreadable = whole.sums.unreadable + sums.unplaced.unreadable;
    let mut refused = !issues.is_empty()
        || unreadable > 0
        // None of the documents was found, and a product without any would look whole.
        || survey.header.project.documents_unread
        || breaks(survey, &whole)
        || is_miscounted(pass.options, &whole);
    let answers = whole.sums.statistics.not_accepted.values();
    sums.losses
        .add(Loss::Answer, answers.map(|seen| seen.count).sum());
    let mut rebuilt = Vec::new();
    let project = pass.project();
    if saved.is_none() {
        writer.corpus_losses(project, &mut sums.losses, &mut rebuilt);
    } else if project.shape.is_foreign() {
        sums.losses.add(Loss::Unknown, project.extras);
    }
    if !refused {
        let by_script = by_script(&*writer, &sums);
        issues.extend(assumptions(assumed, by_script, rebuilt).map(|issue| (issue, None)));
        let losses = losses(conversion, &sums, pass.format.ledger().is_some());
        refused = conversion.deny_loss && !sums.losses.counts().is_empty();
        issues.extend(losses.map(|issue| (issue, None)));
    }
    whole.guessed_regions = sums.unplaced.guessed;
    let mut outcome = pass.outcome(whole)?;
    outcome.refused = refused;
    outcome.saved = sums.saved;
    for (issue, location) in issues {
        let said = run::say(&issue, location, &pass.options.levels);
        outcome.diagnostics.extend(said)?;
    }
    Ok(outcome.into())
}

/// Has all documents written.
#[cfg(not(feature = "files"))]
fn written(
    pass: &Pass<'_>,
    workers: &Workers,
    _: &Conversion<'_>,
    _: &Beginning,
    product: &mut NewFile<'_, '_>,
) -> Result<Ran, Error> {
    pass.run(workers, product.writing, |batch| product.add(batch))
}

/// Fails where the target can make no addresses of what the user says of them.
fn addresses_can_be_made(given: &Metadata, writer: &dyn Writer) -> Result<(), Error> {
    let is_given = given.datastore.is_some() || given.prefix.is_some();
    match writer.address_fault().filter(|_| is_given) {
        Some(reason) => Err(Error::NoAddresses(reason)),
        None => Ok(()),
    }
}

/// Whether the offsets are found to count something else, and that is an error: the labels that would
/// be written are not those that were meant.
fn is_miscounted(options: &Options, whole: &Aggregate) -> bool {
    let limits = options.settings.thresholds.mismatch();
    let is_error = run::severity(OFFSET_UNIT_MISMATCH, &options.levels);
    is_error == Some(Severity::Error) && !whole.sums.statistics.mismatches.decide(limits).is_empty()
}
