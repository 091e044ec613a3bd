//! Labels of one document that share a place.
//!
//! Everything here looks at the numbers alone, costs a sort and a sweep, and is done with one
//! look where the spans follow one another, as they mostly do.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::model::Label;
use crate::text::Span;

/// How two labels share a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same span with the same label.
    Duplicate,
    /// The same span with another label.
    Conflict,
    /// The later one lies inside the earlier one.
    Nested,
    /// Each holds something that the other does not.
    Crossing,
}

/// Two labels, by their indices, of which the later one is to be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) later: usize,
    pub(super) earlier: usize,
    pub(super) relation: Relation,
}

/// Each label with the span of an earlier one of the file, and that one: the first with the
/// same label, and where there is none the first of all.
pub(super) fn at_one_place(labels: &[Label<'_>]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for group in by_position(labels).chunk_by(same_span) {
        let [(first, _), _, ..] = *group else {
            continue;
        };
        let mut categories = BTreeMap::new();
        for (later, _) in group {
            let pair = |earlier, relation| Pair {
                later: *later,
                earlier,
                relation,
            };
            match categories.entry(&*labels[*later].category) {
                Entry::Occupied(same) => pairs.push(pair(*same.get(), Relation::Duplicate)),
                Entry::Vacant(new) => {
                    new.insert(*later);
                    if *later != first {
                        pairs.push(pair(first, Relation::Conflict));
                    }
                }
            }
        }
    }
    pairs
}

/// Each label that overlaps one before it in the text, and of those the one that reaches
/// furthest. Identical and empty spans do not overlap, nor do those that `skip` names.
pub(super) fn overlapping(labels: &[Label<'_>], skip: impl Fn(usize) -> bool) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut furthest: Option<(usize, Span)> = None;
    let mut order = by_position(labels);
    order.retain(|(index, _)| !skip(*index));
    for group in order.chunk_by(same_span) {
        let (first, span) = group[0];
        if let Some((earlier, other)) = furthest
            && other.overlaps(span)
        {
            let relation = if other.contains(span) {
                Relation::Nested
            } else {
                Relation::Crossing
            };
            pairs.extend(group.iter().map(|(later, _)| Pair {
                later: *later,
                earlier,
                relation,
            }));
        }
        if furthest.is_none_or(|(_, other)| other.end < span.end) {
            furthest = Some((first, span));
        }
    }
    pairs
}

fn same_span((_, a): &(usize, Span), (_, b): &(usize, Span)) -> bool {
    a == b
}

/// The spans that are neither negative nor reversed, with their indices: by start, what holds
/// before what is held, and identical ones as in the file. None where no two can share a place.
fn by_position(labels: &[Label<'_>]) -> Vec<(usize, Span)> {
    let mut last = 0;
    let apart = labels.iter().all(|Label { span, .. }| {
        let follows = last <= span.start && span.start < span.end;
        last = span.end;
        follows
    });
    if apart {
        return Vec::new();
    }
    let spans = labels.iter().map(|label| label.span).enumerate();
    let sound = spans.filter(|(_, span)| 0 <= span.start && span.start <= span.end);
    let mut order: Vec<_> = sound.collect();
    order.sort_by_key(|(_, span)| (span.start, Reverse(span.end)));
    order
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::rules::offsets::testing::Case;

    fn told(pairs: &[Pair]) -> Vec<(usize, usize, Relation)> {
        let told = pairs.iter();
        told.map(|pair| (pair.later, pair.earlier, pair.relation))
            .collect()
    }

    #[test]
    fn one_place() {
        let labels = [
            ("City", 5, 9),
            ("Date", 0, 3),
            ("Name", 5, 9),
            ("City", 5, 9),
            ("Name", 5, 9),
            ("City", 5, 8),
            ("Date", -1, 3),
            ("Date", -1, 3),
            ("Date", 9, 5),
            ("Date", 9, 5),
        ];
        let document = Case::numbers(&labels).document();
        assert_eq!(
            told(&at_one_place(document.spans())),
            [
                (2, 0, Relation::Conflict),
                (3, 0, Relation::Duplicate),
                (4, 2, Relation::Duplicate),
            ]
        );
    }

    #[test]
    fn overlaps() {
        let labels = [
            ("inner", 2, 4),
            ("outer", 0, 10),
            ("twin", 2, 4),
            ("crossing", 8, 15),
            ("touching", 15, 20),
            ("empty", 3, 3),
            ("reversed", 9, 1),
            ("same start", 15, 17),
            ("skipped", 0, 100),
        ];
        let document = Case::numbers(&labels).document();
        assert_eq!(
            told(&overlapping(document.spans(), |index| index == 8)),
            [
                (0, 1, Relation::Nested),
                (2, 1, Relation::Nested),
                (3, 1, Relation::Crossing),
                (7, 4, Relation::Nested),
            ]
        );
    }

    #[test]
    fn identical_spans_do_not_overlap() {
        let document = Case::numbers(&[("A", 0, 5), ("B", 0, 5), ("C", 7, 9)]).document();
        assert!(overlapping(document.spans(), |_| false).is_empty());
    }

    #[test]
    fn many_spans_take_no_quadratic_time() {
        let names: Vec<String> = (0..100_000).map(|index| index.to_string()).collect();
        let nested = names
            .iter()
            .zip(0..)
            .map(|(name, at)| (&**name, at, 200_000 - at));
        let nested = Case::numbers(&nested.collect::<Vec<_>>());
        let same = names.iter().map(|name| (&**name, 3, 7));
        let same = Case::numbers(&same.collect::<Vec<_>>());
        let start = Instant::now();
        for case in [nested, same] {
            let document = case.document();
            let labels = document.spans();
            let found = at_one_place(labels).len() + overlapping(labels, |_| false).len();
            assert_eq!(found, 99_999);
        }
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}
