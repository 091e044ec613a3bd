//! Which labels stay where the target has no form for labels that overlap.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::formats::Overlap;
use crate::text::Span;

/// The labels that do not stay, by their indices, in no order. Equal spans overlap; two that only
/// touch do not. With [`Overlap::Refuse`] they are those that overlap one that begins before them.
pub(super) fn left_out(mut spans: Vec<(usize, Span)>, wish: Overlap) -> Vec<usize> {
    let length = |span: &Span| span.end - span.start;
    match wish {
        Overlap::Longest => {
            spans.sort_by_key(|(index, span)| (Reverse(length(span)), span.start, *index));
        }
        Overlap::First | Overlap::Refuse => {
            spans.sort_by_key(|(index, span)| (span.start, Reverse(length(span)), *index));
        }
    }
    // Those that stay do not overlap, so only the two beside a span can meet it.
    let mut stay: BTreeSet<(i64, i64)> = BTreeSet::new();
    let mut out = Vec::new();
    for (index, Span { start, end, .. }) in spans {
        let meets =
            |other: Option<&(i64, i64)>| other.is_some_and(|(from, to)| start < *to && *from < end);
        let meets_before = meets(stay.range(..=(start, i64::MAX)).next_back());
        let meets_after = meets(stay.range((start, i64::MAX)..).next());
        if meets_before || meets_after || stay.contains(&(start, end)) {
            out.push(index);
        } else {
            stay.insert((start, end));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Unit;

    fn out(spans: &[(i64, i64)], wish: Overlap) -> Vec<usize> {
        let span = |&(start, end)| Span {
            start,
            end,
            unit: Unit::CodePoint,
        };
        let mut out = left_out(spans.iter().map(span).enumerate().collect(), wish);
        out.sort_unstable();
        out
    }

    #[test]
    fn the_longest_or_the_first_stays() {
        let spans = [(4, 12), (0, 5), (12, 14), (12, 14), (13, 13)];
        assert_eq!(out(&spans, Overlap::Longest), [1, 3, 4]);
        assert_eq!(out(&spans, Overlap::First), [0, 3, 4]);
        assert_eq!(out(&spans, Overlap::Refuse), [0, 3, 4]);
        let touching = [(0, 3), (3, 5), (5, 5)];
        assert_eq!(out(&touching, Overlap::Refuse), [0_usize; 0]);
    }

    proptest! {
        #[test]
        fn what_stays_does_not_overlap_and_each_that_goes_does(
            spans in prop::collection::vec((0_i64..12, 0_i64..5), 0..12),
        ) {
            let spans: Vec<(i64, i64)> =
                spans.into_iter().map(|(start, length)| (start, start + length)).collect();
            let meet = |a: (i64, i64), b: (i64, i64)| a == b || (a.0 < b.1 && b.0 < a.1);
            for wish in [Overlap::Longest, Overlap::First] {
                let out = out(&spans, wish);
                let stay: Vec<usize> = (0..spans.len()).filter(|one| !out.contains(one)).collect();
                for one in &stay {
                    prop_assert!(stay.iter().all(|two| one == two || !meet(spans[*one], spans[*two])));
                }
                for one in &out {
                    prop_assert!(stay.iter().any(|two| meet(spans[*one], spans[*two])));
                }
            }
        }
    }
}
