//! The documents with the most errors.

use std::ops::Range;

use super::errors::{ErrorClass, ErrorCounts};
use super::names::Names;
use super::pairing::{Mark, Pairing};
use super::windows::{Lane, Window, windows};
use crate::diagnostics::Excerpt;

/// A document with errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorstDocument {
    /// What gold calls it.
    pub name: String,
    /// How many labels are right, and how many wrong in each way.
    pub counts: ErrorCounts,
    /// What is wrong, in the order of the text: the first ones of many.
    pub errors: Vec<FoundError>,
    /// The words around it; empty for classes, and where no text was read.
    pub windows: Vec<Window>,
    /// Its classes, for classification: what gold says and what was predicted.
    pub classes: Option<(Vec<String>, Vec<String>)>,
}

/// Something that is wrong in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundError {
    /// What is wrong.
    pub class: ErrorClass,
    /// What gold has there.
    pub gold: Option<Side>,
    /// What was predicted there.
    pub predicted: Option<Side>,
}

/// A label of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its name.
    pub label: String,
    /// The first position: a code point, where the text was read, or as the files have it.
    pub start: u64,
    /// The position after the last one.
    pub end: u64,
    /// Its words, or the beginning of them, where the text was read and may be shown.
    pub words: Option<String>,
}

/// The labels of both sides of a document.
pub(super) struct Sides<'a> {
    pub(super) names: &'a Names,
    pub(super) text: Option<&'a str>,
    pub(super) gold: &'a [Mark],
    pub(super) predicted: &'a [Mark],
}

/// The most errors of a document that are listed.
const MOST_ERRORS: usize = 50;

/// The documents with the most errors so far. Of equals the first stays.
#[derive(Clone, Debug)]
pub(super) struct Worst {
    most: usize,
    words: bool,
    kept: Vec<WorstDocument>,
}

impl Worst {
    pub(super) const fn new(most: usize, words: bool) -> Self {
        Self {
            most,
            words,
            kept: Vec::new(),
        }
    }

    /// The worst first.
    pub(super) fn into_documents(self) -> Vec<WorstDocument> {
        self.kept
    }

    /// Whether a document with so many errors is kept.
    fn wants(&self, wrong: u64) -> bool {
        let least = self.kept.last().map_or(0, |it| it.counts.wrong());
        wrong > 0 && self.most > 0 && (self.kept.len() < self.most || wrong > least)
    }

    fn keep(&mut self, document: WorstDocument) {
        let wrong = document.counts.wrong();
        let place = self.kept.partition_point(|it| it.counts.wrong() >= wrong);
        self.kept.insert(place, document);
        self.kept.truncate(self.most);
    }

    /// Looks at a document with classes.
    pub(super) fn add_classes(
        &mut self,
        name: &str,
        counts: ErrorCounts,
        names: &Names,
        gold: &[u32],
        predicted: &[u32],
    ) {
        if self.wants(counts.wrong()) {
            let told = |all: &[u32]| all.iter().map(|it| names.name(*it).to_owned()).collect();
            self.keep(WorstDocument {
                name: name.to_owned(),
                counts,
                errors: Vec::new(),
                windows: Vec::new(),
                classes: Some((told(gold), told(predicted))),
            });
        }
    }

    /// Looks at a document with spans.
    pub(super) fn add_spans(
        &mut self,
        name: &str,
        counts: ErrorCounts,
        sides: &Sides<'_>,
        pairing: &Pairing,
    ) {
        if !self.wants(counts.wrong()) {
            return;
        }
        let mut errors = wrong(pairing, sides);
        errors.sort_by_key(|(_, gold, predicted)| {
            let start = |mark: Option<&Mark>| mark.map_or(usize::MAX, |mark| mark.start);
            start(*gold).min(start(*predicted))
        });
        let text = sides.text.filter(|_| self.words);
        let windows = text.map_or_else(Vec::new, |text| shown(text, sides, pairing, &errors));
        let side = |mark: &Mark| Side::of(mark, sides, self.words);
        let listed = errors.iter().take(MOST_ERRORS);
        let listed = listed.map(|(class, gold, predicted)| FoundError {
            class: *class,
            gold: gold.map(side),
            predicted: predicted.map(side),
        });
        self.keep(WorstDocument {
            name: name.to_owned(),
            counts,
            errors: listed.collect(),
            windows,
            classes: None,
        });
    }
}

type Wrong<'a> = (ErrorClass, Option<&'a Mark>, Option<&'a Mark>);

/// What is wrong in a document.
fn wrong<'a>(pairing: &Pairing, sides: &Sides<'a>) -> Vec<Wrong<'a>> {
    let pairs = pairing.pairs.iter().filter_map(|pair| {
        let (gold, predicted) = (&sides.gold[pair.gold], &sides.predicted[pair.predicted]);
        Some((pair.error?, Some(gold), Some(predicted)))
    });
    let missing = pairing.missing.iter();
    let missing = missing.map(|at| (ErrorClass::Missing, Some(&sides.gold[*at]), None));
    let spurious = pairing.spurious.iter();
    let spurious = spurious.map(|at| (ErrorClass::Spurious, None, Some(&sides.predicted[*at])));
    pairs.chain(missing).chain(spurious).collect()
}

/// The words around what is wrong.
fn shown(text: &str, sides: &Sides<'_>, pairing: &Pairing, errors: &[Wrong<'_>]) -> Vec<Window> {
    let mut gold = vec![true; sides.gold.len()];
    let mut predicted = vec![true; sides.predicted.len()];
    for pair in pairing.pairs.iter().filter(|pair| pair.error.is_none()) {
        (gold[pair.gold], predicted[pair.predicted]) = (false, false);
    }
    let place = |(_, gold, predicted): &Wrong<'_>| -> Option<Range<usize>> {
        let marks = || gold.iter().chain(predicted);
        let start = marks().map(|mark| mark.start).min()?;
        let end = marks().map(|mark| mark.end).max()?;
        Some(start..end)
    };
    let gold = Lane {
        marks: sides.gold,
        wrong: &gold,
    };
    let predicted = Lane {
        marks: sides.predicted,
        wrong: &predicted,
    };
    let places = errors.iter().filter_map(place).collect();
    windows(text, sides.names, &gold, &predicted, places)
}

impl Side {
    fn of(mark: &Mark, sides: &Sides<'_>, words: bool) -> Self {
        let place = |at: usize| {
            let before = sides.text.and_then(|text| text.get(..at));
            before.map_or(at, |before| before.chars().count()) as u64
        };
        let words = sides.text.filter(|_| words).map(|text| {
            let excerpt = Excerpt::around("", text, mark.start..mark.end);
            let words = excerpt.text.get(excerpt.span).unwrap_or_default();
            words.to_owned()
        });
        Self {
            label: sides.names.name(mark.label).to_owned(),
            start: place(mark.start),
            end: place(mark.end),
            words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_errors(worst: &mut Worst, name: &str, missing: u64) {
        let counts = ErrorCounts {
            missing,
            ..ErrorCounts::default()
        };
        worst.add_classes(name, counts, &Names::default(), &[], &[]);
    }

    #[test]
    fn the_worst_are_kept_and_of_equals_the_first() {
        let mut worst = Worst::new(3, true);
        for (name, wrong) in [("a", 1), ("b", 0), ("c", 2), ("d", 1), ("e", 1), ("f", 5)] {
            with_errors(&mut worst, name, wrong);
        }
        let names: Vec<String> = worst
            .into_documents()
            .into_iter()
            .map(|it| it.name)
            .collect();
        assert_eq!(names, ["f", "c", "a"]);
    }
}
