//! The files that say what is left out of their folder, before the walk opens them.
//!
//! The walk opens whatever has such a name: it would wait for the writer of a pipe, read a device without end,
//! and follow a link out of the folder. Git does not follow such a link either.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::WalkBuilder;

use super::terminal::Failure;

/// Their names.
const NAMES: [&str; 2] = [".gitignore", ".ignore"];

/// Those of a search that may not be opened.
#[derive(Clone, Default)]
pub(super) struct Unopened(Arc<Mutex<BTreeSet<(PathBuf, String)>>>);

impl Unopened {
    /// Has a walk through a folder look at such files before it opens them. `parents` tells whether it looks at
    /// those of the folders above it as well; these belong to the user, so they may be links.
    pub(super) fn watch(&self, walk: &mut WalkBuilder, folder: &Path, parents: bool) {
        if parents {
            let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
            for above in real.ancestors().skip(1) {
                self.look(above, |path| fs::metadata(path));
            }
        }
        self.look(folder, |path| fs::symlink_metadata(path));
        let own = self.clone();
        walk.filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !is_folder || own.look(entry.path(), |path| fs::symlink_metadata(path))
        });
    }

    /// Looks at those of a folder. Answers whether they may be opened.
    fn look(&self, folder: &Path, metadata: impl Fn(&Path) -> io::Result<fs::Metadata>) -> bool {
        let mut is_plain = true;
        for name in NAMES {
            let path = folder.join(name);
            let why = match metadata(&path) {
                Ok(found) if found.is_file() => continue,
                // What is not there, or may not be looked at, is not read.
                Err(_) => continue,
                Ok(found) if found.is_symlink() => "it is a link, and these are not followed",
                Ok(_) => "it is not a file",
            };
            is_plain = false;
            let found = &mut self.0.lock().unwrap_or_else(PoisonError::into_inner);
            found.insert((path, why.to_owned()));
        }
        is_plain
    }

    /// Fails where there is one that may not be opened.
    pub(super) fn refuse(&self) -> Result<(), Failure> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match found.first() {
            None => Ok(()),
            Some((path, why)) => Err(format!(
                "cannot read {}: {why}; `--no-ignore` looks at all files",
                path.display()
            )
            .into()),
        }
    }
}
