//! The files of a folder of texts: on disk, through a handle that the system does not let out, in a text
//! pack, or in memory.

use std::io;
#[cfg(feature = "files")]
use std::io::{ErrorKind, Read};
use std::path::Path;
#[cfg(feature = "files")]
use std::sync::Arc;

#[cfg(feature = "files")]
use cap_fs_ext::OpenOptionsSyncExt;
#[cfg(feature = "files")]
use cap_std::ambient_authority;
#[cfg(all(feature = "files", unix))]
use cap_std::fs::File;
#[cfg(feature = "files")]
use cap_std::fs::{Dir, OpenOptions};

use super::entries::path_in;
#[cfg(feature = "files")]
use super::entries::{each_entry, own};
#[cfg(feature = "files")]
use super::pack::{Pack, Packs};
#[cfg(feature = "files")]
use super::read_error::is_absent;
use super::tree::{Branch, Kind};

/// The files of a folder.
#[derive(Debug)]
pub(super) enum Files {
    #[cfg(feature = "files")]
    OnDisk(Dir),
    /// Those of a folder in a pack, by its number.
    #[cfg(feature = "files")]
    Packed(Arc<Pack>, usize),
    InMemory(Branch),
}

impl Files {
    /// Opens a folder, or the folders of a pack, which may be open.
    #[cfg(feature = "files")]
    pub(super) fn open(path: &Path, packs: &Packs) -> io::Result<Vec<Self>> {
        if !std::fs::metadata(path).is_ok_and(|found| found.is_file()) {
            return Ok(vec![Self::OnDisk(open_folder(path)?)]);
        }
        let pack = packs.open(path)?;
        let folders = 0..pack.folders();
        Ok(folders
            .map(|number| Self::Packed(pack.clone(), number))
            .collect())
    }

    /// A folder on disk, or what is in memory: its `branch`. `None` where it cannot be had because of how it
    /// lies there.
    ///
    /// Fails where it cannot be opened for a reason of the machine.
    pub(super) fn listed(path: &Path, branch: Option<&Branch>) -> io::Result<Option<Self>> {
        if let Some(branch) = branch {
            return Ok(Some(Self::InMemory(branch.clone())));
        }
        #[cfg(feature = "files")]
        {
            Ok(own(open_folder(path))?.map(Self::OnDisk))
        }
        #[cfg(not(feature = "files"))]
        {
            let _ = path;
            Ok(None)
        }
    }

    /// The same again for a folder that was closed since, be it one of a pack, by its number there.
    ///
    /// Fails as [`Self::listed`] does.
    pub(super) fn again(
        path: &Path,
        packed: Option<usize>,
        branch: Option<&Branch>,
    ) -> io::Result<Option<Self>> {
        #[cfg(feature = "files")]
        if let Some(number) = packed {
            let opened = own(Self::open(path, &Packs::default()))?;
            return Ok(opened.and_then(|all| all.into_iter().nth(number)));
        }
        let _ = packed;
        Self::listed(path, branch)
    }

    /// A folder in it, unless a link stands there; of a pack there is none.
    pub(super) fn folder(&self, name: &str) -> Option<Self> {
        match self {
            #[cfg(feature = "files")]
            Self::OnDisk(dir) => {
                let inner = cap_fs_ext::DirExt::open_dir_nofollow(dir, name);
                inner.ok().map(Self::OnDisk)
            }
            #[cfg(feature = "files")]
            Self::Packed(..) => None,
            Self::InMemory(branch) => Some(Self::InMemory(branch.folder(name))),
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
        match self {
            #[cfg(feature = "files")]
            Self::OnDisk(dir) => read(dir, name, most, buffer),
            #[cfg(feature = "files")]
            Self::Packed(pack, folder) => pack.read(*folder, name, most, buffer),
            Self::InMemory(branch) => Ok(branch.file(name).map(|text| {
                let length = text.len() as u64;
                if length <= most {
                    buffer.extend(text);
                }
                length
            })),
        }
    }

    /// The names at the top of the folder; `None` for one that is no text.
    pub(super) fn names(&self) -> Box<dyn Iterator<Item = io::Result<Option<String>>> + '_> {
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
            #[cfg(feature = "files")]
            Self::Packed(pack, folder) => {
                let mut names = Vec::new();
                pack.each_entry(*folder, "", |name, _| names.push(Ok(Some(name.to_owned()))));
                Box::new(names.into_iter())
            }
            Self::InMemory(branch) => {
                let names = branch.names().filter(|name| !name.contains('/'));
                Box::new(names.map(|name| Ok(Some(name.to_owned()))))
            }
        }
    }

    /// The names of all files in it and in the folders below it, in no order, with slashes. Links and
    /// what is hidden are passed over, and so are folders that may not be listed. The error has the folder
    /// that cannot be listed for a reason of the machine.
    pub(super) fn below(&self) -> Result<Vec<String>, (String, io::Error)> {
        let (mut names, mut waiting) = (Vec::new(), vec![String::new()]);
        while let Some(folder) = waiting.pop() {
            let listed = self.each_entry(&folder, |name, kind| {
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

    /// Calls `found` with the name of each file and folder in a folder of it, in no order, but for links
    /// and what is hidden.
    ///
    /// Fails where that folder cannot be listed for a reason of the machine.
    pub(super) fn each_entry(
        &self,
        folder: &str,
        mut found: impl FnMut(&str, Kind),
    ) -> io::Result<()> {
        match self {
            #[cfg(feature = "files")]
            Self::OnDisk(dir) => return each_entry(dir, folder, found),
            #[cfg(feature = "files")]
            Self::Packed(pack, number) => pack.each_entry(*number, folder, |name, is_folder| {
                if !name.starts_with('.') {
                    found(name, if is_folder { Kind::Folder } else { Kind::File });
                }
            }),
            Self::InMemory(branch) => branch.each_entry(folder, &mut found),
        }
        Ok(())
    }
}

/// Opens a folder on disk.
#[cfg(feature = "files")]
fn open_folder(path: &Path) -> io::Result<Dir> {
    Dir::open_ambient_dir(path, ambient_authority())
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
