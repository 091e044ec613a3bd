//! The lines of an annotation file as they stand there.

use std::ops::Range;

use crate::formats::sets;
use crate::model::Split;
use crate::text::Unit;

/// How the name of a text ends.
pub(super) const TEXT: &str = ".txt";

/// How the name of an annotation file ends.
pub(super) const ANNOTATIONS: &str = ".ann";

/// The file with the labels of a folder.
pub(super) const CONFIG: &str = "annotation.conf";

/// What offsets may count.
pub(super) const UNITS: &[Unit] = &[Unit::CodePoint, Unit::Utf16];

/// The set that a file is in by the first folder of its path.
pub(super) fn set_of(stem: &str) -> Option<Split<'static>> {
    let (folder, _) = stem.split_once('/')?;
    sets::called(folder)
}

/// A line and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Its first byte in the file.
    pub(super) start: usize,
    /// Its text, without a line end.
    pub(super) text: &'a str,
}

impl Line<'_> {
    /// Its bytes in the file.
    pub(super) const fn bytes(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The lines of a file. They end with LF or CR LF, and with nothing else: what Python takes for a
/// line end beside these stands inside a line.
pub(super) fn lines(file: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    file.split_inclusive('\n').map(move |whole| {
        let text = whole.strip_suffix('\n').unwrap_or(whole);
        let line = Line {
            start,
            text: text.strip_suffix('\r').unwrap_or(text),
        };
        start += whole.len();
        line
    })
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry<'a> {
    /// A label on text: `T1⇥Person 0 9⇥Ada Byron`.
    Text(TextBound<'a>),
    /// Relations, equivalences and events.
    Relation {
        id: &'a str,
        /// The label that an event is told by.
        trigger: Option<&'a str>,
    },
    /// Attributes, normalizations and notes.
    Attribute(&'a str),
    /// None of these.
    Other,
    /// Nothing.
    Blank,
}

/// A label on text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextBound<'a> {
    pub(super) id: &'a str,
    pub(super) category: &'a str,
    /// Its stretches, in their order; none where they cannot be read.
    pub(super) fragments: Vec<Fragment>,
    /// The bytes of type and offsets in the line.
    pub(super) middle: Range<usize>,
    /// The text that it covers, where the line says it.
    pub(super) covered: Option<&'a str>,
}

/// A stretch: its numbers, and its bytes in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) bytes: Range<usize>,
}

/// Whether it is a letter with a number behind it.
pub(super) fn is_id(id: &str, letter: char) -> bool {
    let number = id.strip_prefix(letter);
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads a line. Tabs part the first two columns; one in the covered text belongs to it.
pub(super) fn entry(line: &str) -> Entry<'_> {
    if line.trim().is_empty() {
        return Entry::Blank;
    }
    let Some((id, rest)) = line.split_once('\t') else {
        return Entry::Other;
    };
    match id.chars().next() {
        Some('T') if is_id(id, 'T') => {
            let (middle, covered) = match rest.split_once('\t') {
                Some((middle, covered)) => (middle, Some(covered)),
                None => (rest, None),
            };
            Entry::Text(text_bound(id, middle, covered))
        }
        Some('E') if is_id(id, 'E') => {
            let trigger = rest.split(' ').next();
            let trigger = trigger.and_then(|first| Some(first.split_once(':')?.1));
            Entry::Relation { id, trigger }
        }
        Some('R') if is_id(id, 'R') => Entry::Relation { id, trigger: None },
        Some('*') if id == "*" => Entry::Relation { id, trigger: None },
        Some(letter @ ('A' | 'M' | 'N' | '#')) if is_id(id, letter) => Entry::Attribute(id),
        _ => Entry::Other,
    }
}

fn text_bound<'a>(id: &'a str, middle: &'a str, covered: Option<&'a str>) -> TextBound<'a> {
    let start = id.len() + 1;
    let (category, offsets) = middle.split_once(' ').unwrap_or((middle, ""));
    let mut fragments = Vec::new();
    let mut at = start + category.len() + 1;
    for fragment in offsets.split(';') {
        let numbers = fragment.split_once(' ');
        let numbers = numbers.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
        let Some((from, to)) = numbers else {
            fragments.clear();
            break;
        };
        fragments.push(Fragment {
            start: from,
            end: to,
            bytes: at..at + fragment.len(),
        });
        at += fragment.len() + 1;
    }
    TextBound {
        id,
        category,
        fragments,
        middle: start..start + middle.len(),
        covered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_stretches_and_the_text_that_it_covers() {
        let Entry::Text(read) = entry("T1\tPerson 0 3;10 15\tAda\tByron") else {
            panic!();
        };
        assert_eq!((read.id, read.category), ("T1", "Person"));
        assert_eq!(read.covered, Some("Ada\tByron"));
        assert_eq!(read.middle, 3..19);
        let numbers = read.fragments.iter();
        let numbers: Vec<_> = numbers
            .map(|it| (it.start, it.end, it.bytes.clone()))
            .collect();
        assert_eq!(numbers, [(0, 3, 10..13), (10, 15, 14..19)]);
        let of = |line: &'static str| match entry(line) {
            Entry::Text(read) => read.fragments.len(),
            _ => 99,
        };
        assert_eq!(of("T1\tPerson 0 3"), 1);
        assert_eq!(of("T1\tPerson -1 3\tx"), 1);
        for unread in [
            "T1\tFull Name 0 3\tAda",
            "T1\tPerson",
            "T1\tPerson 0  3\tx",
            "T1\t\t",
        ] {
            assert_eq!(of(unread), 0, "{unread}");
        }
    }

    #[test]
    fn lines_are_told_by_their_ids() {
        let trigger = Some("T9");
        assert_eq!(
            entry("E1\tBind:T9 Theme:T1"),
            Entry::Relation { id: "E1", trigger }
        );
        let relation = |id| Entry::Relation { id, trigger: None };
        assert_eq!(entry("R1\tKnows Arg1:T1 Arg2:T2\t"), relation("R1"));
        assert_eq!(entry("*\tEquiv T1 T2"), relation("*"));
        for id in ["A1", "M12", "N1", "#3"] {
            assert_eq!(entry(&format!("{id}\tx T1")), Entry::Attribute(id));
        }
        for other in [
            "Ta\tPerson 0 3\tAda",
            "T1 Person 0 3 Ada",
            "Z1\tfoo",
            "# hello",
            "She",
        ] {
            assert_eq!(entry(other), Entry::Other, "{other}");
        }
        assert_eq!(entry(" "), Entry::Blank);
    }

    #[test]
    fn only_line_feeds_end_lines() {
        let file = "a\r\nb\u{2028}c\u{b}d\n\ne";
        let found: Vec<_> = lines(file).map(|line| (line.start, line.text)).collect();
        let want = [(0, "a"), (3, "b\u{2028}c\u{b}d"), (11, ""), (12, "e")];
        assert_eq!(found, want);
        assert_eq!(lines("").count(), 0);
    }
}
