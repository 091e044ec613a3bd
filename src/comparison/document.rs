//! One document in two files.

use std::fmt;

use super::change::{ChangeKind, DocumentChange, LabelChange, LabelPlace};
use super::classes;
use super::entry::{Entry, Mark};
use super::names::{NameId, Names};
use super::spans::{self, Basis, Pair};
use crate::text::Unit;

/// Why the labels of a document cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// The offsets count different things, and the text is not there to tell.
    TextMissing([Unit; 2]),
    /// The offsets count different things, and so many labels have no proved place in the text.
    Unproved(u64),
    /// The texts differ, and so many labels have no proved place in them.
    UnprovedInTexts(u64),
    /// So many of its labels cannot be read.
    Unreadable(u64),
    /// It may be one of several documents of the other file.
    Several,
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels = |count: &u64| crate::diagnostics::count(*count, "label");
        let have = |count: &u64| if *count == 1 { "has" } else { "have" };
        match self {
            Self::TextMissing([one, other]) => write!(
                f,
                "cannot be compared without the text, since offsets count {} in one file and {} in the \
                 other; name the folder of the texts with `--texts`",
                one.plural(),
                other.plural()
            ),
            Self::Unproved(count) => write!(
                f,
                "{} {} no proved place in the text; `labelwright check` says why",
                labels(count),
                have(count)
            ),
            Self::UnprovedInTexts(count) => write!(
                f,
                "the text differs, and {} {} no proved place in it; `labelwright check` says why",
                labels(count),
                have(count)
            ),
            Self::Unreadable(count) => write!(
                f,
                "{} cannot be read; `labelwright check` says why",
                labels(count)
            ),
            Self::Several => {
                f.write_str("it ends like several names, so it cannot be told which document it is")
            }
        }
    }
}

/// By what the labels of a document can be compared.
fn basis(before: &Entry, after: &Entry) -> Result<Basis, Incomparable> {
    let unreadable = before.unreadable + after.unreadable;
    if unreadable > 0 {
        return Err(Incomparable::Unreadable(unreadable));
    }
    if before.marks.is_empty() && after.marks.is_empty() {
        return Ok(Basis::Numbers);
    }
    let marks = || before.marks.iter().chain(&after.marks);
    let unproved = marks().filter(|mark| mark.bytes.is_none()).count() as u64;
    match (before.text, after.text) {
        (Some(one), Some(other)) if one != other => match unproved {
            0 => Ok(Basis::Words),
            _ => Err(Incomparable::UnprovedInTexts(unproved)),
        },
        // What is proved comes first: one number may stand for other words in each file.
        (Some(_), Some(_)) if unproved == 0 => Ok(Basis::Bytes),
        (Some(_), Some(_)) if before.counts_like(after) && count_alike(marks()) => {
            Ok(Basis::Numbers)
        }
        (Some(_), Some(_)) => Err(Incomparable::Unproved(unproved)),
        _ if before.unit == after.unit => Ok(Basis::Numbers),
        _ => Err(Incomparable::TextMissing([before.unit, after.unit])),
    }
}

/// Whether one number is one place, as far as places are proved.
fn count_alike<'a>(marks: impl Iterator<Item = &'a Mark>) -> bool {
    let mut edges: Vec<(i64, u32)> = marks
        .filter_map(|mark| Some((mark, mark.bytes?)))
        .flat_map(|(mark, (start, end))| [(mark.start, start), (mark.end, end)])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let one_byte = edges.windows(2).all(|pair| pair[0].0 != pair[1].0);
    one_byte && edges.windows(2).all(|pair| pair[0].1 < pair[1].1)
}

/// What differs between two documents that are one.
#[derive(Clone, Debug)]
pub struct Changes {
    /// For reports, without the words.
    pub change: DocumentChange,
    /// The labels on spans that differ.
    pub spans: Vec<Pair>,
    /// The classes that differ.
    pub classes: Vec<Pair>,
}

/// What differs between two documents that are one.
///
/// Fails where their labels cannot be compared.
pub fn compare(before: &Entry, after: &Entry, names: &Names) -> Result<Changes, Incomparable> {
    let basis = basis(before, after)?;
    let spans = spans::compare(&before.marks, &after.marks, basis);
    let classes = classes::compare(&before.classes, &after.classes);
    let mark = |entry: &Entry, at: Option<usize>| {
        let mark = at.and_then(|at| entry.marks.get(at));
        mark.map(|mark| entry.place(mark, names))
    };
    let class = |entry: &Entry, at: Option<usize>| {
        let class = at.and_then(|at| entry.classes.get(at));
        class.map(|class| LabelPlace::class(names.name(*class)))
    };
    let mut labels: Vec<LabelChange> = Vec::with_capacity(spans.len() + classes.len());
    labels.extend(spans.iter().map(|pair| LabelChange {
        kind: pair.kind,
        before: mark(before, pair.before),
        after: mark(after, pair.after),
    }));
    labels.extend(classes.iter().map(|pair| LabelChange {
        kind: pair.kind,
        before: class(before, pair.before),
        after: class(after, pair.after),
    }));
    let change = DocumentChange {
        names: [before.name.clone(), after.name.clone()],
        starts: [before.start, after.start],
        positions: [None; 2],
        indices: [before.index, after.index],
        has_other_text: matches!((before.text, after.text), (Some(a), Some(b)) if a != b),
        labels,
        regions: regions(before, after),
    };
    Ok(Changes {
        change,
        spans,
        classes,
    })
}

impl Changes {
    /// The names of the labels that were relabeled, before and after.
    pub fn relabeled<'a>(
        &'a self,
        before: &'a Entry,
        after: &'a Entry,
    ) -> impl Iterator<Item = (NameId, NameId)> + 'a {
        let is_relabeled = |pair: &&Pair| pair.kind == ChangeKind::Relabeled;
        let mark = |entry: &Entry, at: usize| entry.marks.get(at).map(|mark| mark.category);
        let spans = self.spans.iter().filter(is_relabeled);
        let spans =
            spans.filter_map(move |it| Some((mark(before, it.before?)?, mark(after, it.after?)?)));
        let class = |entry: &Entry, at: usize| entry.classes.get(at).copied();
        let classes = self.classes.iter().filter(is_relabeled);
        let classes = classes
            .filter_map(move |it| Some((class(before, it.before?)?, class(after, it.after?)?)));
        spans.chain(classes)
    }
}

/// The regions of both, where they differ. In another text they are not comparable.
fn regions(before: &Entry, after: &Entry) -> Option<[Vec<(i64, i64)>; 2]> {
    let (one, other) = (before.regions.as_ref()?, after.regions.as_ref()?);
    if before.text.is_some() && after.text.is_some() && before.text != after.text {
        return None;
    }
    let same = match (&before.region_bytes, &after.region_bytes) {
        (Some(one), Some(other)) => one == other,
        _ if before.unit == after.unit => one == other,
        _ => return None,
    };
    (!same).then(|| [one.to_vec(), other.to_vec()])
}
