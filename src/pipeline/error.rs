//! Why the work could not be done.

use std::{fmt, io};

use crate::diagnostics::store;
use crate::input::{ReadError, Source};

/// Why the work could not be done. Bad data is no error; it gives findings.
#[derive(Debug)]
pub enum Error {
    /// A label file, a text or a ledger cannot be read.
    Read {
        /// Its path.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
    /// The output cannot be written.
    Write {
        /// Its path.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
    /// The ledger cannot be written; its path is known to whoever opened it.
    WriteLedger(io::Error),
    /// The label file was written to while it was read, so nothing that was read of it counts.
    Changed {
        /// Its path.
        path: String,
    },
    /// The text of a document was written to after it was judged, so nothing that was found in it
    /// counts: its name.
    TextChanged(String),
    /// There is no place for the findings.
    Findings(store::SpillError),
    /// Threads cannot be started.
    Threads(String),
    /// It is no label file of a known format: its path, and what it is.
    NoLabelFile(String, String),
    /// The texts stand inside the label file, and nobody said where to write them: its path, and
    /// the format that has no place for them.
    TextsInside(String, &'static str),
    /// A file that stays in its format is asked for in one of its forms: the option, and the format.
    FormStays(&'static str, &'static str),
    /// The files of the target are those of a folder, and nobody said where to write them: the format.
    NoFolder(&'static str),
    /// The files cannot be one file, since their documents end otherwise: the first, and one that cannot
    /// follow it.
    NotOne(String, String),
    /// What the user says makes no addresses of documents: why.
    NoAddresses(&'static str),
    /// The file cannot be divided among shards: its path, and what it is.
    NoShard(String, String),
    /// There are no results of shards to put together.
    NoPartials,
}

impl Error {
    /// That the output cannot be written; its path is known to whoever opened it.
    pub(crate) const fn write(source: io::Error) -> Self {
        Self::Write {
            path: String::new(),
            source,
        }
    }

    pub(crate) fn read(file: &Source, source: io::Error) -> Self {
        Self::Read {
            path: file.name().to_owned(),
            source,
        }
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Read {
            path: error.path.display().to_string(),
            source: error.source,
        }
    }
}

impl From<store::SpillError> for Error {
    fn from(error: store::SpillError) -> Self {
        Self::Findings(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, .. } => write!(f, "cannot read {path}"),
            Self::Write { path, .. } if path.is_empty() => f.write_str("cannot write the output"),
            Self::Write { path, .. } => write!(f, "cannot write {path}"),
            Self::WriteLedger(_) => f.write_str("cannot write the ledger"),
            Self::Changed { path } => write!(f, "{path} was changed while it was read"),
            Self::TextChanged(name) => write!(
                f,
                "the text {name} was changed after it was read; begin again, and leave the texts \
                 as they are until it is done"
            ),
            Self::Findings(error) => error.fmt(f),
            Self::Threads(reason) => write!(f, "cannot start threads: {reason}"),
            Self::NoLabelFile(path, what) => write!(f, "{path} is no label file: it is {what}"),
            Self::TextsInside(path, target) => write!(
                f,
                "the texts of {path} are inside it, and those of {target} are files: name the \
                 folder for them with --texts-out"
            ),
            Self::NotOne(first, later) => write!(
                f,
                "{first} and {later} do not end their documents alike, so they cannot be one file; convert \
                 them one by one"
            ),
            Self::FormStays(option, title) => write!(
                f,
                "{title} to {title} keeps its bytes, so `{option}` changes nothing; convert it to \
                 another format first, and from there with `{option}`"
            ),
            Self::NoFolder(target) => {
                write!(f, "{target} is a folder of files, and nobody said which")
            }
            Self::NoAddresses(reason) => write!(
                f,
                "no addresses of documents can be made of --datastore and --prefix: {reason}"
            ),
            Self::NoShard(path, what) => write!(
                f,
                "{path} is {what}; shards are stretches of the lines of a JSONL label file"
            ),
            Self::NoPartials => {
                f.write_str("there are no results of `check --shard` to put together")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } | Self::WriteLedger(source) => {
                Some(source)
            }
            Self::Findings(error) => error.source(),
            Self::Changed { .. }
            | Self::TextChanged(_)
            | Self::Threads(_)
            | Self::NoLabelFile(..)
            | Self::NoShard(..)
            | Self::NoAddresses(_)
            | Self::NoPartials
            | Self::NotOne(..)
            | Self::NoFolder(_)
            | Self::FormStays(..)
            | Self::TextsInside(..) => None,
        }
    }
}
