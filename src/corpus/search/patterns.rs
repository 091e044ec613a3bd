//! The words that are looked for, and where they stand in a text.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};

use super::coverage::Coverage;
use super::covered::Covered;
use super::searchable::Searchable;
use super::word_starts::{WordStarts, below};
use crate::corpus::surfaces::Surfaces;
use crate::text::Text;
use crate::text::words::{WordEdge, splits_run, word_edge};

/// The surfaces that are looked for.
pub struct Search {
    /// In the order of their bytes.
    patterns: Vec<Pattern>,
    /// Which pairs of bytes a pattern begins with, a bit for each: small enough to stay near.
    begins: Box<[u64; PAIRS / 64]>,
    /// For each pair of bytes that a pattern may begin with, where those that do so begin among
    /// the patterns; and their end.
    starts: Vec<u32>,
    wanted: Wanted,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that have so many labels in other documents.
    pub elsewhere: Option<u64>,
    /// Words that have a label in the same document.
    pub here: bool,
    /// All words that are labeled, for the share of their places that are.
    pub shares: bool,
}

impl Wanted {
    /// How many labels a surface needs to be looked for; `None` where nothing is.
    const fn least(self) -> Option<u64> {
        if self.here || self.shares {
            return Some(1);
        }
        self.elsewhere
    }
}

struct Pattern {
    words: String,
    places: u64,
    label: String,
}

/// A surface that stands in a document without a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The words.
    pub words: String,
    /// The number of their pattern.
    pub pattern: usize,
    /// How often they stand there without a label.
    pub count: u64,
    /// How many places of other documents are labeled.
    pub elsewhere: u64,
    /// How many of this one are.
    pub here: u64,
    /// Why a label is missed here, if it is.
    pub missed: Option<Missed>,
    /// The label that most places have.
    pub label: String,
    /// The first of the places, in bytes of the text.
    pub first: Range<usize>,
}

/// Why a label is missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// The same words have one in the same document.
    Here,
    /// They have some in other documents.
    Elsewhere,
}

impl Search {
    /// A search for the surfaces of which something is wanted. `None` where there is nothing to look for.
    #[must_use]
    pub fn new(surfaces: &Surfaces, wanted: Wanted) -> Option<Self> {
        let labeled = surfaces.labeled(wanted.least()?);
        let patterns = labeled
            .filter(|surface| surface.is_telling())
            .filter_map(|surface| {
                Some(Pattern {
                    words: surface.words.clone(),
                    places: surface.places(),
                    label: surface.majority()?.0.to_owned(),
                })
            });
        let mut patterns: Vec<Pattern> = patterns.collect();
        if patterns.is_empty() {
            return None;
        }
        patterns.sort_unstable_by(|a, b| a.words.cmp(&b.words));
        let mut begins = Box::new([0; PAIRS / 64]);
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
        Some(Self {
            patterns,
            begins,
            starts,
            wanted,
        })
    }

    /// The words of a pattern, and how many of their places are labeled, where so many are not.
    #[must_use]
    pub fn coverage(&self, pattern: usize, unlabeled: u64) -> Option<(&str, Coverage)> {
        let pattern = self.patterns.get(pattern)?;
        let labeled = pattern.places;
        let total = labeled + unlabeled;
        Some((&pattern.words, Coverage { labeled, total }))
    }

    /// Whether a surface stands in a document without a label.
    #[must_use]
    pub fn finds_in(&self, document: &Searchable<'_>) -> bool {
        let mut finds = false;
        self.each_place(document, |_, _| {
            finds = true;
            ControlFlow::Break(())
        });
        finds
    }

    /// The surfaces that stand in a document without a label, in the order of their first
    /// places.
    #[must_use]
    pub fn unlabeled(&self, document: &Searchable<'_>) -> Vec<Found> {
        let mut counts: BTreeMap<usize, (u64, Range<usize>)> = BTreeMap::new();
        self.each_place(document, |pattern, place| {
            counts.entry(pattern).or_insert((0, place)).0 += 1;
            ControlFlow::Continue(())
        });
        if counts.is_empty() {
            return Vec::new();
        }
        let own = document.labeled();
        let mut found = Vec::new();
        for (number, (count, first)) in counts {
            let pattern = &self.patterns[number];
            let here = own.get(&*pattern.words).copied().unwrap_or_default();
            let elsewhere = pattern.places.saturating_sub(here);
            found.push(Found {
                words: pattern.words.clone(),
                pattern: number,
                count,
                elsewhere,
                here,
                missed: self.missed(here, elsewhere),
                label: pattern.label.clone(),
                first,
            });
        }
        found.sort_by_key(|found| found.first.start);
        found
    }

    /// Why a label is missed at words that have so many in the document and in others.
    fn missed(&self, here: u64, elsewhere: u64) -> Option<Missed> {
        if self.wanted.here && here > 0 {
            return Some(Missed::Here);
        }
        let is_enough = self
            .wanted
            .elsewhere
            .is_some_and(|least| elsewhere >= least);
        is_enough.then_some(Missed::Elsewhere)
    }

    /// Has one place after the other looked at where a pattern stands in a document, in its regions and without a
    /// label. None is kept: a long text may have millions.
    fn each_place(
        &self,
        document: &Searchable<'_>,
        mut look: impl FnMut(usize, Range<usize>) -> ControlFlow<()>,
    ) {
        let labels = document.labels.iter();
        let labels = labels.map(|(start, end, _)| *start as usize..*end as usize);
        let labeled = Covered::new(labels);
        let regions = LazyCell::new(|| document.in_regions());
        let _ = self.places(document.text, &labeled, |pattern, place| {
            let is_in_region = regions.as_ref().is_none_or(|regions| regions.holds(&place));
            if labeled.overlaps(&place) || !is_in_region {
                return ControlFlow::Continue(());
            }
            look(pattern, place)
        });
    }

    /// Has one place after the other looked at where a pattern stands in a text, on word edges, and does not begin in
    /// what is labeled; of those that overlap the leftmost, and of those that begin together the longest.
    fn places(
        &self,
        words: &str,
        labeled: &Covered,
        mut look: impl FnMut(usize, Range<usize>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let text = Text::new(words);
        let bytes = words.as_bytes();
        // The end of the last place.
        let mut behind = 0;
        for (start, mut begins) in WordStarts::new(bytes, labeled) {
            begins &= !below(behind, start);
            while begins != 0 {
                let at = start + begins.trailing_zeros() as usize;
                begins &= begins - 1;
                let Some([first, second]) = bytes.get(at..).and_then(<[u8]>::first_chunk) else {
                    break;
                };
                // Most places are told at once not to begin a pattern.
                if !self.begins(*first, *second) {
                    continue;
                }
                let patterns = self.beginning(*first, *second);
                if let Some((pattern, end)) = self.longest_at(&text, at, patterns) {
                    look(pattern, at..end)?;
                    behind = end;
                    begins &= !below(behind, start);
                }
            }
        }
        ControlFlow::Continue(())
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
        let edge = |byte| {
            text.is_grapheme_edge(byte)
                && word_edge(text, byte) != WordEdge::Cut
                && !splits_run(text, byte)
        };
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

#[cfg(test)]
mod tests;
