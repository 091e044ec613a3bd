//! `labelwright pack`

use std::io::Write;
use std::path::{Path, PathBuf};

use super::claims::Claims;
use super::help::{Guide, heading};
use super::new_file::{NewFile, is_stdout, name_of};
use super::numbers::size;
use super::places::real;
use super::terminal::{DONE_OR_FAILED, Failure, Status, print_by, say, unprinted};
use crate::diagnostics::{count, visible};
use crate::input::{LeftOut, NewTexts, Pack, Source};
use crate::operations;
use crate::pipeline::Error;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Pack the texts of a folder, and check with them",
            "labelwright pack docs -o texts.pack",
        ),
        (
            "See what is in a pack",
            "labelwright pack --list texts.pack",
        ),
        (
            "Get the texts out of it again",
            "labelwright pack --extract texts.pack -o docs",
        ),
    ],
    sections: &[
        (
            "What is packed",
            "All files of a folder and below, whatever their names end in, but for hidden ones and links.\n\
             `--texts texts.pack` then does what `--texts docs` did, with the same reports.",
        ),
        DONE_OR_FAILED,
    ],
};

/// Write the texts of folders into one file
///
/// A folder with a million small files is slow on a network, and in an object store that is mounted
/// as a folder. A text pack is one file with an index by name, and each text is read where it stands.
/// Wherever `--texts` takes a folder, it takes a pack too. Several folders stay apart in it: it stands for
/// them in their order.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Args {
    /// Folders of texts; a pack with --list, --extract
    #[arg(value_name = "FOLDER", required = true)]
    paths: Vec<PathBuf>,

    /// Where to write the pack; - is standard output
    ///
    /// With `--extract` it is the folder that gets the texts.
    #[arg(short, long, value_name = "OUT", required_unless_present = "list",
        help_heading = heading::OUTPUT)]
    out: Option<PathBuf>,

    /// Print the texts of a pack: bytes and name
    ///
    /// A tab stands between the two. Where the pack has several folders, the number of the folder
    /// comes first, from 1.
    #[arg(long, conflicts_with_all = ["out", "extract"], help_heading = heading::OUTPUT)]
    list: bool,

    /// Write the texts of a pack into a folder
    ///
    /// A text that is there already is left as it is where it is the same, and else nothing is written.
    /// Where the pack has several folders, each becomes one, called by its number, from 1.
    #[arg(long, help_heading = heading::OUTPUT)]
    extract: bool,

    /// Replace a pack that is there
    #[arg(long, conflicts_with = "extract", help_heading = heading::GENERAL)]
    force: bool,

    /// Say nothing of what was done
    #[arg(short, long, help_heading = heading::GENERAL)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    match &args.out {
        None => list(&open(&args.paths)?)?,
        Some(out) if args.extract => extract(&open(&args.paths)?, out, args.quiet)?,
        Some(out) => pack(args, out)?,
    }
    Ok(Status::Clean)
}

/// Opens the only pack.
fn open(paths: &[PathBuf]) -> Result<Pack, Failure> {
    let [path] = paths else {
        return Err("one pack at a time".into());
    };
    let pack = Source::open(path).and_then(Pack::open);
    pack.map_err(|source| unread(path, source))
}

fn unread(path: &Path, source: std::io::Error) -> Failure {
    let path = path.display().to_string();
    Box::new(Error::Read { path, source })
}

/// Prints what is in a pack.
fn list(pack: &Pack) -> Result<(), Failure> {
    print_by(|out| {
        for folder in 0..pack.folders() {
            for (name, length) in pack.texts(folder) {
                let name = visible(name);
                let printed = if pack.folders() == 1 {
                    writeln!(out, "{length}\t{name}")
                } else {
                    writeln!(out, "{}\t{length}\t{name}", folder + 1)
                };
                printed.map_err(unprinted)?;
            }
        }
        Ok(())
    })
}

/// Writes the texts of a pack into a folder: all of them, or none where one cannot be.
fn extract(pack: &Pack, out: &Path, quiet: bool) -> Result<(), Failure> {
    let unwritten = |(path, source): (PathBuf, std::io::Error)| -> Failure {
        let path = path.display().to_string();
        Box::new(Error::Write { path, source })
    };
    let texts = NewTexts::open(out).map_err(|error| unwritten((out.to_owned(), error)))?;
    let (mut number, mut bytes, mut buffer) = (0, 0, Vec::new());
    for folder in 0..pack.folders() {
        for (name, length) in pack.texts(folder) {
            let place = if pack.folders() == 1 {
                name.to_owned()
            } else {
                format!("{}/{name}", folder + 1)
            };
            pack.text(folder, name, &mut buffer)
                .map_err(|error| unread(pack.path(), error))?;
            let written = texts.write(&place, &buffer);
            written.map_err(|error| unwritten((out.join(place), error)))?;
            number += 1;
            bytes += length;
        }
    }
    texts.keep().map_err(unwritten)?;
    if !quiet {
        say(format_args!(
            "wrote {}, {}",
            count(number, "text"),
            size(bytes)
        ));
    }
    Ok(())
}

/// Packs folders.
fn pack(args: &Args, out: &Path) -> Result<(), Failure> {
    refuse_overlaps(&args.paths, out)?;
    if !is_stdout(out) {
        Claims::new(args.force).write("-o ", out)?;
    }
    let unwritten = |source| Error::Write {
        path: name_of(out),
        source,
    };
    let mut file = NewFile::at(out, args.force).map_err(unwritten)?;
    let packed = operations::pack(&args.paths, &mut file);
    let (packed, left) = packed.map_err(|error| match error {
        Error::Write { source, .. } => unwritten(source),
        other => other,
    })?;
    file.flush().and_then(|()| file.keep()).map_err(unwritten)?;
    if !args.quiet {
        let texts = count(packed.texts, "text");
        say(format_args!("packed {texts}, {}", size(packed.bytes)));
        if let Some(left) = told(&left) {
            say(left);
        }
    }
    Ok(())
}

/// Makes sure that no text would be packed twice, nor the pack itself.
fn refuse_overlaps(folders: &[PathBuf], out: &Path) -> Result<(), Failure> {
    let pack = real(out);
    let mut known: Vec<(PathBuf, &Path)> = Vec::new();
    for folder in folders {
        let place = real(folder);
        for (other, named) in &known {
            if place.starts_with(other) || other.starts_with(&place) {
                return Err(format!(
                    "{} and {} have texts in common; name one of them",
                    named.display(),
                    folder.display()
                )
                .into());
            }
        }
        if !is_stdout(out) && pack.starts_with(&place) {
            return Err(format!(
                "{} lies in {}, and the next pack would hold it as a text; write it somewhere else",
                out.display(),
                folder.display()
            )
            .into());
        }
        known.push((place, folder));
    }
    Ok(())
}

/// What was left out, if anything was.
fn told(left: &LeftOut) -> Option<String> {
    let parts = [
        (left.hidden, "hidden name"),
        (left.links, "link"),
        (left.others, "other"),
    ];
    let parts = parts.iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, what)| count(*number, what)).collect();
    (!parts.is_empty()).then(|| {
        format!(
            "left out: {}; a document whose text is one of them is missing in the pack",
            parts.join(", ")
        )
    })
}
