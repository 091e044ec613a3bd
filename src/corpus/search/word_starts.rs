//! Where words begin.

use crate::text::classes::{BLOCK, Classes};

/// The bytes of a text that do not lie inside a word of ASCII letters and digits, a bit each:
/// one that does begins no pattern, and that is what most do.
pub(super) struct WordStarts(Vec<u64>);

impl WordStarts {
    pub(super) fn new(text: &[u8]) -> Self {
        let mut before = 0;
        let starts = text.chunks(BLOCK).map(|block| {
            let words = Classes::of(block).words;
            let inside = words & (words << 1 | before);
            before = words >> (BLOCK - 1);
            !inside
        });
        Self(starts.collect())
    }

    /// The first at a byte or behind it. At the end of the text there may be some that it does
    /// not have.
    pub(super) fn next(&self, from: usize) -> Option<usize> {
        let mut block = from / BLOCK;
        let mut starts = self.0.get(block)? & (u64::MAX << (from % BLOCK));
        while starts == 0 {
            block += 1;
            starts = *self.0.get(block)?;
        }
        Some(block * BLOCK + starts.trailing_zeros() as usize)
    }
}
