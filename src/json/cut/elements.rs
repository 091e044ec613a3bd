//! Records that are the items of one array in one object.

use std::io::{self, Read};

use super::scan::{ArrayPath, Scan};
use super::{BYTE_ORDER_MARK, Batch, Cut, Outline, Sizes, Tiles, emptied, fill};

/// Cuts one JSON value at the items of an array in it, whatever the order of its members.
///
/// The state lives across reads, so neither a batch nor a read has to end anywhere special.
/// It follows brackets and strings and proves nothing more: the reader of a record, and the
/// reader of the [`Outline`], find what is no JSON.
pub struct Elements<'a> {
    input: Box<dyn Read + Send + 'a>,
    sizes: Sizes,
    carry: Vec<u8>,
    tiles: Tiles,
    /// The place in the file of the next byte to read.
    place: u64,
    /// How much of `carry` was scanned already.
    scanned: usize,
    ended: bool,
    /// Whether the record that has begun is not held.
    skips: bool,
    scan: Scan,
}

impl<'a> Elements<'a> {
    /// Cuts `input` into batches of the items of the arrays at `paths`.
    #[must_use]
    pub fn new(
        input: Box<dyn Read + Send + 'a>,
        sizes: Sizes,
        paths: &'static [ArrayPath],
    ) -> Self {
        let batch = sizes.batch.max(1);
        Self {
            input,
            sizes: Sizes { batch, ..sizes },
            carry: Vec::new(),
            tiles: Tiles::new(sizes.record),
            place: 0,
            scanned: 0,
            ended: false,
            skips: false,
            scan: Scan::new(sizes.record, paths),
        }
    }

    /// Takes objects that stand where the array should, one or several, for records: see
    /// [`Outline::bare`].
    #[must_use]
    pub const fn or_bare(mut self) -> Self {
        self.scan.take_bare();
        self
    }

    fn read(&mut self, buffer: &mut Vec<u8>) -> io::Result<()> {
        let read = fill(&mut *self.input, buffer, self.sizes.batch)?;
        self.place += read as u64;
        self.ended = read < self.sizes.batch;
        Ok(())
    }

    /// Goes over the record that has begun without holding it.
    fn skip(&mut self, start: u64) -> io::Result<Batch> {
        let mut buffer = Vec::new();
        let end = loop {
            buffer.clear();
            let base = self.place;
            self.read(&mut buffer)?;
            let at = self.scan.run(&buffer, 0, base, &mut Vec::new());
            if self.scan.record_start().is_none() {
                self.carry.extend_from_slice(&buffer[at..]);
                self.scanned = 0;
                break base + at as u64;
            }
            if self.ended {
                self.scan.end_of_file();
                break self.place;
            }
        };
        self.skips = false;
        Ok(self.tiles.skipped(start..end, end, buffer))
    }
}

impl Cut for Elements<'_> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        if self.skips
            && let Some(start) = self.scan.record_start()
        {
            return self.skip(start).map(Some);
        }
        let mut buffer = emptied(buffer, self.sizes.batch);
        buffer.append(&mut self.carry);
        let base = self.tiles.at;
        let mut records = Vec::new();
        let mut scanned = self.scanned;
        let end = loop {
            if !self.ended {
                self.read(&mut buffer)?;
                if base == 0 && scanned == 0 {
                    if buffer.len() < BYTE_ORDER_MARK.len() && !self.ended {
                        continue;
                    }
                    if buffer.starts_with(BYTE_ORDER_MARK) {
                        self.scan.outline.byte_order_mark = true;
                        scanned = BYTE_ORDER_MARK.len();
                    }
                }
            }
            scanned = self.scan.run(&buffer, scanned, base, &mut records);
            // Nothing is read on behind an outline that is too large.
            self.ended |= self.scan.outline.too_large.is_some();
            let Some(start) = self.scan.record_start() else {
                break buffer.len();
            };
            let held = self.place - start;
            let begins = buffer.len() - usize::try_from(held).unwrap_or(buffer.len());
            if self.ended {
                // The file stops here; its reader will say what is missing.
                self.scan.end_of_file();
                records.push(begins..buffer.len());
                break buffer.len();
            }
            if held > self.sizes.record {
                self.skips = true;
                if begins == 0 {
                    return self.skip(start).map(Some);
                }
                buffer.truncate(begins);
                return Ok(Some(self.tiles.batch(buffer, records)));
            }
            if !records.is_empty() {
                break begins;
            }
        };
        if buffer.is_empty() {
            return Ok(None);
        }
        self.carry.extend_from_slice(&buffer[end..]);
        self.scanned = self.carry.len();
        buffer.truncate(end);
        Ok(Some(self.tiles.batch(buffer, records)))
    }

    fn begin_at(&mut self, place: u64) {
        self.tiles.at = place;
    }

    fn outline(&mut self) -> Outline {
        let unclosed = self.scan.unclosed();
        let length = self.tiles.at;
        Outline {
            unclosed,
            length,
            ..std::mem::take(&mut self.scan.outline)
        }
    }
}
