//! Labels that have another name in the second file: one line each, however many there are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::change::{ChangeKind, DocumentChange, LabelChange, LabelPlace};
use super::names::{NameId, Names};

/// A label with another name in the second file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The name in the first file.
    pub from: Arc<str>,
    /// The name in the second file.
    pub to: Arc<str>,
    /// How many labels have the new name where they had the old one.
    pub labels: u64,
    /// In how many documents.
    pub documents: u64,
}

/// How many changes before and after one are looked at for what overlaps it.
const NEAR: usize = 50;

/// How the names of labels are used.
#[derive(Debug, Default)]
pub struct Uses {
    /// By name: how many labels the files have, and how many of them in documents that were compared.
    all: BTreeMap<NameId, [u64; 2]>,
    compared: BTreeMap<NameId, [u64; 2]>,
    /// The names that each file declares.
    declared: [BTreeSet<NameId>; 2],
    /// By both names: labels that were relabeled.
    relabeled: BTreeMap<(NameId, NameId), u64>,
}

impl Uses {
    /// A name that a file (0 or 1) declares.
    pub fn declare(&mut self, side: usize, name: NameId) {
        self.declared[side].insert(name);
    }

    /// The names of labels of a file.
    pub fn add(&mut self, side: usize, names: impl Iterator<Item = NameId>) {
        names.for_each(|name| self.all.entry(name).or_default()[side] += 1);
    }

    /// Those of them that are labels of documents which both files have.
    pub fn add_compared(&mut self, side: usize, names: impl Iterator<Item = NameId>) {
        names.for_each(|name| self.compared.entry(name).or_default()[side] += 1);
    }

    /// A label that was relabeled.
    pub fn relabel(&mut self, from: NameId, to: NameId) {
        *self.relabeled.entry((from, to)).or_default() += 1;
    }

    /// The labels that were renamed: the old name is no longer used nor declared, the new one was not,
    /// and at least nine of ten labels of either name, in the documents that both files have, were
    /// relabeled from the one to the other.
    #[must_use]
    pub fn renames(&self) -> Vec<(NameId, NameId)> {
        let count = |map: &BTreeMap<NameId, [u64; 2]>, name: NameId, side: usize| {
            map.get(&name).map_or(0, |uses| uses[side])
        };
        let is_known = |name: NameId, side: usize| {
            count(&self.all, name, side) > 0 || self.declared[side].contains(&name)
        };
        let renamed = self.relabeled.iter().filter(|((from, to), labels)| {
            let most = |uses: u64| **labels * 10 >= uses * 9;
            !is_known(*from, 1)
                && !is_known(*to, 0)
                && most(count(&self.compared, *from, 0))
                && most(count(&self.compared, *to, 1))
        });
        renamed.map(|(names, _)| *names).collect()
    }
}

/// Takes the relabelings that are renames out of the documents, and counts them. A label that was
/// renamed may have got other edges or another place as well.
pub fn fold(
    renames: &[(NameId, NameId)],
    names: &Names,
    documents: &mut [DocumentChange],
) -> Vec<Rename> {
    let both: Vec<(Arc<str>, Arc<str>)> = renames
        .iter()
        .map(|(from, to)| (names.name(*from), names.name(*to)))
        .collect();
    let numbers: BTreeMap<(&str, &str), usize> = both
        .iter()
        .enumerate()
        .map(|(number, (from, to))| ((&**from, &**to), number))
        .collect();
    let mut counts = vec![(0, 0); both.len()];
    if both.is_empty() {
        return Vec::new();
    }
    for document in documents {
        let mut seen = BTreeSet::new();
        document.labels.retain(|change| {
            let (Some(before), Some(after)) = (&change.before, &change.after) else {
                return true;
            };
            let number = numbers.get(&(&*before.label, &*after.label));
            let number = number.filter(|_| change.kind == ChangeKind::Relabeled);
            if let Some(number) = number {
                counts[*number].0 += 1;
                seen.insert(*number);
            }
            number.is_none()
        });
        for number in seen {
            counts[number].1 += 1;
        }
        join(document, &numbers);
    }
    let renames = both.iter().zip(counts);
    let renames = renames.map(|((from, to), (labels, documents))| Rename {
        from: Arc::clone(from),
        to: Arc::clone(to),
        labels,
        documents,
    });
    renames.collect()
}

/// Makes one change of a label that was removed and one that was added, where the label was renamed and
/// the two overlap.
fn join(document: &mut DocumentChange, renamed: &BTreeMap<(&str, &str), usize>) {
    let mut at = 0;
    while at < document.labels.len() {
        let place = |change: &LabelChange, kind| (change.kind == kind).then(|| change.clone());
        let removed = place(&document.labels[at], ChangeKind::Removed);
        let Some(before) = removed.and_then(|it| it.before) else {
            at += 1;
            continue;
        };
        let fits = |change: &LabelChange| {
            let after = change
                .after
                .as_ref()
                .filter(|_| change.kind == ChangeKind::Added);
            after.is_some_and(|after| {
                renamed.contains_key(&(&*before.label, &*after.label)) && overlap(&before, after)
            })
        };
        // Changes are in the order of the text, so what overlaps is near.
        let near = at.saturating_sub(NEAR)..(at + NEAR).min(document.labels.len());
        if let Some(other) = near.into_iter().find(|near| fits(&document.labels[*near])) {
            let after = document.labels[other].after.take();
            document.labels[at] = LabelChange {
                kind: ChangeKind::Boundary,
                before: Some(before),
                after,
            };
            document.labels.remove(other);
            at -= usize::from(other < at);
        }
        at += 1;
    }
}

fn overlap(one: &LabelPlace, other: &LabelPlace) -> bool {
    match (&one.bytes, &other.bytes) {
        (Some(one), Some(other)) => one.start < other.end && other.start < one.end,
        _ => match (one.span, other.span) {
            (Some(one), Some(other)) => one.unit == other.unit && one.overlaps(other),
            _ => false,
        },
    }
}
