//! Records that are the lines of a document, up to what ends it.

use std::io::{self, Read};
use std::ops::Range;

use super::lines::{is_blank, is_comment, is_docstart, is_newdoc, is_only_docstart};
use crate::formats::DocumentBreak;
use crate::json::cut::{BYTE_ORDER_MARK, Batch, Cut, Outline, Sizes, Tiles, emptied, fill};

/// The most bytes that are kept of a line of a record that is not held.
const LINE: usize = 1 << 10;

/// A line with so many bytes shows whether it is a mark.
const MARK: usize = 1 << 8;

/// Cuts a file where documents end. A record goes from its first line that is not blank to its last.
pub(super) struct Blocks<'a> {
    input: Box<dyn Read + Send + 'a>,
    sizes: Sizes,
    /// The record that has begun.
    carry: Vec<u8>,
    scan: Scan,
    tiles: Tiles,
    byte_order_mark: bool,
    ended: bool,
}

/// What ends a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Blank,
    Docstart,
    /// A comment of CoNLL-U.
    Newdoc,
    File,
}

/// How far a buffer was looked at, in bytes from its start.
#[derive(Clone, Debug, Default)]
struct Scan {
    mode: Option<Mode>,
    /// The first line that was not looked at as a whole.
    line: usize,
    /// How much of that line is known to hold no line end.
    searched: usize,
    /// The record that has begun: its first byte, and the end of its last line that is not blank.
    open: Option<Range<usize>>,
    /// Whether that record has a row.
    has_row: bool,
    /// Whether a blank line came after the last line of that record.
    is_apart: bool,
}

impl Scan {
    /// Looks at a whole line, and answers the record that it ends by beginning another.
    fn line(&mut self, line: &[u8], at: usize) -> Option<Range<usize>> {
        let end = at + line.len() - usize::from(line.ends_with(b"\r"));
        if is_blank(line) {
            self.is_apart = true;
            return None;
        }
        let (is_mark, is_new) = (is_docstart(line), is_newdoc(line));
        let mode = *self.mode.get_or_insert(match (is_mark, is_new) {
            (true, _) if is_only_docstart(line) => Mode::Blank,
            (true, _) => Mode::Docstart,
            (_, true) => Mode::Newdoc,
            _ => Mode::Blank,
        });
        let begins = match mode {
            Mode::Blank => self.is_apart && self.has_row || is_mark,
            Mode::Docstart => is_mark,
            Mode::Newdoc => is_new,
            Mode::File => false,
        };
        self.is_apart = false;
        let ended = self.open.take_if(|_| begins);
        if ended.is_some() {
            self.has_row = false;
        }
        let start = self.open.as_ref().map_or(at, |open| open.start);
        self.open = Some(start..end);
        self.has_row |= !is_mark && !is_comment(line);
        ended
    }

    /// The record that a line ends of which the beginning is there: where that tells.
    fn ended_by(&mut self, head: &[u8]) -> Option<Range<usize>> {
        let any_tells = self.mode == Some(Mode::Blank) && self.is_apart;
        if head.len() < MARK && !any_tells {
            return None;
        }
        let ended = self
            .clone()
            .line(&head[..head.len().min(LINE)], self.line)?;
        (self.open, self.has_row) = (None, false);
        Some(ended)
    }

    /// Where what is not settled begins.
    fn settled(&self) -> usize {
        self.open.as_ref().map_or(self.line, |open| open.start)
    }

    /// Takes bytes away from the front.
    fn forget(&mut self, bytes: usize) {
        self.line -= bytes;
        self.searched = self.searched.saturating_sub(bytes);
        if let Some(open) = &mut self.open {
            *open = open.start - bytes..open.end - bytes;
        }
    }
}

impl<'a> Blocks<'a> {
    pub(super) fn new(
        input: Box<dyn Read + Send + 'a>,
        sizes: Sizes,
        told: Option<DocumentBreak>,
    ) -> Self {
        let batch = sizes.batch.max(1);
        let mode = told.map(|told| match told {
            DocumentBreak::Blank => Mode::Blank,
            DocumentBreak::Docstart => Mode::Docstart,
            DocumentBreak::File => Mode::File,
        });
        Self {
            input,
            sizes: Sizes { batch, ..sizes },
            carry: Vec::new(),
            scan: Scan {
                mode,
                ..Scan::default()
            },
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

    /// Looks at the lines of a buffer, and answers the next record that ends there.
    fn next_end(&mut self, buffer: &[u8]) -> Option<Range<usize>> {
        loop {
            let from = self.scan.line.max(self.scan.searched);
            let end = match memchr::memchr(b'\n', &buffer[from..]) {
                Some(found) => from + found,
                None if self.ended && self.scan.line < buffer.len() => buffer.len(),
                None => {
                    self.scan.searched = buffer.len();
                    return self.scan.open.take_if(|_| self.ended);
                }
            };
            let start = self.scan.line;
            self.scan.line = (end + 1).min(buffer.len());
            if let Some(ended) = self.scan.line(&buffer[start..end], start) {
                return Some(ended);
            }
        }
    }

    /// Passes a byte-order mark over; answers whether enough was read to tell.
    fn begin(&mut self, buffer: &[u8]) -> bool {
        if self.tiles.place() > 0 || self.scan.line > 0 || self.byte_order_mark {
            return true;
        }
        if buffer.starts_with(BYTE_ORDER_MARK) {
            self.byte_order_mark = true;
            self.scan.line = BYTE_ORDER_MARK.len();
        }
        buffer.len() >= BYTE_ORDER_MARK.len() || self.ended
    }

    /// Goes over a record without holding it; `buffer` has what was read of it, and `start` is its
    /// place in the file.
    fn skip(&mut self, mut buffer: Vec<u8>, start: u64) -> io::Result<Batch> {
        // The place of the buffer, and that of the end of the record so far.
        let (mut place, mut end) = (self.tiles.place(), start);
        loop {
            if let Some(ended) = self.next_end(&buffer) {
                if ended.end > 0 {
                    end = place + ended.end as u64;
                }
                return Ok(self.pass_over(start..end, place, buffer));
            }
            // Where it is 0, its last line is gone already.
            if let Some(open) = self.scan.open.as_ref().filter(|open| open.end > 0) {
                end = place + open.end as u64;
            }
            // All whole lines were looked at. Of the last the beginning tells what it is.
            let line = self.scan.line;
            if self.scan.ended_by(&buffer[line..]).is_some() {
                return Ok(self.pass_over(start..end, place, buffer));
            }
            let mut rest = buffer.split_off(line);
            place += line as u64;
            if rest.len() > LINE {
                place += (rest.len() - LINE) as u64;
                rest.truncate(LINE);
            }
            self.scan.line = 0;
            self.scan.searched = rest.len();
            self.scan.open = Some(0..0);
            buffer = rest;
            self.read(&mut buffer)?;
        }
    }

    /// The batch of a record that was gone over. What is not settled of the buffer, whose place is
    /// `place`, is kept.
    fn pass_over(&mut self, record: Range<u64>, place: u64, mut buffer: Vec<u8>) -> Batch {
        let settled = if self.ended && self.scan.open.is_none() {
            buffer.len()
        } else {
            self.scan.settled()
        };
        self.carry = buffer.split_off(settled);
        self.scan.line = self.scan.line.max(settled);
        self.scan.forget(settled);
        self.tiles.skipped(record, place + settled as u64, buffer)
    }
}

impl Cut for Blocks<'_> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        let mut buffer = emptied(buffer, self.sizes.batch);
        buffer.append(&mut self.carry);
        let mut records = Vec::new();
        loop {
            if !self.ended {
                self.read(&mut buffer)?;
            }
            if !self.begin(&buffer) {
                continue;
            }
            while let Some(ended) = self.next_end(&buffer) {
                records.push(ended);
            }
            if self.ended || !records.is_empty() {
                break;
            }
            let open = self.scan.settled();
            if (buffer.len() - open) as u64 > self.sizes.record {
                // It may be the next one that is too long.
                if let Some(ended) = self.scan.ended_by(&buffer[self.scan.line..]) {
                    records.push(ended);
                    break;
                }
                let start = self.tiles.place() + open as u64;
                return self.skip(buffer, start).map(Some);
            }
            // Blank lines need not wait for a record.
            if open > 0 && self.scan.open.is_none() {
                break;
            }
        }
        if buffer.is_empty() {
            return Ok(None);
        }
        let settled = if self.ended {
            buffer.len()
        } else {
            self.scan.settled()
        };
        self.scan.line = self.scan.line.max(settled);
        self.scan.forget(settled);
        self.carry = buffer.split_off(settled);
        Ok(Some(self.tiles.batch(buffer, records)))
    }

    fn begin_at(&mut self, place: u64) {
        self.tiles.move_to(place);
    }

    fn outline(&mut self) -> Outline {
        Outline {
            byte_order_mark: self.byte_order_mark,
            length: self.tiles.place(),
            ..Outline::default()
        }
    }
}

#[cfg(test)]
mod tests;
