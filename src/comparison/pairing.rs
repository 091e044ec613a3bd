//! Which documents of two files are one: by their names.
//!
//! Names are the same where they are equal. A format that shortens addresses has more of a path than
//! others: `docs/a/1.txt` of such a format is `1.txt` or `a/1.txt` of another, as long as one document
//! only can be meant. Equal names go first, in all of both files: what has its equal is nobody else.

use super::entry::{Entry, last_segment};

/// A name of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The path that the label file has for its text.
    pub path: Box<str>,
    /// Whether other formats may have less of the path than this one.
    pub shortens: bool,
}

/// The documents of the first file, and which of them have found their other.
#[derive(Debug, Default)]
pub struct Roll {
    entries: Vec<Entry>,
    /// Whether each has found its other, or may be one of several.
    found: Vec<bool>,
}

/// What a document of the second file is in the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// The document of that index.
    One(usize),
    /// None.
    None,
    /// It may be several, or several may be what it is.
    Several,
}

impl Roll {
    /// Adds a document.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        self.found.push(false);
    }

    /// The document of that index.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Entry> {
        self.entries.get(at)
    }

    /// What each document of another file is in this one, among those that have found no other yet.
    pub fn pair(&mut self, others: &[Name]) -> Vec<Match> {
        let names: Vec<(&str, bool)> = self.entries.iter().map(Entry::named).collect();
        pair(&names, &mut self.found, others)
    }

    /// The documents that have found no other, in the order of the file.
    pub fn alone(&self) -> impl Iterator<Item = &Entry> {
        let found = self.entries.iter().zip(&self.found);
        let alone = found.filter(|(_, found)| !**found);
        alone.map(|(entry, _)| entry)
    }

    /// All documents, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// What each of the others is among names, of which some are `found` already; those that find their other
/// now are from now on.
pub fn pair(names: &[(&str, bool)], found: &mut [bool], others: &[Name]) -> Vec<Match> {
    let mut matches = vec![Match::None; others.len()];
    let by_name = order(names.len(), |at| names[at].0);
    for (other, is) in others.iter().zip(&mut matches) {
        let from = by_name.partition_point(|at| names[*at].0 < &*other.path);
        let same = by_name[from..].iter();
        let mut same = same.take_while(|at| names[**at].0 == &*other.path);
        if let Some(at) = same.find(|at| !found[**at]) {
            found[*at] = true;
            *is = Match::One(*at);
        }
    }
    let segment = |at: usize| last_segment(names[at].0);
    let by_segment = order(names.len(), segment);
    // By the ends of names: what may be what, while all equal names are out of the way.
    let mut claims: Vec<(usize, usize)> = Vec::new();
    for (number, other) in others.iter().enumerate() {
        if matches[number] != Match::None {
            continue;
        }
        let last = last_segment(&other.path);
        let from = by_segment.partition_point(|at| segment(*at) < last);
        let same = by_segment[from..].iter();
        let same = same.take_while(|at| segment(**at) == last);
        let fitting = same.filter(|at| !found[**at] && may_be(names[**at], other));
        let before = claims.len();
        claims.extend(fitting.map(|at| (*at, number)));
        match claims.len() - before {
            0 => {}
            1 => matches[number] = Match::One(claims[before].0),
            _ => matches[number] = Match::Several,
        }
    }
    claims.sort_unstable();
    for claim in claims.chunk_by(|one, other| one.0 == other.0) {
        for (at, number) in claim {
            found[*at] = true;
            if claim.len() > 1 {
                matches[*number] = Match::Several;
            }
        }
    }
    matches
}

/// Numbers up to a number in the order of their keys, then their own.
fn order<'n>(count: usize, key: impl Fn(usize) -> &'n str) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| (key(*one), one).cmp(&(key(*other), other)));
    order
}

/// Whether one of two names is the end of the other, and the format of the longer one is why.
fn may_be((name, shortens): (&str, bool), other: &Name) -> bool {
    let (long, short) = match (shortens, other.shortens) {
        (true, false) => (name, &*other.path),
        (false, true) => (&*other.path, name),
        _ => return false,
    };
    let rest = long.strip_suffix(short);
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
            is_settled: true,
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

    fn pairs(names: &[&str], others: &[&str], is_long: bool) -> (Vec<Match>, Vec<String>) {
        let mut roll = Roll::default();
        for name in names {
            roll.push(entry(name, is_long));
        }
        let others: Vec<Name> = others
            .iter()
            .map(|path| Name {
                path: (*path).into(),
                shortens: !is_long,
            })
            .collect();
        let matches = roll.pair(&others);
        let alone = roll.alone().map(|it| it.name.to_string()).collect();
        (matches, alone)
    }

    use Match::{None as Nobody, One, Several};

    #[test]
    fn equal_names_are_one_document_as_often_as_they_stand() {
        let (names, others) = (
            ["b.txt", "a.txt", "b.txt"],
            ["b.txt", "b.txt", "b.txt", "c.txt"],
        );
        let (matches, alone) = pairs(&names, &others, false);
        assert_eq!(matches, [One(0), One(2), Nobody, Nobody]);
        assert_eq!(alone, ["a.txt"]);
    }

    #[test]
    fn an_address_is_found_by_its_end_where_one_can_be_meant() {
        let long = ["x/1.txt", "x/a/2.txt", "y/3.txt", "z/3.txt"];
        let short = ["1.txt", "a/2.txt", "b/2.txt", "3.txt"];
        let (matches, alone) = pairs(&long, &short, true);
        assert_eq!(matches, [One(0), One(1), Nobody, Several]);
        assert!(alone.is_empty());
        let (matches, _) = pairs(&["1.txt"], &["x/1.txt"], false);
        assert_eq!(matches, [One(0)]);
        let (matches, alone) = pairs(&["1.txt"], &["x/1.txt", "y/1.txt"], false);
        assert_eq!(matches, [Several, Several]);
        assert!(alone.is_empty());
    }

    #[test]
    fn an_end_takes_nothing_that_has_its_equal_whatever_the_order() {
        for (short, want) in [
            (["1.txt", "x/1.txt"], [Nobody, One(0)]),
            (["x/1.txt", "1.txt"], [One(0), Nobody]),
        ] {
            assert_eq!(pairs(&["x/1.txt"], &short, true).0, want);
        }
        let long = ["y/3.txt", "z/3.txt"];
        assert_eq!(
            pairs(&long, &["3.txt", "z/3.txt"], true).0,
            [One(0), One(1)]
        );
        let short = ["1.txt", "x/1.txt"];
        assert_eq!(
            pairs(&short, &["x/1.txt", "y/1.txt"], false).0,
            [One(1), One(0)]
        );
    }
}
