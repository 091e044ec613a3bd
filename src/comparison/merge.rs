//! The labels of a document that two sides have changed since they had a common ancestor.

use std::collections::BTreeMap;

use super::change::ChangeKind;
use super::entry::Mark;
use super::names::NameId;
use super::spans::{self, Basis, Pair};

/// Which side wins where both have changed a label, each in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefer {
    /// The project.
    Project,
    /// The export.
    Export,
}

/// A label that both sides have changed, each in its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict<T> {
    /// As the ancestor has it; `None` where both have added it.
    pub base: Option<T>,
    /// As the project has it; `None` where it was removed.
    pub ours: Option<T>,
    /// As the export has it; `None` where it was removed.
    pub theirs: Option<T>,
}

/// What became of a label of the ancestor on one side.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Same,
    Gone,
    Now(Mark),
}

/// What names a label in its text.
type Key = (NameId, Option<(u32, u32)>);

const fn key(mark: &Mark) -> Key {
    (mark.category, mark.bytes)
}

/// The labels that come of both sides' changes, and where the two conflict. A conflict is settled as
/// `prefer` says, or for now as the project has it.
///
/// All places must be proved in one text.
pub fn merge_marks(
    base: &[Mark],
    ours: &[Mark],
    theirs: &[Mark],
    prefer: Option<Prefer>,
) -> (Vec<Mark>, Vec<Conflict<Mark>>) {
    let (my_fates, mine) = fates(base, ours);
    let (their_fates, other) = fates(base, theirs);
    let (mut merged, mut conflicts) = (Vec::new(), Vec::new());
    let takes_theirs = prefer == Some(Prefer::Export);
    for ((mark, mine), their) in base.iter().zip(&my_fates).zip(&their_fates) {
        let now = |fate: &Fate| match fate {
            Fate::Same => Some(*mark),
            Fate::Gone => None,
            Fate::Now(mark) => Some(*mark),
        };
        let is_settled = matches!(mine, Fate::Same)
            || matches!(their, Fate::Same)
            || now(mine).as_ref().map(key) == now(their).as_ref().map(key);
        let takes = if is_settled {
            matches!(mine, Fate::Same)
        } else {
            conflicts.push(Conflict {
                base: Some(*mark),
                ours: now(mine),
                theirs: now(their),
            });
            takes_theirs
        };
        merged.extend(if takes { now(their) } else { now(mine) });
    }
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    let mut added = mine;
    for mark in &added {
        *counts.entry(key(mark)).or_default() += 1;
    }
    let mut come = Vec::new();
    for mark in other {
        if let Some(count) = counts.get_mut(&key(&mark)).filter(|count| **count > 0) {
            *count -= 1;
            continue;
        }
        match added.iter().position(|mine| is_rival(mine, &mark)) {
            None => come.push(mark),
            Some(at) => {
                conflicts.push(Conflict {
                    base: None,
                    ours: Some(added[at]),
                    theirs: Some(mark),
                });
                if takes_theirs {
                    added.remove(at);
                    come.push(mark);
                }
            }
        }
    }
    merged.extend(added);
    merged.extend(come);
    (merged, conflicts)
}

/// Whether only one of two added labels can be meant: they have one place, or one name and words in
/// common.
fn is_rival(one: &Mark, other: &Mark) -> bool {
    let (Some(mine), Some(theirs)) = (one.bytes, other.bytes) else {
        return false;
    };
    let overlap = mine.0 < theirs.1 && theirs.0 < mine.1;
    mine == theirs || (overlap && one.category == other.category)
}

/// What became of each label of the ancestor, and what was added.
fn fates(base: &[Mark], side: &[Mark]) -> (Vec<Fate>, Vec<Mark>) {
    let mut fates = vec![Fate::Same; base.len()];
    let mut added = Vec::new();
    for Pair {
        kind,
        before,
        after,
    } in spans::compare(base, side, Basis::Bytes)
    {
        let after = after.and_then(|at| side.get(at)).copied();
        match (kind, before.and_then(|at| fates.get_mut(at)), after) {
            (ChangeKind::Added, _, Some(mark)) => added.push(mark),
            (_, Some(fate), Some(mark)) => *fate = Fate::Now(mark),
            (_, Some(fate), None) => *fate = Fate::Gone,
            _ => {}
        }
    }
    (fates, added)
}

/// The classes that come of both sides' changes, and where the two conflict, which they can only where a
/// document has one class at most.
#[must_use]
pub fn merge_classes(
    base: &[NameId],
    ours: &[NameId],
    theirs: &[NameId],
    has_one: bool,
    prefer: Option<Prefer>,
) -> (Vec<NameId>, Option<Conflict<NameId>>) {
    if has_one {
        let [base, mine, other] = [base, ours, theirs].map(|side| side.first().copied());
        let (now, conflict) = if mine == other || base == other {
            (mine, None)
        } else if base == mine {
            (other, None)
        } else {
            let conflict = Conflict {
                base,
                ours: mine,
                theirs: other,
            };
            let takes_theirs = prefer == Some(Prefer::Export);
            (if takes_theirs { other } else { mine }, Some(conflict))
        };
        return (now.into_iter().collect(), conflict);
    }
    // A class is there or not, so two changes of it are one.
    let has = |side: &[NameId], class: &NameId| side.contains(class);
    let mut classes: Vec<NameId> = ours
        .iter()
        .copied()
        .filter(|class| has(theirs, class) || !has(base, class))
        .collect();
    for class in theirs {
        if !has(&classes, class) && !has(base, class) {
            classes.push(*class);
        }
    }
    (classes, None)
}

#[cfg(test)]
mod tests {
    use super::super::names::Names;
    use super::*;

    struct Made(Names);

    impl Made {
        fn marks(&mut self, labels: &[(&str, u32, u32)]) -> Vec<Mark> {
            let mark = |(name, start, end): &(&str, u32, u32)| Mark {
                category: self.0.id(name),
                start: i64::from(*start),
                end: i64::from(*end),
                bytes: Some((*start, *end)),
                words: u64::from(*start),
            };
            labels.iter().map(mark).collect()
        }

        /// The names and places that come of both sides, sorted, and how many conflicts there are.
        fn merged(
            &mut self,
            base: &[(&str, u32, u32)],
            ours: &[(&str, u32, u32)],
            theirs: &[(&str, u32, u32)],
            prefer: Option<Prefer>,
        ) -> (Vec<(String, u32, u32)>, usize) {
            let [base, ours, theirs] = [base, ours, theirs].map(|side| self.marks(side));
            let (merged, conflicts) = merge_marks(&base, &ours, &theirs, prefer);
            let mut merged: Vec<(String, u32, u32)> = merged
                .iter()
                .map(|mark| {
                    let (start, end) = mark.bytes.unwrap();
                    (self.0.name(mark.category).to_string(), start, end)
                })
                .collect();
            merged.sort();
            (merged, conflicts.len())
        }
    }

    fn owned(labels: &[(&str, u32, u32)]) -> Vec<(String, u32, u32)> {
        let mut labels: Vec<(String, u32, u32)> = labels
            .iter()
            .map(|(name, start, end)| ((*name).to_owned(), *start, *end))
            .collect();
        labels.sort();
        labels
    }

    #[test]
    fn what_one_side_changed_is_taken() {
        let mut made = Made(Names::default());
        let base = [("A", 0, 3), ("B", 5, 8), ("C", 10, 12), ("D", 20, 22)];
        let ours = [("A", 0, 4), ("B", 5, 8), ("C", 10, 12), ("E", 30, 33)];
        let theirs = [("A", 0, 3), ("X", 5, 8), ("D", 20, 22), ("E", 30, 33)];
        let (merged, conflicts) = made.merged(&base, &ours, &theirs, None);
        let want = [("A", 0, 4), ("X", 5, 8), ("E", 30, 33)];
        assert_eq!((merged, conflicts), (owned(&want), 0));
    }

    #[test]
    fn what_both_changed_differently_conflicts() {
        let mut made = Made(Names::default());
        let base = [("A", 0, 3)];
        for (ours, theirs) in [
            (vec![("B", 0, 3)], vec![("C", 0, 3)]),
            (vec![], vec![("A", 0, 4)]),
            (
                vec![("A", 0, 3), ("N", 9, 11)],
                vec![("A", 0, 3), ("M", 9, 11)],
            ),
        ] {
            for (prefer, want) in [
                (None, &ours),
                (Some(Prefer::Project), &ours),
                (Some(Prefer::Export), &theirs),
            ] {
                let (merged, conflicts) = made.merged(&base, &ours, &theirs, prefer);
                assert_eq!((merged, conflicts), (owned(want), 1), "{ours:?} {theirs:?}");
            }
        }
    }

    #[test]
    fn classes_merge_one_by_one() {
        let mut names = Names::default();
        let [a, b, c] = ["A", "B", "C"].map(|name| names.id(name));
        let many = |base: &[NameId], ours: &[NameId], theirs: &[NameId]| {
            merge_classes(base, ours, theirs, false, None).0
        };
        assert_eq!(many(&[a, b], &[a], &[a, b, c]), [a, c]);
        assert_eq!(many(&[a], &[a, b], &[]), [b]);
        let one = |base, ours, theirs| merge_classes(&[base], &[ours], &[theirs], true, None);
        assert_eq!(one(a, a, b), (vec![b], None));
        assert_eq!(one(a, b, a), (vec![b], None));
        assert!(one(a, b, c).1.is_some());
    }
}
