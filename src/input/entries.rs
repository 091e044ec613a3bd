//! What stands in a folder itself, and not in the folders in it.

use std::borrow::Cow;
#[cfg(feature = "files")]
use std::ffi::OsStr;
#[cfg(feature = "files")]
use std::io;

#[cfg(feature = "files")]
use cap_std::fs::{Dir, FileType, ReadDir};

#[cfg(feature = "files")]
use super::listed::print;
#[cfg(feature = "files")]
use super::read_error::{is_absent, is_of_the_file};
use super::tree::Kind;
use crate::model::path::is_txt;

/// Calls `found` with the name of each file and folder in a folder under `root`, in no order. Links,
/// what is hidden, and names that are no Unicode are passed over, and so is what cannot be had because
/// of how it lies there: somebody took it away since, or it may not be looked at.
///
/// Fails where the folder cannot be listed for a reason of the machine.
#[cfg(feature = "files")]
pub(super) fn each_entry(
    root: &Dir,
    folder: &str,
    mut found: impl FnMut(&str, Kind),
) -> io::Result<()> {
    for entry in own(open(root, folder))?.into_iter().flatten() {
        let Some(entry) = own(entry)? else {
            continue;
        };
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
            continue;
        };
        match own(entry.file_type())? {
            Some(kind) if kind.is_dir() => found(name, Kind::Folder),
            Some(kind) if kind.is_file() => found(name, Kind::File),
            _ => {}
        }
    }
    Ok(())
}

/// Calls `found` with the name of each entry of a folder under `root`, whatever it is, in no order.
///
/// Fails where anything cannot be had.
#[cfg(feature = "files")]
pub(super) fn all_entries(
    root: &Dir,
    folder: &str,
    mut found: impl FnMut(&OsStr, FileType),
) -> io::Result<()> {
    for entry in open(root, folder)? {
        let entry = entry?;
        found(&entry.file_name(), entry.file_type()?);
    }
    Ok(())
}

#[cfg(feature = "files")]
fn open(root: &Dir, folder: &str) -> io::Result<ReadDir> {
    if folder.is_empty() {
        root.entries()
    } else {
        root.read_dir(folder)
    }
}

/// `None` of what cannot be had because of how it lies there.
#[cfg(feature = "files")]
pub(super) fn own<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_absent(&error) || is_of_the_file(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether an entry is a text by its name, or may hold some.
pub(super) fn is_text_or_folder(name: &str, kind: Kind) -> bool {
    kind == Kind::Folder || is_txt(name)
}

/// The path of an entry from where that of its folder begins.
pub(super) fn path_in<'n>(folder: &str, name: &'n str) -> Cow<'n, str> {
    if folder.is_empty() {
        name.into()
    } else {
        format!("{folder}/{name}").into()
    }
}

/// The texts and folders in a folder of texts itself, listed before it is known which of them a label
/// file lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entries {
    /// The names, each with a slash behind it, which no name has in it.
    names: String,
    /// Of each name what it is, and the fingerprint of its path.
    kinds: Vec<(Kind, u64)>,
}

impl Entries {
    /// The names of more files than can be held beside the work have more bytes than this.
    #[cfg(feature = "files")]
    const MOST: usize = 1 << 24;

    /// Lists a folder that fingerprints call `root`. `None` where it cannot be listed, and where it holds
    /// too many.
    #[cfg(feature = "files")]
    pub(super) fn of(dir: &Dir, root: &str) -> Option<Self> {
        let mut all = Self::default();
        let listed = each_entry(dir, "", |name, kind| {
            if is_text_or_folder(name, kind) && all.names.len() <= Self::MOST {
                all.names.push_str(name);
                all.names.push('/');
                all.kinds.push((kind, print(root, name)));
            }
        });
        (listed.is_ok() && all.names.len() <= Self::MOST).then_some(all)
    }

    /// The name of each entry, what it is, and the fingerprint of its path.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Kind, u64)> {
        let names = self.names.split_terminator('/');
        names
            .zip(&self.kinds)
            .map(|(name, (kind, print))| (name, *kind, *print))
    }
}

#[cfg(feature = "files")]
#[cfg(test)]
mod tests {
    use cap_std::ambient_authority;

    use super::*;

    #[test]
    fn what_is_listed_before_is_what_is_found_after() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "B.TXT", ".c.txt", "d.md"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir_all(folder.path().join("e.txt/f")).unwrap();
        let dir = Dir::open_ambient_dir(folder.path(), ambient_authority()).unwrap();
        let early = Entries::of(&dir, "root").unwrap();
        let mut listed: Vec<_> = early.iter().collect();
        listed.sort_by_key(|(name, ..)| *name);
        assert_eq!(
            listed,
            [
                ("B.TXT", Kind::File),
                ("a.txt", Kind::File),
                ("e.txt", Kind::Folder)
            ]
            .map(|(name, kind)| (name, kind, print("root", name)))
        );
    }
}
