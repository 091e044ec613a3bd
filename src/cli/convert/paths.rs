//! Which file of a folder goes where.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::args::Args;
use crate::cli::input::{Input, expand};
use crate::cli::terminal::Failure;
use crate::formats::Format;
use crate::pipeline::Error;

/// A file of a folder, and where what is made of it goes.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) input: PathBuf,
    /// Its name from the input folder, with `/` between its parts.
    pub(super) name: String,
    pub(super) output: PathBuf,
    /// The output's name from the output folder.
    pub(super) output_name: String,
    /// The ledger that is written.
    pub(super) losses: Option<PathBuf>,
    /// The ledger that is put back.
    pub(super) restore: Option<PathBuf>,
}

/// The files of a folder and their ways, by path. Files below the folders that are written to
/// are none of them.
///
/// Fails where the folders do not go together, or two files would be one: nothing is written
/// then.
pub(super) fn ways(args: &Args, to: &'static dyn Format) -> Result<Vec<Way>, Failure> {
    let (input, out) = (&*args.input, &*args.out);
    if out == Path::new("-") {
        return Err("a folder cannot be converted to standard output; give `--out DIR`".into());
    }
    if args.project_name.is_some() {
        return Err(
            "`--project-name` names one project, and each file of a folder becomes one of its own, \
            named after the file"
                .into(),
        );
    }
    let ledgers = [&args.losses, &args.restore];
    let ledgers = ledgers.into_iter().flatten().map(PathBuf::as_path);
    for folder in [out].into_iter().chain(ledgers.clone()) {
        if folder.exists() && !folder.is_dir() {
            let folder = folder.display();
            return Err(format!("{folder} is a file; a folder is converted to a folder").into());
        }
    }
    let root = real(input);
    let real_out = real(out);
    if real_out == root {
        return Err("the output folder is the input folder; give another one".into());
    }
    // What an earlier run wrote is no input.
    let mut apart: Vec<PathBuf> = ledgers.map(real).collect();
    apart.push(real_out);
    apart.retain(|folder| folder.starts_with(&root) && *folder != root);
    let mut ways = Vec::new();
    for found in expand(&[input.to_owned()], None)? {
        let path = found.path();
        let name = path.strip_prefix(input).unwrap_or(path);
        let place = root.join(name);
        if apart.iter().any(|folder| place.starts_with(folder)) {
            continue;
        }
        let output = name.with_extension(to.info().extension());
        let ledger = name.with_extension("losses.jsonl");
        let mut restore = args.restore.as_ref().map(|folder| folder.join(&ledger));
        if let Some(path) = &restore {
            let is_there = fs::exists(path);
            let unread = |source| Error::Read {
                path: path.display().to_string(),
                source,
            };
            if !is_there.map_err(unread)? {
                restore = None;
            }
        }
        ways.push(Way {
            input: path.to_owned(),
            name: slashed(name),
            output_name: slashed(&output),
            output: out.join(output),
            losses: args.losses.as_ref().map(|folder| folder.join(&ledger)),
            restore,
        });
    }
    refuse_meetings(&ways)?;
    let inputs: BTreeMap<PathBuf, &Path> = ways
        .iter()
        .map(|way| (real(&way.input), &*way.input))
        .collect();
    for way in &ways {
        if let Some(input) = inputs.get(&real(&way.output)) {
            return Err(format!(
                "{} would be written over {}, which is an input",
                way.output.display(),
                input.display()
            )
            .into());
        }
    }
    Ok(ways)
}

/// Fails where two files would become one. What is no label file becomes none.
fn refuse_meetings(ways: &[Way]) -> Result<(), Failure> {
    let mut outputs: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
    for way in ways {
        for output in [Some(&way.output), way.losses.as_ref()]
            .into_iter()
            .flatten()
        {
            outputs.entry(output).or_default().push(&way.input);
        }
    }
    for (output, mut inputs) in outputs {
        if inputs.len() > 1 {
            // Nobody else is asked so early what is in the file.
            inputs.retain(|path| !matches!(Input::Found((*path).to_owned()).open(), Ok(None)));
        }
        if let [first, second, ..] = &inputs[..] {
            return Err(format!(
                "{} and {} would both write {}; rename one of them",
                first.display(),
                second.display(),
                output.display()
            )
            .into());
        }
    }
    Ok(())
}

/// A path's place in the file system, whether there is something or not.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
            real(Path::new(".")).join(name)
        }
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => path.to_owned(),
    }
}

fn slashed(path: &Path) -> String {
    let parts = path.components();
    let parts = parts.map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<_>>().join("/")
}
