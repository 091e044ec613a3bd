//! `check --shard`: the part of a check that one of several machines does.

use std::io::Write;
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, Instant};

use super::choices::FormatName;
use super::help::heading;
use super::input::{Input, Opened};
use super::many::Item;
use super::new_file::NewFile;
use super::options::Reporting;
use super::terminal::{Failure, Status, say};
use crate::diagnostics::count;
use crate::operations;
use crate::pipeline::Error;

/// Flags about shards.
#[derive(clap::Args)]
pub(super) struct ShardArgs {
    /// Check only these bytes of a JSONL file
    ///
    /// The lines that begin in them are checked; the end is exclusive. The verdict is left to
    /// `labelwright merge`.
    #[arg(long, value_name = "BYTES:BYTES", requires = "partial", help_heading = heading::SHARDS)]
    shard: Option<Bytes>,

    /// Where to write the result of the shard
    ///
    /// `labelwright merge` reads it.
    #[arg(long, value_name = "OUT", requires = "shard", help_heading = heading::SHARDS)]
    partial: Option<PathBuf>,
}

/// A range of bytes, end exclusive: `0:1048576`. Without an end it goes to the end of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bytes(Range<u64>);

impl FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.parse::<u64>().ok();
        let range = text.split_once(':').and_then(|(start, end)| {
            let end = if end.is_empty() {
                Some(u64::MAX)
            } else {
                number(end)
            };
            Some(number(start)?..end?)
        });
        match range {
            Some(range) if range.start <= range.end => Ok(Self(range)),
            Some(_) => Err("the end lies before the start".to_owned()),
            None => Err("it is no range of bytes such as `0:1048576`".to_owned()),
        }
    }
}

impl ShardArgs {
    /// The range and where its result goes, if only a part is to be checked.
    pub(super) fn asked(&self) -> Option<(&Range<u64>, &PathBuf)> {
        Some((&self.shard.as_ref()?.0, self.partial.as_ref()?))
    }
}

/// Checks a part of one file. The status tells only whether that could be done.
pub(super) fn run(
    items: &[Item],
    (bytes, out): (&Range<u64>, &PathBuf),
    format: FormatName,
    reporting: &Reporting,
) -> Result<Status, Failure> {
    let [item] = items else {
        return Err("a shard is a part of one label file; name one".into());
    };
    if let Input::Stdin(_) = item.input {
        return Err("standard input cannot be divided among shards; name a file".into());
    }
    let start = Instant::now();
    let Opened::Source(source) = item.input.open()? else {
        return Err("a shard is a part of one label file; name it, not its folder".into());
    };
    let texts = item.job.texts(&source)?;
    let unwritten = |source| Error::Write {
        path: out.display().to_string(),
        source,
    };
    let mut file = NewFile::create(out, reporting.force).map_err(unwritten)?;
    let shard = operations::shard(
        &source,
        format.0,
        texts.as_ref(),
        &item.job.options,
        bytes,
        &mut file,
    );
    let documents = shard.map_err(|error| match error {
        Error::Write { source, .. } => unwritten(source),
        other => other,
    })?;
    file.flush().and_then(|()| file.keep()).map_err(unwritten)?;
    if !reporting.quiet && start.elapsed() > Duration::from_secs(1) {
        let documents = count(documents, "document");
        let seconds = start.elapsed().as_secs_f64();
        say(format_args!(
            "checked {documents} of {} in {seconds:.1} s; `labelwright merge` has the verdict",
            source.name()
        ));
    }
    Ok(Status::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let range = |text: &str| text.parse::<Bytes>().map(|bytes| bytes.0);
        assert_eq!(range("0:5"), Ok(0..5));
        assert_eq!(range("7:7"), Ok(7..7));
        assert_eq!(range("7:"), Ok(7..u64::MAX));
        for wrong in [
            "",
            "5",
            ":5",
            "5:4",
            "a:b",
            "-1:5",
            "0:5:6",
            "0:18446744073709551616",
        ] {
            assert!(range(wrong).is_err(), "{wrong}");
        }
    }
}
