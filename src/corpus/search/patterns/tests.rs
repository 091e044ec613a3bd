//! What is found in a text, and that a naive search finds the same.

use proptest::prelude::*;

use super::*;
use crate::alignment::{AlignedDocument, TextState};
use crate::corpus::surfaces::{NotedSurfaces, places, surface};
use crate::model::Body;
use crate::model::{Address, Document, Extras, Label, Labels, Notation, Region, UnitChoice};
use crate::text::{Span, Unit};

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
        covered: None,
    });
    let regions = (0..).zip(regions).map(|(index, range)| Region {
        span: span(range),
        index,
    });
    Document {
        index: 0,
        start: 0,
        source: "",
        address: Address::location("a.txt"),
        body: Body::Elsewhere,
        language: None,
        split: None,
        labels: Labels::entities(labels.collect(), Some(regions.collect())),
        notation: Notation::OffsetLength,
        extras: Extras::default(),
        unreadable: 0,
    }
}

/// A search for words that have so many labels in other documents.
fn elsewhere(least: u64) -> Wanted {
    Wanted {
        elsewhere: Some(least),
        ..Wanted::default()
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
    let aligned = AlignedDocument::new(&document, state, UnitChoice::Given(Unit::Utf8), false);
    let mut noted = NotedSurfaces::default();
    noted.add(&aligned, &places(&aligned));
    known.add_noted(noted);
    let Some(search) = Search::new(&known, elsewhere(3)) else {
        return Vec::new();
    };
    let searchable = Searchable::new(&aligned, &places(&aligned)).unwrap();
    let found = search.unlabeled(&searchable).into_iter();
    let found = found.filter(|found| found.missed.is_some());
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
        let aligned = AlignedDocument::new(document, state, UnitChoice::Given(Unit::Utf8), false);
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
        let Some(search) = Search::new(&known, elsewhere(1)) else {
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
        let mut found = Vec::new();
        let _ = search.places(&text, &Covered::new(ranges()), |pattern, place| {
            found.push((pattern, place));
            ControlFlow::Continue(())
        });
        prop_assert_eq!(found, naive);
    }
}
