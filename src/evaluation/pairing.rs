//! Which predicted label belongs to which gold label of a document.

use std::cmp::Reverse;

use super::errors::ErrorClass;

/// A label on a stretch of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The first position, in any unit that both sides share.
    pub start: usize,
    /// The position after the last one.
    pub end: usize,
    /// The number of the label's name.
    pub label: u32,
}

impl Mark {
    const fn is_over(&self, other: &Self) -> bool {
        self.start == other.start && self.end == other.end
    }

    /// How many positions two marks share.
    fn shared(&self, other: &Self) -> usize {
        let end = self.end.min(other.end);
        end.saturating_sub(self.start.max(other.start))
    }
}

/// A gold label and the predicted one that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its place among the gold labels.
    pub gold: usize,
    /// Its place among the predicted ones.
    pub predicted: usize,
    /// What is wrong; `None` where they are the same.
    pub error: Option<ErrorClass>,
}

/// The labels of a document, each in one pair at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// Those that belong together, in the order of the gold labels.
    pub pairs: Vec<Pair>,
    /// Gold labels without a partner.
    pub missing: Vec<usize>,
    /// Predicted labels without a partner.
    pub spurious: Vec<usize>,
}

/// How many gold labels before the end of a predicted one are looked at for one that it overlaps.
/// More lie there only where labels are heaped upon one another, and looking at all of them would take
/// the square of their number.
const LOOKED_AT: usize = 256;

/// Pairs the labels of a document, one with one. The same span and label come first, then the same
/// span, then spans that overlap: those with the same label first, and of these the ones that share
/// the most. So no label takes the partner of another that fits it better, in whatever order they
/// come, and to swap the sides swaps the pairs.
///
/// Spans that only touch do not overlap: ends are exclusive.
#[must_use]
pub fn pair(gold: &[Mark], predicted: &[Mark]) -> Pairing {
    let mut taken = Taken {
        gold: vec![false; gold.len()],
        predicted: vec![false; predicted.len()],
        pairs: Vec::new(),
    };
    let whole = |mark: &Mark| (mark.start, mark.end, mark.label);
    let span = |mark: &Mark| (mark.start, mark.end, 0);
    taken.equal(gold, predicted, whole, None);
    taken.equal(gold, predicted, span, Some(ErrorClass::Label));
    taken.overlapping(gold, predicted);
    taken.pairs.sort_unstable_by_key(|pair| pair.gold);
    let free = |taken: &[bool]| {
        let free = taken.iter().enumerate().filter(|(_, taken)| !**taken);
        free.map(|(at, _)| at).collect()
    };
    Pairing {
        missing: free(&taken.gold),
        spurious: free(&taken.predicted),
        pairs: taken.pairs,
    }
}

/// What has a partner already.
struct Taken {
    gold: Vec<bool>,
    predicted: Vec<bool>,
    pairs: Vec<Pair>,
}

impl Taken {
    fn take(&mut self, gold: usize, predicted: usize, error: Option<ErrorClass>) {
        self.gold[gold] = true;
        self.predicted[predicted] = true;
        self.pairs.push(Pair {
            gold,
            predicted,
            error,
        });
    }

    /// Pairs those that have the same key.
    fn equal(
        &mut self,
        gold: &[Mark],
        predicted: &[Mark],
        key: impl Fn(&Mark) -> (usize, usize, u32),
        error: Option<ErrorClass>,
    ) {
        let sorted = |marks: &[Mark], taken: &[bool]| {
            let free = (0..marks.len()).filter(|at| !taken[*at]);
            let mut sorted: Vec<usize> = free.collect();
            sorted.sort_by_key(|at| (key(&marks[*at]), marks[*at].label));
            sorted
        };
        let ours = sorted(gold, &self.gold);
        let theirs = sorted(predicted, &self.predicted);
        let (mut one, mut other) = (0, 0);
        while let (Some(&at), Some(&to)) = (ours.get(one), theirs.get(other)) {
            match key(&gold[at]).cmp(&key(&predicted[to])) {
                std::cmp::Ordering::Less => one += 1,
                std::cmp::Ordering::Greater => other += 1,
                std::cmp::Ordering::Equal => {
                    self.take(at, to, error);
                    (one, other) = (one + 1, other + 1);
                }
            }
        }
    }

    /// Pairs those that overlap, the best first.
    fn overlapping(&mut self, gold: &[Mark], predicted: &[Mark]) {
        let mut ours: Vec<usize> = (0..gold.len()).filter(|at| !self.gold[*at]).collect();
        ours.sort_by_key(|at| gold[*at]);
        // The furthest end of a gold label and of all before it: no label further to the front
        // reaches a place behind that.
        let mut reach = Vec::with_capacity(ours.len());
        for at in &ours {
            let before = reach.last().copied().unwrap_or(0);
            reach.push(before.max(gold[*at].end));
        }
        let mut candidates = Vec::new();
        for (to, mark) in predicted.iter().enumerate() {
            if self.predicted[to] {
                continue;
            }
            let until = ours.partition_point(|at| gold[*at].start < mark.end);
            for place in (0..until).rev().take(LOOKED_AT) {
                if reach[place] <= mark.start {
                    break;
                }
                let at = ours[place];
                let shared = gold[at].shared(mark);
                if shared > 0 {
                    candidates.push((at, to, shared));
                }
            }
        }
        candidates.sort_by_key(|(at, to, shared)| {
            let (one, other) = (&gold[*at], &predicted[*to]);
            let all = one.end.max(other.end) - one.start.min(other.start);
            // What the sides are called has no part in the order, so that it is the same when they
            // are swapped. That one of two shares more of both: shared / all, as a fraction.
            let low = one.min(other);
            let high = one.max(other);
            (
                one.label != other.label,
                Reverse(Share(*shared, all)),
                *low,
                *high,
            )
        });
        for (at, to, _) in candidates {
            if !self.gold[at] && !self.predicted[to] {
                let same = gold[at].label == predicted[to].label;
                debug_assert!(!gold[at].is_over(&predicted[to]));
                let error = if same {
                    ErrorClass::Boundary
                } else {
                    ErrorClass::Both
                };
                self.take(at, to, Some(error));
            }
        }
    }
}

/// A fraction of two positive numbers, compared without rounding.
#[derive(PartialEq, Eq)]
struct Share(usize, usize);

impl Share {
    const fn crossed(&self, other: &Self) -> (u128, u128) {
        (
            self.0 as u128 * other.1 as u128,
            other.0 as u128 * self.1 as u128,
        )
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let (own, others) = self.crossed(other);
        own.cmp(&others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ErrorClass::{Both, Boundary, Label};

    fn marks(all: &[(usize, usize, u32)]) -> Vec<Mark> {
        let mark = |&(start, end, label): &_| Mark { start, end, label };
        all.iter().map(mark).collect()
    }

    /// The pairs as `(gold, predicted, error)`.
    fn pairs(
        gold: &[(usize, usize, u32)],
        predicted: &[(usize, usize, u32)],
    ) -> Vec<(usize, usize, Option<ErrorClass>)> {
        let found = pair(&marks(gold), &marks(predicted));
        let pairs = found.pairs.iter();
        pairs.map(|it| (it.gold, it.predicted, it.error)).collect()
    }

    #[test]
    fn what_touches_does_not_overlap() {
        assert_eq!(pairs(&[(0, 5, 0)], &[(5, 9, 0)]), []);
        assert_eq!(pairs(&[(0, 5, 0)], &[(4, 9, 0)]), [(0, 0, Some(Boundary))]);
    }

    #[test]
    fn no_label_takes_the_partner_of_one_that_fits_better() {
        // The first prediction overlaps the gold label that the second one is.
        let found = pairs(&[(2, 6, 0)], &[(0, 3, 0), (2, 6, 0)]);
        assert_eq!(found, [(0, 1, None)]);
        let found = pairs(&[(2, 6, 0)], &[(0, 3, 0), (2, 6, 1)]);
        assert_eq!(found, [(0, 1, Some(Label))]);
        // Of two that overlap, the right label wins, and then the larger part.
        let found = pairs(&[(0, 9, 1)], &[(0, 8, 0), (7, 9, 1)]);
        assert_eq!(found, [(0, 1, Some(Boundary))]);
        let found = pairs(&[(0, 9, 1)], &[(0, 2, 0), (2, 9, 0)]);
        assert_eq!(found, [(0, 1, Some(Both))]);
    }

    #[test]
    fn a_label_that_stands_twice_needs_two_partners() {
        let found = pair(&marks(&[(0, 3, 0), (0, 3, 0)]), &marks(&[(0, 3, 0)]));
        assert_eq!((found.pairs.len(), found.missing.len()), (1, 1));
    }

    #[test]
    fn empty_spans_are_the_same_where_they_stand_in_one_place() {
        assert_eq!(pairs(&[(3, 3, 0)], &[(3, 3, 0)]), [(0, 0, None)]);
        assert_eq!(pairs(&[(3, 3, 0)], &[(0, 9, 0)]), []);
    }
}
