//! Conversions of and to formats whose files are those of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::Args;
use super::files::unwritten;
use crate::cli::new_file::is_stdout;
use crate::cli::places::real;
use crate::cli::terminal::Failure;
use crate::formats::Format;
use crate::input::{NewTexts, Source};

/// The file of a conversion that `-o` names: in a folder of files it is the one with what stands
/// once.
pub(super) fn product(out: &Path, to: &dyn Format) -> PathBuf {
    match to.info().layout.folder {
        Some(once) => out.join(once),
        None => out.to_owned(),
    }
}

/// Makes sure that a folder of files can be written as the user asks for it.
///
/// Fails where it cannot.
pub(super) fn check(args: &Args, to: &dyn Format) -> Result<(), Failure> {
    let info = to.info();
    if info.layout.folder.is_none() {
        return Ok(());
    }
    let title = info.title;
    if is_stdout(&args.out) {
        return Err(format!("{title} is a folder of files; name it with `-o DIR`").into());
    }
    if args.texts_out.is_some() {
        return Err(
            format!("{title} has its texts in the folder itself; leave out `--texts-out`").into(),
        );
    }
    let out = &args.out;
    if out.exists() && !out.is_dir() {
        return Err(format!(
            "{} is a file, and {title} is a folder of files; name another with `-o DIR`",
            out.display()
        )
        .into());
    }
    if args.inputs.iter().any(|input| real(input) == real(out)) {
        return Err(format!("`-o {}` is the input; name another folder", out.display()).into());
    }
    Ok(())
}

/// The folder that gets the files of a conversion beside its product; nothing where it makes none.
///
/// Fails where it is not empty and nobody allows that, and where it cannot be made.
pub(super) fn folder(
    args: &Args,
    to: &dyn Format,
    out: &Path,
) -> Result<Option<NewTexts>, Failure> {
    let info = to.info();
    if info.layout.folder.is_none() {
        return args.new_texts();
    }
    let failed = |error| unwritten(&out.display().to_string(), error);
    let force = args.common.reporting.force;
    if out.exists() && !force && fs::read_dir(out).map_err(failed)?.next().is_some() {
        return Err(format!(
            "{} is not empty; `--force` writes into it, and replaces all but texts",
            out.display()
        )
        .into());
    }
    let folder = NewTexts::open(out).map_err(failed)?;
    Ok(Some(if force {
        folder.replacing(info.extension())
    } else {
        folder
    }))
}

/// Makes sure that an input can be edited: its records must stand in one file.
///
/// Fails where it is a folder of files.
pub(super) fn editable(source: &Source) -> Result<(), Failure> {
    if source.is_several() {
        return Err(format!(
            "{} is a folder of files, and the options for edits are for a single file; make it one \
             first, with `--to language`",
            source.name()
        )
        .into());
    }
    Ok(())
}
