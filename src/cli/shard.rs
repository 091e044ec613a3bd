//! `--shard`: the part of a check, or of a conversion, that one of several machines does.

use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};

use super::help::heading;
use super::input::{Input, Opened};
use super::many::Item;
use super::new_file::NewFile;
use super::options::Reporting;
use super::output::PROBLEMS;
use super::terminal::{Failure, Status, say};
use crate::diagnostics::count;
use crate::input::{Source, Texts};
use crate::operations::Part;
use crate::pipeline::{Error, Options};

/// Flags about shards.
#[derive(clap::Args)]
pub(super) struct ShardArgs {
    /// Take only these bytes of a JSONL file
    ///
    /// Those are the lines that begin in them; the end is exclusive. The verdict is left to who puts the
    /// shards together: `labelwright merge`, or `labelwright convert --partials`.
    #[arg(long, value_name = "BYTES:BYTES", requires = "partial", help_heading = heading::SHARDS)]
    shard: Option<Bytes>,

    /// Where to write the result of the shard
    ///
    /// `-` prints it.
    #[arg(long, value_name = "OUT", requires = "shard", help_heading = heading::SHARDS)]
    partial: Option<PathBuf>,

    /// Put the lines of the shard into its result
    ///
    /// `labelwright merge` needs no label file then. They are packed.
    #[arg(long, requires = "shard", help_heading = heading::SHARDS)]
    with_lines: bool,

    /// Where standard input begins in the file
    ///
    /// For a file that only another program can read, such as one in an object store. Standard input is a
    /// stretch of it then: from the byte before the shard, or earlier, to the end of the line that the
    /// shard's last byte stands in.
    #[arg(long, value_name = "BYTE", requires_all = ["shard", "stdin_length"], help_heading = heading::SHARDS)]
    stdin_offset: Option<u64>,

    /// How long that file is
    #[arg(long, value_name = "BYTES", requires = "stdin_offset", help_heading = heading::SHARDS)]
    stdin_length: Option<u64>,

    /// How much of its start comes first [default: 0]
    ///
    /// The first so many bytes of standard input are the beginning of the file, and what `--stdin-offset`
    /// says comes behind them. The first lines tell what the file labels; 1048576 are enough. Not needed where the stretch begins
    /// with the file.
    #[arg(long, value_name = "BYTES", requires = "stdin_offset", help_heading = heading::SHARDS)]
    stdin_head: Option<u64>,
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
    /// What is to be checked and where its result goes, if only a part is.
    pub(super) fn asked(&self) -> Option<Shard<'_>> {
        let stretch = self.stdin_offset.zip(self.stdin_length);
        let head = self.stdin_head.unwrap_or_default();
        Some(Shard {
            part: Part {
                bytes: self.shard.clone()?.0,
                with_lines: self.with_lines,
            },
            out: self.partial.as_ref()?,
            stdin: stretch.map(|(place, length)| [head, place, length]),
        })
    }
}

/// A part of a file that is to be checked.
pub(super) struct Shard<'a> {
    part: Part,
    /// Where its result goes.
    pub(super) out: &'a Path,
    /// Which part of the file standard input is: see [`Source::excerpted`].
    stdin: Option<[u64; 3]>,
}

/// Works on a part of a file, writes what comes of it, and answers how many documents there are.
pub(super) type Function<'f> =
    dyn Fn(&Source, Option<&Texts>, &Options, &Part, &mut dyn Write) -> Result<u64, Error> + 'f;

/// What is done with a part of a file, and who puts the parts together.
pub(super) struct Work<'w> {
    pub(super) function: &'w Function<'w>,
    /// What it does, as a verb of the past.
    pub(super) done: &'static str,
    /// The command that puts the parts together.
    pub(super) joined_by: &'static str,
}

impl Work<'_> {
    /// Makes sure that a shard is asked for no report and no verdict.
    ///
    /// Fails where it is.
    fn fit(&self, reporting: &Reporting) -> Result<(), Failure> {
        let joined_by = self.joined_by;
        if reporting.redact {
            return Err(format!(
                "the result of a shard holds words of documents, since shards are compared by \
                 them; give `--redact` to `{joined_by}`"
            )
            .into());
        }
        let gate = reporting.has_gate();
        let gate = gate.then_some("--fail-on` or `--max-warnings");
        if let Some(option) = reporting.outputs().option().or(gate) {
            return Err(format!(
                "a shard has no report and no verdict; give `{option}` to `{joined_by}`, which has \
                 both"
            )
            .into());
        }
        Ok(())
    }
}

/// Works on a part of one file. The status tells only whether that could be done.
pub(super) fn run(
    items: &[Item],
    shard: &Shard<'_>,
    work: &Work<'_>,
    reporting: &Reporting,
) -> Result<Status, Failure> {
    work.fit(reporting)?;
    let [item] = items else {
        return Err("a shard is a part of one label file; name one".into());
    };
    let start = Instant::now();
    let source = match (&item.input, shard.stdin) {
        (Input::Stdin(name), Some(part)) => Source::excerpted(io::stdin().lock(), name, part)
            .map_err(|source| Error::Read {
                path: name.display().to_string(),
                source,
            })?,
        (Input::Stdin(_), None) => {
            return Err(
                "standard input cannot be divided among shards; name a file, or say with \
                 `--stdin-offset` which part of one it is"
                    .into(),
            );
        }
        (_, Some(_)) => {
            return Err(
                "`--stdin-offset` is for standard input: give `-` as the label file".into(),
            );
        }
        (input, None) => match input.open()? {
            Opened::Source(source) => source,
            Opened::PassedOver(_) => {
                return Err("a shard is a part of one label file; name it, not its folder".into());
            }
        },
    };
    let out = shard.out;
    // Whoever merges may have the texts elsewhere.
    let texts = item.job.texts(&source)?.map(Texts::portable);
    let unwritten = |source| Error::Write {
        path: out.display().to_string(),
        source,
    };
    // Which reports there will be, only `merge` knows.
    let options = Options {
        snippets: PROBLEMS,
        ..item.job.options.clone()
    };
    let mut file = NewFile::at(out, reporting.force).map_err(unwritten)?;
    let part = &shard.part;
    let done = (work.function)(&source, texts.as_ref(), &options, part, &mut file);
    let documents = done.map_err(|error| match error {
        Error::Write { source, .. } => unwritten(source),
        other => other,
    })?;
    file.flush().and_then(|()| file.keep()).map_err(unwritten)?;
    if !reporting.quiet && start.elapsed() > Duration::from_secs(1) {
        let documents = count(documents, "document");
        let seconds = start.elapsed().as_secs_f64();
        let Work {
            done, joined_by, ..
        } = work;
        say(format_args!(
            "{done} {documents} of {} in {seconds:.1} s; `labelwright {joined_by}` has the verdict",
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
