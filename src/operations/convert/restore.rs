//! A ledger that is put back: read once for its index, then a document at a time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::formats::ledger::{LedgerEntry, LedgerHead, Sort, VERSION};
use crate::model::fingerprints::fingerprint;
use crate::pipeline::Error;

/// A ledger to put back. Memory grows by the index alone: 24 bytes a fact.
#[derive(Debug)]
pub struct Ledger {
    /// Its first line.
    pub head: LedgerHead,
    file: Mutex<File>,
    /// Fingerprint of the document, place and length of the line; by fingerprint and place.
    index: Vec<(u64, u64, u64)>,
    /// Whole documents that the target had no form for: how many of the others come before
    /// each, and its line.
    documents: Vec<(u64, u64, u64)>,
    used: AtomicU64,
}

impl Ledger {
    /// Reads the index of a ledger.
    ///
    /// Fails where the file cannot be read or is no ledger of a known version.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Read {
            path: path.display().to_string(),
            source,
        };
        Self::read(path).map_err(failed)
    }

    fn read(path: &Path) -> io::Result<Self> {
        let invalid = |line: usize, what: &dyn std::fmt::Display| {
            io::Error::other(format!("line {line} is no line of a ledger: {what}"))
        };
        let mut input = BufReader::new(File::open(path)?);
        let mut line = String::new();
        let mut place = input.read_line(&mut line)? as u64;
        let head: LedgerHead = serde_json::from_str(&line).map_err(|error| invalid(1, &error))?;
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
            let entry: LedgerEntry =
                serde_json::from_str(&line).map_err(|error| invalid(number, &error))?;
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
        let file = File::open(path)?;
        Ok(Self {
            head,
            file: Mutex::new(file),
            index,
            documents,
            used: AtomicU64::new(0),
        })
    }

    /// The facts about a document, in the order of the ledger.
    pub(crate) fn facts(&self, name: &str) -> io::Result<Vec<LedgerEntry>> {
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
    pub(crate) fn documents(&self, index: Option<u64>, count: u64) -> io::Result<Vec<LedgerEntry>> {
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

    fn entry(&self, place: u64, length: u64) -> io::Result<LedgerEntry> {
        let mut line = Vec::new();
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place))?;
        (&mut *file).take(length).read_to_end(&mut line)?;
        Ok(serde_json::from_slice(&line)?)
    }
}
