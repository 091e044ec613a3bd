//! Lines cut by ranges of bytes, by many threads.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use memchr::{memchr, memchr_iter, memrchr};

use super::lines::lines_of;
use super::{BYTE_ORDER_MARK, Batch, Cut, CutRanges, Lines, Outline, Sizes, Tiles, emptied};

/// Bytes that several threads may read at any place.
pub trait ReadAt: Send + Sync {
    /// How many bytes there are.
    fn length(&self) -> u64;

    /// Appends to `buffer` what stands at `place`: `size` bytes, and fewer only where the bytes
    /// end.
    fn read_at(&self, place: u64, size: usize, buffer: &mut Vec<u8>) -> io::Result<()>;
}

/// The first bytes that are read of what a line has behind the end of its range: most lines have
/// fewer there.
const REST: usize = 1 << 13;

/// A line with more bytes than this is held by one thread at a time.
const LONG: usize = 1 << 21;

/// A JSONL file cut at its newlines, as [`Lines`] does it, that threads can cut in parallel. Its bytes
/// are in ranges of one size, and a line belongs to the range in which it begins.
///
/// All that a thread needs to know of the ranges before its own is how many lines begin in them. Each
/// thread says that of its range before it does anything else with it, so nobody waits for long.
pub struct LineRanges<'a, R> {
    ranges: Ranges<R>,
    /// The same, cut by one thread.
    alone: Lines<'a>,
    /// Whether one thread cuts.
    is_alone: bool,
}

/// What all threads look at.
struct Ranges<R> {
    bytes: R,
    /// The bytes of a range.
    size: u64,
    sizes: Sizes,
    counts: Mutex<Counts>,
    counted: Condvar,
    /// Held by the thread that has a long line.
    long: Mutex<()>,
    byte_order_mark: AtomicBool,
}

/// How many lines begin in the ranges.
#[derive(Default)]
struct Counts {
    /// Of ranges that come behind one that is not counted yet, by their numbers.
    waiting: BTreeMap<u64, u64>,
    /// All ranges up to this one are counted.
    counted: u64,
    /// The lines in those.
    lines: u64,
    /// The lines before each counted range that did not ask yet.
    before: BTreeMap<u64, u64>,
    /// Whether a range will never be counted.
    failed: bool,
}

impl Counts {
    /// Notes how many lines begin in a range.
    fn add(&mut self, range: u64, lines: u64) {
        self.waiting.insert(range, lines);
        while let Some(lines) = self.waiting.remove(&self.counted) {
            self.before.insert(self.counted, self.lines);
            self.lines += lines;
            self.counted += 1;
        }
    }
}

/// Tells those who wait that a range will never be counted, unless it was.
struct Promise<'p> {
    counts: &'p Mutex<Counts>,
    counted: &'p Condvar,
    is_kept: bool,
}

impl Drop for Promise<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            let counts = self.counts.lock();
            counts.unwrap_or_else(PoisonError::into_inner).failed = true;
            self.counted.notify_all();
        }
    }
}

impl<'a, R: ReadAt> LineRanges<'a, R> {
    /// Cuts `bytes`. `stream` gives them too, from the first on, for one thread.
    #[must_use]
    pub fn new(bytes: R, stream: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Self {
        let ranges = Ranges {
            bytes,
            // A byte-order mark and what follows it lie in one range.
            size: sizes.batch.max(BYTE_ORDER_MARK.len() + 1) as u64,
            sizes,
            counts: Mutex::default(),
            counted: Condvar::new(),
            long: Mutex::default(),
            byte_order_mark: AtomicBool::new(false),
        };
        Self {
            ranges,
            alone: Lines::new(stream, sizes),
            is_alone: false,
        }
    }
}

impl<R: ReadAt> Ranges<R> {
    fn read(&self, place: u64, size: u64, buffer: &mut Vec<u8>) -> io::Result<()> {
        let size = size.min(self.bytes.length().saturating_sub(place));
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        self.bytes.read_at(place, size, buffer)
    }

    /// Waits until all ranges before one are counted: how many lines begin in them.
    fn lines_before(&self, range: u64, mut counts: MutexGuard<'_, Counts>) -> io::Result<u64> {
        loop {
            if let Some(before) = counts.before.remove(&range) {
                return Ok(before);
            }
            if counts.failed {
                return Err(io::Error::other("what stands before cannot be read"));
            }
            let woken = self.counted.wait(counts);
            counts = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Reads a range, and says how many lines begin in it. What comes of it begins with the first of
    /// them; its place, and the number of lines before it. `None` where none begins.
    fn begin(&self, range: u64, buffer: &mut Vec<u8>) -> io::Result<Option<(u64, u64)>> {
        let mut promise = Promise {
            counts: &self.counts,
            counted: &self.counted,
            is_kept: false,
        };
        let start = range * self.size;
        // The byte before tells whether a line begins with the first one.
        let from = start.saturating_sub(1);
        self.read(from, start - from + self.size, buffer)?;
        // A line begins behind each newline but the last byte's: that one begins in the next range.
        let inner = buffer.len().saturating_sub(1);
        let newlines = memchr_iter(b'\n', &buffer[..inner]).count() as u64;
        let is_first = range == 0;
        let is_mark = is_first && buffer[..] == *BYTE_ORDER_MARK;
        let lines = newlines + u64::from(is_first && !is_mark && !buffer.is_empty());
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.add(range, lines);
        promise.is_kept = true;
        self.counted.notify_all();
        let before = self.lines_before(range, counts)?;
        if is_first {
            return Ok((!buffer.is_empty()).then_some((0, 0)));
        }
        let newline = memchr(b'\n', &buffer[..inner]);
        Ok(newline.map(|newline| {
            buffer.drain(..=newline);
            (from + newline as u64 + 1, before)
        }))
    }

    /// Goes over the rest of a line without holding it, from `place` on: where it ends, and the next
    /// begins.
    fn pass_over(&self, mut place: u64, buffer: &mut Vec<u8>) -> io::Result<(u64, u64)> {
        loop {
            buffer.clear();
            self.read(place, self.size.max(REST as u64), buffer)?;
            if let Some(newline) = memchr(b'\n', buffer) {
                let end = place + newline as u64;
                return Ok((end, end + 1));
            }
            if buffer.is_empty() {
                return Ok((place, place));
            }
            place += buffer.len() as u64;
        }
    }
}

impl<R: ReadAt> CutRanges for Ranges<R> {
    fn count(&self) -> u64 {
        self.bytes.length().div_ceil(self.size)
    }

    fn cut(
        &self,
        range: u64,
        buffer: Vec<u8>,
        each: &mut dyn FnMut(&Batch),
    ) -> io::Result<Vec<u8>> {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        let mut buffer = emptied(buffer, size);
        let Some((place, first)) = self.begin(range, &mut buffer)? else {
            return Ok(buffer);
        };
        let mut from = 0;
        if place == 0 && buffer.starts_with(BYTE_ORDER_MARK) {
            self.byte_order_mark.store(true, Relaxed);
            from = BYTE_ORDER_MARK.len();
        }
        let mut tiles = Tiles::following(place, first, self.sizes.record);
        let last = memrchr(b'\n', &buffer[..buffer.len() - 1]).map_or(from, |newline| newline + 1);
        let (mut step, mut held) = (REST.min(size), None);
        while buffer.last() != Some(&b'\n') {
            let length = buffer.len() - last;
            let end = place + buffer.len() as u64;
            if length as u64 > self.sizes.record {
                let start = place + last as u64;
                let mut rest = Vec::new();
                let (line_end, next) = self.pass_over(end, &mut rest)?;
                if last > from {
                    buffer.truncate(last);
                    let lines = lines_of(&buffer, from);
                    let batch = tiles.batch(buffer, lines);
                    each(&batch);
                }
                let batch = tiles.skipped(start..line_end, next, rest);
                each(&batch);
                return Ok(batch.bytes);
            }
            if length > LONG && held.is_none() {
                held = Some(self.long.lock().unwrap_or_else(PoisonError::into_inner));
            }
            let known = buffer.len();
            self.read(end, step as u64, &mut buffer)?;
            if let Some(newline) = memchr(b'\n', &buffer[known..]) {
                buffer.truncate(known + newline + 1);
            } else if buffer.len() == known {
                break;
            }
            step = LONG.min(2 * step);
        }
        let lines = lines_of(&buffer, from);
        let batch = tiles.batch(buffer, lines);
        each(&batch);
        Ok(batch.bytes)
    }
}

impl<R: ReadAt> Cut for LineRanges<'_, R> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        self.is_alone = true;
        self.alone.next(buffer)
    }

    fn begin_at(&mut self, place: u64) {
        self.is_alone = true;
        self.alone.begin_at(place);
    }

    fn ranges(&self) -> Option<&dyn CutRanges> {
        (!self.is_alone).then_some(&self.ranges)
    }

    fn outline(&mut self) -> Outline {
        if self.is_alone {
            return self.alone.outline();
        }
        Outline {
            byte_order_mark: *self.ranges.byte_order_mark.get_mut(),
            length: self.ranges.bytes.length(),
            ..Outline::default()
        }
    }
}
