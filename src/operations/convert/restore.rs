//! A ledger that is put back: read once for its index, then a document at a time.

use std::io::{self, BufRead, BufReader};
#[cfg(feature = "files")]
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::diagnostics::redact::parser_words;
use crate::formats::ledger::{LedgerEntry, LedgerHead, Sort, VERSION};
use crate::input::Source;
use crate::model::fingerprints::fingerprint;
use crate::pipeline::Error;

/// Lines of a ledger: what they are found by, place and length.
type Lines = Vec<(u64, u64, u64)>;

/// A ledger to put back. Memory grows by the index alone: 24 bytes a fact.
#[derive(Debug)]
pub struct Ledger {
    /// Its first line.
    pub head: LedgerHead,
    source: Source,
    /// Fingerprint of the document, place and length of the line; by fingerprint and place.
    index: Lines,
    /// Whole documents that the target had no form for: how many of the others come before
    /// each, and its line.
    documents: Lines,
    used: AtomicU64,
}

impl Ledger {
    /// Opens a ledger, and reads its index.
    ///
    /// Fails where the file cannot be read or is no ledger of a known version.
    #[cfg(feature = "files")]
    pub fn open(path: &Path) -> Result<Self, Error> {
        let source = Source::open(path).map_err(|source| Error::Read {
            path: path.display().to_string(),
            source,
        })?;
        Self::read(source)
    }

    /// Reads the index of a ledger.
    ///
    /// Fails where it cannot be read or is no ledger of a known version.
    pub fn read(source: Source) -> Result<Self, Error> {
        match Self::index(&source) {
            Ok((head, index, documents)) => Ok(Self {
                head,
                source,
                index,
                documents,
                used: AtomicU64::new(0),
            }),
            Err(error) => Err(Error::read(&source, error)),
        }
    }

    fn index(source: &Source) -> io::Result<(LedgerHead, Lines, Lines)> {
        let invalid = |line: usize, what: &dyn std::fmt::Display| {
            io::Error::other(format!("line {line} is no line of a ledger: {what}"))
        };
        let mut input = BufReader::new(source.reader()?);
        let mut line = String::new();
        let mut place = input.read_line(&mut line)? as u64;
        let head: LedgerHead =
            serde_json::from_str(&line).map_err(|error| invalid(1, &parser_words(&error)))?;
        if head.ledger != VERSION {
            return Err(invalid(
                1,
                &format_args!("version {} is not known", head.ledger),
            ));
        }
        let (mut index, mut documents) = (Vec::new(), Vec::new());
        for number in 2.. {
            line.clear();
            let length = input.read_line(&mut line)? as u64;
            if length == 0 {
                break;
            }
            let entry: LedgerEntry = serde_json::from_str(&line)
                .map_err(|error| invalid(number, &parser_words(&error)))?;
            match entry.fact {
                Sort::LeftOut => {}
                Sort::Document => {
                    let before: u64 = entry.pointer.last().parse().unwrap_or(u64::MAX);
                    let kept = before.saturating_sub(documents.len() as u64);
                    documents.push((kept, place, length));
                }
                _ => index.push((fingerprint(&entry.document), place, length)),
            }
            place += length;
        }
        index.sort_unstable();
        documents.sort_unstable();
        Ok((head, index, documents))
    }

    /// The facts about a document, in the order of the ledger.
    pub(crate) fn facts(&self, name: &str) -> Result<Vec<LedgerEntry>, Error> {
        let wanted = fingerprint(name);
        let from = self
            .index
            .partition_point(|(document, ..)| *document < wanted);
        let lines = self.index[from..]
            .iter()
            .take_while(|(document, ..)| *document == wanted);
        let mut entries = Vec::new();
        for (_, place, length) in lines {
            let entry = self.entry(*place, *length)?;
            if entry.document == name {
                entries.push(entry);
            }
        }
        self.used.fetch_add(entries.len() as u64, Ordering::Relaxed);
        Ok(entries)
    }

    /// The documents that stood right before the one with the number `index`; with `None` those
    /// that stood after the last of `count`.
    pub(crate) fn documents(
        &self,
        index: Option<u64>,
        count: u64,
    ) -> Result<Vec<LedgerEntry>, Error> {
        let kept = index.unwrap_or(count);
        let from = self
            .documents
            .partition_point(|(before, ..)| *before < kept);
        let stands_here = |before: u64| index.is_none() || before == kept;
        let lines = self.documents[from..].iter();
        let lines = lines.take_while(|(before, ..)| stands_here(*before));
        lines
            .map(|(_, place, length)| self.entry(*place, *length))
            .collect()
    }

    /// Forgets which facts found their documents.
    pub(crate) fn restart(&self) {
        self.used.store(0, Ordering::Relaxed);
    }

    /// How many facts found no document.
    pub(crate) fn unused(&self) -> u64 {
        (self.index.len() as u64).saturating_sub(self.used.load(Ordering::Relaxed))
    }

    fn entry(&self, place: u64, length: u64) -> Result<LedgerEntry, Error> {
        let line = self.source.bytes(place..place + length);
        let entry = line.and_then(|line| {
            serde_json::from_slice(&line).map_err(|error| io::Error::other(parser_words(&error)))
        });
        entry.map_err(|error| Error::read(&self.source, error))
    }
}
