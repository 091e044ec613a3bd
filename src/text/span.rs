//! Stretches of a text: as a label file declares them, as they are proved, and why they are not.

use std::ops::Range;

use super::unit::Unit;

/// A stretch of text as a label file declares it: half open, in `unit`, unproved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// What `start` and `end` count.
    pub unit: Unit,
    /// The first unit of the span. Negative in broken files.
    pub start: i64,
    /// The unit after the last one. Less than `start` in broken files.
    pub end: i64,
}

impl Span {
    /// The number of units, negative where the end comes before the start.
    #[must_use]
    pub const fn len(self) -> i64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing (or less).
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two have at least one unit in common. An empty span overlaps nothing.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end && !self.is_empty() && !other.is_empty()
    }

    /// Whether `other` lies in this span as a whole, edges included.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A proved stretch of one text: in bounds, on character edges, half open, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteRange {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl ByteRange {
    /// The first byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start
    }

    /// The byte after the last one.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end
    }

    /// Whether the range covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range for indexing.
    #[must_use]
    pub const fn as_range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// One of the two edges of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where the span begins.
    Start,
    /// Where the span ends.
    End,
}

/// Why a span names no characters of its text. The deepest cause only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An edge below 0.
    Negative,
    /// The end comes before the start.
    Reversed,
    /// The end lies `by` units past the text, whose length is `length` units.
    OutOfBounds {
        /// Units between the end of the text and the end of the span.
        by: u64,
        /// The length of the text in the span's unit.
        length: u64,
    },
    /// An edge falls inside a code point: between two surrogates, or between two bytes.
    SplitsCharacter {
        /// Which of the edges; the start where both do.
        side: Side,
        /// The byte at which the split character begins.
        character: usize,
    },
}
