//! From spans to proved ranges.

use super::characters::floor_char;
use super::clusters::clusters;
use super::count::count;
use super::document::Text;
use super::span::{ByteRange, Fault, Side, Span};
use super::sweep::{Edge, Sweep, in_order};
use super::unit::Unit;

impl Text<'_> {
    /// Proves spans against the text: one answer a span, in their order.
    ///
    /// The cost is one sweep over the text for each unit that they are in, mostly one for all, and a
    /// sort where the edges do not come in order.
    #[must_use]
    pub fn resolve(&self, spans: &[Span]) -> Vec<Result<ByteRange, Fault>> {
        let Some(unit) = spans.first().map(|span| span.unit) else {
            return Vec::new();
        };
        if spans.iter().all(|span| span.unit == unit) {
            return self.resolve_in(unit, spans);
        }
        let mut proofs = vec![Err(Fault::Negative); spans.len()];
        for unit in Unit::ALL {
            let of_unit = (0..spans.len()).filter(|index| spans[*index].unit == unit);
            let indices: Vec<usize> = of_unit.collect();
            let same: Vec<Span> = indices.iter().map(|index| spans[*index]).collect();
            for (index, proof) in indices.into_iter().zip(self.resolve_in(unit, &same)) {
                proofs[index] = proof;
            }
        }
        proofs
    }

    /// The same for spans in one unit.
    fn resolve_in(&self, unit: Unit, spans: &[Span]) -> Vec<Result<ByteRange, Fault>> {
        let position = |edge| u64::try_from(edge).unwrap_or(0);
        if self.counts_bytes(unit) {
            let edge = |edge| self.edge_at_byte(position(edge));
            let edges = |span: &Span| (edge(span.start), edge(span.end));
            let length = self.as_str().len() as u64;
            return spans
                .iter()
                .map(|span| prove(*span, edges(span), length))
                .collect();
        }
        if !unit.is_cluster() && follow(spans) {
            return self.resolve_in_order(unit, spans);
        }
        let edges = spans.iter().flat_map(|span| [span.start, span.end]);
        let positions: Vec<u64> = edges.map(position).collect();
        let edges = if unit.is_cluster() {
            self.find_clusters(&positions, unit)
        } else {
            self.find_edges(&positions, unit)
        };
        // To count all of a text takes longer than to find what is near its start.
        let length = if edges.contains(&Edge::Past) {
            self.len(unit)
        } else {
            0
        };
        spans
            .iter()
            .zip(edges.chunks_exact(2))
            .map(|(span, edges)| prove(*span, (edges[0], edges[1]), length))
            .collect()
    }

    /// The same for spans that [`follow`] one another, as nearly all do: their edges are found one
    /// after the other, and need not be gathered.
    fn resolve_in_order(&self, unit: Unit, spans: &[Span]) -> Vec<Result<ByteRange, Fault>> {
        let mut sweep = Sweep::new(self.as_str(), unit);
        let mut length = None;
        let resolve = |span: &Span| {
            let mut edge = |edge: i64| sweep.edge_at(edge.unsigned_abs());
            let edges = (edge(span.start), edge(span.end));
            // To count all of a text takes longer than to find what is near its start.
            let is_past = edges.0 == Edge::Past || edges.1 == Edge::Past;
            let length = is_past.then(|| *length.get_or_insert_with(|| self.len(unit)));
            prove(*span, edges, length.unwrap_or(0))
        };
        spans.iter().map(resolve).collect()
    }

    /// Where positions in UTF-16 code units or in code points fall, in their order.
    fn find_edges(&self, positions: &[u64], unit: Unit) -> Vec<Edge> {
        let mut edges = vec![Edge::Past; positions.len()];
        let mut sweep = Sweep::new(self.as_str(), unit);
        for index in in_order(positions) {
            edges[index] = sweep.edge_at(positions[index]);
        }
        edges
    }

    /// Where positions in grapheme clusters fall, in their order.
    fn find_clusters(&self, positions: &[u64], unit: Unit) -> Vec<Edge> {
        let mut edges = vec![Edge::Past; positions.len()];
        // The sweep stands between two clusters, at a byte and its position.
        let (mut byte, mut at) = (0, 0);
        for index in in_order(positions) {
            let position = positions[index];
            let (rest, steps) = (&self.as_str()[byte..], narrow(position - at));
            let next = clusters(rest, unit).nth(steps);
            byte += match next {
                Some((start, _)) => start,
                None if count(rest, unit) == steps => rest.len(),
                None => break,
            };
            at = position;
            edges[index] = Edge::At(byte);
        }
        edges
    }

    fn edge_at_byte(&self, position: u64) -> Edge {
        match usize::try_from(position) {
            Ok(byte) if byte <= self.as_str().len() => {
                if self.as_str().is_char_boundary(byte) {
                    Edge::At(byte)
                } else {
                    Edge::Inside(floor_char(self.as_str(), byte))
                }
            }
            _ => Edge::Past,
        }
    }
}

/// Whether spans come one after the other, none of them turned round or below 0.
fn follow(spans: &[Span]) -> bool {
    let mut last = 0;
    spans.iter().all(|span| {
        let follows = last <= span.start && span.start <= span.end;
        last = span.end;
        follows
    })
}

fn prove(span: Span, edges: (Edge, Edge), length: u64) -> Result<ByteRange, Fault> {
    if span.start < 0 || span.end < 0 {
        return Err(Fault::Negative);
    }
    if span.end < span.start {
        return Err(Fault::Reversed);
    }
    let splits = |side, character| Fault::SplitsCharacter { side, character };
    match edges {
        (Edge::Past, _) | (_, Edge::Past) => Err(Fault::OutOfBounds {
            by: span.end.unsigned_abs().saturating_sub(length),
            length,
        }),
        (Edge::Inside(character), _) => Err(splits(Side::Start, character)),
        (_, Edge::Inside(character)) => Err(splits(Side::End, character)),
        (Edge::At(start), Edge::At(end)) => Ok(ByteRange { start, end }),
    }
}

fn narrow(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}
