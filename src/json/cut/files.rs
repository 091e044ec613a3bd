//! Records of several files that are read as one.

use std::io;
use std::ops::Range;

use super::{Batch, Cut, Outline};

/// Opens a file by its number: a cutter of its bytes.
type Open<'a> = Box<dyn FnMut(usize) -> io::Result<Box<dyn Cut + 'a>> + Send + 'a>;

/// Cuts files one after the other, each by a cutter of its own that knows of no other file. So a
/// record never goes on in the next file, what stands once in a file may stand in each, and a whole
/// file can be one record.
pub struct Files<'a> {
    open: Open<'a>,
    /// The bytes of each file among those of all.
    ranges: Vec<Range<u64>>,
    /// The next one to be opened.
    next: usize,
    current: Option<Box<dyn Cut + 'a>>,
    /// The records of the files before the current one, and those so far.
    records: (u64, u64),
    outline: Option<Outline>,
}

impl<'a> Files<'a> {
    /// Cuts files whose bytes tile those of all as `ranges` say. `open` is asked for each of them
    /// once, in their order, when the one before it is at its end.
    #[must_use]
    pub fn new(ranges: Vec<Range<u64>>, open: Open<'a>) -> Self {
        Self {
            open,
            ranges,
            next: 0,
            current: None,
            records: (0, 0),
            outline: None,
        }
    }

    /// Where the current file begins.
    fn start(&self) -> u64 {
        let current = self.next.saturating_sub(1);
        self.ranges.get(current).map_or(0, |range| range.start)
    }

    /// Keeps what stands once in the current file.
    fn close(&mut self) {
        let Some(mut cutter) = self.current.take() else {
            return;
        };
        let says_nothing = cutter.says_nothing();
        let (outline, start) = (cutter.outline(), self.start());
        match &mut self.outline {
            Some(_) if says_nothing => {}
            Some(first) => first.later.push((start, outline)),
            None => self.outline = Some(outline),
        }
        self.records.0 = self.records.1;
    }
}

impl Cut for Files<'_> {
    fn next(&mut self, mut buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        loop {
            if let Some(cutter) = &mut self.current {
                if let Some(mut batch) = cutter.next(std::mem::take(&mut buffer))? {
                    let start = self.start();
                    batch.start += start;
                    batch.end += start;
                    if let Some(skipped) = &mut batch.skipped {
                        *skipped = skipped.start + start..skipped.end + start;
                    }
                    batch.file = self.next - 1;
                    batch.earlier = self.records.0;
                    batch.first += batch.earlier;
                    self.records.1 += batch.count();
                    return Ok(Some(batch));
                }
                self.close();
            }
            if self.next == self.ranges.len() {
                return Ok(None);
            }
            self.current = Some((self.open)(self.next)?);
            self.next += 1;
        }
    }

    /// The stream of several files begins with the first of them: a place inside is not gone to.
    fn begin_at(&mut self, _place: u64) {}

    fn outline(&mut self) -> Outline {
        self.close();
        let mut outline = self.outline.take().unwrap_or_default();
        outline.length = self.ranges.last().map_or(0, |range| range.end);
        outline
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lines, Sizes};
    use super::*;

    /// A whole file as a record: how a format that is a folder cuts.
    struct Whole<'a>(&'a [u8]);

    impl Cut for Whole<'_> {
        fn next(&mut self, _buffer: Vec<u8>) -> io::Result<Option<Batch>> {
            let bytes = std::mem::take(&mut self.0).to_vec();
            let whole = 0..bytes.len();
            Ok((!bytes.is_empty()).then(|| Batch {
                end: bytes.len() as u64,
                bytes,
                records: vec![whole],
                ..Batch::default()
            }))
        }

        fn begin_at(&mut self, _place: u64) {}

        fn outline(&mut self) -> Outline {
            Outline::default()
        }
    }

    /// The records of files that `open` cuts: file, place, number, number in the file, text.
    fn cut(
        files: &[&'static str],
        open: impl Fn(&'static str) -> Box<dyn Cut> + Send,
    ) -> (Vec<String>, Outline) {
        let mut end = 0;
        let ranges = files.iter().map(|file| {
            let start = end;
            end += file.len() as u64;
            start..end
        });
        let mut cutter = Files::new(
            ranges.collect(),
            Box::new(move |file| Ok(open(files[file]))),
        );
        let (mut records, mut at) = (Vec::new(), 0);
        while let Some(batch) = cutter.next(Vec::new()).unwrap() {
            assert_eq!(batch.start, at, "batches tile the files");
            at = batch.end;
            for (number, range) in batch.records.iter().enumerate() {
                let text = String::from_utf8_lossy(&batch.bytes[range.clone()]);
                let index = batch.first + number as u64;
                records.push(format!(
                    "{} {} {index} {} {text}",
                    batch.file,
                    batch.start + range.start as u64,
                    index - batch.earlier
                ));
            }
            if let Some(skipped) = batch.skipped {
                records.push(format!("{} {skipped:?} {}", batch.file, batch.first));
            }
        }
        assert_eq!(at, end);
        (records, cutter.outline())
    }

    #[test]
    fn every_file_is_cut_by_itself() {
        let files: &[&str] = &["a\nb\n", "", "\u{feff}c\nlonger\nd"];
        for batch in 1..12 {
            let sizes = Sizes { batch, record: 5 };
            let lines = move |file: &'static str| -> Box<dyn Cut> {
                Box::new(Lines::new(Box::new(file.as_bytes()), sizes))
            };
            let (records, outline) = cut(files, lines);
            let longer = records.iter().position(|record| record.contains("longer"));
            let want = [
                "0 0 0 0 a",
                "0 2 1 1 b",
                "2 7 2 0 c",
                longer.map_or("2 9..15 3", |_| "2 9 3 1 longer"),
                "2 16 4 2 d",
            ];
            assert_eq!(records, want, "{batch}");
            let marks = outline.later.iter();
            let marks: Vec<_> = marks.map(|(at, one)| (*at, one.byte_order_mark)).collect();
            assert_eq!(marks, [(4, false), (4, true)]);
            assert!(!outline.byte_order_mark);
            assert_eq!(outline.length, 17);
        }
    }

    #[test]
    fn a_file_may_be_one_record() {
        let (records, _) = cut(&["T1\nT2\n", "", "T1\n"], |file| {
            Box::new(Whole(file.as_bytes()))
        });
        assert_eq!(records, ["0 0 0 0 T1\nT2\n", "2 6 1 0 T1\n"]);
    }
}
