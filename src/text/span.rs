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

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i64, end: i64) -> Span {
        Span {
            unit: Unit::Utf16,
            start,
            end,
        }
    }

    #[test]
    fn spans_that_touch_have_nothing_in_common() {
        let middle = span(2, 5);
        for other in [(0, 3), (4, 6), (3, 4), (0, 9), (2, 5)] {
            let other = span(other.0, other.1);
            assert!(
                middle.overlaps(other) && other.overlaps(middle),
                "{other:?}"
            );
        }
        for other in [(0, 2), (5, 6), (3, 3), (6, 9), (4, 3)] {
            let other = span(other.0, other.1);
            assert!(
                !middle.overlaps(other) && !other.overlaps(middle),
                "{other:?}"
            );
        }
    }

    #[test]
    fn a_span_holds_another_edges_included() {
        let inside = [(2, 5), (3, 4), (2, 2), (5, 5)];
        assert!(
            inside
                .iter()
                .all(|it| span(2, 5).contains(span(it.0, it.1)))
        );
        let outside = [(1, 5), (2, 6), (0, 1), (6, 7)];
        assert!(
            !outside
                .iter()
                .any(|it| span(2, 5).contains(span(it.0, it.1)))
        );
    }

    #[test]
    fn a_span_that_is_turned_round_is_empty() {
        assert_eq!([span(2, 5).len(), span(5, 2).len()], [3, -3]);
        let empty = [(2, 5), (2, 2), (5, 2)].map(|it| span(it.0, it.1).is_empty());
        assert_eq!(empty, [false, true, true]);
        let empty = |start, end| ByteRange { start, end }.is_empty();
        assert!(empty(2, 2) && !empty(2, 5));
    }
}
