//! Writes a pack.

use std::hash::Hasher;
use std::io::{self, Read, Write};

use twox_hash::XxHash3_64;

use super::head::{HEADER, Head, header};

/// Writes a pack from its beginning to its end, a text at a time. What is held in memory is the index.
pub struct PackWriter<W: Write> {
    out: W,
    /// Where the next text begins.
    place: u64,
    /// How many texts there are before the end of each folder.
    ends: Vec<u64>,
    /// What the index has of each text.
    table: Vec<u8>,
    names: String,
    texts: u64,
}

/// What was packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// How many texts there are.
    pub texts: u64,
    /// How many bytes they have.
    pub bytes: u64,
}

/// Why a text could not be packed.
pub enum AddError {
    /// It cannot be read.
    Read(io::Error),
    /// The pack cannot be written.
    Write(io::Error),
}

impl<W: Write> PackWriter<W> {
    /// Begins a pack.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(&header())?;
        Ok(Self {
            out,
            place: HEADER,
            ends: Vec::new(),
            table: Vec::new(),
            names: String::new(),
            texts: 0,
        })
    }

    /// Adds a text to the folder that is being written. Names come sorted, each once, and each must be one
    /// that [`super::index::is_sound`] lets pass.
    pub(super) fn add(&mut self, name: &str, mut text: impl Read) -> Result<(), AddError> {
        let mut chunk = [0; 1 << 14];
        let mut hasher = XxHash3_64::new();
        loop {
            let read = match text.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(AddError::Read(error)),
            };
            hasher.write(&chunk[..read]);
            self.out
                .write_all(&chunk[..read])
                .map_err(AddError::Write)?;
            self.place += read as u64;
        }
        self.names.push_str(name);
        for number in [self.names.len() as u64, self.place, hasher.finish()] {
            self.table.extend(number.to_le_bytes());
        }
        self.texts += 1;
        Ok(())
    }

    /// Ends a folder.
    pub(super) fn end_folder(&mut self) {
        self.ends.push(self.texts);
    }

    /// Ends the pack, and says what is in it.
    pub fn finish(mut self) -> io::Result<Packed> {
        let ends: Vec<u8> = self.ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        let mut hasher = XxHash3_64::new();
        for part in [&ends, &self.table, self.names.as_bytes()] {
            hasher.write(part);
            self.out.write_all(part)?;
        }
        let head = Head {
            index: self.place,
            folders: self.ends.len() as u64,
            texts: self.texts,
            names: self.names.len() as u64,
            hash: hasher.finish(),
        };
        self.out.write_all(&head.footer())?;
        Ok(Packed {
            texts: self.texts,
            bytes: self.place - HEADER,
        })
    }
}
