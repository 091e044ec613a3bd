//! From proved ranges to spans in a unit.

use super::count::count;
use super::document::Text;
use super::span::{ByteRange, Span};
use super::sweep::{Sweep, in_order};
use super::unit::Unit;

impl Text<'_> {
    /// Writes proved ranges in `unit`: one span a range, in their order.
    ///
    /// `None` stands where a range has no number in that unit, which only happens for
    /// units that count grapheme clusters and an edge inside one.
    #[must_use]
    pub fn declare(&self, ranges: &[ByteRange], unit: Unit) -> Vec<Option<Span>> {
        let span = |start: Option<i64>, end: Option<i64>| {
            let (start, end) = (start?, end?);
            Some(Span { unit, start, end })
        };
        if self.counts_bytes(unit) {
            let span = |range: &ByteRange| span(signed(range.start), signed(range.end));
            return ranges.iter().map(span).collect();
        }
        let edges = ranges.iter().flat_map(|range| [range.start, range.end]);
        let bytes: Vec<usize> = edges.collect();
        let positions = if unit.is_cluster() {
            self.count_clusters(&bytes, unit)
        } else {
            self.count_units(&bytes, unit)
        };
        let pairs = positions.chunks_exact(2);
        pairs.map(|edges| span(edges[0], edges[1])).collect()
    }

    /// The UTF-16 code units or code points before bytes on character edges.
    fn count_units(&self, bytes: &[usize], unit: Unit) -> Vec<Option<i64>> {
        let mut positions = vec![None; bytes.len()];
        let mut sweep = Sweep::new(self.as_str(), unit);
        for index in in_order(bytes) {
            let byte = bytes[index];
            if self.as_str().is_char_boundary(byte) {
                positions[index] = i64::try_from(sweep.units_before(byte)).ok();
            }
        }
        positions
    }

    /// The grapheme clusters before bytes, where no cluster is cut there.
    fn count_clusters(&self, bytes: &[usize], unit: Unit) -> Vec<Option<i64>> {
        let mut positions = vec![None; bytes.len()];
        let mut at = (0, 0);
        for index in in_order(bytes) {
            let byte = bytes[index];
            let Some(between) = self.as_str().get(at.0..byte) else {
                continue;
            };
            if !self.is_edge_in(byte, unit) {
                continue;
            }
            at = (byte, at.1 + count(between, unit));
            positions[index] = signed(at.1);
        }
        positions
    }

    /// Writes a range in the unit of a span, of which it is known that it names `proved`: only
    /// what lies between the edges of the two is counted, so that many ranges near their spans
    /// cost no sweep over the text each.
    ///
    /// `None` where the range has no number in that unit, as in [`Self::declare`].
    #[must_use]
    pub fn declare_near(&self, span: Span, proved: ByteRange, range: ByteRange) -> Option<Span> {
        let unit = span.unit;
        let moved = |number: i64, from: usize, to: usize| {
            if !self.is_edge_in(to, unit) {
                return None;
            }
            let between = self.as_str().get(from.min(to)..from.max(to))?;
            let count = if self.counts_bytes(unit) {
                between.len()
            } else {
                count(between, unit)
            };
            let count = i64::try_from(count).ok()?;
            Some(if to < from {
                number - count
            } else {
                number + count
            })
        };
        Some(Span {
            unit,
            start: moved(span.start, proved.start, range.start)?,
            end: moved(span.end, proved.end, range.end)?,
        })
    }
}

fn signed(value: usize) -> Option<i64> {
    i64::try_from(value).ok()
}
