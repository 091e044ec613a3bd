//! Where the findings of a run are kept: how much in memory, and in which file the rest.

use std::fmt;
#[cfg(feature = "files")]
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many findings stay in memory.
const FINDINGS: usize = 64_000;
/// How many bytes they may take there, about. The batches under way hold findings beside.
const BYTES: usize = 8 << 20;

/// The temporary file of findings cannot be written or read.
#[derive(Debug)]
pub struct SpillError {
    /// The folder that it lies in: what `TMPDIR`, or the system, says.
    pub folder: PathBuf,
    /// The system's reason.
    pub source: io::Error,
}

impl SpillError {
    fn new(source: io::Error) -> Self {
        Self {
            folder: temporary_folder(),
            source,
        }
    }

    /// What stands in the file is not what was written.
    pub(super) fn damaged(reason: impl fmt::Display) -> Self {
        let reason = format!("not what was written there: {reason}");
        Self::new(io::Error::new(io::ErrorKind::InvalidData, reason))
    }
}

impl fmt::Display for SpillError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = self.folder.display();
        write!(f, "cannot keep findings in the temporary folder {folder}")
    }
}

impl std::error::Error for SpillError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl From<SpillError> for io::Error {
    fn from(error: SpillError) -> Self {
        Self::new(error.source.kind(), error)
    }
}

/// The memory, and the temporary file past it, that the findings of several label files share.
/// A clone is the same room.
///
/// While a file is gone over, its findings have the whole memory to themselves; what it holds of
/// the files before that counts apart. So a run has twice the cap in memory at most.
#[derive(Clone, Debug)]
pub struct Budget {
    findings: usize,
    bytes: usize,
    used: Arc<Mutex<Used>>,
    store: Arc<SpillFile>,
}

/// What is held of files that were gone over.
#[derive(Debug, Default)]
struct Used {
    findings: usize,
    bytes: usize,
}

impl Default for Budget {
    /// Budget for 64,000 findings in memory.
    fn default() -> Self {
        Self::new(FINDINGS)
    }
}

impl Budget {
    /// Budget for that many findings in memory, and for 8 MiB of them at most. What is found does
    /// not depend on it.
    #[must_use]
    pub fn new(findings: usize) -> Self {
        Self {
            findings,
            bytes: BYTES,
            used: Arc::default(),
            store: Arc::default(),
        }
    }

    /// Budget for the findings of a batch: a sixteenth, since several are under way.
    #[must_use]
    pub fn of_batch(&self) -> Self {
        Self {
            findings: (self.findings / 16).max(1),
            bytes: self.bytes / 16,
            ..Self::default()
        }
    }

    /// Whether that is too much for memory.
    pub(super) const fn is_exceeded(&self, findings: usize, bytes: usize) -> bool {
        findings > self.findings || bytes > self.bytes
    }

    /// Takes memory until what is returned goes; `None` where there is not enough.
    pub(super) fn hold(&self, findings: usize, bytes: usize) -> Option<Arc<Held>> {
        let mut used = lock(&self.used);
        if self.is_exceeded(used.findings + findings, used.bytes + bytes) {
            return None;
        }
        used.findings += findings;
        used.bytes += bytes;
        Some(Arc::new(Held {
            findings,
            bytes,
            of: Arc::clone(&self.used),
        }))
    }

    /// The file for findings that nothing changes any more.
    pub(super) fn store(&self) -> Arc<SpillFile> {
        Arc::clone(&self.store)
    }
}

/// Memory of a [`Budget`] that is taken.
#[derive(Debug)]
pub(super) struct Held {
    findings: usize,
    bytes: usize,
    of: Arc<Mutex<Used>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut used = lock(&self.of);
        used.findings -= self.findings;
        used.bytes -= self.bytes;
    }
}

/// A temporary file without a name, made when something is written to it. It only grows, and
/// goes with the last who knows it.
#[derive(Debug, Default)]
pub(super) struct SpillFile {
    open: Mutex<Option<Open>>,
}

/// Where a [`SpillFile`] keeps its bytes: on disk, or in memory where there are no files.
#[cfg(feature = "files")]
type Kept = File;
#[cfg(not(feature = "files"))]
type Kept = io::Cursor<Vec<u8>>;

fn temporary_file() -> io::Result<Kept> {
    #[cfg(feature = "files")]
    return tempfile::tempfile();
    #[cfg(not(feature = "files"))]
    Ok(Kept::default())
}

fn temporary_folder() -> PathBuf {
    #[cfg(feature = "files")]
    return tempfile::env::temp_dir();
    #[cfg(not(feature = "files"))]
    PathBuf::new()
}

#[derive(Debug)]
struct Open {
    file: Kept,
    end: u64,
}

/// A piece of a [`SpillFile`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    place: u64,
    size: usize,
}

impl SpillFile {
    /// Writes at the end.
    pub(super) fn append(&self, bytes: &[u8]) -> Result<Chunk, SpillError> {
        let mut open = lock(&self.open);
        let Open { file, end } = match &mut *open {
            Some(open) => open,
            none => {
                let file = temporary_file().map_err(SpillError::new)?;
                none.insert(Open { file, end: 0 })
            }
        };
        let chunk = Chunk {
            place: *end,
            size: bytes.len(),
        };
        let written = file.seek(SeekFrom::Start(*end));
        written
            .and_then(|_| file.write_all(bytes))
            .map_err(SpillError::new)?;
        *end += bytes.len() as u64;
        Ok(chunk)
    }

    /// Reads a piece into `bytes`, in the place of what is there.
    pub(super) fn read(&self, chunk: Chunk, bytes: &mut Vec<u8>) -> Result<(), SpillError> {
        bytes.clear();
        bytes.resize(chunk.size, 0);
        let mut open = lock(&self.open);
        let Some(Open { file, .. }) = &mut *open else {
            return Err(SpillError::damaged("there is no file"));
        };
        let found = file.seek(SeekFrom::Start(chunk.place));
        found
            .and_then(|_| file.read_exact(bytes))
            .map_err(SpillError::new)
    }
}

/// A thread that panicked cannot have left numbers or a file behind that are worse than stale.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
