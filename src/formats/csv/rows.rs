//! Records that are the rows of a table below a row with the names of its columns.

use std::io::{self, Read};
use std::ops::Range;

use super::cells::separator;
use super::scan::Scan;
use crate::json::cut::{BYTE_ORDER_MARK, Batch, Cut, Outline, Sizes, Tiles, emptied, fill};

/// Cuts a table at the ends of its rows. The first row is no record but the [`Outline`].
pub(super) struct Rows<'a> {
    input: Box<dyn Read + Send + 'a>,
    sizes: Sizes,
    carry: Vec<u8>,
    /// How much of `carry` was scanned already.
    scanned: usize,
    scan: Scan,
    tiles: Tiles,
    outline: Outline,
    /// Whether the first row was met.
    has_header: bool,
    ended: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Self {
        let batch = sizes.batch.max(1);
        Self {
            input,
            sizes: Sizes { batch, ..sizes },
            carry: Vec::new(),
            scanned: 0,
            scan: Scan::default(),
            tiles: Tiles::new(sizes.record),
            outline: Outline::default(),
            has_header: false,
            ended: false,
        }
    }

    fn read(&mut self, buffer: &mut Vec<u8>) -> io::Result<()> {
        let read = fill(&mut *self.input, buffer, self.sizes.batch)?;
        self.ended = read < self.sizes.batch;
        Ok(())
    }

    /// Keeps the first row, unless it is too long: then no more is read.
    fn take_header(&mut self, buffer: &[u8], end: usize) {
        let from = if buffer.starts_with(BYTE_ORDER_MARK) {
            self.outline.byte_order_mark = true;
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        let row = buffer[..end].strip_suffix(b"\n").unwrap_or(&buffer[..end]);
        if row.len() as u64 > self.sizes.record {
            self.give_up();
            return;
        }
        let row = row.get(from..).unwrap_or_default();
        self.outline.bytes = row.to_vec();
        self.outline.pieces = vec![(0, from as u64)];
        self.scan = Scan::by(separator(&String::from_utf8_lossy(row)));
        self.has_header = true;
    }

    /// Reads no more of a file whose first row is too long to be held.
    fn give_up(&mut self) {
        let limit = self.sizes.record;
        self.outline.too_large = Some((self.tiles.place() + limit, limit));
        self.has_header = true;
        self.ended = true;
    }

    /// Goes over a row without holding it. It begins at `start`, and its next byte to read has the
    /// place `place`.
    fn skip(&mut self, start: u64, mut place: u64) -> io::Result<Batch> {
        let mut buffer = Vec::new();
        let (end, next) = loop {
            buffer.clear();
            self.read(&mut buffer)?;
            if let Some(end) = self.scan.end(&buffer) {
                self.carry.extend_from_slice(&buffer[end..]);
                let end = place + end as u64;
                break (end - 1, end);
            }
            place += buffer.len() as u64;
            if self.ended {
                break (place, place);
            }
        };
        self.scanned = 0;
        Ok(self.tiles.skipped(start..end, next, buffer))
    }
}

impl Cut for Rows<'_> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        let mut buffer = emptied(buffer, self.sizes.batch);
        buffer.append(&mut self.carry);
        let (mut records, mut from): (Vec<Range<usize>>, usize) = (Vec::new(), 0);
        let mut scanned = self.scanned;
        loop {
            if !self.ended {
                self.read(&mut buffer)?;
            }
            if !self.has_header && scanned == 0 {
                if buffer.len() < BYTE_ORDER_MARK.len() && !self.ended {
                    continue;
                }
                // A quote behind the mark is the first byte of a cell.
                if buffer.starts_with(BYTE_ORDER_MARK) {
                    scanned = BYTE_ORDER_MARK.len();
                }
            }
            while let Some(end) = self.scan.end(&buffer[scanned..]) {
                scanned += end;
                if self.has_header {
                    records.push(from..scanned - 1);
                } else {
                    self.take_header(&buffer, scanned);
                }
                from = scanned;
                if self.outline.too_large.is_some() {
                    from = buffer.len();
                    break;
                }
            }
            scanned = buffer.len();
            if self.ended {
                if !self.has_header {
                    self.take_header(&buffer, scanned);
                } else if from < scanned {
                    records.push(from..scanned);
                }
                from = scanned;
                break;
            }
            let held = (scanned - from) as u64;
            if held > self.sizes.record {
                if !self.has_header {
                    self.give_up();
                    from = scanned;
                    break;
                }
                if records.is_empty() && from == 0 {
                    let start = self.tiles.place();
                    return self.skip(start, start + held).map(Some);
                }
                break;
            }
            if from > 0 {
                break;
            }
        }
        if buffer.is_empty() {
            return Ok(None);
        }
        self.carry.extend_from_slice(&buffer[from..]);
        self.scanned = self.carry.len();
        buffer.truncate(from);
        Ok(Some(self.tiles.batch(buffer, records)))
    }

    fn begin_at(&mut self, place: u64) {
        self.tiles.move_to(place);
    }

    fn outline(&mut self) -> Outline {
        let length = self.tiles.place();
        Outline {
            length,
            ..std::mem::take(&mut self.outline)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::csv::cells::push_cell;

    /// The header and the rows, cut in batches of about so many bytes.
    fn cut(text: &str, batch: usize, record: u64) -> (String, Vec<String>) {
        let sizes = Sizes { batch, record };
        let mut cutter = Rows::new(Box::new(text.as_bytes()), sizes);
        let (mut rows, mut at) = (Vec::new(), 0);
        while let Some(batch) = cutter.next(Vec::new()).unwrap() {
            assert_eq!(batch.start, at, "batches tile the file");
            at = batch.end;
            if let Some(skipped) = &batch.skipped {
                rows.push(format!("({} bytes)", skipped.end - skipped.start));
            }
            let bytes = |range: &Range<usize>| batch.bytes[range.clone()].to_vec();
            let records = batch.records.iter().map(bytes);
            rows.extend(records.map(|row| String::from_utf8(row).unwrap()));
        }
        assert_eq!(at, text.len() as u64);
        let outline = cutter.outline();
        (String::from_utf8(outline.bytes).unwrap(), rows)
    }

    #[test]
    fn rows_may_hold_line_ends() {
        let text = "\u{feff}text;label\r\n\"a\n;\"\"b\";x\r\n5\" pipe;y\n\nlast;z";
        for batch in 1..40 {
            let (header, rows) = cut(text, batch, 1 << 20);
            assert_eq!(header, "text;label\r");
            assert_eq!(
                rows,
                ["\"a\n;\"\"b\";x\r", "5\" pipe;y", "", "last;z"],
                "{batch}"
            );
        }
        assert_eq!(cut("text,label", 4, 100), ("text,label".to_owned(), vec![]));
        assert_eq!(cut("", 4, 100), (String::new(), vec![]));
    }

    #[test]
    fn a_row_that_is_too_long_is_not_held() {
        let text = format!("text,label\n\"{}\",x\nb,y\n", "a\n".repeat(500));
        for batch in [3, 16, 64] {
            let (_, rows) = cut(&text, batch, 100);
            assert_eq!(rows, ["(1004 bytes)", "b,y"], "{batch}");
        }
    }

    proptest! {
        #[test]
        fn the_borders_of_batches_do_not_matter(
            cells in prop::collection::vec("[ab\",;\n\r]{0,8}", 0..12),
            batch in 1_usize..50,
        ) {
            let mut text = b"text,label\n".to_vec();
            let mut want = Vec::new();
            for cell in &cells {
                let start = text.len();
                push_cell(cell, b',', &mut text);
                text.extend_from_slice(b",x");
                want.push(String::from_utf8(text[start..].to_vec()).unwrap());
                text.push(b'\n');
            }
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(cut(&text, batch, 1 << 20).1, want);
        }
    }
}
