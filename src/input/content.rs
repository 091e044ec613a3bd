//! Bytes that can be read from any place on, wherever they are: in a file, in memory, or in several
//! files one after the other.

#[cfg(feature = "files")]
use std::fs::{File, Metadata};

use std::io::{self, Cursor, Read};
use std::sync::Arc;

#[cfg(feature = "files")]
use std::io::{Seek, SeekFrom};
#[cfg(feature = "files")]
use std::path::{Path, PathBuf};

/// The bytes of a label file.
#[derive(Debug)]
pub(super) enum Content {
    /// Those of a file. There is one place in it at a time.
    #[cfg(feature = "files")]
    File(File),
    /// Those in memory.
    Memory(Arc<[u8]>),
    /// Those of a file that is opened each time it is read: a folder may hold more files than a
    /// process may have open.
    #[cfg(feature = "files")]
    Closed {
        path: PathBuf,
        /// Its length when it was looked at first.
        length: u64,
    },
    /// Those of several files, in their order.
    Several(Arc<[Piece]>),
    /// Those of a file of which only a part is at hand.
    Excerpted(Arc<Excerpted>),
}

/// One of several files.
#[derive(Debug)]
pub(super) struct Piece {
    /// What reports call it.
    pub(super) name: String,
    pub(super) content: Content,
    /// Its first byte, in the bytes of all.
    pub(super) start: u64,
    /// How many bytes it has.
    pub(super) length: u64,
    /// Whether it ends inside a line, so that a line end comes between it and the next.
    pub(super) is_open: bool,
}

/// Reads content from a place to its end.
///
/// A box passes every way of reading on to what it holds. An enum of our own could not: a file takes
/// memory that nobody has filled, and filling it first costs about two of a hundred instructions.
pub type Reader = Box<dyn Read + Send>;

/// Reads pieces one after the other.
struct Joined {
    pieces: Arc<[Piece]>,
    /// The next one.
    next: usize,
    /// What is left of the one before it.
    current: Reader,
}

/// Bytes that are read at any place, by several threads at a time.
#[derive(Clone, Copy, Debug)]
pub enum Places<'a> {
    /// Those of a file.
    #[cfg(all(feature = "files", unix))]
    File(&'a File),
    /// Those in memory.
    Memory(&'a [u8]),
}

impl Places<'_> {
    /// Appends to `buffer` the bytes from `place` on: `size` of them, fewer only where they end.
    pub fn read(&self, place: u64, size: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
        match self {
            #[cfg(all(feature = "files", unix))]
            Self::File(file) => read_in_file(file, place, size, buffer),
            Self::Memory(bytes) => {
                let rest = usize::try_from(place).ok().and_then(|at| bytes.get(at..));
                let rest = rest.unwrap_or_default();
                buffer.extend_from_slice(rest.get(..size).unwrap_or(rest));
                Ok(())
            }
        }
    }
}

/// Reads in a file without moving the place that it is read at next.
#[cfg(all(feature = "files", unix))]
fn read_in_file(file: &File, place: u64, size: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
    let wanted = buffer.len() + size;
    // As much is read as there is room for, so there should be little more.
    buffer.reserve_exact(size);
    let (mut place, mut left) = (place, size);
    while left > 0 {
        let room = rustix::buffer::spare_capacity(buffer);
        match rustix::io::pread(file, room, place) {
            Ok(0) => break,
            Ok(read) => {
                // The buffer may have more room than was asked for.
                buffer.truncate(wanted);
                place += read as u64;
                left = wanted - buffer.len();
            }
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

impl Content {
    /// The bytes for several threads; `None` where only one can read them at a time.
    pub(super) fn places(&self) -> Option<Places<'_>> {
        match self {
            #[cfg(all(feature = "files", unix))]
            Self::File(file) => Some(Places::File(file)),
            Self::Memory(bytes) => Some(Places::Memory(bytes)),
            _ => None,
        }
    }

    /// The bytes of a file that was opened, of so many bytes.
    ///
    /// Windows gives the name of an open file to no other one, and a label file may be replaced by its fixed self:
    /// there it is opened each time it is read.
    #[cfg(feature = "files")]
    pub(super) fn of_file(file: File, path: &Path, length: u64) -> Self {
        if cfg!(windows) {
            let path = path.to_owned();
            return Self::Closed { path, length };
        }
        Self::File(file)
    }

    /// What the system says of a file now; `None` of anything else.
    #[cfg(feature = "files")]
    pub(super) fn metadata(&self) -> io::Result<Option<Metadata>> {
        match self {
            Self::File(file) => file.metadata().map(Some),
            Self::Closed { path, .. } => std::fs::metadata(path).map(Some),
            Self::Memory(_) | Self::Several(_) | Self::Excerpted(_) => Ok(None),
        }
    }

    /// How many bytes there are.
    pub(super) fn length(&self) -> io::Result<u64> {
        match self {
            #[cfg(feature = "files")]
            Self::File(file) => Ok(file.metadata()?.len()),
            #[cfg(feature = "files")]
            Self::Closed { length, .. } => Ok(*length),
            Self::Memory(bytes) => Ok(bytes.len() as u64),
            Self::Several(pieces) => Ok(pieces.last().map_or(0, Piece::end)),
            Self::Excerpted(file) => Ok(file.length),
        }
    }

    /// A reader from a place on, in bytes. The reader before it must not be used any more.
    pub(super) fn reader_at(&self, place: u64) -> io::Result<Reader> {
        Ok(match self {
            #[cfg(feature = "files")]
            Self::File(file) => {
                let mut file = file.try_clone()?;
                file.seek(SeekFrom::Start(place))?;
                Box::new(file)
            }
            Self::Memory(bytes) => {
                let mut cursor = Cursor::new(Arc::clone(bytes));
                cursor.set_position(place);
                Box::new(cursor)
            }
            #[cfg(feature = "files")]
            Self::Closed { path, length } => {
                let mut file = File::open(path)?;
                if file.metadata()?.len() != *length {
                    let what = format!("{} was changed while it was read", path.display());
                    return Err(io::Error::other(what));
                }
                file.seek(SeekFrom::Start(place))?;
                Box::new(file)
            }
            Self::Several(pieces) => {
                let first = pieces.partition_point(|piece| piece.end() <= place);
                let current: Reader = match pieces.get(first) {
                    Some(piece) => piece.reader_at(place - piece.start)?,
                    None => Box::new(io::empty()),
                };
                Box::new(Joined {
                    pieces: Arc::clone(pieces),
                    next: first + 1,
                    current,
                })
            }
            Self::Excerpted(file) => file.reader_at(place)?,
        })
    }
}

/// The beginning of a file and a stretch of it, as they came one after the other.
#[derive(Debug)]
pub(super) struct Excerpted {
    /// Both, one behind the other.
    pub(super) held: Arc<Content>,
    /// How many bytes of `held` are the beginning of the file.
    pub(super) head: u64,
    /// Where in the file the others begin.
    pub(super) place: u64,
    /// How many bytes the file has.
    pub(super) length: u64,
}

impl Excerpted {
    /// The end of the stretch in the file, exclusive.
    fn end(&self) -> io::Result<u64> {
        Ok(self.place + self.held.length()?.saturating_sub(self.head))
    }

    /// The beginning of the file as far as it is at hand, as if it ended there.
    pub(super) fn beginning(&self) -> io::Result<Self> {
        let end = self.end()?;
        let reaches = self.place <= self.head && end > self.head;
        Ok(Self {
            held: Arc::clone(&self.held),
            length: if reaches { end } else { self.head },
            ..*self
        })
    }

    /// What reads from a place in the file to the end of what is at hand there, and fails behind it.
    fn reader_at(self: &Arc<Self>, place: u64) -> io::Result<Reader> {
        let end = self.end()?;
        let (from, upto) = if (self.place..end).contains(&place) {
            (self.head + (place - self.place), end)
        } else if place < self.head {
            (place, self.head)
        } else {
            (0, place)
        };
        let held = self.held.reader_at(from)?.take(upto - place);
        Ok(Box::new(held.chain(Missing {
            file: Arc::clone(self),
            place: upto,
        })))
    }
}

/// What comes after what is at hand: nothing at the end of the file, and an error before it.
struct Missing {
    file: Arc<Excerpted>,
    place: u64,
}

impl Read for Missing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || self.place >= self.file.length {
            return Ok(0);
        }
        // The beginning may reach into the stretch, or behind it.
        let is_in_stretch = self.place >= self.file.place && self.place < self.file.end()?;
        if is_in_stretch || self.place < self.file.head {
            let mut reader = self.file.reader_at(self.place)?;
            let read = reader.read(buffer)?;
            self.place += read as u64;
            return Ok(read);
        }
        Err(io::Error::other(format!(
            "the file goes on at byte {}, and what was given of it does not",
            self.place
        )))
    }
}

impl Piece {
    /// A reader from a place in it on, to the line end that comes after it.
    fn reader_at(&self, place: u64) -> io::Result<Reader> {
        let rest = self.content.reader_at(place.min(self.length))?;
        if self.is_open {
            return Ok(Box::new(rest.chain(&b"\n"[..])));
        }
        Ok(rest)
    }

    /// The place behind its last byte, and behind the line end after it.
    pub(super) fn end(&self) -> u64 {
        self.start + self.length + u64::from(self.is_open)
    }
}

impl Read for Joined {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.current.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(piece) = self.pieces.get(self.next) else {
                return Ok(0);
            };
            self.current = piece.reader_at(0)?;
            self.next += 1;
        }
    }
}
