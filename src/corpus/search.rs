//! Looks for words that stand without a label and have one elsewhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::surfaces::{Surfaces, surface, trusted};
use crate::alignment::AlignedDocument;
use crate::model::Document;
use crate::text::classes::{BLOCK, Classes};
use crate::text::words::{WordEdge, word_edge};
use crate::text::{ByteRange, Text};

/// The surfaces that are looked for.
pub struct Search {
    /// In the order of their bytes.
    patterns: Vec<Pattern>,
    /// Which pairs of bytes a pattern begins with, a bit for each: small enough to stay near.
    begins: Vec<u64>,
    /// For each pair of bytes that a pattern may begin with, where those that do so begin among
    /// the patterns; and their end.
    starts: Vec<u32>,
    least: u64,
}

struct Pattern {
    words: String,
    places: u64,
    label: String,
}

/// A document as far as it is searched: its text and what is labeled there.
#[derive(Clone, Debug)]
pub struct Searchable<'a> {
    text: &'a str,
    labels: Cow<'a, [Labeled]>,
    /// The regions; none where the whole text is meant.
    regions: Cow<'a, [ByteRange]>,
}

/// A label's first byte and the byte after its last, and whether it counts as a place of its
/// surface. A text of over 4 GiB is not searched.
type Labeled = (u32, u32, bool);

/// Documents that are kept to be searched, with all their texts in one piece and all their labels
/// in another: so many small ones would cost more to allocate than to copy.
#[derive(Default)]
pub struct Shelf {
    texts: String,
    labels: Vec<Labeled>,
    regions: Vec<ByteRange>,
    documents: Vec<Shelved>,
}

/// Where a document lies on its shelf.
struct Shelved {
    index: u64,
    text: Range<usize>,
    labels: Range<usize>,
    regions: Range<usize>,
}

impl Shelf {
    /// Adds a document, whose index must be greater than those before.
    pub fn push(&mut self, index: u64, document: &Searchable<'_>) {
        let text = self.texts.len()..self.texts.len() + document.text.len();
        let labels = self.labels.len()..self.labels.len() + document.labels.len();
        let regions = self.regions.len()..self.regions.len() + document.regions.len();
        self.texts.push_str(document.text);
        self.labels.extend_from_slice(&document.labels);
        self.regions.extend_from_slice(&document.regions);
        self.documents.push(Shelved {
            index,
            text,
            labels,
            regions,
        });
    }

    /// Gives back the room that is not needed.
    pub fn shrink(&mut self) {
        self.texts.shrink_to_fit();
        self.labels.shrink_to_fit();
        self.regions.shrink_to_fit();
        self.documents.shrink_to_fit();
    }

    /// The index of the last document.
    #[must_use]
    pub fn last(&self) -> Option<u64> {
        self.documents.last().map(|shelved| shelved.index)
    }

    /// The document of that index.
    #[must_use]
    pub fn get(&self, index: u64) -> Option<Searchable<'_>> {
        let documents = &self.documents;
        let place = documents.binary_search_by_key(&index, |shelved| shelved.index);
        Some(self.document(&documents[place.ok()?]))
    }

    fn document(&self, shelved: &Shelved) -> Searchable<'_> {
        Searchable {
            text: &self.texts[shelved.text.clone()],
            labels: Cow::Borrowed(&self.labels[shelved.labels.clone()]),
            regions: Cow::Borrowed(&self.regions[shelved.regions.clone()]),
        }
    }
}

/// A surface that stands in a document without a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The words.
    pub words: String,
    /// How often they stand there without a label.
    pub count: u64,
    /// How many places of other documents are labeled.
    pub elsewhere: u64,
    /// The label that most places have.
    pub label: String,
    /// The first of the places, in bytes of the text.
    pub first: Range<usize>,
}

impl<'a> Searchable<'a> {
    /// What there is to search in a document; `places` are those of its labels. `None` where it
    /// has no label at all, or one that could not be read or has no sure place: there, words
    /// without a label mean nothing.
    #[must_use]
    pub fn new(aligned: &AlignedDocument<'a>, places: &[(ByteRange, usize)]) -> Option<Self> {
        let text = aligned.text()?;
        // A second byte-order mark would be taken off when the text is looked at again.
        let marked = text.as_str().starts_with('\u{feff}');
        if marked || !Self::is_one(aligned.document) || !trusted(aligned) {
            return None;
        }
        let mut labels = Vec::with_capacity(aligned.spans.len());
        for (label, range, _) in aligned.proved() {
            let counts = places.binary_search(&(range, label)).is_ok();
            let narrow = |byte: usize| u32::try_from(byte).ok();
            labels.push((narrow(range.start())?, narrow(range.end())?, counts));
        }
        let regions = aligned.regions.iter();
        // Where a region has no sure place, nothing is said of what lies outside.
        let regions: Option<Vec<ByteRange>> = regions.map(|region| (*region)?.ok()).collect();
        Some(Self {
            text: text.as_str(),
            labels: Cow::Owned(labels),
            regions: Cow::Owned(regions.unwrap_or_default()),
        })
    }

    /// Whether a document is searched, as far as that can be told without its text.
    #[must_use]
    pub fn is_one(document: &Document<'_>) -> bool {
        let entities = document.labels.has_entities();
        let touched = !document.spans().is_empty() || !document.regions().is_empty();
        entities && touched && document.unreadable == 0
    }

    /// How many bytes it takes on a [`Shelf`].
    #[must_use]
    pub fn size(&self) -> usize {
        let labels = size_of_val(&*self.labels) + size_of_val(&*self.regions);
        size_of::<Shelved>() + self.text.len() + labels
    }

    /// The text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// How many of its labeled places have which words.
    fn labeled(&self) -> BTreeMap<Cow<'_, str>, u64> {
        let mut places = BTreeMap::new();
        for (start, end, _) in self.labels.iter().filter(|(.., counts)| *counts) {
            let words = self.text.get(*start as usize..*end as usize);
            let words = words.and_then(surface);
            if let Some(words) = words {
                *places.entry(words).or_default() += 1;
            }
        }
        places
    }

    /// Whether a place lies in a region. Outside of them nobody labels.
    fn is_in_region(&self, place: &Range<usize>) -> bool {
        let mut regions = self.regions.iter();
        let holds = |region: &ByteRange| region.start() <= place.start && place.end <= region.end();
        self.regions.is_empty() || regions.any(holds)
    }
}

impl Search {
    /// A search for all surfaces that are labeled `least` times or more. `None` where there is
    /// nothing to look for.
    #[must_use]
    pub fn new(surfaces: &Surfaces, least: u64) -> Option<Self> {
        let told = |words: &str| {
            // One character, or signs alone, mean too many things.
            words.chars().nth(1).is_some() && words.chars().any(char::is_alphanumeric)
        };
        let labeled = surfaces.labeled(least);
        let patterns = labeled
            .filter(|surface| told(&surface.words))
            .filter_map(|surface| {
                Some(Pattern {
                    words: surface.words.clone(),
                    places: surface.places(),
                    label: surface.majority()?.0.to_owned(),
                })
            });
        let mut patterns: Vec<Pattern> = patterns.collect();
        patterns.sort_unstable_by(|a, b| a.words.cmp(&b.words));
        let mut begins = vec![0; PAIRS / 64];
        let mut starts = Vec::with_capacity(PAIRS + 1);
        let mut begun = 0;
        for pattern in &patterns {
            let pair = match pattern.words.as_bytes() {
                [first, second, ..] => pair(*first, *second),
                _ => continue,
            };
            begins[pair / 64] |= 1 << (pair % 64);
            starts.resize(pair + 1, begun);
            begun += 1;
        }
        starts.resize(PAIRS + 1, begun);
        (!patterns.is_empty()).then_some(Self {
            patterns,
            begins,
            starts,
            least,
        })
    }

    /// The surfaces that stand in a document without a label, in the order of their first
    /// places.
    #[must_use]
    pub fn unlabeled(&self, document: &Searchable<'_>) -> Vec<Found> {
        let labeled = Covered::new(
            document
                .labels
                .iter()
                .map(|(start, end, _)| *start as usize..*end as usize),
        );
        let mut counts: BTreeMap<usize, (u64, Range<usize>)> = BTreeMap::new();
        for (pattern, place) in self.places(document.text, &labeled) {
            if !labeled.overlaps(&place) && document.is_in_region(&place) {
                counts.entry(pattern).or_insert((0, place)).0 += 1;
            }
        }
        if counts.is_empty() {
            return Vec::new();
        }
        let own = document.labeled();
        let mut found = Vec::new();
        for (pattern, (count, first)) in counts {
            let pattern = &self.patterns[pattern];
            let here = own.get(&*pattern.words).copied().unwrap_or_default();
            let elsewhere = pattern.places.saturating_sub(here);
            if elsewhere >= self.least {
                found.push(Found {
                    words: pattern.words.clone(),
                    count,
                    elsewhere,
                    label: pattern.label.clone(),
                    first,
                });
            }
        }
        found.sort_by_key(|found| found.first.start);
        found
    }

    /// Where the patterns stand in a text, on word edges, and do not begin in what is labeled; of
    /// those that overlap the leftmost, and of those that begin together the longest.
    fn places(&self, words: &str, labeled: &Covered) -> Vec<(usize, Range<usize>)> {
        let text = Text::new(words);
        let bytes = words.as_bytes();
        let mut places = Vec::new();
        let begins = WordStarts::new(bytes);
        let mut start = 0;
        let last = bytes.len().saturating_sub(1);
        let mut gap = 0;
        for (begin, end) in labeled.stretches.iter().chain([&(last, last)]) {
            while let Some(at) = begins.next(start).filter(|at| at < begin.min(&last)) {
                // Most places are told at once not to begin a pattern.
                let (first, second) = (bytes[at], bytes[at + 1]);
                start = at + 1;
                if !self.begins(first, second) {
                    continue;
                }
                let patterns = self.beginning(first, second);
                if let Some((pattern, end)) = self.longest_at(&text, at, patterns) {
                    places.push((pattern, at..end));
                    start = end;
                }
            }
            gap = gap.max(*end);
            start = start.max(gap);
        }
        places
    }

    /// Whether a pattern begins with two bytes.
    fn begins(&self, first: u8, second: u8) -> bool {
        let pair = pair(first, second);
        self.begins[pair / 64] & 1 << (pair % 64) != 0
    }

    /// The patterns that begin with two bytes.
    fn beginning(&self, first: u8, second: u8) -> Range<usize> {
        let pair = pair(first, second);
        self.starts[pair] as usize..self.starts[pair + 1] as usize
    }

    /// The longest of some patterns that stands at a byte, on word edges, and where it ends.
    fn longest_at(
        &self,
        text: &Text<'_>,
        start: usize,
        patterns: Range<usize>,
    ) -> Option<(usize, usize)> {
        let edge = |byte| text.is_grapheme_edge(byte) && word_edge(text, byte) != WordEdge::Cut;
        let first = patterns.start;
        let patterns = &self.patterns[patterns];
        let mut rest = &text.as_str().as_bytes()[start..];
        loop {
            // Beginnings of the rest are not greater than it. Where the greatest such pattern is
            // none, a longer one than what the two have in common would be greater still.
            let after = patterns.partition_point(|pattern| pattern.words.as_bytes() <= rest);
            let place = after.checked_sub(1)?;
            let words = patterns[place].words.as_bytes();
            let same = words.iter().zip(rest).take_while(|(a, b)| a == b).count();
            if same == words.len() {
                if !edge(start) {
                    return None;
                }
                if edge(start + same) {
                    return Some((first + place, start + same));
                }
                rest = &rest[..same - 1];
            } else {
                rest = &rest[..same];
            }
        }
    }
}

/// How many pairs of bytes there are.
const PAIRS: usize = 1 << 16;

fn pair(first: u8, second: u8) -> usize {
    u16::from_be_bytes([first, second]).into()
}

/// The bytes of a text that do not lie inside a word of ASCII letters and digits, a bit each:
/// one that does begins no pattern, and that is what most do.
struct WordStarts(Vec<u64>);

impl WordStarts {
    fn new(text: &[u8]) -> Self {
        let mut before = 0;
        let starts = text.chunks(BLOCK).map(|block| {
            let words = Classes::of(block).words;
            let inside = words & (words << 1 | before);
            before = words >> (BLOCK - 1);
            !inside
        });
        Self(starts.collect())
    }

    /// The first at a byte or behind it. At the end of the text there may be some that it does
    /// not have.
    fn next(&self, from: usize) -> Option<usize> {
        let mut block = from / BLOCK;
        let mut starts = self.0.get(block)? & (u64::MAX << (from % BLOCK));
        while starts == 0 {
            block += 1;
            starts = *self.0.get(block)?;
        }
        Some(block * BLOCK + starts.trailing_zeros() as usize)
    }
}

/// Stretches of a text, which may overlap.
struct Covered {
    /// By start; each with the furthest end of the stretches up to it.
    stretches: Vec<(usize, usize)>,
}

impl Covered {
    fn new(ranges: impl Iterator<Item = Range<usize>>) -> Self {
        let mut stretches: Vec<_> = ranges.map(|range| (range.start, range.end)).collect();
        stretches.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut stretches {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { stretches }
    }

    fn overlaps(&self, place: &Range<usize>) -> bool {
        let before = self
            .stretches
            .partition_point(|(start, _)| *start < place.end);
        let furthest = before.checked_sub(1).map(|last| self.stretches[last].1);
        furthest.is_some_and(|end| end > place.start)
    }
}

#[cfg(test)]
mod tests {
    use super::super::surfaces::places;
    use super::*;
    use crate::alignment::TextState;
    use crate::model::{Address, Extras, Label, Notation};
    use crate::model::{Body, Labels};
    use crate::model::{Region, UnitChoice};
    use crate::text::{Span, Unit};
    use proptest::prelude::*;

    /// A document in which these stretches of its text are labeled.
    fn document(labeled: &[(usize, usize)], regions: &[(usize, usize)]) -> Document<'static> {
        let span = |(start, end): &(usize, usize)| {
            let at = |byte: usize| i64::try_from(byte).unwrap();
            Span {
                unit: Unit::Utf8,
                start: at(*start),
                end: at(*end),
            }
        };
        let labels = (0..).zip(labeled).map(|(index, range)| Label {
            category: "A".into(),
            span: span(range),
            region: 0,
            index,
        });
        let regions = (0..).zip(regions).map(|(index, range)| Region {
            span: span(range),
            index,
        });
        Document {
            index: 0,
            start: 0,
            source: "",
            address: Address {
                written: "a.txt".into(),
                path: 0..5,
                container: None,
                is_composed: false,
                shortens: false,
            },
            body: Body::Elsewhere,
            language: None,
            split: None,
            labels: Labels::entities(labels.collect(), Some(regions.collect())),
            notation: Notation::OffsetLength,
            extras: Extras::default(),
            unreadable: 0,
        }
    }

    /// What is found in a text where `surfaces` have three labels each elsewhere: the words, how
    /// often, and the first place.
    fn found(
        surfaces: &[&str],
        text: &str,
        labeled: &[(usize, usize)],
        regions: &[(usize, usize)],
    ) -> Vec<(String, u64, usize)> {
        let mut known = Surfaces::default();
        for surface in surfaces {
            for document in 1..4 {
                known.note(surface, "A", (document, 0));
            }
        }
        let document = document(labeled, regions);
        let state = TextState::Read(Text::new(text));
        let aligned = AlignedDocument::new(&document, state, UnitChoice::Given(Unit::Utf8), None);
        known.add(&aligned, &places(&aligned));
        let Some(search) = Search::new(&known, 3) else {
            return Vec::new();
        };
        let searchable = Searchable::new(&aligned, &places(&aligned)).unwrap();
        let found = search.unlabeled(&searchable).into_iter();
        found
            .map(|found| (found.words, found.count, found.first.start))
            .collect()
    }

    fn words(found: &[(String, u64, usize)]) -> Vec<(&str, u64)> {
        found
            .iter()
            .map(|(words, count, _)| (&**words, *count))
            .collect()
    }

    #[test]
    fn the_longest_words_on_word_edges() {
        let surfaces = ["New York", "New York City", "York", "Bo"];
        let text = "x New York City, New Yorker; Bob, Bo. New York";
        let said = found(&surfaces, text, &[(0, 1)], &[]);
        let expected = [("New York City", 1), ("Bo", 1), ("New York", 1)];
        assert_eq!(words(&said), expected);
        assert_eq!(found(&["e"], "x e e", &[(0, 1)], &[]), []);
        assert_eq!(found(&["--"], "x -- --", &[(0, 1)], &[]), []);
    }

    #[test]
    fn a_shorter_pattern_stands_where_the_longer_one_cuts_a_word() {
        let said = found(
            &["New York", "New York Ci"],
            "x New York City",
            &[(0, 1)],
            &[],
        );
        assert_eq!(words(&said), [("New York", 1)]);
    }

    #[test]
    fn characters_are_not_split() {
        let said = found(
            &["cafe", "東京"],
            "x cafe\u{301} cafe 東京都",
            &[(0, 1)],
            &[],
        );
        assert_eq!(words(&said), [("cafe", 1), ("東京", 1)]);
    }

    #[test]
    fn labeled_words_and_those_outside_of_regions_are_passed_over() {
        let text = "Oslo Oslo Oslo Oslo";
        let regions = [(0, 9)];
        assert_eq!(
            words(&found(&["Oslo"], text, &[(0, 4)], &[])),
            [("Oslo", 3)]
        );
        assert_eq!(
            words(&found(&["Oslo"], text, &[(0, 4)], &regions)),
            [("Oslo", 1)]
        );
        assert_eq!(found(&["Oslo"], text, &[(2, 7)], &[(0, 14)])[0].2, 10);
    }

    #[test]
    fn a_document_s_own_labels_are_not_elsewhere() {
        let text = "Rome Rome Rome Rome";
        let own = [(0, 4), (5, 9), (10, 14)];
        assert_eq!(found(&["Oslo"], text, &own, &[]), []);
        assert_eq!(words(&found(&["Rome"], text, &own, &[])), [("Rome", 1)]);
    }

    #[test]
    fn a_document_without_labels_is_searched_where_it_has_a_region() {
        let text = "Oslo";
        let bare = document(&[], &[]);
        let sample = document(&[], &[(0, 4)]);
        let searched = |document| {
            let state = TextState::Read(Text::new(text));
            let aligned =
                AlignedDocument::new(document, state, UnitChoice::Given(Unit::Utf8), None);
            Searchable::new(&aligned, &places(&aligned)).is_some()
        };
        assert!(!searched(&bare));
        assert!(searched(&sample));
        // A label without a sure place leaves all in doubt.
        let past = document(&[(0, 9)], &[(0, 4)]);
        assert!(!searched(&past));
        // So does one that has lost its words.
        let empty = document(&[(0, 0)], &[(0, 4)]);
        assert!(!searched(&empty));
    }

    proptest! {
        /// What is found is what a search for all patterns at every place finds.
        #[test]
        fn as_the_naive_search(
            surfaces in prop::collection::btree_set("[ab東 ]{1,4}", 1..6),
            text in "[ab東 ,]{1,40}",
            labeled in prop::collection::vec((0..60_usize, 1..6_usize), 0..4),
        ) {
            let ranges = || labeled.iter().map(|(start, size)| *start..start + size);
            let mut known = Surfaces::default();
            for surface in surfaces.iter().filter_map(|words| surface(words)) {
                known.note(&surface, "A", (0, 0));
            }
            let Some(search) = Search::new(&known, 1) else {
                return Ok(());
            };
            let all = Text::new(&text);
            let edge = |byte| all.is_grapheme_edge(byte) && word_edge(&all, byte) != WordEdge::Cut;
            let mut naive = Vec::new();
            let mut free = 0;
            for start in 0..text.len() {
                let Some(rest) = text.get(start..).filter(|_| start >= free && edge(start)) else {
                    continue;
                };
                if ranges().any(|range| range.contains(&start)) {
                    continue;
                }
                let patterns = (0..).zip(&search.patterns);
                let standing = patterns.filter(|(_, pattern)| {
                    rest.starts_with(&pattern.words) && edge(start + pattern.words.len())
                });
                let longest = standing.max_by_key(|(_, pattern)| pattern.words.len());
                if let Some((index, pattern)) = longest {
                    free = start + pattern.words.len();
                    naive.push((index, start..free));
                }
            }
            prop_assert_eq!(search.places(&text, &Covered::new(ranges())), naive);
        }
    }
}
