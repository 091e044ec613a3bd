//! Which file of a folder goes where.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::args::Args;
use super::manifest;
use crate::cli::input::{Input, Opened, expand};
use crate::cli::places::real;
use crate::cli::search::Search;
use crate::cli::terminal::Failure;
use crate::config::Lookup;
use crate::formats::Format;
use crate::input::StoredPath;
use crate::pipeline::Error;

/// A file of a folder, and where what is made of it goes.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) input: PathBuf,
    /// Whether nothing else was found in the folder.
    pub(super) alone: bool,
    /// Its name from the input folder, with `/` between its parts.
    pub(super) name: StoredPath,
    pub(super) output: PathBuf,
    /// The output's name from the output folder.
    pub(super) output_name: StoredPath,
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
pub(super) fn ways(
    args: &Args,
    to: &'static dyn Format,
    search: &mut Search<'_>,
) -> Result<Vec<Way>, Failure> {
    let (input, out) = (args.input(), &*args.out);
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
    for found in expand(&[input.to_owned()], None, search)? {
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
            alone: matches!(found, Input::Found { alone: true, .. }),
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
    claim(args, &ways)?;
    Ok(ways)
}

/// Makes sure that no ledger is written over one that is read, and no report over a file of the
/// conversion.
fn claim(args: &Args, ways: &[Way]) -> Result<(), Failure> {
    let reporting = &args.common.reporting;
    let restored: BTreeMap<PathBuf, &Path> = ways
        .iter()
        .filter_map(|way| way.restore.as_deref())
        .map(|ledger| (real(ledger), ledger))
        .collect();
    let written = ways.iter().filter_map(|way| way.losses.as_deref());
    for ledger in written.filter(|_| !restored.is_empty()) {
        if let Some(other) = restored.get(&real(ledger)) {
            return Err(format!(
                "the ledger {} would be written over {}, which is put back; give `--losses` another \
                 folder",
                ledger.display(),
                other.display()
            )
            .into());
        }
    }
    if !reporting.outputs().any_to_files() {
        return Ok(());
    }
    let mut claims = reporting.claims();
    if let Some(folder) = &args.texts_out {
        claims.texts(folder);
    }
    for way in ways {
        claims.input(&way.found());
        claims.lookup(&Lookup::Beside, &way.input);
        claims.read("an output", &way.output);
        if let Some(ledger) = &way.losses {
            claims.read("a ledger that is written", ledger);
        }
    }
    for ledger in restored.values() {
        claims.read("a ledger that is put back", ledger);
    }
    let texts = Lookup::Folders(args.common.texts.clone());
    claims.lookup(&texts, args.input());
    claims.read("the manifest", &args.out.join(manifest::NAME));
    reporting.outputs().claim(&mut claims)
}

/// Fails where two files would become one. What is no label file becomes none.
fn refuse_meetings(ways: &[Way]) -> Result<(), Failure> {
    let mut outputs: BTreeMap<PathBuf, (&Path, Vec<&Way>)> = BTreeMap::new();
    for way in ways {
        for output in [Some(&way.output), way.losses.as_ref()]
            .into_iter()
            .flatten()
        {
            let inputs = outputs.entry(real(output));
            let (_, inputs) = inputs.or_insert_with(|| (output, Vec::new()));
            inputs.push(way);
        }
    }
    for (output, mut inputs) in outputs.into_values() {
        if inputs.len() > 1 {
            // Nobody else is asked so early what is in the file.
            inputs.retain(|way| !matches!(way.found().open(), Ok(Opened::PassedOver(_))));
        }
        if let [first, second, ..] = &inputs[..] {
            return Err(format!(
                "{} and {} would both write {}; rename one of them",
                first.input.display(),
                second.input.display(),
                output.display()
            )
            .into());
        }
    }
    Ok(())
}

impl Way {
    /// The file as it was found.
    pub(super) fn found(&self) -> Input {
        Input::Found {
            path: self.input.clone(),
            alone: self.alone,
        }
    }
}

/// A path with `/` between its parts, on every system.
fn slashed(path: &Path) -> StoredPath {
    let parts: Vec<&OsStr> = path.components().map(Component::as_os_str).collect();
    PathBuf::from(parts.join(OsStr::new("/"))).into()
}
