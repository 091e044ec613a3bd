//! Looks for words that stand without a label and have one elsewhere.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::surfaces::{Surfaces, surfaces, trusted};
use crate::examined::Examined;
use crate::model::{Document, Labels};
use crate::text::Text;
use crate::words::{WordEdge, word_edge};

/// The surfaces that are looked for.
pub struct Search {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
    least: u64,
}

struct Pattern {
    words: String,
    places: u64,
    label: String,
}

/// A surface that stands in a document without a label.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<'s> {
    /// The words.
    pub words: &'s str,
    /// How often they stand there without a label.
    pub count: u64,
    /// How many places of other documents are labeled.
    pub elsewhere: u64,
    /// The label that most of those places have.
    pub label: &'s str,
    /// The first of the places, in bytes of the text.
    pub first: Range<usize>,
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
        let patterns: Vec<Pattern> = labeled
            .filter(|surface| told(&surface.words))
            .filter_map(|surface| {
                Some(Pattern {
                    words: surface.words.clone(),
                    places: surface.places(),
                    label: surface.majority()?.0.to_owned(),
                })
            })
            .collect();
        if patterns.is_empty() {
            return None;
        }
        let words = patterns.iter().map(|pattern| &pattern.words);
        let automaton = AhoCorasick::new(words).ok()?;
        Some(Self {
            automaton,
            patterns,
            least,
        })
    }

    /// Whether a document is looked at: where it has no label at all, or some that could not be
    /// read, words without one mean nothing.
    #[must_use]
    pub fn concerns(document: &Document<'_>) -> bool {
        let entities = matches!(document.labels, Labels::Spans { .. });
        let touched = !document.spans().is_empty() || !document.regions().is_empty();
        entities && touched && document.unreadable == 0
    }

    /// The surfaces that stand in a document without a label, in the order of their first
    /// places.
    #[must_use]
    pub fn unlabeled(&self, examined: &Examined<'_>) -> Vec<Found<'_>> {
        let Some(text) = examined.text() else {
            return Vec::new();
        };
        if !Self::concerns(examined.document) || !trusted(examined) {
            return Vec::new();
        }
        let labeled = Covered::new(examined.proved().map(|(_, range, _)| range.as_range()));
        let mut counts: BTreeMap<usize, (u64, Range<usize>)> = BTreeMap::new();
        for (pattern, place) in self.places(text) {
            if labeled.overlaps(&place) || !in_region(examined, &place) {
                continue;
            }
            counts.entry(pattern).or_insert((0, place)).0 += 1;
        }
        if counts.is_empty() {
            return Vec::new();
        }
        let own = surfaces(examined);
        let mut found = Vec::new();
        for (pattern, (count, first)) in counts {
            let pattern = &self.patterns[pattern];
            let here = own.iter().filter(|(words, _)| *words == pattern.words);
            let elsewhere = pattern.places.saturating_sub(here.count() as u64);
            if elsewhere >= self.least {
                found.push(Found {
                    words: &pattern.words,
                    count,
                    elsewhere,
                    label: &pattern.label,
                    first,
                });
            }
        }
        found.sort_by_key(|found| found.first.start);
        found
    }

    /// Where the patterns stand in a text, on word edges; of those that overlap the leftmost,
    /// and of those that begin together the longest.
    fn places(&self, text: &Text<'_>) -> Vec<(usize, Range<usize>)> {
        let words = text.as_str();
        let edge = |byte| text.is_grapheme_edge(byte) && word_edge(text, byte) != WordEdge::Cut;
        let mut places: Vec<(usize, Range<usize>)> = self
            .automaton
            .find_overlapping_iter(words)
            .filter(|place| edge(place.start()) && edge(place.end()))
            .map(|place| (place.pattern().as_usize(), place.range()))
            .collect();
        places.sort_by_key(|(_, place)| (place.start, Reverse(place.end)));
        let mut end = 0;
        places.retain(|(_, place)| {
            let free = place.start >= end;
            if free {
                end = place.end;
            }
            free
        });
        places
    }
}

/// Whether a place lies in a region, where the document has regions that are proved. Outside of
/// them nobody labels.
fn in_region(examined: &Examined<'_>, place: &Range<usize>) -> bool {
    let mut regions = examined.regions.iter().peekable();
    regions.peek().is_none()
        || regions.any(|region| match region {
            Some(Ok(region)) => region.start() <= place.start && place.end <= region.end(),
            _ => true,
        })
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
