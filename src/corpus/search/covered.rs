//! What of a text is labeled.

use std::ops::Range;

/// Covered of a text, which may overlap.
pub(super) struct Covered {
    /// By start; each with the furthest end of the stretches up to it.
    pub(super) stretches: Vec<(usize, usize)>,
}

impl Covered {
    pub(super) fn new(ranges: impl Iterator<Item = Range<usize>>) -> Self {
        let mut stretches: Vec<_> = ranges.map(|range| (range.start, range.end)).collect();
        stretches.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut stretches {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { stretches }
    }

    /// Whether one of the stretches holds a place as a whole.
    pub(super) fn holds(&self, place: &Range<usize>) -> bool {
        let before = self
            .stretches
            .partition_point(|(start, _)| *start <= place.start);
        let furthest = before.checked_sub(1).map(|last| self.stretches[last].1);
        furthest.is_some_and(|end| end >= place.end)
    }

    pub(super) fn overlaps(&self, place: &Range<usize>) -> bool {
        let before = self
            .stretches
            .partition_point(|(start, _)| *start < place.end);
        let furthest = before.checked_sub(1).map(|last| self.stretches[last].1);
        furthest.is_some_and(|end| end > place.start)
    }
}
