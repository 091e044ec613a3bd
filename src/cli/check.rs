//! `labelwright check`

use std::path::PathBuf;

use super::input::{Input, expand};
use super::options::{Common, FormatName, Job};
use super::output::{self, Stream};
use super::{Failure, Status, complain, gate};
use crate::findings::Room;
use crate::pipeline;
use crate::report::Report;

/// Validate label files: what is wrong, where, and how to mend it
#[derive(clap::Args)]
#[command(after_help = super::convert::STATUS_HELP)]
pub(super) struct Args {
    /// Label files, folders (searched for .json and .jsonl), or `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// What the inputs are: auto, aml or language; `auto` looks at the content
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = FormatName::parse)]
    format: FormatName,

    /// Ask the published schema about every record too, and report what only it finds
    #[arg(long)]
    schema_strict: bool,

    /// Count the findings by rule instead of printing each (in the human report)
    #[arg(long)]
    statistics: bool,

    #[command(flatten)]
    fix: super::fix::Mends,

    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: Args) -> Result<Status, Failure> {
    let Args {
        inputs,
        format,
        schema_strict,
        statistics,
        fix,
        common,
    } = args;
    let mut configs = common.configs()?;
    let mut jobs = Vec::new();
    let room = Room::default();
    for input in expand(&inputs, common.stdin_filename.as_deref())? {
        let mut job = common.job(&mut configs, input.path())?;
        job.options.schema_strict = schema_strict;
        job.options.room = room.clone();
        if statistics {
            job.options.snippets = 0;
        }
        if fix.writes() && matches!(input, Input::Stdin(_)) {
            return Err(
                "standard input cannot be mended in place; `--diff` shows what to change".into(),
            );
        }
        jobs.push((input, job));
    }
    let mut outcomes = Vec::new();
    let mut failed = false;
    for (input, job) in jobs {
        let Some(source) = input.open(common.verbose)? else {
            continue;
        };
        let texts = job.texts(&source)?;
        let checked = if fix.any() {
            fix.run(
                &source,
                format.0,
                texts.as_ref(),
                &job.options,
                common.quiet,
            )
        } else {
            pipeline::check(&source, format.0, texts.as_ref(), &job.options).map_err(Into::into)
        };
        match checked {
            Ok(outcome) => outcomes.push((outcome, job)),
            Err(error) => {
                complain(&*error);
                failed = true;
            }
        }
    }
    if outcomes.is_empty() {
        if failed {
            return Ok(Status::Failed);
        }
        return Err(
            "no label file found; only .json and .jsonl files in folders are looked at".into(),
        );
    }
    outcomes.sort_by(|a, b| a.0.input.path.cmp(&b.0.input.path));
    let (mut outcomes, jobs): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
    if !failed {
        // What a file lists that could not be read, nobody knows.
        let levels: Vec<_> = jobs.iter().map(|job: &Job| &job.options.levels).collect();
        pipeline::unlisted(&mut outcomes, &levels)?;
    }
    let report = Report {
        outcomes: &outcomes,
    };
    if !fix.only_shows() {
        output::write(&report, &common, Stream::Stdout, statistics)?;
    }
    let status = gate::status(outcomes.iter().zip(jobs.iter().map(|job| &job.gate)));
    Ok(if failed { Status::Failed } else { status })
}
