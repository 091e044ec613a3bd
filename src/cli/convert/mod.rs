//! `labelwright convert`: one file, or a folder of them.

mod args;
mod files;
mod folder;
mod journey;
mod lock;
mod manifest;
mod paths;
mod stamp;

use std::path::Path;

use self::files::{Files, of_another, open_ledger, stream};
use self::stamp::Hashing;
use super::input::{Input, Opened, expand};
use super::job::Job;
use super::look::Stream;
use super::many::{self, Done, Item};
use super::options::Common;
use super::output::Telling;
use super::terminal::{Failure, Status, say};
use super::verdict;
use crate::diagnostics::count;
use crate::formats::Format;
use crate::pipeline::Outcome;
use crate::report::{Report, Verdict};

pub(super) use args::{Args, GUIDE};

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let Some(to) = args.to.0 else {
        return Err("`--to` needs a format".into());
    };
    if args.input.is_dir() {
        return folder::run(args, to);
    }
    if args.old.resume {
        return Err("`--resume` is for folders: a single file is converted or it is not".into());
    }
    let common = &args.common;
    let to_stdout = args.out == Path::new("-");
    if to_stdout && common.reporting.outputs().take_stdout() {
        return Err(
            "standard output is taken by the converted file; name a file for one of the \
            two, as in `--output json=PATH` or `-o PATH`"
                .into(),
        );
    }
    let given = std::slice::from_ref(&args.input);
    let mut configs = common.reporting.configs()?;
    let mut search = common.search.search(&mut configs)?;
    let mut inputs = expand(given, common.stdin_filename.as_deref(), &mut search)?;
    let Some(input) = inputs.pop() else {
        return Err("no label file found".into());
    };
    if !inputs.is_empty() {
        return Err(format!(
            "{} matches several files, and one is converted at a time; give their folder",
            args.input.display()
        )
        .into());
    }
    let job = common.job(&mut configs, input.path())?;
    args.judge(&job.options)?;
    claim(args, &input, &job)?;
    let work = |item: &Item| one(item, args, to);
    let mut made = None;
    let mut items = [Item::new(input, job)];
    let time = many::each(&mut items, &common.reporting, work, |result, _| {
        made = Some(result?);
        Ok(())
    })?;
    let Some((outcome, files, bytes)) = made else {
        return Err("no label file found".into());
    };
    let name = files.name.clone();
    if let Some(remark) = files.remark.as_ref().filter(|_| !common.reporting.quiet) {
        say(remark);
    }
    if !outcome.refused {
        files.keep()?;
    }
    let stream = stream(&common.reporting.outputs(), to_stdout);
    let mut verdict = Verdict::of_conversions(0);
    verdict.add_outcome(&outcome, &items[0].job.gate);
    report(&outcome, &verdict, common, stream, &name)?;
    let done = Done {
        verb: "converted",
        files: u64::from(!outcome.refused),
        documents: outcome.input.documents,
        bytes,
        time,
        others: vec![(u64::from(outcome.refused), "refused")],
    };
    done.say(&common.reporting);
    Ok(verdict::say(&verdict, &common.reporting))
}

/// Makes sure that the files of a conversion are as many as their names.
fn claim(args: &Args, input: &Input, job: &Job) -> Result<(), Failure> {
    let mut claims = args.common.reporting.claims();
    claims.input(input);
    claims.lookup(&job.lookup, input.path());
    if let Some(folder) = &args.texts_out {
        claims.texts(folder);
    }
    if let Some(ledger) = &args.restore {
        claims.read("the ledger that is put back", ledger);
    }
    if args.out != Path::new("-") {
        claims.write("-o ", &args.out)?;
    }
    if let Some(ledger) = &args.losses {
        claims.write("--losses ", ledger)?;
    }
    args.common.reporting.outputs().claim(&mut claims)
}

/// Converts one file. What it makes is not there yet.
fn one(
    item: &Item,
    args: &Args,
    to: &'static dyn Format,
) -> Result<(Outcome, Files, u64), Failure> {
    let Opened::Source(source) = item.input.open()? else {
        return Err("no label file found".into());
    };
    let texts = item.job.texts(&source)?;
    let restore = args.restore.as_deref();
    let restore = restore.map(|path| open_ledger(path, to)).transpose()?;
    let new_texts = args.new_texts()?;
    let conversion = args.conversion(
        to,
        &item.job,
        texts.as_ref(),
        restore.as_ref(),
        new_texts.as_ref(),
    );
    let mut files = Files::create(
        &args.out,
        args.common.reporting.force,
        args.losses.as_deref(),
        Hashing::unasked,
    )?;
    let outcome = files.make(&source, &conversion, &item.job.options)?;
    files.texts = new_texts;
    if let (Some(ledger), Some(path)) = (&restore, &args.restore) {
        files.remark = of_another(ledger, path, &source)?;
    }
    let bytes = source.length().unwrap_or_default();
    Ok((outcome, files, bytes))
}

/// Writes the reports, and tells what became of the conversion.
fn report(
    outcome: &Outcome,
    verdict: &Verdict<'_>,
    common: &Common,
    stream: Stream,
    name: &str,
) -> Result<(), Failure> {
    let report = Report {
        outcomes: std::slice::from_ref(outcome),
        verdict: Some(verdict),
        ..Report::default()
    };
    let outputs = common.reporting.outputs();
    outputs.write(&report, stream, Telling::default())?;
    if outcome.refused {
        if !common.reporting.quiet {
            say("not converted: nothing was written");
        }
        return Ok(());
    }
    if !common.reporting.quiet {
        let documents = count(outcome.input.documents, "document");
        let labels = count(outcome.input.labels, "label");
        say(format_args!(
            "converted {documents} with {labels} to {name}"
        ));
    }
    Ok(())
}
