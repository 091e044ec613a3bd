//! `labelwright plan`

use std::num::NonZeroU64;
use std::path::PathBuf;

use super::choices::FormatName;
use super::help::{Guide, heading};
use super::input::{Input, Opened, expand};
use super::many::Skipped;
use super::numbers::byte_count;
use super::options::ConfigFile;
use super::search::SearchFlags;
use super::terminal::{DONE_OR_FAILED, Failure, Status, print_by, unprinted};
use crate::operations::{self, Shares};
use crate::report::json_line;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Divide a file into shards of about 128 MiB",
            "labelwright plan labels.jsonl --shard-size 128MiB",
        ),
        (
            "Divide all label files of a folder, four shards each",
            "labelwright plan exports --shards 4",
        ),
        (
            "Check the second shard of two",
            "labelwright check labels.jsonl --shard 1000000:2000000 --partial part-1",
        ),
    ],
    sections: &[DONE_OR_FAILED],
};

/// Print the shards that label files can be checked in
///
/// Each line is a JSON object: the `path`, `format` and `size` of a label file, its `identity`, and
/// a shard of it, by its number (`shard` of `shards`) and its bytes (`start` and `end`, for
/// `check --shard START:END`). A file that cannot be divided is one line, where these four are
/// `null` and `whole` says why; a plain `check` is for it. No file is read as a whole.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Label files, folders or patterns [default: .]
    ///
    /// In folders the files that end in .json or .jsonl are looked at; one without label files among
    /// them and with .ann files is one of brat as a whole. A pattern such as `labels*.json` stands
    /// for the files that it matches.
    #[arg(value_name = "INPUT", default_value = ".", hide_default_value = true)]
    inputs: Vec<PathBuf>,

    /// Format of the inputs
    #[arg(long, value_name = "FORMAT", default_value = "auto", help_heading = heading::INPUT,
        value_parser = FormatName::or_auto())]
    format: FormatName,

    #[command(flatten)]
    search: SearchFlags,

    /// Most bytes of a shard [default: 128MiB]
    ///
    /// A number of bytes, or one with a unit: `64MB` has 64,000,000 bytes, `64MiB` 67,108,864. The
    /// shards of a file are equal, so all may be smaller.
    #[arg(long, value_name = "SIZE", value_parser = byte_count, conflicts_with = "shards",
        help_heading = heading::SHARDS)]
    shard_size: Option<NonZeroU64>,

    /// How many shards each file has
    #[arg(long, value_name = "N", help_heading = heading::SHARDS)]
    shards: Option<NonZeroU64>,

    #[command(flatten)]
    file: ConfigFile,
}

impl Args {
    fn shares(&self) -> Shares {
        /// The size of a block of HDFS, which schedulers are used to.
        const USUAL: NonZeroU64 = NonZeroU64::new(128 << 20).expect("it is not zero");
        match self.shards {
            Some(number) => Shares::InNumber(number),
            None => Shares::OfSize(self.shard_size.unwrap_or(USUAL)),
        }
    }
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let mut configs = args.file.configs(false)?;
    let mut search = args.search.search(&mut configs)?;
    search.format = args.format.0;
    let inputs = expand(&args.inputs, None, &mut search)?;
    let (mut plans, mut skipped) = (Vec::new(), Skipped::default());
    for input in inputs {
        if let Input::Stdin(_) = input {
            return Err("standard input cannot be divided among shards; name a file".into());
        }
        match input.open()? {
            Opened::Source(source) => {
                plans.push(operations::plan(&source, args.format.0, args.shares())?);
            }
            Opened::PassedOver(looks) => {
                skipped.note(input.path(), &looks);
            }
        }
    }
    if plans.is_empty() {
        return Err(skipped.nothing_found());
    }
    // Nothing is printed before all is known: half a plan would be taken for a whole one.
    print_by(|out| {
        for shard in plans.iter().flat_map(operations::Plan::shards) {
            let line = json_line(&shard)?;
            out.write_all(line.as_bytes()).map_err(unprinted)?;
        }
        Ok(())
    })?;
    Ok(Status::Clean)
}
