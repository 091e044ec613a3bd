//! Where words may be found: the bytes of a text that may begin some that have no label.

use super::covered::Covered;
use crate::text::classes::{BLOCK, Classes};

/// The bytes of a text that may begin words without a label, a block of 64 at a time: where each
/// block begins, and a bit for each of its bytes.
///
/// No word begins with a blank, inside a word of ASCII letters and digits, or in what is labeled:
/// that is most of a text, and is told for all bytes of a block at once.
pub(super) struct WordStarts<'a> {
    text: &'a [u8],
    /// Where the next block begins.
    start: usize,
    /// 1 where the last byte before it is an ASCII letter or digit, otherwise 0.
    before: u64,
    /// The stretches with a label that do not end before it, by start.
    labeled: &'a [(usize, usize)],
}

impl<'a> WordStarts<'a> {
    pub(super) fn new(text: &'a [u8], labeled: &'a Covered) -> Self {
        Self {
            text,
            start: 0,
            before: 0,
            labeled: &labeled.stretches,
        }
    }
}

impl Iterator for WordStarts<'_> {
    type Item = (usize, u64);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self
            .text
            .get(self.start..)
            .filter(|rest| !rest.is_empty())?;
        let start = self.start;
        let classes = Classes::of(rest.get(..BLOCK).unwrap_or(rest));
        let inside = classes.words & (classes.words << 1 | self.before);
        let mut begins = !(inside | classes.blanks);
        self.before = classes.words >> (BLOCK - 1);
        self.start += BLOCK;
        while let Some(((begin, end), others)) = self.labeled.split_first()
            && *begin < self.start
        {
            begins &= below(*begin, start) | !below(*end, start);
            if *end > self.start {
                break;
            }
            self.labeled = others;
        }
        Some((start, begins))
    }
}

/// The bits of a block that begins at `start` for the bytes before `end`.
pub(super) const fn below(end: usize, start: usize) -> u64 {
    match end.saturating_sub(start) {
        count @ 0..BLOCK => !(u64::MAX << count),
        _ => u64::MAX,
    }
}
