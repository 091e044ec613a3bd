//! `labelwright check`

use std::path::PathBuf;

use super::fix::{FixFlags, Told};
use super::input::{Input, Opened, expand};
use super::job::{Job, try_texts};
use super::many::{self, Done, Item, Skipped};
use super::options::{Common, FormatName, Reporting, formats_help};
use super::output::Stream;
use super::progress::Progress;
use super::shard::{self, ShardArgs};
use super::terminal::{Failure, STATUS_HELP, Status, complain, print, say};
use super::verdict;
use crate::diagnostics::Looks;
use crate::operations;
use crate::pipeline::Outcome;
use crate::report::{Report, Verdict};

/// Validate label files: what is wrong, where, and how to fix it
#[derive(clap::Args)]
#[command(after_help = STATUS_HELP)]
pub(super) struct Args {
    /// Label files, folders (searched for .json and .jsonl), patterns, or `-` for standard input
    #[arg(value_name = "INPUT", default_value = ".")]
    inputs: Vec<PathBuf>,

    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = FormatName::parse,
        help = formats_help("What the inputs are: auto, ", "; `auto` looks at the content"))]
    format: FormatName,

    /// Ask the published schema about every record too, and report what only it finds
    #[arg(long)]
    schema_strict: bool,

    /// Count the findings by rule instead of printing each (in the human report)
    #[arg(long)]
    statistics: bool,

    #[command(flatten)]
    fix: FixFlags,

    #[command(flatten)]
    part: ShardArgs,

    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: Args) -> Result<Status, Failure> {
    let mut items = items(&args)?;
    let Args {
        format,
        statistics,
        fix,
        part,
        common,
        ..
    } = args;
    if part.asked().is_some() && (fix.any() || statistics) {
        return Err(
            "a shard only checks; `--fix`, `--diff` and `--statistics` are for the \
            whole file"
                .into(),
        );
    }
    if part.asked().is_some() && common.reporting.private.redact {
        return Err(
            "the result of a shard holds words of documents, since shards are compared by them; give \
            `--redact` to `merge`"
                .into(),
        );
    }
    claim(&items, &part, &common.reporting)?;
    try_texts(items.iter().map(|item| &item.job))?;
    if let Some(asked) = part.asked() {
        return shard::run(&items, asked, format, &common.reporting);
    }
    let mut outcomes = Vec::new();
    let (mut failed, mut bytes) = (0, 0);
    let (mut skipped, mut shows) = (Skipped::default(), 0);
    let work = |item: &Item| (item.input.path().to_owned(), check(item, format, &fix));
    let time = many::each(
        &mut items,
        &common.reporting,
        work,
        |(path, result), progress| {
            let mut found = None;
            match result {
                Ok(Ok(checked)) => {
                    bytes += checked.bytes;
                    shows += u64::from(checked.told.shows());
                    tell(checked.told, common.reporting.quiet, progress)?;
                    found = Some(checked.outcome);
                }
                Ok(Err(looks)) => skipped.add(&path, &looks, &common.reporting, progress),
                Err(error) => {
                    progress.aside(|| complain(&*error));
                    failed += 1;
                }
            }
            outcomes.push(found);
            Ok(())
        },
    )?;
    let all = outcomes.into_iter().zip(items);
    let mut outcomes: Vec<(Outcome, Job)> = all
        .filter_map(|(outcome, item)| Some((outcome?, item.job)))
        .collect();
    if outcomes.is_empty() {
        if failed > 0 {
            return Ok(Status::Failed);
        }
        return Err(skipped.nothing_found());
    }
    outcomes.sort_by(|a, b| a.0.input.path.cmp(&b.0.input.path));
    let (mut outcomes, jobs): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
    if failed == 0 {
        // What a file lists that could not be read, nobody knows.
        let levels: Vec<_> = jobs.iter().map(|job: &Job| &job.options.levels).collect();
        operations::unlisted(&mut outcomes, &levels)?;
    }
    let mut verdict = Verdict::of_checks(failed);
    for (outcome, job) in outcomes.iter().zip(&jobs) {
        verdict.add_outcome(outcome, &job.gate);
    }
    verdict.changes = shows;
    let report = Report {
        outcomes: &outcomes,
        verdict: Some(&verdict),
        ..Report::default()
    };
    if !fix.only_shows() {
        let outputs = common.reporting.outputs();
        outputs.write(&report, Stream::Stdout, statistics)?;
    }
    let done = Done {
        verb: "checked",
        files: outcomes.len() as u64,
        documents: report.sizes().0,
        bytes,
        time,
        others: vec![(skipped.unknown, "skipped")],
    };
    done.say(&common.reporting);
    Ok(verdict::say(&verdict, &common.reporting))
}

/// The label files, each with what is to be done.
fn items(args: &Args) -> Result<Vec<Item>, Failure> {
    let common = &args.common;
    let mut configs = common.reporting.configs()?;
    let mut search = common.search.search(&mut configs)?;
    let inputs = expand(&args.inputs, common.stdin_filename.as_deref(), &mut search)?;
    let mut items = Vec::new();
    for input in inputs {
        let mut job = common.job(&mut configs, input.path())?;
        job.options.schema_strict = args.schema_strict;
        if args.statistics {
            job.options.snippets = 0;
        }
        if args.fix.writes() && matches!(input, Input::Stdin(_)) {
            return Err(
                "standard input cannot be fixed in place; `--diff` shows what to change".into(),
            );
        }
        items.push(Item::new(input, job));
    }
    Ok(items)
}

/// Makes sure that nothing is written over an input or over something else of the run.
fn claim(items: &[Item], part: &ShardArgs, reporting: &Reporting) -> Result<(), Failure> {
    let partial = part.asked().map(|(_, partial)| partial);
    if partial.is_none() && !reporting.outputs().any_to_files() {
        return Ok(());
    }
    let mut claims = reporting.claims();
    for item in items {
        claims.input(&item.input);
        claims.lookup(&item.job.lookup, item.input.path());
    }
    if let Some(partial) = partial {
        claims.write("--partial ", partial)?;
    }
    reporting.outputs().claim(&mut claims)
}

/// Says what was fixed and what was not, and shows what would be changed.
fn tell(told: Told, quiet: bool, progress: &Progress) -> Result<(), Failure> {
    for line in told.lines.into_iter().filter(|_| !quiet) {
        progress.aside(|| say(line));
    }
    let mut printed = Ok(());
    if !told.diff.is_empty() {
        progress.aside(|| printed = print(told.diff.as_bytes()));
    }
    printed
}

/// What a check of one file gave.
struct Checked {
    outcome: Outcome,
    told: Told,
    bytes: u64,
}

/// Checks one file; what it looks like where it is passed over.
fn check(
    item: &Item,
    format: FormatName,
    fix: &FixFlags,
) -> Result<Result<Checked, Looks>, Failure> {
    let source = match item.input.open()? {
        Opened::Source(source) => source,
        Opened::PassedOver(looks) => return Ok(Err(looks)),
    };
    let job = &item.job;
    let texts = job.texts(&source)?;
    let (outcome, told) = if fix.any() {
        fix.run(&source, format.0, texts.as_ref(), &job.options)?
    } else {
        let outcome = operations::check(&source, format.0, texts.as_ref(), &job.options)?;
        (outcome, Told::default())
    };
    let bytes = source.length().unwrap_or_default();
    Ok(Ok(Checked {
        outcome,
        told,
        bytes,
    }))
}
