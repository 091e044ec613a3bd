//! A ledger that is put back: read once for its index, then a document at a time.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::value::RawValue;

use super::names;
use crate::diagnostics::quote;
use crate::diagnostics::redact::parser_words;
use crate::formats::ledger::{LedgerEntry, LedgerHead, Occurrence, Sort, VERSION};
use crate::formats::{self, LedgerSource};
use crate::input::Source;
use crate::json::{MAX_DEPTH, depth};
use crate::model::Kind;
use crate::model::fingerprints::{fingerprint, fingerprint_under};
use crate::pipeline::Error;
use crate::text::Unit;

/// Lines of a ledger: what they are found by, place and length.
type Lines = Vec<(u64, u64, u64)>;

/// A ledger to put back. Memory grows by the index alone: 24 bytes a fact.
pub struct Ledger {
    /// Its first line.
    pub head: LedgerHead,
    source: Source,
    /// Fingerprint of the document and its occurrence, place and length of the line; by fingerprint and
    /// place.
    index: Lines,
    /// Whole documents that the target had no form for: how many of the others come before
    /// each, and its line.
    documents: Lines,
    /// Fingerprints of documents of which something was left out.
    left_out: BTreeSet<u64>,
    /// How many labels and documents were left out.
    left_out_count: u64,
    /// What says which facts there can be.
    format: &'static dyn LedgerSource,
    used: AtomicU64,
}

/// The most bytes of a line, and of the facts about one document: more than those of the longest
/// record that is read, unless somebody sets that to something else.
const LONGEST: u64 = 1 << 30;

/// Reads the next line; its length, which is none at the end.
fn next(input: &mut impl BufRead, line: &mut String) -> io::Result<u64> {
    let length = input.take(LONGEST).read_line(line)? as u64;
    if length == LONGEST {
        return Err(io::Error::other("a line of it is longer than 1 GiB"));
    }
    Ok(length)
}

/// Whether what a head says of units and formats is known, and its project can be read.
fn is_sound(head: &LedgerHead) -> bool {
    let is_unit = |name: &String| Unit::ALL.iter().any(|unit| unit.name() == name);
    let is_hash = |hash: &String| {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        hash.len() == 16 && hash.bytes().all(is_digit)
    };
    formats::find(&head.to).is_some()
        && head.product.as_ref().is_none_or(is_hash)
        && head
            .kind
            .as_ref()
            .is_none_or(|kind| kind_named(kind).is_some())
        && head.offsets.as_ref().is_none_or(is_unit)
        && head.target_offsets.as_ref().is_none_or(is_unit)
        && head.project.as_deref().is_none_or(is_shallow)
}

/// The kind of that name.
fn kind_named(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.name() == name)
}

/// Whether a value is nested no deeper than what is read.
fn is_shallow(value: &RawValue) -> bool {
    depth(value.get(), MAX_DEPTH).1.is_none()
}

/// What the facts about a document are found by. Thousands may have one name, so which one it is counts too.
fn found_by(name: &str, occurrence: Option<Occurrence>) -> u64 {
    match occurrence {
        None => fingerprint(name),
        Some(Occurrence(number, _)) => fingerprint_under(number, name),
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Ledger");
        shown.field("head", &self.head).finish_non_exhaustive()
    }
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
    /// Fails where it cannot be read, is no ledger of a known version, or says what no conversion
    /// can have written.
    pub fn read(source: Source) -> Result<Self, Error> {
        match Self::index(&source) {
            Ok(read) => Ok(Self { source, ..read }),
            Err(error) => Err(Error::read(&source, error)),
        }
    }

    fn index(source: &Source) -> io::Result<Self> {
        let invalid = |line: usize, what: &dyn std::fmt::Display| {
            io::Error::other(format!("line {line} is no line of a ledger: {what}"))
        };
        let mut input = BufReader::new(source.reader()?);
        let mut line = String::new();
        let mut place = next(&mut input, &mut line)?;
        let head: LedgerHead =
            serde_json::from_str(&line).map_err(|error| invalid(1, &parser_words(&error)))?;
        if head.ledger != VERSION {
            return Err(invalid(
                1,
                &format_args!("version {} is not known", head.ledger),
            ));
        }
        let Some(format) = formats::find(&head.from).and_then(|format| format.ledger()) else {
            let from = quote(&head.from);
            return Err(invalid(
                1,
                &format_args!("{from} is no format with ledgers"),
            ));
        };
        if !is_sound(&head) || !format.may_head(&head) {
            return Err(invalid(1, &"no conversion writes it"));
        }
        let mut read = Self {
            head,
            source: Source::in_memory([], Path::new("")),
            format,
            index: Vec::new(),
            documents: Vec::new(),
            left_out: BTreeSet::new(),
            left_out_count: 0,
            used: AtomicU64::new(0),
        };
        for number in 2.. {
            line.clear();
            let length = next(&mut input, &mut line)?;
            if length == 0 {
                break;
            }
            let entry = read.parse(&line);
            let entry = entry.map_err(|error| invalid(number, &error))?;
            let documents = &mut read.documents;
            match entry.fact {
                Sort::LeftOut => {
                    read.left_out.insert(fingerprint(&entry.document));
                    read.left_out_count += 1;
                }
                Sort::Document => {
                    let before: u64 = entry.pointer.last().parse().unwrap_or(u64::MAX);
                    let kept = before.saturating_sub(documents.len() as u64);
                    documents.push((kept, place, length));
                }
                _ => read
                    .index
                    .push((found_by(&entry.document, entry.occurrence), place, length)),
            }
            place += length;
        }
        read.index.sort_unstable();
        read.documents.sort_unstable();
        Ok(read)
    }

    /// Reads a line, and proves that a conversion can have written it.
    fn parse(&self, line: &str) -> io::Result<LedgerEntry> {
        let entry: LedgerEntry =
            serde_json::from_str(line).map_err(|error| io::Error::other(parser_words(&error)))?;
        if !entry.pointer.is_sound() || !entry.value.as_deref().is_none_or(is_shallow) {
            return Err(io::Error::other(
                "its value is nested too deep, or in no place",
            ));
        }
        if entry.occurrence.is_some_and(|it| !it.is_sound()) {
            return Err(io::Error::other("its occurrence is none that there can be"));
        }
        let is_name = entry.fact == Sort::Name && names::name_in(&entry).is_some();
        if !is_name && !self.format.may_note(&entry) {
            return Err(io::Error::other("no conversion writes such a fact"));
        }
        Ok(entry)
    }

    /// The kind of the project that it is of, where it tells it.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let named = || kind_named(self.head.kind.as_deref()?);
        self.format.kind(&self.head).or_else(named)
    }

    /// How many labels and documents were left out on the way to the target.
    pub(crate) const fn left_out_count(&self) -> u64 {
        self.left_out_count
    }

    /// Whether labels of a document were left out of the target, or it as a whole.
    pub(crate) fn has_left_out(&self, name: &str) -> bool {
        self.left_out.contains(&fingerprint(name))
    }

    /// That the ledger cannot be put back, and why.
    pub(crate) fn fault(&self, what: String) -> Error {
        self.blamed(io::Error::other(what))
    }

    /// An error of this file.
    fn blamed(&self, error: io::Error) -> Error {
        Error::read(&self.source, error)
    }

    /// The facts about a document, in the order of the ledger. Where several have its name, those about the
    /// one that is asked for; none of them where there were more or fewer of that name.
    pub(crate) fn facts(
        &self,
        name: &str,
        occurrence: Option<Occurrence>,
    ) -> Result<Vec<LedgerEntry>, Error> {
        let wanted = found_by(name, occurrence);
        let from = self.index.partition_point(|(print, ..)| *print < wanted);
        let lines = self.index[from..].iter();
        let lines = lines.take_while(|(print, ..)| *print == wanted);
        if lines.clone().map(|(_, _, length)| *length).sum::<u64>() > LONGEST {
            return Err(self.fault("the facts about one document are more than 1 GiB".to_owned()));
        }
        let mut entries = Vec::new();
        for (_, place, length) in lines {
            let entry = self.entry(*place, *length)?;
            if entry.document == name && entry.occurrence == occurrence {
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
        let text = line.and_then(|line| String::from_utf8(line).map_err(io::Error::other));
        let entry = text.and_then(|text| self.parse(&text));
        entry.map_err(|error| self.blamed(error))
    }
}
