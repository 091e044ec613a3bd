//! Adds up a comparison, a document at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::Tally;
use super::counts::Counts;
use super::errors::{ErrorClass, ErrorCounts};
use super::matrix::Sums;
use super::names::Names;
use super::pairing::{Mark, pair};
use super::scores::{Confusion, LabelScores, Scores};
use super::shares;
use super::task::Task;
use super::worst::{Sides, Worst};

/// A comparison that is being added up. Its size goes with the number of labels by name, not with that
/// of documents.
#[derive(Clone, Debug)]
pub struct Evaluation {
    task: Task,
    names: Names,
    labels: Vec<(Counts, ErrorCounts)>,
    errors: ErrorCounts,
    confusions: BTreeMap<(u32, u32), u64>,
    sums: Sums,
    documents: u64,
    perfect: u64,
    without_text: u64,
    agreement: Tally,
    worst: Worst,
}

impl Evaluation {
    /// One without documents, that is to remember so many of the worst. `names` has the labels that
    /// marks speak of. Without `words` nothing is kept of any text.
    #[must_use]
    pub fn new(task: Task, names: Names, worst: usize, words: bool) -> Self {
        Self {
            task,
            names,
            labels: Vec::new(),
            errors: ErrorCounts::default(),
            confusions: BTreeMap::new(),
            sums: Sums::default(),
            documents: 0,
            perfect: 0,
            without_text: 0,
            agreement: Tally::default(),
            worst: Worst::new(worst, words),
        }
    }

    /// What is compared.
    #[must_use]
    pub const fn task(&self) -> Task {
        self.task
    }

    /// The names of the labels; new ones get their number here.
    pub const fn names(&mut self) -> &mut Names {
        &mut self.names
    }

    /// The marks of both sides with labels numbered in the order of their names. Numbers are given as labels
    /// come, which is otherwise when the sides are swapped, and marks that fit alike are told apart by
    /// their labels.
    fn ranked(&self, gold: &[Mark], predicted: &[Mark]) -> (Vec<Mark>, Vec<Mark>) {
        let labels = gold.iter().chain(predicted).map(|mark| mark.label);
        let names = labels.map(|label| (self.names.name(label), label));
        let names: BTreeSet<(&str, u32)> = names.collect();
        let ranks: BTreeMap<u32, u32> = (0..)
            .zip(names)
            .map(|(rank, (_, label))| (label, rank))
            .collect();
        let ranked = |marks: &[Mark]| {
            let mark = |mark: &Mark| Mark {
                label: ranks.get(&mark.label).copied().unwrap_or(mark.label),
                ..*mark
            };
            marks.iter().map(mark).collect()
        };
        (ranked(gold), ranked(predicted))
    }

    fn label(&mut self, number: u32) -> &mut (Counts, ErrorCounts) {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        if self.labels.len() <= at {
            self.labels.resize(at + 1, Default::default());
        }
        &mut self.labels[at]
    }

    /// Adds a document with spans. With its `text` marks are in bytes on edges of characters; without,
    /// in any unit that both sides share.
    pub fn add_spans(&mut self, name: &str, text: Option<&str>, gold: &[Mark], predicted: &[Mark]) {
        let (by_name, others) = self.ranked(gold, predicted);
        let pairing = pair(&by_name, &others);
        let mut own = ErrorCounts::default();
        for found in &pairing.pairs {
            let (gold, predicted) = (gold[found.gold].label, predicted[found.predicted].label);
            own.add(found.error);
            self.label(gold).1.add(found.error);
            if found.error.is_none() {
                self.label(gold).0.true_positives += 1;
                continue;
            }
            self.label(gold).0.false_negatives += 1;
            self.label(predicted).0.false_positives += 1;
            if gold != predicted {
                *self.confusions.entry((gold, predicted)).or_default() += 1;
            }
        }
        for at in &pairing.missing {
            let (counts, errors) = self.label(gold[*at].label);
            counts.false_negatives += 1;
            errors.add(Some(ErrorClass::Missing));
            own.add(Some(ErrorClass::Missing));
        }
        for at in &pairing.spurious {
            let (counts, errors) = self.label(predicted[*at].label);
            counts.false_positives += 1;
            errors.add(Some(ErrorClass::Spurious));
            own.add(Some(ErrorClass::Spurious));
        }
        match text {
            Some(text) => shares::add(&mut self.sums, text, gold, predicted),
            None => self.without_text += 1,
        }
        self.close(own);
        let sides = Sides {
            names: &self.names,
            text,
            gold,
            predicted,
        };
        self.worst.add_spans(name, own, &sides, &pairing);
    }

    /// Adds a document with classes, by their numbers in rising order.
    pub fn add_classes(&mut self, name: &str, gold: &[u32], predicted: &[u32]) {
        let mut own = ErrorCounts::default();
        let wrong = |own: &mut ErrorCounts, class| own.add(Some(class));
        for class in gold {
            if predicted.binary_search(class).is_ok() {
                self.label(*class).0.true_positives += 1;
                own.add(None);
            } else {
                self.label(*class).0.false_negatives += 1;
                wrong(&mut own, ErrorClass::Missing);
            }
        }
        for class in predicted {
            if gold.binary_search(class).is_err() {
                self.label(*class).0.false_positives += 1;
                wrong(&mut own, ErrorClass::Spurious);
            }
        }
        if self.task == Task::OneClass {
            let (one, other) = (gold.first().copied(), predicted.first().copied());
            self.sums.add(one, &[(other, 1.0)]);
            if let (Some(one), Some(other)) = (one, other) {
                self.agreement.add_classes(one, other);
                if one != other {
                    *self.confusions.entry((one, other)).or_default() += 1;
                }
            }
        } else {
            self.agreement.add_sets(gold, predicted);
        }
        self.close(own);
        self.worst
            .add_classes(name, own, &self.names, gold, predicted);
    }

    fn close(&mut self, own: ErrorCounts) {
        self.documents += 1;
        self.perfect += u64::from(own.wrong() == 0);
        self.errors += own;
    }

    /// The figures. Labels that neither side has are left out: there is nothing to say of them.
    #[must_use]
    pub fn scores(self) -> Scores {
        let mut labels = BTreeMap::new();
        for (number, (counts, errors)) in (0..).zip(&self.labels) {
            let mut counts = *counts;
            if counts.gold() + counts.predicted() == 0 {
                continue;
            }
            if self.task != Task::Spans {
                let decided = counts.gold() + counts.false_positives;
                counts.true_negatives = self.documents.saturating_sub(decided);
            }
            let name = self.names.name(number).to_owned();
            labels.insert(
                name,
                LabelScores {
                    counts,
                    errors: *errors,
                },
            );
        }
        let confusion = |((gold, predicted), count): (&(u32, u32), &u64)| Confusion {
            gold: self.names.name(*gold).to_owned(),
            predicted: self.names.name(*predicted).to_owned(),
            count: *count,
        };
        let mut confusions: Vec<Confusion> = self.confusions.iter().map(confusion).collect();
        confusions.sort_by(|one, other| {
            let key = |it: &Confusion| (it.gold.clone(), it.predicted.clone());
            other
                .count
                .cmp(&one.count)
                .then_with(|| key(one).cmp(&key(other)))
        });
        let has_matrix = match self.task {
            Task::Spans => self.without_text == 0,
            Task::OneClass => true,
            // The service has none for sets of classes.
            Task::ClassSets => false,
        };
        Scores {
            task: self.task,
            documents: self.documents,
            perfect: self.perfect,
            without_text: self.without_text,
            matrix: has_matrix.then(|| self.sums.matrix(&self.names)),
            errors: (self.task == Task::Spans).then_some(self.errors),
            agreement: self.agreement.agreement(),
            worst: self.worst.into_documents(),
            labels,
            confusions,
        }
    }
}
