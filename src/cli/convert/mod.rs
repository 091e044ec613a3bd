//! `labelwright convert`: one file, or a folder of them.

mod args;
mod edits;
mod files;
mod folder;
mod journey;
mod lock;
mod manifest;
mod parts;
mod paths;
mod several;
mod shard_flags;
mod shards;
mod stamp;
mod table;
mod told;
mod whole;

use std::path::Path;

use self::edits::file_of;
use self::files::{Files, of_another, open_ledger, stream};
use self::several::Opening;
use self::stamp::Hashing;
use self::told::{Told, report};
use super::input::{Input, Opened, expand, recognized};
use super::job::Job;
use super::many::{self, Done, Item};
use super::new_file::{is_stdout, name_of};
use super::terminal::{Failure, Status};
use super::verdict;
use crate::formats::Format;
use crate::input::{Source, Texts};
use crate::operations::Conversion;
use crate::pipeline::{Options, Outcome};
use crate::report::Verdict;

pub(super) use args::{Args, GUIDE};

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let Some(to) = args.to.0 else {
        return Err("`--to` needs a format".into());
    };
    whole::check(args, to)?;
    if let Some(shard) = args.shards.asked() {
        return shards::run(args, to, &shard);
    }
    if !args.shards.partials().is_empty() {
        shards::fit(args)?;
    }
    let is_one = args.inputs.len() == 1;
    if is_one && args.input().is_dir() && !is_whole(args)? {
        if args.edits.any() {
            let why = "the options for edits are for a single file; convert the folder first, or give \
                       each file";
            return Err(why.into());
        }
        return folder::run(args, to);
    }
    fit_files(args)?;
    let common = &args.common;
    let to_stdout = is_stdout(&args.out);
    if to_stdout && common.reporting.outputs().take_stdout() {
        return Err(
            "standard output is taken by the converted file; name a file for one of the \
            two, as in `--output json=PATH` or `-o PATH`"
                .into(),
        );
    }
    let mut configs = common.reporting.configs()?;
    let mut search = common.search.search(&mut configs)?;
    search.format = args.from.0;
    let mut inputs = expand(&args.inputs, common.stdin_filename.as_deref(), &mut search)?;
    if inputs.is_empty() {
        return Err("no label file found".into());
    }
    // The order in which they are given decides whose project it is.
    let order = |input: &Input| args.inputs.iter().position(|path| path == input.path());
    inputs.sort_by_key(order);
    let mut inputs = parts::joined(inputs, args.from.0)?;
    let input = inputs.remove(0);
    if !inputs.is_empty() {
        several_allowed(args)?;
    }
    let mut others = Vec::new();
    for other in inputs {
        let job = common.job(&mut configs, other.path())?;
        claim(args, to, &other, &job, None)?;
        others.push((other, job));
    }
    let job = common.job(&mut configs, input.path())?;
    args.judge(&job.options)?;
    claim(args, to, &input, &job, None)?;
    let work = |item: &Item| {
        if others.is_empty() {
            all_parts(item, args, to)
        } else {
            united(item, &others, args, to)
        }
    };
    let mut made = Vec::new();
    let mut items = [Item::new(input, job)];
    let time = many::each(&mut items, &common.reporting, work, |result, _| {
        made = result?;
        Ok(())
    })?;
    let is_refused = made.iter().any(|part: &Made| part.outcome.refused);
    let bytes = made.iter().map(|part| part.bytes).max().unwrap_or_default();
    let mut told = Told::default();
    let mut outcomes = Vec::new();
    for part in made {
        told.remarks.extend(part.told);
        if let Some(files) = part.files {
            told.remarks.extend(files.remark.clone());
            told.add_written(&part.outcome, &files.name, args, to);
            // Of several parts all are written, or none.
            if !is_refused {
                files.keep()?;
            }
        }
        if !part.is_inner {
            outcomes.push(part.outcome);
        }
    }
    let stream = stream(&common.reporting.outputs(), to_stdout);
    let mut verdict = Verdict::of_conversions(0);
    for outcome in &outcomes {
        verdict.add_outcome(outcome, &items[0].job.gate);
    }
    report(&outcomes, &verdict, common, stream, &told)?;
    let done = Done {
        verb: "converted",
        files: u64::from(!is_refused),
        documents: outcomes.iter().map(|outcome| outcome.input.documents).sum(),
        bytes,
        time,
        others: vec![(u64::from(is_refused), "refused")],
    };
    done.say(&common.reporting);
    Ok(verdict::say(&verdict, &common.reporting))
}

/// A file that a conversion makes, which is not there yet.
struct Made {
    outcome: Outcome,
    /// None of an input that becomes a part of another one.
    files: Option<Files>,
    /// Whether the inputs tell all that there is to say of it.
    is_inner: bool,
    /// The size of the input.
    bytes: u64,
    /// What was left out or changed.
    told: Vec<String>,
}

/// Makes sure that the files of a conversion, or of a part of it, are as many as their names.
fn claim(
    args: &Args,
    to: &dyn Format,
    input: &Input,
    job: &Job,
    part: Option<&str>,
) -> Result<(), Failure> {
    let mut claims = args.common.reporting.claims();
    claims.input(input);
    claims.lookup(&job.lookup, input.path());
    if let Some(folder) = &args.texts_out {
        claims.texts(folder);
    }
    if let Some(ledger) = &args.restore {
        claims.read("the ledger that is put back", ledger);
    }
    for table in args.edits.tables() {
        claims.read("a table", table);
    }
    for partial in args.shards.partials() {
        claims.read("a result of a shard", partial);
    }
    if let Some(part) = part {
        claims.write("-o ", &whole::product(&file_of(&args.out, part), to))?;
        if let Some(ledger) = &args.losses {
            claims.write("--losses ", &file_of(ledger, part))?;
        }
        return Ok(());
    }
    if args.edits.split_by.is_none() {
        if !is_stdout(&args.out) {
            claims.write("-o ", &whole::product(&args.out, to))?;
        }
        if let Some(ledger) = &args.losses {
            claims.write("--losses ", ledger)?;
        }
    }
    args.common.reporting.outputs().claim(&mut claims)
}

/// Converts one file, into one or into several. What it makes is not there yet.
fn all_parts(item: &Item, args: &Args, to: &'static dyn Format) -> Result<Vec<Made>, Failure> {
    let Opened::Source(source) = item.input.open()? else {
        return Err("no label file found".into());
    };
    let recognized = recognized(&source, args.from.0, args.common.reporting.verbose)?;
    let mut texts = item.job.texts(&source)?;
    if !args.shards.partials().is_empty() {
        // The shards may have had them elsewhere.
        texts = texts.map(Texts::portable);
    }
    let bytes = source.length().unwrap_or_default();
    if !args.edits.any() {
        let made = one(
            item,
            args,
            to,
            (&source, texts.as_ref()),
            &item.job.options,
            None,
        )?;
        let told = recognized.into_iter().collect();
        return Ok(vec![Made {
            bytes,
            told,
            ..made
        }]);
    }
    let mut parts = edited(item, args, to, (&source, texts.as_ref()))?;
    if let Some(first) = parts.first_mut() {
        first.told.splice(..0, recognized);
    }
    Ok(parts)
}

/// Converts a file with changes.
fn edited(
    item: &Item,
    args: &Args,
    to: &'static dyn Format,
    (source, texts): (&Source, Option<&Texts>),
) -> Result<Vec<Made>, Failure> {
    let bytes = source.length().unwrap_or_default();
    whole::editable(source)?;
    let corpus = args.corpus(source, texts, &item.job)?;
    let mut all = Vec::new();
    for part in args.edits.parts(&corpus)? {
        if let Some(name) = &part.name {
            claim(args, to, &item.input, &item.job, Some(name))?;
        }
        let prepared = args.edits.prepare(&corpus, &part, to)?;
        let options = Options {
            datasets: prepared.datasets,
            ..item.job.options.clone()
        };
        let input = (&prepared.source, texts);
        let mut made = one(item, args, to, input, &options, part.name.as_deref())?;
        if let Some(files) = &mut made.files {
            made.outcome.saved += files.note(&prepared.left_out, corpus.format(), to)?;
        }
        all.push(Made {
            bytes,
            told: prepared.told,
            ..made
        });
    }
    Ok(all)
}

/// Unites several inputs, and converts what comes of it.
fn united(
    item: &Item,
    others: &[(Input, Job)],
    args: &Args,
    to: &'static dyn Format,
) -> Result<Vec<Made>, Failure> {
    let first = Opening {
        input: &item.input,
        job: &item.job,
    };
    let others = others.iter().map(|(input, job)| Opening { input, job });
    let inputs: Vec<Opening<'_>> = std::iter::once(first).chain(others).collect();
    let united = several::unite(args, &inputs)?;
    let is_project = to.info().name == "language";
    let of_input = |outcome: Outcome| Made {
        // Of another format the product is told, and the inputs where there is something to say.
        is_inner: !is_project && !outcome.refused && outcome.diagnostics.is_empty(),
        outcome,
        files: None,
        bytes: 0,
        told: Vec::new(),
    };
    let mut all: Vec<Made> = united.outcomes.into_iter().map(of_input).collect();
    let told = united.told;
    if let Some(source) = &united.source {
        let input = (source, united.texts.as_ref());
        let made = if args.edits.any() {
            edited(item, args, to, input)?
        } else {
            vec![one(item, args, to, input, &item.job.options, None)?]
        };
        // What is wrong with the inputs was said of them.
        all.extend(made.into_iter().map(|made| Made {
            is_inner: is_project && !made.outcome.refused,
            ..made
        }));
    }
    if let Some(first) = all.first_mut() {
        first.told = told;
    }
    Ok(all)
}

/// Makes sure that what is asked can be done with files that are named one by one.
fn fit_files(args: &Args) -> Result<(), Failure> {
    if args.inputs.len() > 1 && args.inputs.iter().any(|path| path.is_dir()) {
        let why = "a folder is converted file by file; name the files that are to become one";
        return Err(why.into());
    }
    if args.edits.split_by.is_some() && args.out == Path::new("-") {
        return Err("`--split-by` writes several files; name them with `-o PATH`".into());
    }
    if args.old.resume {
        return Err("`--resume` is for folders: a single file is converted or it is not".into());
    }
    Ok(())
}

/// Whether the input is a folder that is one label file as a whole.
fn is_whole(args: &Args) -> Result<bool, Failure> {
    let mut configs = args.common.reporting.configs()?;
    let mut search = args.common.search.search(&mut configs)?;
    search.format = args.from.0;
    Ok(search.whole(args.input())?.is_some())
}

/// Makes sure that nothing is asked for that is for one input alone.
fn several_allowed(args: &Args) -> Result<(), Failure> {
    if let Some(option) = args.for_a_whole_input() {
        return Err(format!(
            "`{option}` is for a single input; convert the inputs one by one first"
        )
        .into());
    }
    Ok(())
}

/// Converts a file, or a part of it.
fn one(
    item: &Item,
    args: &Args,
    to: &'static dyn Format,
    (source, texts): (&Source, Option<&Texts>),
    options: &Options,
    part: Option<&str>,
) -> Result<Made, Failure> {
    let restore = args.restore.as_deref();
    let restore = restore.map(|path| open_ledger(path, to)).transpose()?;
    let of_part = |path: &Path| part.map_or_else(|| path.to_owned(), |part| file_of(path, part));
    let out = of_part(&args.out);
    let new_texts = whole::folder(args, to, &out)?;
    let (restored, files) = (restore.as_ref(), new_texts.as_ref());
    let shards = args.shards.open()?;
    let conversion = Conversion {
        shards: shards.as_ref(),
        ..args.conversion(to, item.job.options.unit, texts, restored, files)
    };
    let mut files = Files::create(
        &whole::product(&out, to),
        args.common.reporting.force,
        args.losses.as_deref().map(of_part).as_deref(),
        Hashing::unasked,
    )?;
    files.name = name_of(&out);
    let outcome = files.make(source, &conversion, options)?;
    if shards.is_some_and(|shards| shards.were_left()) {
        files.remark = Some(shards::LEFT.to_owned());
    }
    files.texts = new_texts;
    if let (Some(ledger), Some(path)) = (&restore, &args.restore) {
        files.remark = of_another(ledger, path, source)?;
    }
    Ok(Made {
        outcome,
        files: Some(files),
        is_inner: false,
        bytes: 0,
        told: Vec::new(),
    })
}
