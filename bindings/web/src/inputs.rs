//! Which of the user's files are label files: by the same rules as the command has for its arguments.

use std::path::{Path, PathBuf};

use labelwright::internals::diagnostics::Nature;
use labelwright::internals::formats::{FORMATS, Format};
use labelwright::internals::operations::looks;
use labelwright::{FileTree, Source};

use crate::message::InputAsked;
use crate::session::told;

/// How the names of label files end that are looked for in folders.
const ENDINGS: [&str; 2] = ["json", "jsonl"];

/// The label files that were found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) sources: Vec<Source>,
    /// How many files are like no label file.
    pub(crate) skipped: u64,
}

/// A path that may be a label file.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    path: PathBuf,
    /// Whether it was found in a folder, and there alone; `None` of one that the user named.
    found_alone: Option<bool>,
}

/// The label files of what the user names, sorted by path and each once.
///
/// Fails where a file is not there.
pub(crate) fn find(
    tree: &FileTree,
    inputs: &[InputAsked],
    format: Option<&'static dyn Format>,
) -> Result<Found, String> {
    let mut candidates = Vec::new();
    let mut found = Found::default();
    for input in inputs {
        let path = Path::new(&input.path);
        if !input.folder {
            candidates.push(Candidate {
                path: path.to_owned(),
                found_alone: None,
            });
            continue;
        }
        if let Some(whole) = whole(tree, path, format)? {
            let info = whole.info();
            let once = info.layout.folder.unwrap_or_default();
            let source = Source::whole_folder_in_tree(tree, path, info.extension(), once);
            found.sources.push(source.map_err(|error| told(&error))?);
            continue;
        }
        let paths = named(tree, path, &ENDINGS);
        let alone = paths.len() == 1;
        candidates.extend(paths.into_iter().map(|path| Candidate {
            path,
            found_alone: Some(alone),
        }));
    }
    // A file that was named as well as found counts as named.
    candidates.sort();
    candidates.dedup_by(|next, kept| next.path == kept.path);
    for Candidate { path, found_alone } in candidates {
        let source = open(tree, &path)?;
        if let Some(alone) = found_alone
            && let Some(looks) = looks(&source).map_err(|error| told(&error))?
        {
            match looks.nature() {
                Nature::Unreadable => {}
                Nature::Unknown if alone => {}
                Nature::Unknown => {
                    found.skipped += 1;
                    continue;
                }
                Nature::Foreign => continue,
            }
        }
        found.sources.push(source);
    }
    found.sources.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(found)
}

/// The format that a folder as a whole is a label file of.
///
/// Fails where a file cannot be read.
fn whole(
    tree: &FileTree,
    folder: &Path,
    given: Option<&'static dyn Format>,
) -> Result<Option<&'static dyn Format>, String> {
    let is_folder = |format: &&'static dyn Format| format.info().layout.folder.is_some();
    if given.is_some() {
        return Ok(given.filter(is_folder));
    }
    for format in FORMATS.iter().copied().filter(is_folder) {
        if named(tree, folder, format.info().extensions).is_empty() {
            continue;
        }
        for path in named(tree, folder, &ENDINGS) {
            let looks = looks(&open(tree, &path)?).map_err(|error| told(&error))?;
            if looks.is_none() {
                return Ok(None);
            }
        }
        return Ok(Some(format));
    }
    Ok(None)
}

/// The files in a folder and below whose names end so, sorted, but for hidden ones.
fn named(tree: &FileTree, folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let is_hidden = |path: &Path| {
        let inside = path.strip_prefix(folder).unwrap_or(path);
        let mut steps = inside.components();
        steps.any(|step| step.as_os_str().to_string_lossy().starts_with('.'))
    };
    let is_named = |path: &&Path| {
        let ending = path.extension();
        ending.is_some_and(|ending| endings.iter().any(|it| ending == *it))
    };
    let paths = tree.paths_below(folder).map(Path::new).filter(is_named);
    let paths = paths.filter(|path| !is_hidden(path));
    let mut paths: Vec<PathBuf> = paths.map(Path::to_owned).collect();
    paths.sort();
    paths
}

fn open(tree: &FileTree, path: &Path) -> Result<Source, String> {
    let source = path.to_str().and_then(|path| Source::in_tree(tree, path));
    source.ok_or_else(|| format!("cannot read {}", path.display()))
}
