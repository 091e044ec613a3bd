//! Record boundaries in a stream of bytes, and nothing else.
//!
//! A cutter hands out [`Batch`]es of whole records. The batches tile the file: each begins
//! where the one before ended, so a place in a batch is a place in the file. Nothing here
//! holds more than one batch and what an unfinished record has so far, and of that no more than
//! [`Sizes`] allow: a longer record is gone over, and a batch says where it stands.
//!
//! [`Lines`] cuts at newlines, and [`LineRanges`] lets threads do so in parallel. [`Elements`] cuts one JSON object of any size at the items of
//! its array of documents, and keeps what stands around that array, the [`Outline`]. [`Files`] has
//! each of several files cut by a cutter of its own. [`Whole`] cuts nothing: a file is a record.

use std::io::{self, Read};
use std::ops::Range;

mod blocks;
mod elements;
mod files;
mod line_ranges;
mod lines;
mod scan;
mod whole;

pub use elements::Elements;
pub use files::Files;
pub use line_ranges::{LineRanges, ReadAt};
pub use lines::Lines;
pub use scan::ArrayPath;
pub use whole::Whole;

/// How many bytes a batch has, when nothing else is asked for: small enough that the batches
/// under way stay in the caches of the cores. With 1 MiB two threads are a sixth slower.
pub const BATCH_BYTES: usize = 1 << 18;

/// How much a cutter holds.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// The bytes of a batch, about. What is found does not depend on it.
    pub batch: usize,
    /// The most bytes of a record, and of what stands around the records.
    pub record: u64,
}

/// Whole records, one after the other; or the place of one that is too long to be held.
#[derive(Debug, Default)]
pub struct Batch {
    /// The place of the first byte in the file.
    pub start: u64,
    /// The place behind the last byte in the file.
    pub end: u64,
    /// The bytes, including what stands between the records.
    pub bytes: Vec<u8>,
    /// The records, in `bytes`. White space around them may be included.
    pub records: Vec<Range<usize>>,
    /// The number of records before this batch.
    pub first: u64,
    /// Where several files are read as one: the number of the file that it lies in, from 0.
    pub file: usize,
    /// How many of the records before it are those of the files before that one.
    pub earlier: u64,
    /// The most bytes of a record: a longer one that lies in `bytes`, because a batch had room
    /// for it, is not to be read either.
    pub limit: u64,
    /// The bytes in the file of a record that is not held. It is the only one of its batch.
    pub skipped: Option<Range<u64>>,
}

/// What stands once in a file: everything that is no record.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Whether the file begins with a byte-order mark. It is in no batch's records.
    pub byte_order_mark: bool,
    /// The bytes around the records: for an object its header with an empty array of documents.
    pub bytes: Vec<u8>,
    /// Where pieces of `bytes` come from: `(index in bytes, place in the file)`, ascending.
    pub pieces: Vec<(usize, u64)>,
    /// How many records stand by themselves, where the format has an array for them.
    pub bare: u64,
    /// Places between two records that hold something else than one comma: what is wrong.
    pub strays: Vec<(u64, &'static str)>,
    /// Brackets that the file opens and never closes, in the order in which they should be
    /// closed. They are not in `bytes`.
    pub unclosed: Vec<u8>,
    /// Whether the file stops inside a record.
    pub ends_in_record: bool,
    /// Where more stands around the records than the limit allows, and that limit. The file was
    /// not read on from there, and `bytes` is empty.
    pub too_large: Option<(u64, u64)>,
    /// The length of the file.
    pub length: u64,
    /// Where several files are read as one: what stands once in each behind the first, in bytes of
    /// that file, and where it begins.
    pub later: Vec<(u64, Outline)>,
}

impl Batch {
    /// How many records it stands for, one that is not held included.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.records.len() as u64 + u64::from(self.skipped.is_some())
    }
}

impl Outline {
    /// The place in the file of a byte of the outline.
    #[must_use]
    pub fn place(&self, index: usize) -> u64 {
        let piece = self.pieces.partition_point(|(start, _)| *start <= index);
        match piece
            .checked_sub(1)
            .and_then(|piece| self.pieces.get(piece))
        {
            Some((start, place)) => place + (index - start) as u64,
            None => index as u64,
        }
    }

    /// The bytes in the file of bytes of the outline.
    #[must_use]
    pub fn range(&self, bytes: &Range<usize>) -> Range<u64> {
        let start = self.place(bytes.start).min(self.length);
        let end = match bytes.end.checked_sub(1) {
            Some(last) if bytes.end > bytes.start => self.place(last) + 1,
            _ => start,
        };
        start..end.clamp(start, self.length.max(start))
    }
}

/// How much of a file was handed out.
#[derive(Debug)]
pub(crate) struct Tiles {
    /// The place of the next batch.
    at: u64,
    /// The records so far.
    records: u64,
    /// The most bytes of a record.
    limit: u64,
}

impl Tiles {
    pub(crate) const fn new(limit: u64) -> Self {
        Self::following(0, 0, limit)
    }

    /// From a place on, with so many records before it.
    pub(crate) const fn following(at: u64, records: u64, limit: u64) -> Self {
        Self { at, records, limit }
    }

    /// The place of the next batch.
    pub(crate) const fn place(&self) -> u64 {
        self.at
    }

    /// Says that the stream begins at a place inside the file.
    pub(crate) const fn move_to(&mut self, place: u64) {
        self.at = place;
    }

    /// The batch that follows.
    pub(crate) fn batch(&mut self, bytes: Vec<u8>, records: Vec<Range<usize>>) -> Batch {
        let batch = Batch {
            start: self.at,
            end: self.at + bytes.len() as u64,
            first: self.records,
            file: 0,
            earlier: 0,
            records,
            bytes,
            limit: self.limit,
            skipped: None,
        };
        self.at = batch.end;
        self.records += batch.records.len() as u64;
        batch
    }

    /// The batch that stands for a record that is not held, and ends at `end`.
    pub(crate) fn skipped(&mut self, record: Range<u64>, end: u64, mut buffer: Vec<u8>) -> Batch {
        buffer.clear();
        let batch = Batch {
            start: self.at,
            end,
            first: self.records,
            file: 0,
            earlier: 0,
            records: Vec::new(),
            bytes: buffer,
            limit: self.limit,
            skipped: Some(record),
        };
        self.at = end;
        self.records += 1;
        batch
    }
}

/// Cuts a stream into batches of whole records.
pub trait Cut: Send {
    /// The next batch, in the memory of `buffer`; `None` at the end of the stream.
    ///
    /// The error is the stream's own.
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>>;

    /// Says, before the first batch, that the stream begins at a place inside the file.
    fn begin_at(&mut self, place: u64);

    /// Whether the outline of the stream that was cut is that of any other: nothing stands once in it.
    fn says_nothing(&self) -> bool {
        false
    }

    /// The same bytes in ranges, where threads can cut them in parallel. Then `next` is not to be asked.
    fn ranges(&self) -> Option<&dyn CutRanges> {
        None
    }

    /// What stood around the records, once `next` has answered `None`, or all ranges are cut.
    fn outline(&mut self) -> Outline;
}

/// Cuts ranges of a file into batches of whole records, each range on the thread that wants it.
pub trait CutRanges: Sync {
    /// How many ranges there are.
    fn count(&self) -> u64;

    /// Cuts a range in the memory of `buffer`, and calls `each` with its batches, of which there may be none.
    /// The memory is given back. The ranges must be asked for once each and in their order, since a
    /// range waits for what those before it say at once.
    ///
    /// Fails where the bytes cannot be read, or those of a range before.
    fn cut(&self, range: u64, buffer: Vec<u8>, each: &mut dyn FnMut(&Batch))
    -> io::Result<Vec<u8>>;
}

/// Reads up to `size` bytes onto the end of `buffer`; fewer at the end of the stream only.
pub(crate) fn fill(input: &mut dyn Read, buffer: &mut Vec<u8>, size: usize) -> io::Result<usize> {
    input.take(size as u64).read_to_end(buffer)
}

/// An empty buffer for a batch of `size` bytes, in the memory of `used` unless a long record has
/// made that far larger.
pub(crate) fn emptied(mut used: Vec<u8>, size: usize) -> Vec<u8> {
    if used.capacity() / 4 > size {
        return Vec::new();
    }
    used.clear();
    used
}

pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[cfg(test)]
mod tests;
