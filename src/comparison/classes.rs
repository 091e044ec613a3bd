//! The classes of a document before and after.

use super::change::ChangeKind;
use super::names::NameId;
use super::spans::Pair;

/// What differs between the classes before and after. The order of classes is no difference.
///
/// A class that went and one that came are one that was relabeled: first those with one place in the
/// list, then in the order of the list.
pub(super) fn compare(before: &[NameId], after: &[NameId]) -> Vec<Pair> {
    let mut gone: Vec<usize> = (0..before.len()).collect();
    let mut come: Vec<usize> = Vec::new();
    for (index, class) in after.iter().enumerate() {
        match gone.iter().position(|at| before[*at] == *class) {
            Some(place) => drop(gone.remove(place)),
            None => come.push(index),
        }
    }
    let mut pairs = Vec::new();
    let relabeled = |before, after| Pair {
        kind: ChangeKind::Relabeled,
        before: Some(before),
        after: Some(after),
    };
    let both: Vec<usize> = gone
        .iter()
        .copied()
        .filter(|at| come.contains(at))
        .collect();
    pairs.extend(both.iter().map(|at| relabeled(*at, *at)));
    gone.retain(|at| !both.contains(at));
    come.retain(|at| !both.contains(at));
    let ones = gone.iter().zip(&come);
    pairs.extend(ones.map(|(before, after)| relabeled(*before, *after)));
    let common = gone.len().min(come.len());
    pairs.extend(gone[common..].iter().map(|before| Pair {
        kind: ChangeKind::Removed,
        before: Some(*before),
        after: None,
    }));
    pairs.extend(come[common..].iter().map(|after| Pair {
        kind: ChangeKind::Added,
        before: None,
        after: Some(*after),
    }));
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::names::Names;
    use super::*;

    #[test]
    fn classes_are_added_removed_and_relabeled() {
        let mut names = Names::default();
        let [a, b, c, d] = ["A", "B", "C", "D"].map(|name| names.id(name));
        let kinds = |before: &[NameId], after: &[NameId]| -> Vec<ChangeKind> {
            compare(before, after).iter().map(|it| it.kind).collect()
        };
        assert_eq!(kinds(&[a, b], &[b, a]), []);
        assert_eq!(kinds(&[a, b, c], &[a, c]), [ChangeKind::Removed]);
        assert_eq!(kinds(&[a], &[a, b]), [ChangeKind::Added]);
        let swapped = compare(&[a, b], &[c, d]);
        assert_eq!((swapped[0].before, swapped[0].after), (Some(0), Some(0)));
        assert_eq!((swapped[1].before, swapped[1].after), (Some(1), Some(1)));
        let mixed = compare(&[a, b], &[d, a, c]);
        assert_eq!(mixed.len(), 2);
        assert_eq!((mixed[0].before, mixed[0].after), (Some(1), Some(0)));
    }
}
