//! `convert --shard` and `convert --partials`: a conversion that several machines do.

use super::args::Args;
use crate::cli::input::expand;
use crate::cli::many::Item;
use crate::cli::new_file::is_stdout;
use crate::cli::shard::{self, Shard};
use crate::cli::terminal::{Failure, Status};
use crate::formats::Format;
use crate::operations;

/// Converts a part of one file. The status tells only whether that could be done.
pub(super) fn run(
    args: &Args,
    to: &'static dyn Format,
    shard: &Shard<'_>,
) -> Result<Status, Failure> {
    if !is_stdout(&args.out) {
        let why = "a shard writes no label file, and its result goes to `--partial`; give `-o` with \
                   `--partials`";
        return Err(why.into());
    }
    fit(args)?;
    let common = &args.common;
    let mut configs = common.reporting.configs()?;
    let mut search = common.search.search(&mut configs)?;
    search.format = args.from.0;
    let inputs = expand(&args.inputs, common.stdin_filename.as_deref(), &mut search)?;
    let mut items = Vec::new();
    for input in inputs {
        let job = common.job(&mut configs, input.path())?;
        args.judge(&job.options)?;
        let mut claims = common.reporting.claims();
        claims.input(&input);
        claims.lookup(&job.lookup, input.path());
        if !is_stdout(shard.out) {
            claims.write("--partial ", shard.out)?;
        }
        items.push(Item::new(input, job));
    }
    let convert: &shard::Function<'_> = &|source, texts, options, part, out| {
        let conversion = args.conversion(to, options.unit, texts, None, None);
        operations::convert_shard(source, &conversion, options, part, out)
    };
    let work = shard::Work {
        function: convert,
        done: "converted",
        joined_by: "convert --partials",
    };
    shard::run(&items, shard, &work, &common.reporting)
}

/// Makes sure that nothing is asked for that shards cannot do.
///
/// Fails where it is.
pub(super) fn fit(args: &Args) -> Result<(), Failure> {
    if let Some(option) = args.for_a_whole_input() {
        return Err(
            format!("`{option}` is for a conversion of a whole file, without shards").into(),
        );
    }
    if args.edits.any() {
        let why = "the options for edits are for a conversion of a whole file, without shards";
        return Err(why.into());
    }
    if args.inputs.len() > 1 || args.input().is_dir() {
        return Err("shards are those of one label file; name it alone".into());
    }
    Ok(())
}

/// What is said where the results of shards were of no use.
pub(super) const LEFT: &str = "the whole file shows what no shard could know (what the offsets count, which languages \
     the project has, or that documents fall back to one file), so it was gone over as a whole; `--offsets`, \
     `--language` and `--multilingual` tell the shards";
