//! A folder that texts are looked up in, and the names in it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::entries::Entries;
use super::files::Files;
#[cfg(feature = "files")]
use super::pack::Packs;
use super::read_error::{ReadError, is_of_the_file};
use super::tree::{Branch, FileTree};
use crate::model::path::key;

/// More names than this are not searched for one that is like a missing one.
const MOST_NAMES: usize = 200_000;

/// A folder that texts are looked up in.
#[derive(Debug)]
pub(super) struct Folder {
    /// Its path as it was given, or that of its pack; empty for texts in memory that have only names.
    pub(super) path: PathBuf,
    /// Its number in its pack, where it is in one.
    pub(super) packed: Option<usize>,
    /// What its path has in common with other names of the same folder.
    pub(super) root: String,
    files: Files,
    /// The names in the folder by their [`key`], listed when the first document is missing.
    names: OnceLock<io::Result<BTreeMap<String, String>>>,
    /// What stands in it, where it was listed beside the work.
    pub(super) early: OnceLock<Option<Arc<Entries>>>,
}

impl Folder {
    /// Opens a folder, or the folders of a pack, in their order.
    #[cfg(feature = "files")]
    pub(super) fn open(path: &Path, packs: &Packs) -> io::Result<Vec<Self>> {
        let root = root_of(path);
        let opened = Files::open(path, packs)?.into_iter().enumerate();
        let folder = |(number, files)| {
            let packed = matches!(files, Files::Packed(..)).then_some(number);
            Self {
                path: path.to_owned(),
                packed,
                // Nothing can lie below a file, so no other folder has such a root.
                root: packed.map_or_else(|| root.clone(), |number| format!("{root}/{number}")),
                files,
                names: OnceLock::new(),
                early: OnceLock::new(),
            }
        };
        Ok(opened.map(folder).collect())
    }

    /// A folder of files in memory.
    pub(super) fn in_tree(tree: &FileTree, path: &Path) -> Self {
        let branch = tree.branch(path);
        Self {
            path: path.to_owned(),
            packed: None,
            root: key(branch.path()).into_owned(),
            files: Files::InMemory(branch),
            names: OnceLock::new(),
            early: OnceLock::new(),
        }
    }

    /// Its files, where they are in memory.
    pub(super) const fn branch(&self) -> Option<&Branch> {
        match &self.files {
            Files::InMemory(branch) => Some(branch),
            #[cfg(feature = "files")]
            _ => None,
        }
    }

    /// Reads the file of that name, if there is one, and says how many bytes it has. Where these
    /// are more than `most`, it is not read: no file can take all memory.
    pub(super) fn read(
        &self,
        name: &str,
        most: u64,
        buffer: &mut Vec<u8>,
    ) -> io::Result<Option<u64>> {
        self.files.read(name, most, buffer)
    }

    /// Lists what stands in it before it is known what of that a label file lists.
    #[cfg(feature = "files")]
    pub(super) fn list_early(&self) {
        // The index of a pack is in memory as it is.
        if let Files::OnDisk(dir) = &self.files {
            self.early
                .get_or_init(|| Entries::of(dir, &self.root).map(Arc::new));
        }
    }

    /// The name of the file whose name has this [`key`].
    ///
    /// Fails where the folder cannot be listed for a reason of the machine.
    pub(super) fn with_key(&self, key: &str) -> io::Result<Option<&str>> {
        match self.names.get_or_init(|| self.list()) {
            Ok(names) => Ok(names.get(key).map(String::as_str)),
            Err(error) => Err(match error.raw_os_error() {
                Some(number) => io::Error::from_raw_os_error(number),
                None => error.kind().into(),
            }),
        }
    }

    /// The names of all files in it and in the folders below it, in no order, with slashes. Links and
    /// what is hidden are passed over, and so are folders that may not be listed.
    ///
    /// Fails where a folder cannot be listed for a reason of the machine.
    pub(super) fn below(&self) -> Result<Vec<String>, ReadError> {
        self.files.below().map_err(|(folder, source)| ReadError {
            path: self.path.join(folder),
            source,
        })
    }

    fn list(&self) -> io::Result<BTreeMap<String, String>> {
        let mut names = BTreeMap::new();
        for name in self.files.names() {
            let name = match name {
                Ok(Some(name)) => name,
                Ok(None) => continue,
                // A folder that may not be listed may hold texts that can be read.
                Err(error) if is_of_the_file(&error) => continue,
                Err(error) => return Err(error),
            };
            if names.len() == MOST_NAMES {
                return Ok(BTreeMap::new());
            }
            // Of several names with one key the smallest stands, whatever the folder's order.
            let seen = names
                .entry(key(&name).into_owned())
                .or_insert_with(|| name.clone());
            if name < *seen {
                *seen = name;
            }
        }
        Ok(names)
    }
}

/// What the path of a folder has in common with other paths of the same folder.
#[cfg(feature = "files")]
#[expect(
    clippy::unnecessary_debug_formatting,
    reason = "it spells out what is no Unicode, and the other way of formatting loses it"
)]
fn root_of(path: &Path) -> String {
    let whole = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // Two names that are no Unicode must not become one, so what is lost is spelled out.
    let whole = whole
        .to_str()
        .map_or_else(|| format!("{whole:?}"), str::to_owned);
    // A trailing separator stands at the end of the root of all folders only.
    let whole = whole.replace('\\', "/");
    key(whole.trim_end_matches('/')).into_owned()
}
