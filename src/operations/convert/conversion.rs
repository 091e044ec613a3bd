//! What is asked of a conversion, and where it writes to.

use std::io;

#[cfg(feature = "files")]
use super::joined::Shards;
use super::restore::Ledger;
use crate::formats::{Format, FormatName, Wishes};
use crate::input::{Spool, Texts};
use crate::text::Unit;

/// What the user says of the new corpus. What is `None` is taken from the source, or assumed.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// `--project-name`
    pub name: Option<String>,
    /// `--container`
    pub container: Option<String>,
    /// `--language`: of the project, and of documents that give none and whose script fits it.
    pub language: Option<String>,
    /// `--description`
    pub description: Option<String>,
    /// `--multilingual`: with `Some(false)` all documents that give no language get the project's.
    pub multilingual: Option<bool>,
    /// `--dataset`
    pub dataset: Option<&'static str>,
    /// `--datastore`
    pub datastore: Option<String>,
    /// `--prefix`
    pub prefix: Option<String>,
}

/// A conversion.
pub struct Conversion<'a> {
    /// The format of the input; `None` asks its content.
    pub from: Option<&'static dyn Format>,
    /// The format of the output.
    pub to: &'static dyn Format,
    /// Where documents are looked up; `None` does without them.
    pub texts: Option<&'a Texts>,
    /// The unit on the side that does not fix its own. [`Options::unit`](crate::Options::unit) is not looked at.
    pub unit: Option<Unit>,
    /// What the user says of the new corpus.
    pub metadata: Metadata,
    /// What the user asks of how it is written.
    pub wishes: Wishes,
    /// Leave out what cannot be converted truthfully.
    pub skip_invalid: bool,
    /// Refuse where anything would be lost.
    pub deny_loss: bool,
    /// Whether what would be lost is saved in a ledger.
    pub save_losses: bool,
    /// A ledger whose facts are put back.
    pub restore: Option<&'a Ledger>,
    /// Where files beside the label file are written: texts that stand inside the source, where
    /// the target has no place for them.
    pub files: Option<&'a dyn FileTarget>,
    /// The documents, where other machines have written them.
    #[cfg(feature = "files")]
    pub shards: Option<&'a Shards>,
}

impl<'a> Conversion<'a> {
    /// A conversion to a format with what the source says, and with the defaults for what it does
    /// not say.
    #[must_use]
    pub fn new(to: FormatName, texts: Option<&'a Texts>) -> Self {
        Self::to_format(to.format(), texts)
    }

    /// The same to a format that was found.
    pub(crate) fn to_format(to: &'static dyn Format, texts: Option<&'a Texts>) -> Self {
        Self {
            from: None,
            to,
            texts,
            unit: None,
            metadata: Metadata::default(),
            wishes: Wishes::default(),
            skip_invalid: false,
            deny_loss: false,
            save_losses: false,
            restore: None,
            files: None,
            #[cfg(feature = "files")]
            shards: None,
        }
    }
}

/// A place for files beside a new label file.
pub trait FileTarget: Sync {
    /// Takes a file of that name. As the bytes of [`Product`], it means something only where the
    /// conversion is not refused.
    ///
    /// Fails where another file of the name is there or was taken before, and where the file cannot
    /// be taken.
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Throws away what was taken so far, as [`Product::restart`] does.
    fn restart(&self) -> io::Result<()>;
}

#[cfg(feature = "files")]
impl FileTarget for crate::input::NewTexts {
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        Self::write(self, name, bytes)
    }

    fn restart(&self) -> io::Result<()> {
        Self::restart(self)
    }
}

/// Where a conversion writes to.
pub trait Product: io::Write + Send {
    /// Throws away what was written so far: that a conversion was begun under a wrong
    /// assumption may show only at its end.
    fn restart(&mut self) -> io::Result<()>;

    /// Writes over bytes that were written before; what comes next goes to the end as before. So
    /// the head of a ledger gets the name of its product, which is not known before its end.
    fn amend(&mut self, place: u64, bytes: &[u8]) -> io::Result<()>;
}

impl Product for io::Sink {
    fn restart(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn amend(&mut self, _place: u64, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

impl Product for Vec<u8> {
    fn restart(&mut self) -> io::Result<()> {
        self.clear();
        Ok(())
    }

    fn amend(&mut self, place: u64, bytes: &[u8]) -> io::Result<()> {
        let start = usize::try_from(place).unwrap_or(usize::MAX);
        let end = start.saturating_add(bytes.len());
        let old = self.get_mut(start..end);
        let old = old.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        old.copy_from_slice(bytes);
        Ok(())
    }
}

#[cfg(feature = "files")]
impl Product for std::fs::File {
    fn restart(&mut self) -> io::Result<()> {
        self.set_len(0)?;
        io::Seek::rewind(self)
    }

    fn amend(&mut self, place: u64, bytes: &[u8]) -> io::Result<()> {
        use io::{Seek, SeekFrom, Write};
        self.seek(SeekFrom::Start(place))?;
        self.write_all(bytes)?;
        self.seek(SeekFrom::End(0)).map(|_| ())
    }
}

impl Product for Spool {
    fn restart(&mut self) -> io::Result<()> {
        Spool::restart(self)
    }

    fn amend(&mut self, place: u64, bytes: &[u8]) -> io::Result<()> {
        Spool::amend(self, place, bytes)
    }
}

/// The bytes of a conversion.
pub type Target<'a> = &'a mut (dyn Product + 'a);
