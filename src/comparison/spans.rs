//! The labels of a document before and after: which are the same, and what became of the others.

use super::change::ChangeKind;
use super::entry::Mark;

/// By what labels are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// The bytes in one text, which are proved on both sides.
    Bytes,
    /// The numbers of the files, which count the same.
    Numbers,
    /// Their words: the text is another one.
    Words,
}

/// What became of a label, by its index before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What it is.
    pub kind: ChangeKind,
    /// The label or class before.
    pub before: Option<usize>,
    /// The label or class after.
    pub after: Option<usize>,
}

/// How many labels that begin before the end of another are tried for an overlap. Where more than
/// that lie over one another, nobody can follow.
const TRIED: usize = 1000;

/// What differs between the labels before and after: first in the text first.
///
/// Labels are matched in a fixed order: those that are the same, those with another name at the same
/// place, those of the same name that overlap, those of the same name and words elsewhere. What is left
/// was removed or added.
pub(super) fn compare(before: &[Mark], after: &[Mark], basis: Basis) -> Vec<Pair> {
    let mut left = Left {
        before: (0..before.len()).collect(),
        after: (0..after.len()).collect(),
        marks: [before, after],
    };
    let mut pairs = Vec::new();
    let mut note = |kind, found: Vec<(usize, usize)>| {
        pairs.extend(found.into_iter().map(|(before, after)| Pair {
            kind,
            before: Some(before),
            after: Some(after),
        }));
    };
    let words = |mark: &Mark| mark.bytes.map(|_| mark.words);
    if basis == Basis::Words {
        left.matched(|mark| Some((mark.category, words(mark)?)));
        note(ChangeKind::Relabeled, left.matched(words));
    } else {
        let extent = |mark: &Mark| extent(mark, basis);
        left.matched(|mark| Some((extent(mark), mark.category)));
        note(
            ChangeKind::Relabeled,
            left.matched(|mark| Some(extent(mark))),
        );
        note(ChangeKind::Boundary, left.overlapping(&extent));
        note(
            ChangeKind::Moved,
            left.matched(|mark| Some((mark.category, words(mark)?))),
        );
    }
    pairs.extend(left.before.iter().map(|before| Pair {
        kind: ChangeKind::Removed,
        before: Some(*before),
        after: None,
    }));
    pairs.extend(left.after.iter().map(|after| Pair {
        kind: ChangeKind::Added,
        before: None,
        after: Some(*after),
    }));
    let place = |pair: &Pair| {
        let mark = pair.after.and_then(|at| after.get(at));
        let mark = mark.or_else(|| before.get(pair.before?));
        mark.map(|mark| match mark.bytes {
            Some((start, end)) if basis != Basis::Numbers => (i64::from(start), i64::from(end)),
            _ => (mark.start, mark.end),
        })
    };
    pairs.sort_by_key(|pair| (place(pair), pair.kind, pair.before, pair.after));
    pairs
}

/// Where a label stands.
pub(super) fn extent(mark: &Mark, basis: Basis) -> (i64, i64) {
    match mark.bytes {
        Some((start, end)) if basis == Basis::Bytes => (i64::from(start), i64::from(end)),
        _ => (mark.start, mark.end),
    }
}

/// The labels that were not matched yet, by index.
struct Left<'a> {
    before: Vec<usize>,
    after: Vec<usize>,
    marks: [&'a [Mark]; 2],
}

impl Left<'_> {
    /// Takes out those that have one key, in the order of the file where several do.
    fn matched<K: Ord>(&mut self, key: impl Fn(&Mark) -> Option<K>) -> Vec<(usize, usize)> {
        let [before, after] = self.marks;
        let keyed = |list: &[usize], marks: &[Mark]| {
            let keyed = list.iter().filter_map(|at| Some((key(&marks[*at])?, *at)));
            let mut keyed: Vec<(K, usize)> = keyed.collect();
            keyed.sort();
            keyed
        };
        let (one, other) = (keyed(&self.before, before), keyed(&self.after, after));
        let (mut at, mut to) = (0, 0);
        let mut pairs = Vec::new();
        while let (Some((mine, before)), Some((theirs, after))) = (one.get(at), other.get(to)) {
            match mine.cmp(theirs) {
                std::cmp::Ordering::Less => at += 1,
                std::cmp::Ordering::Greater => to += 1,
                std::cmp::Ordering::Equal => {
                    pairs.push((*before, *after));
                    (at, to) = (at + 1, to + 1);
                }
            }
        }
        self.take(&pairs);
        pairs
    }

    /// Takes out those of one name that overlap. The first one before gets the one with the most in
    /// common.
    fn overlapping(&mut self, extent: &impl Fn(&Mark) -> (i64, i64)) -> Vec<(usize, usize)> {
        let [before, after] = self.marks;
        // By name and start, and with the furthest end of those of the name so far.
        let mut sorted: Vec<usize> = self.after.clone();
        sorted.sort_by_key(|at| (after[*at].category, extent(&after[*at]), *at));
        let mut furthest: Vec<i64> = Vec::with_capacity(sorted.len());
        for (place, at) in sorted.iter().enumerate() {
            let mark = &after[*at];
            let last = place.checked_sub(1);
            let last = last.filter(|last| after[sorted[*last]].category == mark.category);
            let last = last.map_or(i64::MIN, |last| furthest[last]);
            furthest.push(last.max(extent(mark).1));
        }
        let mut taken = vec![false; sorted.len()];
        let mut order = self.before.clone();
        order.sort_by_key(|at| (extent(&before[*at]), *at));
        let mut pairs = Vec::new();
        for at in order {
            let mark = &before[at];
            let (start, end) = extent(mark);
            let of = |other: &usize| (after[*other].category, extent(&after[*other]).0);
            let until = sorted.partition_point(|other| of(other) < (mark.category, end));
            let from = sorted.partition_point(|other| after[*other].category < mark.category);
            let from = from + furthest[from..until.max(from)].partition_point(|end| *end <= start);
            let common = |place: &usize| {
                let (first, last) = extent(&after[sorted[*place]]);
                last.min(end) - first.max(start)
            };
            let tried = (from..until).filter(|place| !taken[*place]).take(TRIED);
            let tried = tried.filter(|place| common(place) > 0);
            let best = tried.max_by_key(|place| (common(place), std::cmp::Reverse(*place)));
            if let Some(place) = best {
                taken[place] = true;
                pairs.push((at, sorted[place]));
            }
        }
        self.take(&pairs);
        pairs
    }

    fn take(&mut self, pairs: &[(usize, usize)]) {
        if pairs.is_empty() {
            return;
        }
        let mut gone = [
            vec![false; self.marks[0].len()],
            vec![false; self.marks[1].len()],
        ];
        for (before, after) in pairs {
            gone[0][*before] = true;
            gone[1][*after] = true;
        }
        self.before.retain(|at| !gone[0][*at]);
        self.after.retain(|at| !gone[1][*at]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::names::Names;
    use super::*;

    const TEXT: &str = "Ada met Bob, and Bob met Ada.";

    fn marks(labels: &[(&str, u32, u32)], names: &mut Names) -> Vec<Mark> {
        let mark = |(name, start, end): &(&str, u32, u32)| Mark {
            category: names.id(name),
            start: i64::from(*start),
            end: i64::from(*end),
            bytes: Some((*start, *end)),
            words: super::super::entry::hash(&TEXT[*start as usize..*end as usize]),
        };
        labels.iter().map(mark).collect()
    }

    fn changes(
        before: &[(&str, u32, u32)],
        after: &[(&str, u32, u32)],
        basis: Basis,
    ) -> Vec<(ChangeKind, Option<usize>, Option<usize>)> {
        let mut names = Names::default();
        let (before, after) = (marks(before, &mut names), marks(after, &mut names));
        let pairs = compare(&before, &after, basis).into_iter();
        pairs.map(|it| (it.kind, it.before, it.after)).collect()
    }

    #[test]
    fn the_order_of_labels_is_no_difference_but_their_number_is() {
        let (ada, bob) = (("Person", 0, 3), ("Person", 8, 11));
        for basis in [Basis::Bytes, Basis::Numbers, Basis::Words] {
            assert_eq!(changes(&[ada, bob], &[bob, ada], basis), []);
            let once = changes(&[ada, ada, bob], &[ada, bob], basis);
            assert_eq!(once, [(ChangeKind::Removed, Some(1), None)], "{basis:?}");
        }
    }

    #[test]
    fn each_change_is_told_as_what_it_is() {
        let before = [("Person", 0, 3), ("City", 17, 20), ("Person", 25, 28)];
        let after = [("Name", 0, 3), ("City", 8, 11), ("Person", 25, 29)];
        let want = [
            (ChangeKind::Relabeled, Some(0), Some(0)),
            (ChangeKind::Moved, Some(1), Some(1)),
            (ChangeKind::Boundary, Some(2), Some(2)),
        ];
        assert_eq!(changes(&before, &after, Basis::Bytes), want);
        let gone = changes(&[("Person", 0, 3)], &[("Person", 8, 11)], Basis::Bytes);
        let want = [
            (ChangeKind::Removed, Some(0), None),
            (ChangeKind::Added, None, Some(0)),
        ];
        assert_eq!(gone, want);
    }

    #[test]
    fn the_most_in_common_wins() {
        let before = [("Person", 0, 11)];
        let after = [("Person", 0, 3), ("Person", 4, 11)];
        let want = [
            (ChangeKind::Added, None, Some(0)),
            (ChangeKind::Boundary, Some(0), Some(1)),
        ];
        assert_eq!(changes(&before, &after, Basis::Bytes), want);
    }

    #[test]
    fn in_another_text_labels_are_the_same_by_their_words() {
        let before = [("Person", 0, 3), ("City", 8, 11)];
        let after = [("Person", 25, 28), ("Person", 17, 20)];
        let want = [(ChangeKind::Relabeled, Some(1), Some(1))];
        assert_eq!(changes(&before, &after, Basis::Words), want);
    }
}
