//! White space at the edges of many spans of one text.

use std::collections::BTreeMap;
use std::ops::Range;

/// How many characters are looked at before a run of white space is measured and kept.
const FEW: usize = 16;

/// Takes white space off the edges of spans. A long run of it is measured once, however many spans
/// begin or end in it.
#[derive(Debug)]
pub struct Blanks<'a> {
    text: &'a str,
    /// The long runs that were met: the start of each, and its end.
    runs: BTreeMap<usize, usize>,
}

impl<'a> Blanks<'a> {
    /// Those of a text.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            runs: BTreeMap::new(),
        }
    }

    /// What is left of a range of bytes, on character edges, without the white space at its ends;
    /// empty where it holds nothing else.
    pub fn trim(&mut self, bytes: Range<usize>) -> Range<usize> {
        let start = self.after(bytes.start).min(bytes.end);
        let end = self.before(bytes.end).max(start);
        start..end
    }

    /// Whether a range of bytes, on character edges, holds nothing but white space.
    pub fn covers(&mut self, bytes: Range<usize>) -> bool {
        // Nearly every span begins with a letter.
        let first = self.text.as_bytes().get(bytes.start);
        let is_seen = first.is_some_and(u8::is_ascii_graphic) && !bytes.is_empty();
        !is_seen && self.after(bytes.start) >= bytes.end
    }

    /// The end of the white space that begins at a byte.
    fn after(&mut self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or_default();
        let mut few = rest.char_indices().take(FEW);
        match few.find(|(_, char)| !char.is_whitespace()) {
            Some((length, _)) => byte + length,
            None => self.run(byte).end,
        }
    }

    /// The start of the white space that ends at a byte.
    fn before(&mut self, byte: usize) -> usize {
        let head = self.text.get(..byte).unwrap_or_default();
        let mut few = head.char_indices().rev().take(FEW);
        match few.find(|(_, char)| !char.is_whitespace()) {
            Some((start, char)) => start + char.len_utf8(),
            None => self.run(byte).start,
        }
    }

    /// The run of white space around a byte.
    fn run(&mut self, byte: usize) -> Range<usize> {
        if let Some((start, end)) = self.runs.range(..=byte).next_back()
            && *end >= byte
        {
            return *start..*end;
        }
        let (head, rest) = self.text.split_at(byte);
        let start = head.trim_end().len();
        let end = self.text.len() - rest.trim_start().len();
        self.runs.insert(start, end);
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_run_is_measured_once() {
        let text = format!("a{}b", " ".repeat(40_000));
        let mut blanks = Blanks::new(&text);
        for inner in 1..20_000 {
            assert!(blanks.covers(inner..text.len() - inner));
        }
        assert_eq!(blanks.runs.len(), 1);
        assert_eq!(blanks.trim(0..text.len()), 0..text.len());
        assert_eq!(blanks.trim(20..text.len()), text.len() - 1..text.len());
        assert_eq!(blanks.trim(0..9), 0..1);
    }

    #[test]
    fn an_empty_range_before_a_letter_holds_no_letter() {
        let mut blanks = Blanks::new("a b");
        assert!(blanks.covers(0..0) && blanks.covers(2..2) && blanks.covers(3..3));
        assert!(!blanks.covers(0..1));
    }

    proptest! {
        #[test]
        fn what_is_left_is_what_trim_leaves(
            parts in prop::collection::vec(
                (prop::sample::select(vec!["a", " ", "\u{3000}", "é", "\n"]), 1_usize..40),
                0..8,
            ),
            spans in prop::collection::vec((0_usize..400, 0_usize..400), 1..20),
        ) {
            let text: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
            let mut blanks = Blanks::new(&text);
            for (one, other) in spans {
                let edge = |byte: usize| crate::text::floor_char(&text, byte.min(text.len()));
                let bytes = edge(one.min(other))..edge(one.max(other));
                let slice = &text[bytes.clone()];
                prop_assert_eq!(blanks.covers(bytes.clone()), slice.trim().is_empty());
                let left = blanks.trim(bytes);
                prop_assert_eq!(&text[left], slice.trim());
            }
        }
    }
}
