//! Records that are lines.

use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};

use super::{BYTE_ORDER_MARK, Batch, Cut, Outline, Sizes, Tiles, emptied, fill};

/// Cuts a JSONL stream at its newlines. A record is a line without its end; lines without
/// anything but white space are records too, so that somebody can say that they are blank.
pub struct Lines<'a> {
    input: Box<dyn Read + Send + 'a>,
    sizes: Sizes,
    carry: Vec<u8>,
    /// How much of `carry` is known to hold no newline.
    searched: usize,
    tiles: Tiles,
    byte_order_mark: bool,
    ended: bool,
}

impl<'a> Lines<'a> {
    /// Cuts `input` into batches.
    #[must_use]
    pub fn new(input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Self {
        let batch = sizes.batch.max(1);
        Self {
            input,
            sizes: Sizes { batch, ..sizes },
            carry: Vec::new(),
            searched: 0,
            tiles: Tiles::new(sizes.record),
            byte_order_mark: false,
            ended: false,
        }
    }

    fn read(&mut self, buffer: &mut Vec<u8>) -> io::Result<()> {
        let read = fill(&mut *self.input, buffer, self.sizes.batch)?;
        self.ended = read < self.sizes.batch;
        Ok(())
    }

    /// Where the first record of a buffer begins.
    fn begin(&mut self, buffer: &[u8]) -> usize {
        if self.tiles.at > 0 || !buffer.starts_with(BYTE_ORDER_MARK) {
            return 0;
        }
        self.byte_order_mark = true;
        BYTE_ORDER_MARK.len()
    }

    /// Goes over a line without holding it. It begins at `start`, and holds no newline before
    /// `place`, that of the next byte to read.
    fn skip(&mut self, start: u64, mut place: u64) -> io::Result<Batch> {
        let mut buffer = Vec::new();
        let (end, next) = loop {
            buffer.clear();
            self.read(&mut buffer)?;
            if let Some(newline) = memchr(b'\n', &buffer) {
                self.carry.extend_from_slice(&buffer[newline + 1..]);
                let end = place + newline as u64;
                break (end, end + 1);
            }
            place += buffer.len() as u64;
            if self.ended {
                break (place, place);
            }
        };
        self.searched = 0;
        Ok(self.tiles.skipped(start..end, next, buffer))
    }
}

/// The lines of a buffer from a place on, each without its end.
pub(super) fn lines_of(buffer: &[u8], mut from: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    for newline in memchr_iter(b'\n', buffer) {
        lines.push(from..newline);
        from = newline + 1;
    }
    if from < buffer.len() {
        lines.push(from..buffer.len());
    }
    lines
}

impl Cut for Lines<'_> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        let mut buffer = emptied(buffer, self.sizes.batch);
        buffer.append(&mut self.carry);
        let mut searched = self.searched;
        let end = loop {
            if !self.ended {
                self.read(&mut buffer)?;
            }
            if self.ended {
                break buffer.len();
            }
            if let Some(last) = memrchr(b'\n', &buffer[searched..]) {
                break searched + last + 1;
            }
            searched = buffer.len();
            let from = self.begin(&buffer);
            // Fewer bytes may be the beginning of a byte-order mark.
            let settled = searched >= BYTE_ORDER_MARK.len();
            if settled && (searched - from) as u64 > self.sizes.record {
                let start = self.tiles.at + from as u64;
                let place = self.tiles.at + searched as u64;
                return self.skip(start, place).map(Some);
            }
        };
        if buffer.is_empty() {
            return Ok(None);
        }
        self.carry.extend_from_slice(&buffer[end..]);
        self.searched = self.carry.len();
        buffer.truncate(end);

        let records = lines_of(&buffer, self.begin(&buffer));
        Ok(Some(self.tiles.batch(buffer, records)))
    }

    fn begin_at(&mut self, place: u64) {
        self.tiles.at = place;
    }

    fn outline(&mut self) -> Outline {
        Outline {
            byte_order_mark: self.byte_order_mark,
            length: self.tiles.at,
            ..Outline::default()
        }
    }
}
