//! `labelwright check`

use std::path::PathBuf;

use super::baseline::BaselineFlags;
use super::choices::FormatName;
use super::config::Configs;
use super::fix::{FixFlags, Told};
use super::help::{Guide, heading};
use super::input::{Input, Opened, expand, recognized};
use super::job::{Job, try_texts};
use super::look::Stream;
use super::many::{self, Done, Item, Skipped};
use super::new_file::is_stdout;
use super::options::{Common, Reporting};
use super::output::Telling;
use super::preview::ShowFlags;
use super::progress::Progress;
use super::shard::{self, Shard, ShardArgs};
use super::terminal::{EXIT_STATUS, Failure, Status, complain, print, say};
use super::verdict;
use crate::diagnostics::Looks;
use crate::formats::Format;
use crate::input::{Source, Texts, sha256};
use crate::operations;
use crate::pipeline::{Error, Options, Outcome};
use crate::report::{Report, Verdict};

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Check a file whose documents are in docs",
            "labelwright check labels.json --texts docs",
        ),
        (
            "See what could be fixed, then fix it",
            "labelwright check labels.json --texts docs --diff",
        ),
        (
            "Let a build fail on warnings, and keep a report",
            "labelwright check labels --fail-on warning --output json=report.json",
        ),
        (
            "Count the findings of a large file by rule",
            "labelwright check export.jsonl --statistics",
        ),
    ],
    sections: &[EXIT_STATUS],
};

/// Validate label files: what is wrong, where, and how to fix it
///
/// A rule says of each label file whether it can be read, has the members of the contract, names
/// the right characters, finds its documents, and declares, covers and splits its labels.
/// `labelwright rules` lists the rules, and `labelwright explain RULE` says all about one.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Label files, folders, patterns, or `-` [default: .]
    ///
    /// In folders the files that end in .json or .jsonl are looked at; one without label files among
    /// them and with .ann files is one of brat as a whole. A pattern such as `labels*.json` stands
    /// for the files that it matches, and `-` for standard input.
    #[arg(value_name = "INPUT", default_value = ".", hide_default_value = true)]
    inputs: Vec<PathBuf>,

    /// Format of the inputs
    #[arg(long, value_name = "FORMAT", default_value = "auto", help_heading = heading::INPUT,
        value_parser = FormatName::or_auto())]
    format: FormatName,

    /// Take files as if found in a folder
    ///
    /// Those that `exclude` leaves out and those of other programs are passed over, and it is no error where
    /// none is left. So a hook can name all files that changed.
    #[arg(long, help_heading = heading::INPUT, display_order = 1000)]
    as_found: bool,

    /// Ask the JSON Schema about every record too
    ///
    /// It is the published one of the format. Reported is what only the schema finds.
    #[arg(long, help_heading = heading::RULES, display_order = 1000)]
    schema_strict: bool,

    #[command(flatten)]
    fix: FixFlags,

    /// Count the findings by rule
    ///
    /// The human report is a table of the rules then.
    #[arg(long, help_heading = heading::REPORT)]
    statistics: bool,

    #[command(flatten)]
    known: BaselineFlags,

    #[command(flatten)]
    part: ShardArgs,

    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    show: ShowFlags,
}

impl Args {
    /// Makes sure that what is asked for goes together.
    fn fit(&self) -> Result<(), Failure> {
        self.fit_changes()?;
        self.fit_a_shard()
    }

    /// Makes sure that changes are asked for without a report.
    fn fit_changes(&self) -> Result<(), Failure> {
        let reporting = &self.common.reporting;
        if self.fix.is_idle() && !reporting.quiet {
            say("nothing is fixed: `--unsafe-fixes` goes with `--fix` or `--diff`");
        }
        let outputs = reporting.outputs();
        self.fix.fit(&[
            (!outputs.is_default(), "--output"),
            (self.known.writes(), "--write-baseline"),
            (self.statistics, "--statistics"),
        ])
    }

    /// Makes sure that a shard is asked for nothing that only the whole file has.
    fn fit_a_shard(&self) -> Result<(), Failure> {
        if self.part.asked().is_none() {
            return Ok(());
        }
        if self.fix.any() || self.statistics || self.known.any() {
            return Err(
                "a shard only checks; `--fix`, `--diff`, `--statistics` and baselines are for the \
                whole file"
                    .into(),
            );
        }
        Ok(())
    }
}

pub(super) fn run(args: Args) -> Result<Status, Failure> {
    let mut configs = args.common.reporting.configs()?;
    let mut items = items(&args, &mut configs)?;
    let preview = args
        .show
        .run(&items, args.format.0, &args.common, &mut configs)?;
    if let Some(status) = preview {
        return Ok(status);
    }
    args.fit()?;
    let Args {
        format,
        as_found,
        statistics,
        fix,
        known,
        part,
        common,
        ..
    } = args;
    claim(&items, &part, &known, &common.reporting)?;
    let others = known.apply(&mut items)?;
    try_texts(items.iter().map(|item| &item.job))?;
    if let Some(asked) = part.asked() {
        return part_of(&items, &asked, format, &common.reporting);
    }
    let mut outcomes = Vec::new();
    let (mut failed, mut bytes) = (0, 0);
    let (mut skipped, mut shows) = (Skipped::default(), 0);
    let verbose = common.reporting.verbose;
    let check = |item: &Item| check(item, format, &fix, verbose);
    let work = |item: &Item| (item.input.path().to_owned(), check(item));
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
    if outcomes.is_empty() && failed > 0 {
        return Ok(Status::Failed);
    }
    if outcomes.is_empty() && !as_found {
        return Err(skipped.nothing_found());
    }
    outcomes.sort_by(|a, b| a.0.input.path.cmp(&b.0.input.path));
    let (mut outcomes, jobs): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
    if failed == 0 {
        // What a file lists that could not be read, nobody knows.
        let options: Vec<_> = jobs.iter().map(|job: &Job| &job.options).collect();
        operations::unlisted(&mut outcomes, &options)?;
        known.write(&mut outcomes, &others, common.reporting.quiet)?;
    }
    known.tell(&outcomes, &others, common.reporting.quiet);
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
        let telling = Telling {
            statistics,
            // What a run that fixes leaves is told with the reason.
            fixable: !fix.any(),
        };
        outputs.write(&report, Stream::Stdout, telling)?;
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

/// Checks a part of a file.
fn part_of(
    items: &[Item],
    asked: &Shard<'_>,
    format: FormatName,
    reporting: &Reporting,
) -> Result<Status, Failure> {
    let judge: &shard::Function<'_> = &|source, texts, options, part, out| {
        operations::shard(source, format.0, texts, options, part, out)
    };
    let work = shard::Work {
        function: judge,
        done: "checked",
        joined_by: "merge",
    };
    shard::run(items, asked, &work, reporting)
}

/// The label files, each with what is to be done.
fn items(args: &Args, configs: &mut Configs) -> Result<Vec<Item>, Failure> {
    let common = &args.common;
    let mut search = common.search.search(configs)?;
    search.as_found = args.as_found;
    search.format = args.format.0;
    let inputs = expand(&args.inputs, common.stdin_filename.as_deref(), &mut search)?;
    let mut items = Vec::new();
    for input in inputs {
        let mut job = common.job(configs, input.path())?;
        job.options.schema_strict = args.schema_strict;
        job.options.reach = args.statistics;
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
    if let [only] = &mut items[..] {
        only.job.is_alone = true;
    }
    Ok(items)
}

/// Makes sure that nothing is written over an input or over something else of the run.
fn claim(
    items: &[Item],
    part: &ShardArgs,
    known: &BaselineFlags,
    reporting: &Reporting,
) -> Result<(), Failure> {
    let partial = part.asked().map(|shard| shard.out);
    if partial.is_none() && !known.any() && !reporting.outputs().any_to_files() {
        return Ok(());
    }
    let mut claims = reporting.claims();
    for item in items {
        claims.input(&item.input);
        claims.lookup(&item.job.lookup, item.input.path());
    }
    known.claim(&mut claims)?;
    if let Some(partial) = partial.filter(|out| !is_stdout(out)) {
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
    verbose: bool,
) -> Result<Result<Checked, Looks>, Failure> {
    let source = match item.input.open()? {
        Opened::Source(source) => source,
        Opened::PassedOver(looks) => return Ok(Err(looks)),
    };
    let job = &item.job;
    let texts = job.texts(&source)?;
    let (format, options) = (format.0, &job.options);
    let (outcome, mut told) = if !fix.any() {
        (
            looked_at(&source, format, texts.as_ref(), options)?,
            Told::default(),
        )
    } else if options.overview.is_none() || fix.only_shows() {
        fix.run(&source, format, texts.as_ref(), options)?
    } else {
        // Pictures are made of what is left, and not of every step on the way.
        let steps = Options {
            overview: None,
            ..options.clone()
        };
        let (_, told) = fix.run(&source, format, texts.as_ref(), &steps)?;
        let Opened::Source(now) = item.input.open()? else {
            return Err("the fixed file is no label file any more".into());
        };
        let texts = job.texts(&now)?;
        (looked_at(&now, format, texts.as_ref(), options)?, told)
    };
    let bytes = source.length().unwrap_or_default();
    told.lines
        .splice(..0, recognized(&source, format, verbose)?);
    Ok(Ok(Checked {
        outcome,
        told,
        bytes,
    }))
}

/// Checks one file; where pictures are made of it, its hash is named too.
fn looked_at(
    source: &Source,
    format: Option<&'static dyn Format>,
    texts: Option<&Texts>,
    options: &Options,
) -> Result<Outcome, Failure> {
    let mut outcome = operations::check(source, format, texts, options)?;
    if let Some(overview) = &mut outcome.overview {
        let digest = source.reader().and_then(sha256);
        overview.digest = Some(digest.map_err(|error| Error::read(source, error))?);
    }
    Ok(outcome)
}
