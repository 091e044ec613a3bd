//! A conversion over many machines: each writes the documents of a stretch of the lines, and the new file
//! begins with what all of them tell.
//!
//! A document of a project hangs on nothing but its own line, its text, and a few facts of the whole file
//! (see [`Basis`]). A shard assumes those as any conversion does at first. Whoever puts the documents
//! together makes the same attempt from what the shards have written, without a look at the texts; where the whole file
//! shows that something else was true, the attempts that follow go over the file itself.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::attempt::Learned;
use super::conversion::{Conversion, Target};
use super::growing::NewFile;
use super::joined::Shards;
use super::languages::Beginning;
use super::place::Unplaced;
use super::plan::{kind, plan};
use super::reading::{as_read, of_conversions, takes_texts_out};
use super::sums::WrittenSums;
use super::write::Writing;
use crate::diagnostics::Bounds;
use crate::formats::Info;
use crate::formats::languages::Languages;
use crate::formats::losses::Losses;
use crate::input::{Source, Spool, Texts};
use crate::model::fingerprints::Fingerprints;
use crate::operations::shard::converted::{AskedOfConversion, Basis, Converted};
use crate::operations::shard::head::PartialHead;
use crate::operations::shard::partial::{self, Partial, line};
use crate::operations::shard::{Part, Ready, carried, format_of_lines, unchanged};
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::run::Ran;
use crate::pipeline::survey::Survey;
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options};
use crate::text::main_script::ScriptCounts;

/// What the documents of a shard come to, as it stands in its result behind the findings. The bytes of
/// the documents come behind it, packed.
#[derive(Serialize, Deserialize)]
struct ShardSums {
    losses: Losses,
    unplaced: Unplaced,
    /// Fingerprints of names in the target.
    target_names: Fingerprints,
    scripts: ScriptCounts,
    /// How many bytes the documents have.
    documents: u64,
}

impl ShardSums {
    fn new(sums: WrittenSums, documents: u64) -> Self {
        Self {
            losses: sums.losses,
            unplaced: sums.unplaced,
            target_names: sums.target_names,
            scripts: sums.scripts,
            documents,
        }
    }

    /// Whether a stretch of a file can come to this: nobody has proved it of what was read from a file.
    fn is_within(&self, bounds: &Bounds) -> bool {
        self.unplaced.is_within(bounds)
            && self.target_names.len() as u64 <= bounds.records
            && bounds.hold_all(self.scripts.values().copied())
            && self.losses.is_within(bounds)
    }

    /// The same in a file that has so many records before.
    fn behind(mut self, records: u64) -> WrittenSums {
        self.unplaced.shift(records);
        WrittenSums {
            losses: self.losses,
            unplaced: self.unplaced,
            target_names: self.target_names,
            scripts: self.scripts,
            ..WrittenSums::default()
        }
    }
}

/// Converts the documents of the lines that begin in a part of a file, and writes what comes of it to
/// `out`, for [`Shards`]. Answers how many documents there are.
///
/// Fails where a file cannot be read or written, and where the documents hang on more of the file than a shard
/// knows.
pub fn convert_shard(
    source: &Source,
    conversion: &Conversion<'_>,
    options: &Options,
    asked: &Part,
    out: &mut dyn Write,
) -> Result<u64, Error> {
    let format = format_of_lines(source, conversion.from)?;
    stand_alone(source, format.info(), conversion)?;
    let options = &as_read(conversion, format.info(), options);
    let mut ready = Ready::new(source, format, options, asked)?;
    ready.survey.kind = kind(&ready.survey, None);
    let rules = of_conversions(options);
    let (texts, survey) = (conversion.texts, &ready.survey);
    let mut pass = Pass::new(source, format, texts, options, survey, &rules);
    pass.stretch = Some(ready.stretch.clone());
    let plan = plan(&pass, conversion, Languages::default());
    let project = (plan.project.language.clone(), plan.project.multilingual);
    let unit = plan.unit;
    let writer = conversion.to.writer(plan);
    let names = Learned::new(conversion).names;
    let writing = Writing::new(&pass, conversion, &*writer, unit, &names);
    let mut documents = Spool::new().map_err(Error::write)?;
    let mut nowhere = io::sink();
    let targets: (Target<'_>, Target<'_>) = (&mut documents, &mut nowhere);
    let mut product = NewFile::new(&writing, source.name(), targets, conversion);
    let part = pass.first_look(&ready.workers, &writing, |batch| product.add(batch))?;
    let sums = product.sums;
    let mut head = PartialHead::new(&pass, &ready.stretch, asked.with_lines)
        .map_err(|error| Error::read(source, error))?;
    head.converted = Some(converted(conversion, survey, project));
    let length = documents.length().map_err(Error::write)?;
    partial::write(&head, source, &part, out)?;
    line(&ShardSums::new(sums, length), out).map_err(Error::write)?;
    let packed = documents.reader().map_err(Error::write)?;
    carried::write(packed, length, Error::write, out)?;
    unchanged(source)?;
    Ok(part.sums.statistics.documents.total())
}

/// Makes sure that the documents of the target can be written apart from one another, and joined.
///
/// Fails where they cannot.
fn stand_alone(source: &Source, from: &Info, conversion: &Conversion<'_>) -> Result<(), Error> {
    let to = conversion.to.info();
    if to.name != "language" {
        let what = format!(
            "to be converted to {}, and only conversions to Azure AI Language can be",
            to.title
        );
        return Err(Error::NoShard(source.name().to_owned(), what));
    }
    let given = conversion.texts.is_some_and(Texts::given);
    if takes_texts_out(from, to, given) {
        let what = format!(
            "a label file of {} with its texts inside, which would become files",
            from.title
        );
        return Err(Error::NoShard(source.name().to_owned(), what));
    }
    Ok(())
}

/// What documents are written with, in a project of that language, which may be multilingual.
fn converted(
    conversion: &Conversion<'_>,
    survey: &Survey,
    (language, multilingual): (Option<String>, Option<bool>),
) -> Converted {
    let given = &conversion.metadata;
    Converted {
        asked: AskedOfConversion {
            to: conversion.to.info().name.to_owned(),
            language: given.language.clone(),
            multilingual: given.multilingual,
            dataset: given.dataset.map(str::to_owned),
            skip_invalid: conversion.skip_invalid,
        },
        basis: Basis {
            kind: survey.kind,
            unit: survey.unit.unit().name().to_owned(),
            language,
            multilingual,
        },
    }
}

/// Has all documents written: as shards have them, or else as the file has them.
pub(super) fn written(
    pass: &Pass<'_>,
    workers: &Workers,
    conversion: &Conversion<'_>,
    beginning: &Beginning,
    product: &mut NewFile<'_, '_>,
) -> Result<Ran, Error> {
    if let Some(shards) = conversion.shards {
        let now = converted(conversion, pass.survey, beginning.project());
        shards.prove(pass, &now.asked)?;
        if shards.have(pass, &now.basis) {
            return replay(shards, pass, workers, product);
        }
    }
    pass.run(workers, product.writing, |batch| product.add(batch))
}

/// Writes what shards have written, and puts it to the test as if it had been written here.
fn replay(
    shards: &Shards,
    pass: &Pass<'_>,
    workers: &Workers,
    product: &mut NewFile<'_, '_>,
) -> Result<Ran, Error> {
    let mut whole = Aggregate::of(pass.options);
    let mut records = 0;
    for mut partial in shards.opened()? {
        let before = records;
        let redact = pass.options.settings.redact.then(|| pass.format.info());
        partial.add_to(&mut whole, &mut records, redact)?;
        let sums: ShardSums = partial.value()?;
        let bounds = Bounds {
            records: records - before,
            bytes: partial.head.lines.clone(),
        };
        if !sums.is_within(&bounds) {
            return Err(partial.unproved());
        }
        write(&mut partial, sums.documents, product)?;
        product.sums.add(sums.behind(before));
    }
    pass.settle(workers, whole)
}

/// Writes the documents of a shard.
fn write(partial: &mut Partial, length: u64, product: &mut NewFile<'_, '_>) -> Result<(), Error> {
    if length == 0 {
        return partial.unpack(0, &mut io::sink());
    }
    let mut out = Noting {
        out: product.documents().map_err(Error::write)?,
        failed: None,
    };
    let unpacked = partial.unpack(length, &mut out);
    match out.failed.take() {
        Some(error) => Err(Error::write(error)),
        None => unpacked,
    }
}

/// Tells why it cannot be written to from why something cannot be read.
struct Noting<'o> {
    out: &'o mut dyn Write,
    failed: Option<io::Error>,
}

impl Write for Noting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes).map_err(|error| {
            let kind = error.kind();
            if kind != io::ErrorKind::Interrupted {
                self.failed = Some(error);
            }
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
