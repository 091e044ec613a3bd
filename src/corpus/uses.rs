//! Counts the labels that documents use, a batch at a time.

use std::borrow::Cow;
use std::collections::HashMap;

use super::by_split::BySplit;
use super::kept_name::kept_name;
use super::occurrences::Occurrences;
use super::statistics::Statistics;
use crate::diagnostics::Location;
use crate::model::{At, Document};

/// How many places for labels that were met of late there are: a power of two, and far more than
/// most corpora have labels.
const SLOTS: usize = 64;

/// The labels that the documents of a batch use, in the order of their first use: a list, since
/// that is quicker than [`Statistics`]'s maps for what happens some millions of times a second.
#[derive(Debug)]
pub struct Uses {
    labels: Vec<Use>,
    /// Where each stands in the list.
    places: HashMap<String, usize>,
    /// Where the last one stands that fell into each [`slot`]. Most are found there.
    recent: [usize; SLOTS],
}

/// What becomes known of a label.
#[derive(Debug)]
struct Use {
    label: String,
    is_declared: bool,
    counts: BySplit,
    /// The first use of all, where labels are not declared at all.
    first: Option<(u64, Location)>,
    /// Its uses, where it is not declared, and the last document with one.
    undeclared: Occurrences,
    last: Option<u64>,
}

impl Default for Uses {
    fn default() -> Self {
        Self {
            labels: Vec::new(),
            places: HashMap::new(),
            recent: [0; SLOTS],
        }
    }
}

impl Uses {
    /// Adds the labels of a document; documents come in their order.
    ///
    /// `declares` tells whether the project declares its labels at all, `is_declared` whether it
    /// declares a label, `location` where a place lies.
    pub fn add(
        &mut self,
        document: &Document<'_>,
        declares: bool,
        is_declared: impl Fn(&str) -> bool,
        location: impl Fn(&Document<'_>, At) -> Location,
    ) {
        let split = document.split.as_ref();
        for (category, at) in document.categories() {
            let place = match self.find(category) {
                Some(place) => place,
                None => self.meet(Use {
                    label: category.to_owned(),
                    is_declared: is_declared(category),
                    counts: BySplit::default(),
                    first: (!declares).then(|| (document.index, location(document, at))),
                    undeclared: Occurrences::default(),
                    last: None,
                }),
            };
            let Some(met) = self.labels.get_mut(place) else {
                continue;
            };
            *met.counts.of(split) += 1;
            if met.is_declared {
                continue;
            }
            if met.last.replace(document.index) == Some(document.index) {
                met.undeclared.count += 1;
            } else {
                let first = || location(document, at);
                met.undeclared.add(document.index, 1, first);
            }
        }
    }

    /// The place of a label in the list, if it was met before.
    fn find(&mut self, label: &str) -> Option<usize> {
        let recent = self.recent.get_mut(slot(label))?;
        let found = self.labels.get(*recent);
        if found.is_some_and(|one| one.label == label) {
            return Some(*recent);
        }
        let place = *self.places.get(label)?;
        *recent = place;
        Some(place)
    }

    /// Adds a label to the list, and answers its place there.
    fn meet(&mut self, label: Use) -> usize {
        let place = self.labels.len();
        self.places.insert(label.label.clone(), place);
        self.labels.push(label);
        place
    }
}

/// Where a label is looked for first: hangs on its length and on three of its bytes.
fn slot(label: &str) -> usize {
    let bytes = label.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
    let (first, last) = (byte(0), byte(bytes.len().wrapping_sub(1)));
    (bytes.len() * 31 + first * 7 + byte(bytes.len() / 2) * 3 + last) % SLOTS
}

impl Statistics {
    /// Adds the labels that documents use.
    pub fn add_uses(&mut self, uses: Uses) {
        for mut met in uses.labels {
            if let Cow::Owned(cut) = kept_name(&met.label) {
                met.label = cut;
            }
            if let Some((index, location)) = met.first {
                let first = self.first_uses.entry(met.label.clone());
                first
                    .and_modify(|first| {
                        if index < first.0 {
                            *first = (index, location.clone());
                        }
                    })
                    .or_insert((index, location));
            }
            if met.undeclared.documents > 0 {
                let seen = self.undeclared.entry(met.label.clone()).or_default();
                seen.merge(met.undeclared);
            }
            self.labels.entry(met.label).or_default().add(met.counts);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;
    use crate::json::Pointer;
    use crate::model::Body;
    use crate::model::{Address, Class, Extras, Labels, Notation, Split};

    fn document(index: u64, split: Option<Split<'static>>, labels: &[u8]) -> Document<'static> {
        let classes = labels.iter().enumerate().map(|(index, label)| Class {
            category: Cow::Owned(format!("L{label}")),
            index,
            spelled: None,
        });
        Document {
            index,
            start: 0,
            source: "",
            address: Address {
                written: Cow::Borrowed(""),
                path: 0..0,
                container: None,
                is_composed: false,
                shortens: false,
            },
            body: Body::Elsewhere,
            language: None,
            split,
            labels: Labels::classes(classes.collect()),
            notation: Notation::OffsetLength,
            extras: Extras::default(),
            unreadable: 0,
        }
    }

    fn location(document: &Document<'_>, at: At) -> Location {
        let At::Class(class) = at else {
            panic!("{at:?}");
        };
        let byte = document.index * 100 + class as u64;
        Location {
            bytes: byte..byte + 1,
            pointer: Some(Pointer::root()),
            document: None,
        }
    }

    proptest! {
        #[test]
        fn every_use_counts_once(
            documents in prop::collection::vec(
                (prop::collection::vec(0_u8..40, 0..8), 0_u8..3),
                0..20,
            ),
            declares in any::<bool>(),
            size in 1_usize..20,
        ) {
            let declared = |label: &str| !declares || label.len() > 2;
            let documents: Vec<_> = (0..).zip(&documents).map(|(index, (labels, split))| {
                let split = [None, Some(Split::Train), Some(Split::Test)][usize::from(*split)].clone();
                document(index, split, labels)
            }).collect();
            let mut statistics = Statistics::default();
            for part in documents.chunks(size) {
                let (mut uses, mut sum) = (Uses::default(), Statistics::default());
                for document in part {
                    uses.add(document, declares, declared, location);
                }
                sum.add_uses(uses);
                statistics.merge(sum);
            }
            // The same, one look at everything for each number.
            let uses = || documents.iter().flat_map(|document| {
                document.categories().map(move |(label, at)| (document, label, at))
            });
            let labels: BTreeSet<&str> = uses().map(|(_, label, _)| label).collect();
            let mut expected = Statistics::default();
            for label in labels {
                let uses: Vec<_> = uses().filter(|(_, other, _)| *other == label).collect();
                let mut counts = BySplit::default();
                for (document, _, _) in &uses {
                    *counts.of(document.split.as_ref()) += 1;
                }
                expected.labels.insert(label.to_owned(), counts);
                let (first, _, at) = uses[0];
                let first = Some((first.index, location(first, at)));
                if !declares {
                    expected.first_uses.insert(label.to_owned(), first.clone().unwrap());
                }
                if !declared(label) {
                    let distinct: BTreeSet<u64> = uses.iter().map(|(one, _, _)| one.index).collect();
                    let seen = Occurrences {
                        count: uses.len() as u64,
                        documents: distinct.len() as u64,
                        first,
                    };
                    expected.undeclared.insert(label.to_owned(), seen);
                }
            }
            let found = (statistics.labels, statistics.first_uses, statistics.undeclared);
            let expected: (BTreeMap<_, _>, _, _) =
                (expected.labels, expected.first_uses, expected.undeclared);
            prop_assert_eq!(found, expected);
        }
    }
}
