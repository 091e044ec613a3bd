//! Bytes put aside: in an unnamed temporary file, which goes when the program does, or in memory
//! where there are no files.

#[cfg(feature = "files")]
use std::fs::File;

use std::io::{self, Write};

use super::content::Content;

#[cfg(feature = "files")]
use std::io::{Seek, SeekFrom};

/// Bytes put aside.
#[derive(Debug)]
pub struct Spool {
    #[cfg(feature = "files")]
    file: File,
    #[cfg(not(feature = "files"))]
    bytes: Vec<u8>,
}

impl Spool {
    /// Nothing yet.
    ///
    /// Fails where no temporary file can be made; the reason names the folder.
    pub fn new() -> io::Result<Self> {
        #[cfg(feature = "files")]
        {
            let file = tempfile::tempfile().map_err(|error| in_temporary_folder(&error))?;
            Ok(Self { file })
        }
        #[cfg(not(feature = "files"))]
        Ok(Self { bytes: Vec::new() })
    }

    /// Throws away what was put aside.
    pub fn restart(&mut self) -> io::Result<()> {
        #[cfg(feature = "files")]
        {
            let emptied = self.file.set_len(0);
            let emptied = emptied.and_then(|()| self.file.seek(SeekFrom::Start(0)));
            emptied
                .map(|_| ())
                .map_err(|error| in_temporary_folder(&error))
        }
        #[cfg(not(feature = "files"))]
        {
            self.bytes.clear();
            Ok(())
        }
    }

    /// How many bytes were put aside.
    #[cfg(feature = "files")]
    pub fn length(&self) -> io::Result<u64> {
        self.file.metadata().map(|metadata| metadata.len())
    }

    /// Writes over bytes that were put aside before.
    pub fn amend(&mut self, place: u64, bytes: &[u8]) -> io::Result<()> {
        #[cfg(feature = "files")]
        {
            let amended = self.file.seek(SeekFrom::Start(place));
            let amended = amended.and_then(|_| self.file.write_all(bytes));
            let amended = amended.and_then(|()| self.file.seek(SeekFrom::End(0)));
            amended
                .map(|_| ())
                .map_err(|error| in_temporary_folder(&error))
        }
        #[cfg(not(feature = "files"))]
        {
            let start = usize::try_from(place).unwrap_or(usize::MAX);
            let old = self.bytes.get_mut(start..start.saturating_add(bytes.len()));
            let old = old.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
            old.copy_from_slice(bytes);
            Ok(())
        }
    }

    pub(super) fn into_content(self) -> Content {
        #[cfg(feature = "files")]
        {
            Content::File(self.file)
        }
        #[cfg(not(feature = "files"))]
        Content::Memory(self.bytes.into())
    }

    /// Reads everything, from its beginning.
    pub fn reader(&mut self) -> io::Result<impl io::Read + '_> {
        #[cfg(feature = "files")]
        {
            self.file.seek(SeekFrom::Start(0))?;
            Ok(&mut self.file)
        }
        #[cfg(not(feature = "files"))]
        Ok(&self.bytes[..])
    }

    /// Writes everything to `out`.
    pub fn copy_to<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        #[cfg(feature = "files")]
        {
            self.file.seek(SeekFrom::Start(0))?;
            io::copy(&mut self.file, out).map(|_| ())
        }
        #[cfg(not(feature = "files"))]
        out.write_all(&self.bytes)
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(feature = "files")]
        {
            let written = self.file.write(bytes);
            written.map_err(|error| in_temporary_folder(&error))
        }
        #[cfg(not(feature = "files"))]
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The reason, with the folder where temporary files lie.
#[cfg(feature = "files")]
pub(super) fn in_temporary_folder(error: &io::Error) -> io::Error {
    let folder = tempfile::env::temp_dir();
    let reason = format!("the temporary folder {}: {error}", folder.display());
    io::Error::new(error.kind(), reason)
}
