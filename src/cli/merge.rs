//! `labelwright merge`

use std::path::{Path, PathBuf};

use super::help::{Guide, heading};
use super::look::Stream;
use super::options::Reporting;
use super::output::Telling;
use super::terminal::{EXIT_STATUS, Failure, Status, say};
use super::verdict;
use crate::operations::{self, Merged, Moved};
use crate::pipeline::Options;
use crate::report::{Report, Verdict};
use crate::rules::settings::Settings;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[(
        "Put two shards together",
        "labelwright merge part-0 part-1 --output json",
    )],
    sections: &[EXIT_STATUS],
};

/// Put the results of `check --shard` together
///
/// It is the report of one check over the whole file that ignores the rules `surface-unlabeled`,
/// `surface-unlabeled-in-document` and `surface-seldom-labeled`, byte for byte.
/// The label file and the texts must lie where the shards found them, or where `--input` and `--texts`
/// say: what the shards suspect together (texts that are the same, addresses that occur twice) is
/// proved there.
#[derive(clap::Args)]
pub(super) struct Args {
    /// What `check --shard --partial` wrote
    ///
    /// The order does not matter. Together they must cover the file.
    #[arg(required = true, value_name = "PARTIAL")]
    partials: Vec<PathBuf>,

    /// Where the label file lies now
    ///
    /// It must hold what the shards have read of it. Without this option it lies where they found it,
    /// or comes with their results (`check --with-lines`).
    #[arg(long, value_name = "FILE", help_heading = heading::INPUT)]
    input: Option<PathBuf>,

    /// Folder where the documents lie now; may be repeated
    ///
    /// Without this option they lie where the shards found them.
    #[arg(long, value_name = "DIR", help_heading = heading::INPUT)]
    texts: Vec<PathBuf>,

    /// Count the findings by rule
    ///
    /// The human report is a table of the rules then.
    #[arg(long, help_heading = heading::REPORT)]
    statistics: bool,

    #[command(flatten)]
    reporting: Reporting,
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let reporting = &args.reporting;
    let mut configs = reporting.configs()?;
    let options = Options {
        jobs: reporting.jobs(),
        regions: reporting.outputs().regions(),
        snippets: if args.statistics {
            0
        } else {
            reporting.snippets()
        },
        settings: Settings {
            redact: reporting.redact,
            ..Settings::default()
        },
        reach: args.statistics,
        labelers: reporting.show_labelers,
        ..Options::default()
    };
    let mut claims = reporting.claims();
    for partial in &args.partials {
        claims.read("a result of a shard", partial);
    }
    if let Some(input) = &args.input {
        claims.read("the label file", input);
    }
    claims.folders(&args.texts);
    reporting.outputs().claim(&mut claims)?;
    let partials: Vec<&Path> = args.partials.iter().map(PathBuf::as_path).collect();
    let moved = Moved {
        input: args.input.clone(),
        texts: args.texts.clone(),
    };
    let again = || {
        if !reporting.quiet {
            say(
                "the shards together show what none could know (what the offsets count, or that \
                documents fall back to one file), so the file is checked again as a whole",
            );
        }
    };
    let Merged {
        outcome,
        path,
        texts,
    } = operations::merge(&partials, &moved, &options, again)?;
    // Only the results of the shards told where these lie.
    let mut claims = reporting.claims();
    claims.read("the label file", &path);
    claims.folders(&texts);
    reporting.outputs().claim(&mut claims)?;
    let (asked, file) = configs.asked(&path)?;
    let gate = reporting.gate(&asked, file);
    let mut verdict = Verdict::of_checks(0);
    verdict.add_outcome(&outcome, &gate);
    let report = Report {
        outcomes: std::slice::from_ref(&outcome),
        verdict: Some(&verdict),
        ..Report::default()
    };
    let outputs = reporting.outputs();
    let telling = Telling {
        statistics: args.statistics,
        fixable: true,
    };
    outputs.write(&report, Stream::Stdout, telling)?;
    Ok(verdict::say(&verdict, reporting))
}
