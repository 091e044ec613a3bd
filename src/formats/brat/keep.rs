//! What other formats cannot hold of an annotation file, and how it is put back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

use super::wire::{Entry, entry, is_id, lines};
use crate::alignment::AlignedDocument;
use crate::formats::ledger::{LabelKey, LedgerEntry, LedgerHead, Sort, keys, matches};
use crate::json::Pointer;

/// The name of the one fact about a file: its lines.
const LINES: &str = "lines";

/// Notes the lines of a file, unless it has labels alone, with the IDs that new ones would get.
pub(super) fn entries(aligned: &AlignedDocument<'_>, name: &str, out: &mut Vec<LedgerEntry>) {
    let document = aligned.document;
    let labels = document.spans().iter().zip(&aligned.spans);
    let left_out: BTreeSet<usize> = labels
        .filter(|(_, span)| span.target.is_none())
        .map(|(label, _)| label.index)
        .collect();
    let kept = lines(document.source).filter(|line| {
        let is_known = !matches!(entry(line.text), Entry::Blank | Entry::Other);
        let is_comment = line.text.starts_with('#');
        (is_known || is_comment) && !left_out.contains(&line.start)
    });
    let kept: Vec<&str> = kept.map(|line| line.text).collect();
    let is_new = |(number, line): (usize, &&str)| match entry(line) {
        Entry::Text(read) => read.id == format!("T{}", number + 1),
        _ => false,
    };
    if kept.iter().enumerate().all(is_new) {
        return;
    }
    let value = serde_json::to_string(&kept).ok();
    out.push(LedgerEntry {
        value: value.and_then(|value| RawValue::from_string(value).ok()),
        labels: Some(keys(aligned)),
        ..LedgerEntry::new(name, Sort::Labels, Pointer::root().key(LINES))
    });
}

/// Whether this can be an entry that [`entries`] has noted.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    match entry.fact {
        Sort::Labels => {
            let is_ours = entry.pointer.last() == LINES && entry.labels.is_some();
            is_ours && strings(entry).is_some_and(|all| all.iter().all(|line| is_line(line)))
        }
        Sort::LeftOut => true,
        _ => false,
    }
}

/// Whether this can be a head that a folder has filled: the text of its configuration, or none.
pub(super) fn may_head(head: &LedgerHead) -> bool {
    head.project.is_none() || config(head).is_some()
}

/// The text of `annotation.conf`, as a ledger has it.
pub(super) fn config(head: &LedgerHead) -> Option<String> {
    serde_json::from_str(head.project.as_deref()?.get()).ok()
}

fn strings(entry: &LedgerEntry) -> Option<Vec<String>> {
    serde_json::from_str(entry.value.as_deref()?.get()).ok()
}

/// Whether it is one line.
fn is_line(line: &str) -> bool {
    !line.contains(['\n', '\r'])
}

/// A line of a file that is put back.
pub(super) enum Kept {
    /// A label of the document, by its number among those that are written, with its ID.
    Label(usize, String),
    /// Another line, as it was.
    Line(String),
}

/// The lines of a file, with the labels `now`: those that it had in their places and with their IDs,
/// new ones at its end. A line about a label that is gone goes too.
pub(super) fn put_back(entries: &[LedgerEntry], now: &[LabelKey]) -> Option<Vec<Kept>> {
    let found = entries.iter().find(|entry| entry.fact == Sort::Labels)?;
    let kept = strings(found)?;
    let then = found.labels.as_deref()?;
    let mut place = BTreeMap::new();
    let mut new = Vec::new();
    for (number, was) in matches(now, then).into_iter().enumerate() {
        match was {
            Some(was) => {
                place.insert(was, number);
            }
            None => new.push(number),
        }
    }
    let read: Vec<Entry<'_>> = kept.iter().map(|line| entry(line)).collect();
    let triggers = read.iter().filter_map(|read| match read {
        Entry::Relation { trigger, .. } => *trigger,
        _ => None,
    });
    let triggers: BTreeSet<&str> = triggers.collect();
    // The labels of the file come in the order of its lines.
    let (mut label, mut gone) = (0, BTreeSet::new());
    let mut back: Vec<Option<Kept>> = Vec::new();
    for (read, line) in read.iter().zip(&kept) {
        back.push(match read {
            Entry::Text(read) if !triggers.contains(read.id) => {
                let number = place.get(&label);
                label += 1;
                if number.is_none() {
                    gone.insert(read.id);
                }
                number.map(|number| Kept::Label(*number, read.id.to_owned()))
            }
            _ => Some(Kept::Line(line.clone())),
        });
    }
    // What is about something that is gone may be what another line is about.
    let mut known = usize::MAX;
    while known != gone.len() {
        known = gone.len();
        for (line, one) in kept.iter().zip(&mut back) {
            if matches!(one, Some(Kept::Line(_))) && is_about(line, &gone) {
                gone.insert(line.split('\t').next().unwrap_or_default());
                *one = None;
            }
        }
    }
    let ids = kept.iter().filter_map(|line| line.split('\t').next());
    let ids = ids.filter(|id| is_id(id, 'T'));
    let last = ids.filter_map(|id| id.get(1..)?.parse::<u64>().ok()).max();
    let mut next = last.unwrap_or(0);
    for number in new {
        next = next.saturating_add(1);
        back.push(Some(Kept::Label(number, format!("T{next}"))));
    }
    Some(back.into_iter().flatten().collect())
}

/// Whether a line names one of these IDs: `Negated T1`, `Knows Arg1:T1 Arg2:T2`.
fn is_about(line: &str, ids: &BTreeSet<&str>) -> bool {
    let middle = line.split('\t').nth(1).unwrap_or_default();
    let mut named = middle.split(' ').skip(usize::from(!middle.contains(':')));
    named.any(|name| {
        let id = name.rsplit(':').next().unwrap_or_default();
        ids.contains(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, start: i64, end: i64) -> LabelKey {
        LabelKey::Span(name.to_owned(), start, end)
    }

    /// The lines that come back, with the numbers of labels.
    fn back(kept: &[&str], then: &[LabelKey], now: &[LabelKey]) -> Vec<String> {
        let value = serde_json::to_string(kept).unwrap();
        let entry = LedgerEntry {
            value: RawValue::from_string(value).ok(),
            labels: Some(then.to_vec()),
            ..LedgerEntry::new("a.txt", Sort::Labels, Pointer::root().key(LINES))
        };
        assert!(may_note(&entry));
        let lines = put_back(&[entry], now).unwrap().into_iter();
        let shown = lines.map(|line| match line {
            Kept::Label(number, id) => format!("{id}={number}"),
            Kept::Line(line) => line,
        });
        shown.collect()
    }

    #[test]
    fn lines_come_back_in_their_places() {
        let kept = [
            "T7\tCity 0 4\tRome",
            "R1\tIn Arg1:T2 Arg2:T7",
            "T2\tPerson 5 8\tAda",
        ];
        let then = [key("City", 0, 4), key("Person", 5, 8)];
        let now = [key("Person", 5, 8), key("City", 0, 4)];
        assert_eq!(
            back(&kept, &then, &now),
            ["T7=1", "R1\tIn Arg1:T2 Arg2:T7", "T2=0"]
        );
    }

    #[test]
    fn what_is_about_a_label_that_is_gone_goes() {
        let kept = [
            "T1\tPerson 0 3\tAda",
            "T2\tPerson 4 7\tBob",
            "T3\tMeet 8 11\tmet",
            "E1\tMeet:T3 Who:T1",
            "A1\tSure E1",
            "A2\tNegated T2",
            "*\tEquiv T1 T2",
            "#1\tAnnotatorNotes T2\tand T1",
        ];
        let then = [key("Person", 0, 3), key("Person", 4, 7)];
        let now = [key("Person", 4, 7), key("City", 9, 12)];
        assert_eq!(
            back(&kept, &then, &now),
            [
                "T2=0",
                "T3\tMeet 8 11\tmet",
                "A2\tNegated T2",
                "#1\tAnnotatorNotes T2\tand T1",
                "T4=1",
            ]
        );
    }
}
