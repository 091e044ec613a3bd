//! The files that say what is left out of their folder, read as git reads its own.
//!
//! They are looked at before they are opened: reading would wait for the writer of a pipe, read a device without
//! end, and follow a link out of the folder. Git does not follow such a link either.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{Match, WalkBuilder};

use super::terminal::Failure;
use crate::config::without_alternatives;

/// Their names. What one says weighs more than what a later one says.
const NAMES: [&str; 2] = [".ignore", ".gitignore"];

/// Those of a search.
#[derive(Clone, Default)]
pub(super) struct IgnoreFiles(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// What they say, by the place of their folder.
    rules: BTreeMap<PathBuf, [Gitignore; NAMES.len()]>,
    /// Those that may not be opened, and why.
    unopened: BTreeSet<(PathBuf, String)>,
}

impl IgnoreFiles {
    /// Has a walk through a folder obey such files: those in it and below, and those in the folders above it up
    /// to `top`, where there is one. Those above belong to the user, so they may be links.
    pub(super) fn guide(&self, walk: &mut WalkBuilder, folder: &Path, top: Option<&Path>) {
        let place = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        self.with(|state| {
            let above = place.ancestors().skip(1);
            for above in above.take_while(|above| top.is_some_and(|top| above.starts_with(top))) {
                state.read(above, above, |path| fs::metadata(path));
            }
            state.read(folder, &place, |path| fs::symlink_metadata(path));
        });
        let (own, folder) = (self.clone(), folder.to_owned());
        walk.filter_entry(move |entry| {
            let Ok(way) = entry.path().strip_prefix(&folder) else {
                return true;
            };
            let place = place.join(way);
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            own.with(|state| {
                !state.leaves_out(&place, is_folder)
                    && (!is_folder
                        || state.read(entry.path(), &place, |path| fs::symlink_metadata(path)))
            })
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Fails where there is one that may not be opened.
    pub(super) fn refuse(&self) -> Result<(), Failure> {
        self.with(|state| match state.unopened.first() {
            None => Ok(()),
            Some((path, why)) => Err(format!(
                "cannot read {}: {why}; `--no-ignore` looks at all files",
                path.display()
            )
            .into()),
        })
    }
}

impl State {
    /// Reads those of a folder, which lies at a place in the file system. Answers whether all may be opened.
    fn read(
        &mut self,
        folder: &Path,
        place: &Path,
        metadata: impl Fn(&Path) -> io::Result<fs::Metadata>,
    ) -> bool {
        let mut is_plain = true;
        let rules = NAMES.map(|name| {
            let path = folder.join(name);
            let why = match metadata(&path) {
                Ok(found) if found.is_file() => return rules_of(&path),
                // What is not there, or may not be looked at, is not read.
                Err(_) => return Gitignore::empty(),
                Ok(found) if found.is_symlink() => "it is a link, and these are not followed",
                Ok(_) => "it is not a file",
            };
            is_plain = false;
            self.unopened.insert((path, why.to_owned()));
            Gitignore::empty()
        });
        if rules.iter().any(|rules| !rules.is_empty()) {
            self.rules.insert(place.to_owned(), rules);
        }
        is_plain
    }

    /// Whether a file or folder is left out. The nearest file of a name that speaks of it decides.
    fn leaves_out(&self, place: &Path, is_folder: bool) -> bool {
        if self.rules.is_empty() {
            return false;
        }
        let mut said = NAMES.map(|_| Match::None);
        for folder in place.ancestors().skip(1) {
            let Some(rules) = self.rules.get(folder) else {
                continue;
            };
            let way = place.strip_prefix(folder).unwrap_or(place);
            for (said, rules) in said.iter_mut().zip(rules) {
                if said.is_none() {
                    *said = rules.matched(way, is_folder);
                }
            }
        }
        let first = said.into_iter().find(|said| !said.is_none());
        first.is_some_and(|said| said.is_ignore())
    }
}

/// What such a file says. A line that is no pattern says nothing, and neither does a file that cannot be read.
fn rules_of(path: &Path) -> Gitignore {
    let bytes = fs::read(path).unwrap_or_default();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut builder = GitignoreBuilder::new("");
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Ok(line) = str::from_utf8(line) {
            // The error says what is wrong with the line, and git passes over such lines too.
            let _ = builder.add_line(None, &without_alternatives(line));
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
