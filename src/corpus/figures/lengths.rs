//! How long spans are, by one walk over their text.

use crate::text::ByteRange;

/// The lengths of spans in characters and words. All are told by one walk over the text: spans that lie in
/// one another would have it read again for each.
pub(super) struct Lengths {
    /// Where spans begin and end, in bytes: sorted, each once.
    edges: Vec<usize>,
    /// What is known of each edge.
    before: Vec<Before>,
}

/// What stands before an edge.
#[derive(Clone, Copy, Default)]
struct Before {
    /// Characters (Unicode scalar values) from the first edge.
    characters: u64,
    /// Words that begin from the first edge on.
    words: u64,
    /// Whether the edge lies inside a word.
    cuts_word: bool,
}

impl Lengths {
    /// Walks over the text of the spans.
    pub(super) fn new(text: &str, ranges: &[ByteRange]) -> Self {
        let edges = ranges.iter().flat_map(|range| [range.start(), range.end()]);
        let mut edges: Vec<usize> = edges.collect();
        edges.sort_unstable();
        edges.dedup();
        let first = edges.first().copied().unwrap_or_default();
        let is_space = |char: char| char.is_whitespace();
        let mut follows_word = text[..first]
            .chars()
            .next_back()
            .is_some_and(|it| !is_space(it));
        let mut known = Before::default();
        let mut before = Vec::with_capacity(edges.len());
        let mut at = first;
        for &edge in &edges {
            for char in text[at..edge].chars() {
                known.characters += 1;
                known.words += u64::from(!is_space(char) && !follows_word);
                follows_word = !is_space(char);
            }
            let goes_on = text[edge..].chars().next().is_some_and(|it| !is_space(it));
            known.cuts_word = follows_word && goes_on;
            before.push(known);
            at = edge;
        }
        Self { edges, before }
    }

    /// The characters of a span, and its words: stretches without white space.
    pub(super) fn of(&self, range: ByteRange) -> (u64, u64) {
        let (start, end) = (self.before(range.start()), self.before(range.end()));
        if range.is_empty() {
            return (0, 0);
        }
        (
            end.characters - start.characters,
            // The rest of a word that the span begins in counts as one.
            end.words - start.words + u64::from(start.cuts_word),
        )
    }

    fn before(&self, edge: usize) -> Before {
        let found = self.edges.binary_search(&edge).ok();
        found.map_or_else(Before::default, |at| self.before[at])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Lengths;
    use crate::text::Text;

    proptest! {
        #[test]
        fn lengths_are_those_of_the_words_that_are_cut_out(
            text in "[ab \u{a0}\u{3000}\n\u{e9}\u{1f600}]{0,40}",
            spans in proptest::collection::vec((0_usize..60, 0_usize..60), 0..12),
        ) {
            let text = Text::new(&text);
            let ranges: Vec<_> = spans.iter().filter_map(|&(start, end)| text.range(start..end)).collect();
            let lengths = Lengths::new(text.as_str(), &ranges);
            for range in ranges {
                let words = text.slice(range);
                let want = (words.chars().count() as u64, words.split_whitespace().count() as u64);
                prop_assert_eq!(lengths.of(range), want);
            }
        }
    }
}
