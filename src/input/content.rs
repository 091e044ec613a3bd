//! Bytes that can be read from any place on, wherever they are: in a file, in memory, or in several
//! files one after the other.

#[cfg(feature = "files")]
use std::fs::File;

use std::io::{self, Cursor, Read};
use std::sync::Arc;

#[cfg(feature = "files")]
use std::io::{Seek, SeekFrom};

/// The bytes of a label file.
#[derive(Debug)]
pub(super) enum Content {
    /// Those of a file. There is one place in it at a time.
    #[cfg(feature = "files")]
    File(File),
    /// Those in memory.
    Memory(Arc<[u8]>),
    /// Those of several files, in their order.
    Several(Vec<Piece>),
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

/// The readers of pieces, the next one last.
struct Joined(Vec<Reader>);

impl Content {
    /// How many bytes there are.
    pub(super) fn length(&self) -> io::Result<u64> {
        match self {
            #[cfg(feature = "files")]
            Self::File(file) => Ok(file.metadata()?.len()),
            Self::Memory(bytes) => Ok(bytes.len() as u64),
            Self::Several(pieces) => Ok(pieces.last().map_or(0, Piece::end)),
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
            Self::Several(pieces) => {
                let mut readers: Vec<Reader> = Vec::new();
                for piece in pieces.iter().rev().filter(|piece| place < piece.end()) {
                    if piece.is_open {
                        readers.push(Box::new(&b"\n"[..]));
                    }
                    let from = place.saturating_sub(piece.start);
                    readers.push(piece.content.reader_at(from)?);
                }
                Box::new(Joined(readers))
            }
        })
    }
}

impl Piece {
    /// The place behind its last byte, and behind the line end after it.
    pub(super) fn end(&self) -> u64 {
        self.start + self.length + u64::from(self.is_open)
    }
}

impl Read for Joined {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(reader) = self.0.last_mut() {
            let read = reader.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.0.pop();
        }
        Ok(0)
    }
}
