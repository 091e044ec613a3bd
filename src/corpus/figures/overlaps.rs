//! How spans of one text share a place.

use std::cmp::Reverse;

use crate::text::ByteRange;

/// Pairs of spans that share characters, by how they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlaps {
    /// One holds the other, and more.
    pub nested: u64,
    /// Each has something that the other has not.
    pub crossing: u64,
    /// They are the same.
    pub equal: u64,
}

impl Overlaps {
    /// Adds the pairs of a text's spans. Empty ones share nothing.
    pub fn add(&mut self, ranges: &mut Vec<ByteRange>) {
        ranges.retain(|range| !range.is_empty());
        ranges.sort_unstable_by_key(|range| (range.start(), Reverse(range.end())));
        if ranges
            .windows(2)
            .all(|pair| pair[0].end() <= pair[1].start())
        {
            return;
        }
        let same = ranges.chunk_by(|a, b| a == b).map(|same| same.len() as u64);
        let equal: u64 = same.map(|same| same * (same - 1) / 2).sum();
        // What comes before a span begins no later. It ends behind the span's end, and is around it or
        // the same; or inside of it, and crosses it; or before it begins.
        let mut ends: Vec<usize> = ranges.iter().map(|range| range.end()).collect();
        ends.sort_unstable();
        let mut before = Counts::new(ends.len());
        let mut around = 0;
        for (place, range) in (0_u64..).zip(ranges.iter()) {
            let below = before.up_to(ends.partition_point(|end| *end < range.end()));
            let apart = before.up_to(ends.partition_point(|end| *end <= range.start()));
            around += place - below;
            self.crossing += below - apart;
            before.add(ends.partition_point(|end| *end < range.end()));
        }
        self.equal += equal;
        self.nested += around - equal;
    }

    /// Adds those of other texts.
    pub const fn merge(&mut self, other: Self) {
        self.nested += other.nested;
        self.crossing += other.crossing;
        self.equal += other.equal;
    }
}

/// Counts at places, whose sums are quickly known (a Fenwick tree).
struct Counts(Vec<u64>);

impl Counts {
    fn new(places: usize) -> Self {
        Self(vec![0; places + 1])
    }

    /// Adds one at a place.
    fn add(&mut self, place: usize) {
        let mut at = place + 1;
        while let Some(count) = self.0.get_mut(at) {
            *count += 1;
            at += at & at.wrapping_neg();
        }
    }

    /// How many are at the places before one.
    fn up_to(&self, place: usize) -> u64 {
        let mut at = place;
        let mut sum = 0;
        while let Some(count) = self.0.get(at).filter(|_| at > 0) {
            sum += count;
            at &= at - 1;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Span, Text, Unit};

    /// Each pair looked at by itself.
    fn naive(ranges: &[ByteRange]) -> Overlaps {
        let mut found = Overlaps::default();
        for (at, one) in ranges.iter().enumerate() {
            for other in &ranges[at + 1..] {
                let shared = one.start().max(other.start())..one.end().min(other.end());
                if shared.is_empty() {
                    continue;
                }
                let holds = |outer: &ByteRange| shared == outer.as_range();
                match (holds(one), holds(other)) {
                    (true, true) => found.equal += 1,
                    (false, false) => found.crossing += 1,
                    _ => found.nested += 1,
                }
            }
        }
        found
    }

    proptest! {
        #[test]
        fn every_pair_counts_once(spans in prop::collection::vec((0_i64..12, 0_i64..6), 0..14)) {
            let text = Text::new("abcdefghijklmnopqrstuvwxyz");
            let unit = Unit::Utf8;
            let spans: Vec<Span> = spans
                .iter()
                .map(|(start, length)| Span { unit, start: *start, end: start + length })
                .collect();
            let ranges: Vec<ByteRange> =
                text.resolve(&spans).into_iter().filter_map(Result::ok).collect();
            let mut found = Overlaps::default();
            found.add(&mut ranges.clone());
            prop_assert_eq!(found, naive(&ranges));
        }
    }
}
