//! The fingerprints of the texts of a corpus, by document: 6 bytes each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::shingles::hash;
use crate::diagnostics::Bounds;
use crate::model::fingerprints::{kept, spread};

/// How many fingerprints a stretch holds, so that growing it moves little.
const STRETCH: usize = 1 << 14;

/// So many documents without a text are bridged; a longer gap begins a new stretch.
const BRIDGED: u64 = 8;

/// How many bytes of a fingerprint are kept. Of a million texts two have the same by chance once
/// in 600 corpora, and are compared in vain then.
const BYTES: usize = 6;

/// What stands for a document without a text. A text with this fingerprint is never compared.
const NONE: Print = [0; BYTES];

/// The highest bytes of a fingerprint.
type Print = [u8; BYTES];

/// How many documents are sorted at a time.
const SORTED: usize = 1 << 19;

/// The fingerprints of texts. They come in the order of the documents, so that no index is kept
/// beside them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Prints {
    stretches: Vec<Stretch>,
}

/// The fingerprints of documents that follow one another.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stretch {
    /// The index of the first document.
    first: u64,
    prints: Vec<Print>,
}

/// The fingerprint that was noted of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotedPrint(u64);

impl NotedPrint {
    /// Whether it is that of a text.
    #[must_use]
    pub fn is_of(self, text: &str) -> bool {
        spread(kept::<BYTES>(hash(text.as_bytes()))) == self.0
    }
}

impl Stretch {
    /// The index after the last document.
    const fn end(&self) -> u64 {
        self.first + self.prints.len() as u64
    }
}

impl Prints {
    /// None yet.
    pub(super) const fn new() -> Self {
        Self {
            stretches: Vec::new(),
        }
    }

    /// Adds a document, whose index must be greater than those before.
    pub(super) fn push(&mut self, index: u64, print: u64) {
        let last = self.stretches.last_mut();
        let near = |last: &&mut Stretch| {
            last.prints.len() < STRETCH && index.saturating_sub(last.end()) <= BRIDGED
        };
        if let Some(last) = last.filter(near) {
            while last.end() < index {
                last.prints.push(NONE);
            }
            last.prints.push(kept(print));
        } else {
            self.stretches.push(Stretch {
                first: index,
                prints: vec![kept(print)],
            });
        }
    }

    /// Adds the documents that follow.
    pub(super) fn merge(&mut self, other: Self) {
        for stretch in other.stretches {
            let last = self.stretches.last_mut();
            let fits = |last: &&mut Stretch| {
                let gap = stretch.first.saturating_sub(last.end());
                gap <= BRIDGED && last.prints.len() + stretch.prints.len() <= STRETCH
            };
            if let Some(last) = last.filter(fits) {
                while last.end() < stretch.first {
                    last.prints.push(NONE);
                }
                last.prints.extend(stretch.prints);
            } else {
                self.stretches.push(stretch);
            }
        }
    }

    /// Counts the documents from `by` on that were counted from 0 on.
    pub(super) fn shift(&mut self, by: u64) {
        for stretch in &mut self.stretches {
            stretch.first += by;
        }
    }

    /// Whether these can be documents of a stretch of a file.
    pub(super) fn is_within(&self, bounds: &Bounds) -> bool {
        let mut end = 0;
        self.stretches.iter().all(|stretch| {
            let follows = end <= stretch.first && !stretch.prints.is_empty();
            let length = stretch.prints.len() as u64;
            end = stretch.first.saturating_add(length);
            follows && end <= bounds.records
        })
    }

    /// The fingerprint of a document's text, if it has one.
    pub(super) fn get(&self, index: u64) -> Option<u64> {
        let after = self
            .stretches
            .partition_point(|stretch| stretch.first <= index);
        let stretch = self.stretches.get(after.checked_sub(1)?)?;
        let place = usize::try_from(index - stretch.first).ok()?;
        let print = stretch.prints.get(place).copied();
        print.filter(|print| *print != NONE).map(spread)
    }

    /// The same, for telling whether a text is still the one that was noted.
    pub(super) fn noted(&self, index: u64) -> Option<NotedPrint> {
        self.get(index).map(NotedPrint)
    }

    /// Documents and fingerprints, in order.
    fn iter(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let stretches = self.stretches.iter();
        let all =
            stretches.flat_map(|stretch| (stretch.first..).zip(stretch.prints.iter().copied()));
        let texts = all.filter(|(_, print)| *print != NONE);
        texts.map(|(index, print)| (index, spread(print)))
    }

    /// Groups of documents, by index, with one fingerprint. All are gone over once for every half
    /// million, so that what is sorted stays small.
    pub(super) fn equal(&self) -> Vec<Vec<u64>> {
        let count: usize = self
            .stretches
            .iter()
            .map(|stretch| stretch.prints.len())
            .sum();
        let rounds = count.div_ceil(SORTED) as u64;
        let round_of = |print: u64| ((u128::from(print) * u128::from(rounds)) >> 64) as u64;
        let mut groups: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        let mut sorted: Vec<(u64, u64)> = Vec::new();
        for round in 0..rounds {
            sorted.clear();
            let of_round = self.iter().filter(|(_, print)| round_of(*print) == round);
            sorted.extend(of_round.map(|(index, print)| (print, index)));
            sorted.sort_unstable();
            for group in sorted
                .chunk_by(|a, b| a.0 == b.0)
                .filter(|group| group.len() > 1)
            {
                let group: Vec<u64> = group.iter().map(|(_, index)| *index).collect();
                groups.insert(group[0], group);
            }
        }
        groups.into_values().collect()
    }
}

/// Equal are those of the same documents, however they were grouped.
impl PartialEq for Prints {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Prints {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(documents: &[(u64, u64)]) -> Prints {
        let mut prints = Prints::default();
        for (index, print) in documents {
            prints.push(*index, *print);
        }
        prints
    }

    proptest! {
        #[test]
        fn parts_add_up_and_nothing_is_lost(
            steps in prop::collection::vec((1_u64..20, 1_u64..6), 0..40),
            cut in 0_usize..40,
        ) {
            let mut documents = Vec::new();
            let mut index = 0;
            for (step, print) in steps {
                index += step;
                documents.push((index, print << 60));
            }
            let whole = of(&documents);
            let (left, right) = documents.split_at(cut.min(documents.len()));
            let mut sum = of(left);
            let moved: Vec<(u64, u64)> = right.iter().map(|(index, print)| (index - 1, *print)).collect();
            let mut rest = of(&moved);
            rest.shift(1);
            sum.merge(rest);
            prop_assert_eq!(&sum, &whole);
            prop_assert!(sum.iter().eq(documents.iter().copied()));
            for index in 0..index + 3 {
                let known = documents.iter().find(|(other, _)| *other == index);
                prop_assert_eq!(sum.get(index), known.map(|(_, print)| *print));
            }
            for group in sum.equal() {
                prop_assert!(group.len() > 1);
                prop_assert!(group.iter().all(|index| sum.get(*index) == sum.get(group[0])));
            }
        }
    }
}
