//! Cutting a text with every size of batch, and what must come of it.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::super::{
    ArrayPath, BATCH_BYTES, BYTE_ORDER_MARK, Batch, Cut, Elements, LineRanges, Lines, Outline,
    ReadAt, Sizes,
};
use super::reference;

/// Arrays at two depths, of which only one is met.
const DOCUMENTS: [&[&str]; 2] = [&["assets", "documents"], &["documents"]];

/// A limit that nothing here reaches.
pub(super) const NONE: u64 = u64::MAX;

/// What a cutter made of a text.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// The records by their places in the text, and whether they are too long to be read.
    pub(super) records: Vec<(Range<usize>, bool)>,
    outline: String,
}

impl Found {
    fn new(records: Vec<(Range<usize>, bool)>, outline: &Outline) -> Self {
        let outline = format!("{outline:?}");
        Self { records, outline }
    }

    pub(super) fn whole(records: Vec<Range<usize>>, limit: u64, outline: &Outline) -> Self {
        let judged = records.into_iter().map(|record| {
            let long = record.len() as u64 > limit;
            (record, long)
        });
        Self::new(judged.collect(), outline)
    }
}

/// The records of batches that tile a text and hold what it does.
struct Tiling<'t> {
    text: &'t [u8],
    sizes: Sizes,
    records: Vec<(Range<usize>, bool)>,
    at: u64,
}

impl<'t> Tiling<'t> {
    const fn new(text: &'t [u8], sizes: Sizes) -> Self {
        Self {
            text,
            sizes,
            records: Vec::new(),
            at: 0,
        }
    }

    fn add(&mut self, batch: &Batch) {
        let usize = |place: u64| usize::try_from(place).unwrap();
        let records = &mut self.records;
        assert_eq!(batch.start, self.at, "batches tile the file");
        assert!(batch.end > batch.start, "no batch is empty");
        assert_eq!(batch.first, records.len() as u64);
        assert_eq!(batch.limit, self.sizes.record);
        self.at = batch.end;
        if let Some(skipped) = &batch.skipped {
            assert!(batch.bytes.is_empty() && batch.records.is_empty());
            assert!(skipped.end - skipped.start > self.sizes.record);
            assert!(batch.start <= skipped.start && skipped.end <= batch.end);
            records.push((usize(skipped.start)..usize(skipped.end), true));
        } else {
            let held = usize(batch.start)..usize(batch.end);
            assert_eq!(batch.bytes, self.text[held]);
        }
        for record in &batch.records {
            let start = usize(batch.start) + record.start;
            let long = record.len() as u64 > self.sizes.record;
            records.push((start..start + record.len(), long));
        }
    }

    fn end(self, outline: &Outline) -> Found {
        assert_eq!(outline.length, self.at);
        if outline.too_large.is_none() {
            let length = self.text.len() as u64;
            assert_eq!(self.at, length, "the batches reach the end of the file");
        }
        Found::new(self.records, outline)
    }
}

/// Cuts a text, and insists that the batches tile it and are no larger than they should be.
fn drain(cutter: &mut dyn Cut, text: &[u8], sizes: Sizes) -> (Found, Outline) {
    let mut tiling = Tiling::new(text, sizes);
    let mut buffer = Vec::new();
    while let Some(batch) = cutter.next(buffer).unwrap() {
        tiling.add(&batch);
        let most = sizes.record.saturating_add(3 * sizes.batch as u64 + 3);
        assert!(batch.bytes.len() as u64 <= most.max(64));
        buffer = batch.bytes;
    }
    let outline = cutter.outline();
    (tiling.end(&outline), outline)
}

impl ReadAt for &[u8] {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, place: u64, size: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
        let place = usize::try_from(place).unwrap();
        buffer.extend_from_slice(&self[place..place + size]);
        Ok(())
    }
}

/// The lines of a text as so many threads cut them, each range by the thread that gets it.
pub(super) fn line_ranges(text: &[u8], sizes: Sizes, threads: usize) -> Found {
    let mut cutter = LineRanges::new(text, Box::new(text), sizes);
    let ranges = cutter.ranges().unwrap();
    let (next, batches) = (AtomicU64::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        let mut buffer = Vec::new();
        loop {
            let range = next.fetch_add(1, Relaxed);
            if range >= ranges.count() {
                return;
            }
            let mut number = 0;
            let keep = &mut |batch: &Batch| {
                let mut kept = Batch {
                    bytes: batch.bytes.clone(),
                    records: batch.records.clone(),
                    skipped: batch.skipped.clone(),
                    ..*batch
                };
                kept.bytes.shrink_to_fit();
                batches.lock().unwrap().insert((range, number), kept);
                number += 1;
            };
            buffer = ranges.cut(range, buffer, keep).unwrap();
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let mut tiling = Tiling::new(text, sizes);
    for batch in batches.into_inner().unwrap().values() {
        tiling.add(batch);
    }
    tiling.end(&cutter.outline())
}

/// The lines of a text, by one thread and by ranges.
pub(super) fn lines(text: &[u8], sizes: Sizes) -> Found {
    let found = drain(&mut Lines::new(Box::new(text), sizes), text, sizes).0;
    assert_eq!(line_ranges(text, sizes, 1), found, "by ranges");
    found
}

pub(super) fn elements(text: &[u8], sizes: Sizes) -> (Found, Outline) {
    drain(
        &mut Elements::new(Box::new(text), sizes, &DOCUMENTS),
        text,
        sizes,
    )
}

/// The lines of a text, by the standard library.
pub(super) fn lines_of(text: &[u8]) -> (Vec<Range<usize>>, Outline) {
    let mark = text.starts_with(BYTE_ORDER_MARK);
    let mut at = if mark { BYTE_ORDER_MARK.len() } else { 0 };
    let mut found = Vec::new();
    for line in text[at..].split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        found.push(at..end - usize::from(line.ends_with(b"\n")));
        at = end;
    }
    let outline = Outline {
        byte_order_mark: mark,
        length: text.len() as u64,
        ..Outline::default()
    };
    (found, outline)
}

/// Every batch size that can matter for a text of that length, and one that holds it all.
pub(super) fn batches(length: usize) -> impl Iterator<Item = usize> {
    (1..=length.min(200)).chain([length + 1, 1 << 20])
}

#[track_caller]
pub(super) fn same_lines(text: &[u8], limit: u64) {
    let (records, outline) = lines_of(text);
    let want = Found::whole(records, limit, &outline);
    for batch in batches(text.len()) {
        let record = limit;
        let found = lines(text, Sizes { batch, record });
        assert_eq!(
            found,
            want,
            "{:?} by {batch}",
            String::from_utf8_lossy(text)
        );
    }
}

/// Insists that the blocks cut as the bytes do.
#[track_caller]
pub(super) fn same_elements(text: &[u8], limit: u64) {
    let (records, outline) = reference::cut(text);
    let want = Found::whole(records, limit, &outline);
    for batch in batches(text.len()) {
        let record = limit;
        let found = elements(text, Sizes { batch, record }).0;
        assert_eq!(
            found,
            want,
            "{:?} by {batch}",
            String::from_utf8_lossy(text)
        );
    }
}

pub(super) fn records(text: &str) -> Vec<&str> {
    same_elements(text.as_bytes(), NONE);
    let found = elements(text.as_bytes(), SIZES).0;
    found.records.into_iter().map(|(at, _)| &text[at]).collect()
}

pub(super) const SIZES: Sizes = Sizes {
    batch: BATCH_BYTES,
    record: NONE,
};

/// The items that are cut from `text` at the arrays of `paths`.
fn items(text: &'static str, paths: &'static [ArrayPath]) -> Vec<&'static str> {
    let sizes = Sizes {
        batch: 7,
        record: 1 << 20,
    };
    let mut cutter = Elements::new(Box::new(text.as_bytes()), sizes, paths);
    let mut found = Vec::new();
    while let Some(batch) = cutter.next(Vec::new()).unwrap() {
        let start = usize::try_from(batch.start).unwrap();
        let place = |range: &Range<usize>| &text[start + range.start..start + range.end];
        found.extend(batch.records.iter().map(place));
    }
    found
}

#[test]
fn objects_without_an_array_are_records_where_they_are_taken() {
    let cut = |text: &'static str, batch, record| {
        let sizes = Sizes { batch, record };
        let mut cutter = Elements::new(Box::new(text.as_bytes()), sizes, &[&[]]).or_bare();
        let (found, outline) = drain(&mut cutter, text.as_bytes(), sizes);
        let records = found.records.into_iter();
        let records: Vec<_> = records.map(|(at, long)| (&text[at], long)).collect();
        (records, outline.bare, outline.strays.len())
    };
    let lines = "\u{feff}\n {\"a\":[1]}\r\n{\"b\":\"]}\"}\n";
    for batch in batches(lines.len()) {
        let want = vec![("{\"a\":[1]}", false), ("{\"b\":\"]}\"}", false)];
        assert_eq!(cut(lines, batch, NONE), (want, 2, 0), "by {batch}");
        let want = vec![("{\"a\":[1]}", false), ("{\"b\":\"]}\"}", true)];
        assert_eq!(cut(lines, batch, 9), (want, 2, 0), "by {batch}");
        let want = vec![("{\"a\":1}", false)];
        assert_eq!(cut("[{\"a\":1}]", batch, NONE), (want.clone(), 0, 0));
        assert_eq!(cut("{\"a\":1},", batch, NONE), (want, 1, 0));
        assert_eq!(cut("\"{}\"", batch, NONE), (vec![], 0, 0));
    }
}

#[test]
fn any_array_can_be_cut() {
    assert_eq!(items("[{\"a\":[1]}, 2]", &[&[]]), ["{\"a\":[1]}", "2"]);
    assert_eq!(items("{\"a\":[1]}", &[&[]]), [""; 0]);
    let deep = "{\"a\":{\"x\":[0],\"b\":{\"c\":[1,2]}},\"c\":[3]}";
    assert_eq!(items(deep, &[&["a", "b", "c"]]), ["1", "2"]);
    assert_eq!(items(deep, &[&["c"], &["a", "x"]]), ["0", "3"]);
    assert_eq!(items("[{\"c\":[1]}]", &[&["c"]]), [""; 0]);
}
