//! A file that is one record, or nothing but what stands once.

use std::io::{self, Read};

use super::{BYTE_ORDER_MARK, Batch, Cut, Outline, Sizes, Tiles, emptied, fill};

/// Cuts nothing: the file as a whole is one record, an empty file too. Or it is no record at all, but
/// the [`Outline`] of files that are read with it.
pub struct Whole<'a> {
    input: Box<dyn Read + Send + 'a>,
    sizes: Sizes,
    is_record: bool,
    tiles: Tiles,
    outline: Outline,
    ended: bool,
}

impl<'a> Whole<'a> {
    /// A file that is a record.
    #[must_use]
    pub fn record(input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Self {
        Self {
            input,
            sizes,
            is_record: true,
            tiles: Tiles::new(sizes.record),
            outline: Outline::default(),
            ended: false,
        }
    }

    /// A file with what stands once.
    #[must_use]
    pub fn outline(input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Self {
        Self {
            is_record: false,
            ..Self::record(input, sizes)
        }
    }

    /// Reads the rest, and holds none of it. Answers how many bytes there were.
    fn pass_over(&mut self) -> io::Result<u64> {
        io::copy(&mut self.input, &mut io::sink())
    }
}

impl Cut for Whole<'_> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        if self.ended {
            return Ok(None);
        }
        self.ended = true;
        let mut buffer = emptied(buffer, self.sizes.batch);
        let most = self.sizes.record.saturating_add(1);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        fill(&mut *self.input, &mut buffer, most)?;
        let mark = if buffer.starts_with(BYTE_ORDER_MARK) {
            self.outline.byte_order_mark = true;
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        let limit = self.sizes.record;
        if buffer.len() as u64 > limit {
            let start = self.tiles.place();
            let end = start + buffer.len() as u64 + self.pass_over()?;
            if self.is_record {
                return Ok(Some(self.tiles.skipped(start..end, end, buffer)));
            }
            self.outline.too_large = Some((limit, limit));
            buffer.clear();
        }
        let records = if self.is_record {
            std::iter::once(mark..buffer.len()).collect()
        } else {
            self.outline.bytes = buffer.get(mark..).unwrap_or_default().to_vec();
            self.outline.pieces = vec![(0, mark as u64)];
            Vec::new()
        };
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

    fn says_nothing(&self) -> bool {
        self.is_record && !self.outline.byte_order_mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: Sizes = Sizes {
        batch: 4,
        record: 12,
    };

    fn cut(mut cutter: Whole<'_>) -> (Vec<String>, Outline) {
        let mut found = Vec::new();
        while let Some(batch) = cutter.next(Vec::new()).unwrap() {
            for range in &batch.records {
                let bytes = batch.bytes[range.clone()].to_vec();
                found.push(String::from_utf8(bytes).unwrap());
            }
            found.extend(batch.skipped.map(|bytes| format!("{bytes:?}")));
        }
        (found, cutter.outline())
    }

    #[test]
    fn a_file_is_a_record_unless_it_is_too_long() {
        let record = |text: &'static str| cut(Whole::record(Box::new(text.as_bytes()), SIZES));
        assert_eq!(record("T1\nT2\nT3\n").0, ["T1\nT2\nT3\n"]);
        assert_eq!(record("").0, [""]);
        let (found, outline) = record("\u{feff}T1");
        assert_eq!(
            (found, outline.byte_order_mark),
            (vec!["T1".to_owned()], true)
        );
        assert_eq!(record("T1\nT2\nT3\nT4\nT5\n").0, ["0..15"]);
    }

    #[test]
    fn a_file_may_hold_what_stands_once() {
        let once = |text: &'static str| cut(Whole::outline(Box::new(text.as_bytes()), SIZES));
        let (found, outline) = once("\u{feff}[entities]");
        assert!(found.is_empty());
        assert_eq!(outline.too_large, Some((12, 12)));
        let (_, outline) = once("[a]\nb\n");
        assert_eq!((outline.bytes, outline.length), (b"[a]\nb\n".to_vec(), 6));
    }
}
