//! Which documents of two files are one: by their names.
//!
//! Names are the same where they are equal. A format that shortens addresses has more of a path than
//! others: `docs/a/1.txt` of such a format is `1.txt` or `a/1.txt` of another, as long as one document
//! only can be meant.

use super::entry::{Entry, last_segment};

/// The documents of the first file, and which of them have found their other.
#[derive(Debug, Default)]
pub struct Roll {
    entries: Vec<Entry>,
    /// All of them by name, and by the last segment of the name; in the order of the file where those
    /// are equal.
    by_name: Vec<usize>,
    by_segment: Vec<usize>,
    found: Vec<Found>,
}

/// Whether a document has found its other, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Found {
    #[default]
    Not,
    ByName,
    ByEnd,
    /// By the ends of several names, so none of them is believed.
    BySeveral,
}

/// What a document of the second file is in the first one.
#[derive(Debug, PartialEq, Eq)]
pub enum Match {
    /// The document of that index.
    One(usize),
    /// None.
    None,
    /// It may be several, or several may be the document of that index.
    Several(Option<usize>),
}

impl Roll {
    /// Adds a document.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Makes ready for [`Self::find`], once all are there.
    pub fn seal(&mut self) {
        self.found = vec![Found::Not; self.entries.len()];
        let order = |key: fn(&Entry) -> &str| {
            let mut order: Vec<usize> = (0..self.entries.len()).collect();
            order.sort_by_key(|at| (key(&self.entries[*at]), *at));
            order
        };
        self.by_name = order(|entry| &entry.name);
        self.by_segment = order(Entry::last_segment);
    }

    /// The document of that index.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Entry> {
        self.entries.get(at)
    }

    /// The document that another is in this file.
    pub fn find(&mut self, other: &Entry) -> Match {
        let name = |at: &usize| &*self.entries[*at].name;
        let from = self.by_name.partition_point(|at| name(at) < &*other.name);
        let same = self.by_name[from..].iter();
        let mut same = same.take_while(|at| *name(at) == *other.name);
        if let Some(at) = same.find(|at| self.found[**at] == Found::Not).copied() {
            self.found[at] = Found::ByName;
            return Match::One(at);
        }
        let segment = last_segment(&other.name);
        let of = |at: &usize| self.entries[*at].last_segment();
        let from = self.by_segment.partition_point(|at| of(at) < segment);
        let same = self.by_segment[from..].iter();
        let same = same.take_while(|at| of(at) == segment);
        let mut same = same.filter(|at| may_be(&self.entries[**at], other));
        match (same.next().copied(), same.next()) {
            (None, _) => Match::None,
            (Some(_), Some(_)) => Match::Several(None),
            (Some(at), None) => match self.found[at] {
                Found::Not => {
                    self.found[at] = Found::ByEnd;
                    Match::One(at)
                }
                Found::ByName => Match::None,
                Found::ByEnd | Found::BySeveral => {
                    self.found[at] = Found::BySeveral;
                    Match::Several(Some(at))
                }
            },
        }
    }

    /// The documents that have found no other, in the order of the file.
    pub fn alone(&self) -> impl Iterator<Item = &Entry> {
        let found = self.entries.iter().zip(&self.found);
        let alone = found.filter(|(_, found)| **found == Found::Not);
        alone.map(|(entry, _)| entry)
    }
}

/// Whether one of two names is the end of the other, and the format of the longer one is why.
fn may_be(one: &Entry, other: &Entry) -> bool {
    let (long, short) = match (one.shortens, other.shortens) {
        (true, false) => (&one.name, &other.name),
        (false, true) => (&other.name, &one.name),
        _ => return false,
    };
    let rest = long.strip_suffix(&**short);
    rest.is_some_and(|rest| rest.ends_with('/'))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::text::Unit;

    pub(in super::super) fn entry(name: &str, shortens: bool) -> Entry {
        Entry {
            name: name.into(),
            shortens,
            index: 0,
            start: 0,
            unit: Unit::Utf16,
            text: None,
            marks: Box::default(),
            classes: Box::default(),
            split: None,
            language: None,
            regions: None,
            region_bytes: None,
            unlabeled: false,
            unreadable: 0,
        }
    }

    fn roll(names: &[&str], shortens: bool) -> Roll {
        let mut roll = Roll::default();
        for name in names {
            roll.push(entry(name, shortens));
        }
        roll.seal();
        roll
    }

    #[test]
    fn equal_names_are_one_document_as_often_as_they_stand() {
        let mut roll = roll(&["b.txt", "a.txt", "b.txt"], false);
        let mut find = |name| roll.find(&entry(name, false));
        assert_eq!(find("b.txt"), Match::One(0));
        assert_eq!(find("b.txt"), Match::One(2));
        assert_eq!(find("b.txt"), Match::None);
        assert_eq!(find("c/a.txt"), Match::None);
        let alone: Vec<&str> = roll.alone().map(|it| &*it.name).collect();
        assert_eq!(alone, ["a.txt"]);
    }

    #[test]
    fn an_address_is_found_by_its_end_where_one_can_be_meant() {
        let mut long = roll(&["x/1.txt", "x/a/2.txt", "y/3.txt", "z/3.txt"], true);
        let mut find = |name| long.find(&entry(name, false));
        assert_eq!(find("1.txt"), Match::One(0));
        assert_eq!(find("a/2.txt"), Match::One(1));
        assert_eq!(find("b/2.txt"), Match::None);
        assert_eq!(find("3.txt"), Match::Several(None));
        assert_eq!(find("z/3.txt"), Match::One(3));
        let mut short = roll(&["1.txt"], false);
        assert_eq!(short.find(&entry("x/1.txt", true)), Match::One(0));
        assert_eq!(short.find(&entry("y/1.txt", true)), Match::Several(Some(0)));
    }
}
