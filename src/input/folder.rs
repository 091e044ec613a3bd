//! A folder that texts are looked up in: on disk, through a handle that the system does not let
//! out, or in memory.

use std::collections::BTreeMap;
use std::io;
#[cfg(feature = "files")]
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

#[cfg(feature = "files")]
use cap_fs_ext::OpenOptionsSyncExt;
#[cfg(feature = "files")]
use cap_std::ambient_authority;
#[cfg(all(feature = "files", unix))]
use cap_std::fs::File;
#[cfg(feature = "files")]
use cap_std::fs::{Dir, OpenOptions};

use super::entries::Entries;
#[cfg(feature = "files")]
use super::entries::{each_entry, path_in};
#[cfg(feature = "files")]
use super::read_error::is_absent;
use super::read_error::{ReadError, is_of_the_file};
#[cfg(feature = "files")]
use super::tree::Kind;
use super::tree::{Branch, FileTree};
use crate::model::path::key;

/// More names than this are not searched for one that is like a missing one.
const MOST_NAMES: usize = 200_000;

/// A folder that texts are looked up in.
#[derive(Debug)]
pub(super) struct Folder {
    /// Its path as it was given; empty for texts in memory that have only names.
    pub(super) path: PathBuf,
    /// What its path has in common with other names of the same folder.
    pub(super) root: String,
    files: Files,
    /// The names in the folder by their [`key`], listed when the first document is missing.
    names: OnceLock<io::Result<BTreeMap<String, String>>>,
    /// What stands in it, where it was listed beside the work.
    pub(super) early: OnceLock<Option<Arc<Entries>>>,
}

/// The files of a folder.
#[derive(Debug)]
enum Files {
    #[cfg(feature = "files")]
    OnDisk(Dir),
    InMemory(Branch),
}

impl Folder {
    /// Opens a folder.
    #[cfg(feature = "files")]
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let dir = Dir::open_ambient_dir(path, ambient_authority())?;
        Ok(Self {
            path: path.to_owned(),
            root: root_of(path),
            files: Files::OnDisk(dir),
            names: OnceLock::new(),
            early: OnceLock::new(),
        })
    }

    /// A folder of files in memory.
    pub(super) fn in_tree(tree: &FileTree, path: &Path) -> Self {
        let branch = tree.branch(path);
        Self {
            path: path.to_owned(),
            root: key(branch.path()).into_owned(),
            files: Files::InMemory(branch),
            names: OnceLock::new(),
            early: OnceLock::new(),
        }
    }

    /// Its files, where they are in memory.
    pub(super) const fn branch(&self) -> Option<&Branch> {
        match &self.files {
            #[cfg(feature = "files")]
            Files::OnDisk(_) => None,
            Files::InMemory(branch) => Some(branch),
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
        buffer.clear();
        match &self.files {
            #[cfg(feature = "files")]
            Files::OnDisk(dir) => read(dir, name, most, buffer),
            Files::InMemory(branch) => Ok(branch.file(name).map(|text| {
                let length = text.len() as u64;
                if length <= most {
                    buffer.extend(text);
                }
                length
            })),
        }
    }

    /// Lists what stands in it before it is known what of that a label file lists.
    #[cfg(feature = "files")]
    pub(super) fn list_early(&self) {
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
        match &self.files {
            #[cfg(feature = "files")]
            Files::OnDisk(dir) => below(dir).map_err(|(folder, source)| ReadError {
                path: self.path.join(folder),
                source,
            }),
            Files::InMemory(branch) => {
                let is_hidden = |step: &str| step.starts_with('.') && step != ".";
                let names = branch.names();
                let names = names.filter(|name| !name.split('/').any(is_hidden));
                Ok(names.map(str::to_owned).collect())
            }
        }
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

impl Files {
    /// The names at the top of the folder; `None` for one that is no text.
    fn names(&self) -> Box<dyn Iterator<Item = io::Result<Option<String>>> + '_> {
        match self {
            #[cfg(feature = "files")]
            Self::OnDisk(dir) => {
                let name = |entry: io::Result<cap_std::fs::DirEntry>| {
                    entry.map(|entry| entry.file_name().into_string().ok())
                };
                match dir.entries() {
                    Ok(entries) => Box::new(entries.map(name)),
                    Err(error) => Box::new(std::iter::once(Err(error))),
                }
            }
            Self::InMemory(branch) => {
                let names = branch.names().filter(|name| !name.contains('/'));
                Box::new(names.map(|name| Ok(Some(name.to_owned()))))
            }
        }
    }
}

/// The names of all files in a folder and below, and of the folder that could not be listed.
#[cfg(feature = "files")]
fn below(dir: &Dir) -> Result<Vec<String>, (String, io::Error)> {
    let mut names = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(folder) = waiting.pop() {
        let listed = each_entry(dir, &folder, |name, kind| {
            let path = path_in(&folder, name).into_owned();
            match kind {
                Kind::Folder => waiting.push(path),
                Kind::File => names.push(path),
            }
        });
        listed.map_err(|error| (folder, error))?;
    }
    Ok(names)
}

/// Reads the file of that name, if there is one. It is opened once; `nonblock` keeps a pipe from
/// waiting for its writer. What is not read at once is asked what it is before it is read.
#[cfg(feature = "files")]
fn read(dir: &Dir, name: &str, most: u64, buffer: &mut Vec<u8>) -> io::Result<Option<u64>> {
    let mut options = OpenOptions::new();
    options.read(true).nonblock(true);
    let mut file = match dir.open_with(name, &options) {
        Ok(file) => file,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    #[cfg(unix)]
    if let Some(length) = read_at_once(&file, most, buffer) {
        return Ok(Some(length));
    }
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    if metadata.len() > most {
        return Ok(Some(metadata.len()));
    }
    buffer.clear();
    // One byte more than there should be shows the end without another round of growing.
    let size = usize::try_from(metadata.len()).map_err(io::Error::other)?;
    buffer.resize(size.saturating_add(1), 0);
    let mut filled = 0;
    loop {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        // A read that got all there should be, and less than was asked for, met the end.
        if filled == size {
            break;
        }
    }
    let is_whole = filled < buffer.len();
    buffer.truncate(filled);
    if !is_whole {
        // It has grown since it was asked.
        let rest = most.saturating_add(1).saturating_sub(filled as u64);
        file.take(rest).read_to_end(buffer)?;
    }
    Ok(Some(buffer.len() as u64))
}

/// Reads a short text with one call, which tells its end as well, and says how many bytes it has.
/// `None` where that does not tell all, with nothing read from where the file stands: of an empty
/// text, a longer one, and what is no file.
///
/// A file gives all that is asked for up to its end: POSIX demands it, and Linux of the servers of
/// its foreign file systems. What a kernel makes up while it is read (`/proc`) may give less. A pipe,
/// a socket and a terminal have no places to read at, so the call fails.
#[cfg(all(feature = "files", unix))]
fn read_at_once(file: &File, most: u64, buffer: &mut Vec<u8>) -> Option<u64> {
    /// A text with fewer bytes than this is short.
    const SHORT: usize = 1 << 14;
    buffer.clear();
    buffer.reserve(SHORT);
    let room = buffer.capacity();
    let read = rustix::io::pread(file, rustix::buffer::spare_capacity(buffer), 0);
    let read = read.ok().filter(|read| (1..room).contains(read))?;
    u64::try_from(read).ok().filter(|length| *length <= most)
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
