//! `labelwright check`

use std::path::PathBuf;

use super::input::expand;
use super::options::{Common, FormatName};
use super::output::{self, Stream};
use super::{Failure, Status, complain};
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

    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: Args) -> Result<Status, Failure> {
    let Args {
        inputs,
        format,
        schema_strict,
        common,
    } = args;
    let mut options = common.pipeline()?;
    options.schema_strict = schema_strict;
    let mut outcomes = Vec::new();
    let mut failed = false;
    for input in expand(&inputs, common.stdin_filename.as_deref())? {
        let Some(source) = input.open(common.verbose)? else {
            continue;
        };
        let texts = common.texts(&source)?;
        match pipeline::check(&source, format.0, texts.as_ref(), &options) {
            Ok(outcome) => outcomes.push(outcome),
            Err(error) => {
                complain(&error);
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
    outcomes.sort_by(|a, b| a.input.path.cmp(&b.input.path));
    if !failed {
        // What a file lists that could not be read, nobody knows.
        pipeline::unlisted(&mut outcomes, &options);
    }
    let report = Report {
        outcomes: &outcomes,
    };
    let status = output::write(&report, &common, Stream::Stdout)?;
    Ok(if failed { Status::Failed } else { status })
}
