//! Takes the texts of a folder into a pack.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cap_fs_ext::OpenOptionsSyncExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

use super::index::is_sound;
use super::writer::{AddError, PackWriter};
use crate::input::entries::{all_entries, path_in};

/// What a folder holds and a pack does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Files and folders whose names begin with a dot.
    pub hidden: u64,
    /// Links.
    pub links: u64,
    /// What is neither a file nor a folder, and what has a name that no label file can have.
    pub others: u64,
}

/// Why a folder could not be packed.
pub enum GatherError {
    /// That cannot be read.
    Read(PathBuf, io::Error),
    /// The pack cannot be written.
    Write(io::Error),
}

/// Adds the files in a folder and below as the next folder of a pack, sorted by name, and counts what it
/// leaves out. A link is not followed: it may lead out of the folder, or round in a circle.
///
/// Fails where anything cannot be looked into or read: without it the pack would say that a text is missing.
pub fn gather(
    path: &Path,
    pack: &mut PackWriter<impl Write>,
    left: &mut LeftOut,
) -> Result<(), GatherError> {
    let unread = |name: &str| {
        let path = path.join(name);
        move |error| GatherError::Read(path, error)
    };
    let dir = Dir::open_ambient_dir(path, ambient_authority()).map_err(unread(""))?;
    for name in names(&dir, left).map_err(|(folder, error)| unread(&folder)(error))? {
        let file = open(&dir, &name).map_err(unread(&name))?;
        pack.add(&name, file).map_err(|error| match error {
            AddError::Read(error) => unread(&name)(error),
            AddError::Write(error) => GatherError::Write(error),
        })?;
    }
    pack.end_folder();
    Ok(())
}

/// The names of all files in a folder and below, sorted by their bytes. The error has the folder that
/// cannot be looked into.
fn names(dir: &Dir, left: &mut LeftOut) -> Result<Vec<String>, (String, io::Error)> {
    let mut names = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(folder) = waiting.pop() {
        let listed = all_entries(dir, &folder, |name, kind| {
            let Some(name) = name.to_str() else {
                left.others += 1;
                return;
            };
            // Whether a name is sound hangs on where it stands: `a: b.txt` could be on a drive, and
            // `sub/a: b.txt` could not.
            let path = path_in(&folder, name).into_owned();
            if name.starts_with('.') {
                left.hidden += 1;
            } else if !is_sound(&path) {
                left.others += 1;
            } else if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                names.push(path);
            } else if kind.is_symlink() {
                left.links += 1;
            } else {
                left.others += 1;
            }
        });
        listed.map_err(|error| (folder, error))?;
    }
    names.sort_unstable();
    Ok(names)
}

/// Opens a file; somebody may have put something else in its place, which is not waited for.
fn open(dir: &Dir, name: &str) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).nonblock(true);
    let file = dir.open_with(name, &options)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    Ok(file)
}
