//! Records that are lines.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::{BYTE_ORDER_MARK, Batch, Cut, Outline, Tiles, fill};

/// Cuts a JSONL stream at its newlines. A record is a line without its end; lines without
/// anything but white space are records too, so that somebody can say that they are blank.
pub struct Lines<'a> {
    input: Box<dyn Read + Send + 'a>,
    size: usize,
    carry: Vec<u8>,
    tiles: Tiles,
    byte_order_mark: bool,
    ended: bool,
}

impl<'a> Lines<'a> {
    /// Cuts `input` into batches of about `size` bytes.
    #[must_use]
    pub fn new(input: Box<dyn Read + Send + 'a>, size: usize) -> Self {
        Self {
            input,
            size: size.max(1),
            carry: Vec::new(),
            tiles: Tiles::default(),
            byte_order_mark: false,
            ended: false,
        }
    }
}

impl Cut for Lines<'_> {
    fn next(&mut self, mut buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        buffer.clear();
        buffer.append(&mut self.carry);
        // No newline stands in what was carried over, so only new bytes are searched.
        let mut searched = buffer.len();
        let end = loop {
            if self.ended {
                break buffer.len();
            }
            let read = fill(&mut *self.input, &mut buffer, self.size)?;
            self.ended = read < self.size;
            if let Some(last) = memrchr(b'\n', &buffer[searched..]) {
                break if self.ended {
                    buffer.len()
                } else {
                    searched + last + 1
                };
            }
            searched = buffer.len();
        };
        if buffer.is_empty() {
            return Ok(None);
        }
        self.carry.extend_from_slice(&buffer[end..]);
        buffer.truncate(end);

        let mut from = 0;
        if self.tiles.at == 0 && buffer.starts_with(BYTE_ORDER_MARK) {
            self.byte_order_mark = true;
            from = BYTE_ORDER_MARK.len();
        }
        let mut records = Vec::new();
        for newline in memchr_iter(b'\n', &buffer) {
            records.push(from..newline);
            from = newline + 1;
        }
        if from < buffer.len() {
            records.push(from..buffer.len());
        }
        Ok(Some(self.tiles.batch(buffer, records)))
    }

    fn outline(&mut self) -> Outline {
        Outline {
            byte_order_mark: self.byte_order_mark,
            length: self.tiles.at,
            ..Outline::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, size: usize) -> Vec<(u64, String)> {
        let mut lines = Lines::new(Box::new(text.as_bytes()), size);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(batch) = lines.next(Vec::new()).unwrap() {
            assert_eq!(batch.start, at, "batches tile the file");
            at += batch.bytes.len() as u64;
            for record in batch.records {
                let place = batch.start + record.start as u64;
                found.push((place, String::from_utf8_lossy(&batch.bytes[record]).into()));
            }
        }
        assert_eq!(at, text.len() as u64);
        found
    }

    #[test]
    fn the_same_records_for_any_size() {
        for text in [
            "",
            "\n",
            "a",
            "a\n",
            "\u{feff}a\r\n\nbcd\nef",
            "one\ntwo\n\n",
        ] {
            let whole = cut(text, 1 << 20);
            for size in 1..12 {
                assert_eq!(cut(text, size), whole, "{text:?} by {size}");
            }
        }
        let want = [(3, "a\r"), (6, ""), (7, "bcd"), (11, "ef")];
        let want = want.map(|(at, text)| (at, text.to_owned()));
        assert_eq!(cut("\u{feff}a\r\n\nbcd\nef", 4), want);
    }
}
