//! Text packs: the texts of folders in one file, with an index by name. `docs/pack.md` has every byte.
//!
//! ```text
//! 16 bytes   what it is, and its version
//! texts      one after the other, in the order of the index, nothing between them
//! index      where the texts of each folder end; of each text where its name and itself end, and its
//!            hash; the names
//! 56 bytes   where the index is, how much is in it, its hash
//! ```
//!
//! Only ends are written, so no text can lie on another. The index says of each text where it
//! is, so one is read without those before it.

#[cfg(feature = "files")]
mod gather;
mod head;
mod index;
#[cfg(feature = "files")]
mod writer;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use twox_hash::XxHash3_64;

use self::head::{Head, damaged};
use self::index::Index;
use super::source::Source;

#[cfg(feature = "files")]
pub use gather::{GatherError, LeftOut, gather};
#[cfg(feature = "files")]
pub use writer::{PackWriter, Packed};

/// A file with texts in it, which stand there as in folders. What is kept in memory is its index: 24
/// bytes and the name of each text. Several threads may read texts at a time.
#[derive(Debug)]
pub struct Pack {
    source: Source,
    index: Index,
}

/// The packs of a run by their paths, each opened once: many label files may share one, and its index
/// may be larger than all of them.
#[derive(Clone, Debug, Default)]
pub struct Packs(Arc<Mutex<BTreeMap<PathBuf, Arc<Pack>>>>);

impl Packs {
    /// The pack at a path.
    ///
    /// Fails as [`Pack::open`] does.
    pub(super) fn open(&self, path: &Path) -> io::Result<Arc<Pack>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pack) = known.get(path) {
            return Ok(pack.clone());
        }
        let pack = Arc::new(Pack::open(Source::open(path)?)?);
        known.insert(path.to_owned(), pack.clone());
        Ok(pack)
    }
}

impl Pack {
    /// Opens a pack, and proves its index; each text is proved when it is read.
    ///
    /// Fails where the file cannot be read, and with [`io::ErrorKind::InvalidData`] where it is no pack,
    /// one of another version, or one that is damaged: the reason says what, and where.
    pub fn open(source: Source) -> io::Result<Self> {
        let head = Head::of(&source)?;
        let index = Index::read(&source, &head)?;
        Ok(Self { source, index })
    }

    /// How many folders it has.
    #[must_use]
    pub fn folders(&self) -> usize {
        self.index.folders().len()
    }

    /// The texts of a folder, in the order of their names: name, and length in bytes.
    pub fn texts(&self, folder: usize) -> impl Iterator<Item = (&str, u64)> {
        let texts = self.index.texts_of(folder);
        texts.map(|text| {
            let Range { start, end } = self.index.bytes(text);
            (self.index.name(text), end - start)
        })
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.source.path()
    }

    /// Reads a text of that name, which [`Self::texts`] gives, whatever its length.
    ///
    /// Fails where it cannot be read, and with [`io::ErrorKind::InvalidData`] where it is not what was packed.
    pub fn text(&self, folder: usize, name: &str, buffer: &mut Vec<u8>) -> io::Result<()> {
        match self.read(folder, name, u64::MAX, buffer)? {
            Some(_) => Ok(()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Reads the text of that name in a folder, if there is one, and says how many bytes it has. Where
    /// these are more than `most`, it is not read.
    ///
    /// Fails as the same folder on disk does, where the name is that of a folder; and where the text is not
    /// what was packed, with [`io::ErrorKind::InvalidData`].
    pub(super) fn read(
        &self,
        folder: usize,
        name: &str,
        most: u64,
        buffer: &mut Vec<u8>,
    ) -> io::Result<Option<u64>> {
        buffer.clear();
        let Some((name, is_folder)) = steps(name) else {
            return Ok(None);
        };
        match self.index.find(folder, &name) {
            Some(text) if !is_folder => {
                let Range { start, end } = self.index.bytes(text);
                if end - start <= most {
                    self.read_at(start..end, buffer)?;
                    self.prove(text, start, buffer)?;
                }
                Ok(Some(end - start))
            }
            _ if name.is_empty() || self.index.has_folder(folder, &name) => {
                Err(io::Error::other("it is not a file"))
            }
            _ => Ok(None),
        }
    }

    /// Adds the bytes of a text to a buffer that is empty.
    fn read_at(&self, bytes: Range<u64>, buffer: &mut Vec<u8>) -> io::Result<()> {
        let size = usize::try_from(bytes.end - bytes.start).map_err(io::Error::other)?;
        // More than there is memory for is told, and does not end the program.
        buffer.try_reserve_exact(size).map_err(io::Error::other)?;
        if let Some(places) = self.source.places() {
            return places.read(bytes.start, size, buffer);
        }
        buffer.append(&mut self.source.bytes(bytes)?);
        Ok(())
    }

    /// Makes sure that the bytes of a text, which begins at a place of the pack, are those that were packed.
    fn prove(&self, text: usize, place: u64, bytes: &[u8]) -> io::Result<()> {
        if XxHash3_64::oneshot(bytes) == self.index.hash(text) {
            return Ok(());
        }
        let what = "the text there is not the one that was packed";
        Err(damaged(place, what))
    }

    /// Calls `found` with the name of each file and folder that lies in a folder itself, given by its path
    /// from the folder of the texts, and with whether it is a folder.
    pub(super) fn each_entry(&self, folder: usize, path: &str, found: impl FnMut(&str, bool)) {
        self.index.each_entry(folder, path, found);
    }
}

/// A path without empty steps and single dots, and whether it can only be that of a folder; `None` of
/// none.
fn steps(path: &str) -> Option<(Cow<'_, str>, bool)> {
    let is_step = |step: &&str| !matches!(*step, "" | ".");
    let last = path.rsplit('/').next().filter(|_| !path.is_empty())?;
    let is_folder = !is_step(&last);
    if path.split('/').all(|step| is_step(&step)) {
        return Some((path.into(), is_folder));
    }
    let steps: Vec<&str> = path.split('/').filter(is_step).collect();
    Some((steps.join("/").into(), is_folder))
}

#[cfg(test)]
mod tests;
