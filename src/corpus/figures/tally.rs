//! How often each of some words is there, as many as there is room for.

use std::collections::BTreeMap;

use crate::corpus::kept_name::kept_name;
use crate::model::fingerprints::fingerprint;

/// How many are counted one by one.
const MOST: usize = 10_000;

/// How often each of some words is there. Past 10,000 those with the smallest fingerprints are kept: each
/// part of a corpus keeps what the whole will keep, so the counts are right whatever the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<(u64, String), u64>,
    is_cut: bool,
}

impl Tally {
    /// Adds one.
    pub fn add(&mut self, words: &str) {
        let words = kept_name(words);
        let key = (fingerprint(&words), words.into_owned());
        *self.counts.entry(key).or_default() += 1;
        self.shrink();
    }

    /// Adds those of another part of the corpus.
    pub fn merge(&mut self, other: Self) {
        for (key, count) in other.counts {
            *self.counts.entry(key).or_default() += count;
        }
        self.is_cut |= other.is_cut;
        self.shrink();
    }

    fn shrink(&mut self) {
        while self.counts.len() > MOST {
            self.counts.pop_last();
            self.is_cut = true;
        }
    }

    /// How many different ones are counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Whether there are more than are counted.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// They and their counts, the most frequent first.
    #[must_use]
    pub fn by_count(&self) -> Vec<(&str, u64)> {
        let counts = self.counts.iter();
        let mut all: Vec<(&str, u64)> = counts.map(|((_, it), count)| (&**it, *count)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        all
    }
}
