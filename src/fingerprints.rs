//! Fingerprints of names and addresses: which of them may occur twice in a corpus.
//!
//! A fingerprint only ever singles out suspects, which are then compared in full. So no result
//! depends on one, and the hash function may change with any version.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use twox_hash::XxHash3_64;

/// The fingerprint of a name (XXH3, 64 bits).
#[must_use]
pub fn fingerprint(name: &str) -> u64 {
    XxHash3_64::oneshot(name.as_bytes())
}

/// The fingerprint of a name under something else that it hangs on.
#[must_use]
pub fn fingerprint_under(seed: u64, name: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(seed, name.as_bytes())
}

/// How many fingerprints a piece holds.
const PIECE: usize = 1 << 14;

/// How many fingerprints are sorted at a time.
const SORTED: usize = 1 << 20;

/// A growing number of fingerprints: 8 bytes each and no more, since nothing is ever moved to a
/// place of twice the size.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    pieces: Vec<Vec<u64>>,
    count: usize,
}

impl Fingerprints {
    /// Adds one.
    pub fn push(&mut self, print: u64) {
        match self.pieces.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(print),
            _ => {
                // A batch has few, so its only piece begins small.
                let room = if self.pieces.is_empty() { 16 } else { PIECE };
                let mut piece = Vec::with_capacity(room);
                piece.push(print);
                self.pieces.push(piece);
            }
        }
        self.count += 1;
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// All of them, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.pieces.iter().flatten().copied()
    }

    /// Those that occur more than once. Goes over all of them once for every million, so that
    /// what is sorted stays small.
    #[must_use]
    pub fn repeated(&self) -> BTreeSet<u64> {
        let rounds = self.count.div_ceil(SORTED) as u64;
        let round_of = |print: u64| ((u128::from(print) * u128::from(rounds)) >> 64) as u64;
        let mut repeated = BTreeSet::new();
        let mut sorted: Vec<u64> = Vec::new();
        for round in 0..rounds {
            sorted.clear();
            sorted.extend(self.iter().filter(|print| round_of(*print) == round));
            sorted.sort_unstable();
            let pairs = sorted.windows(2).filter(|pair| pair[0] == pair[1]);
            repeated.extend(pairs.map(|pair| pair[0]));
        }
        repeated
    }
}

impl Extend<u64> for Fingerprints {
    fn extend<I: IntoIterator<Item = u64>>(&mut self, prints: I) {
        for print in prints {
            self.push(print);
        }
    }
}

impl FromIterator<u64> for Fingerprints {
    fn from_iter<I: IntoIterator<Item = u64>>(prints: I) -> Self {
        let mut all = Self::default();
        all.extend(prints);
        all
    }
}

impl Serialize for Fingerprints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Fingerprints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Fingerprints;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of fingerprints")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut prints = Fingerprints::default();
                while let Some(print) = items.next_element()? {
                    prints.push(print);
                }
                Ok(prints)
            }
        }
        deserializer.deserialize_seq(Visit)
    }
}

impl PartialEq for Fingerprints {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Fingerprints {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurs_twice_is_found_however_many_there_are() {
        let distinct = (0..3 * SORTED as u64 / 2).map(|number| fingerprint(&number.to_string()));
        let mut all: Fingerprints = distinct.collect();
        assert_eq!(all.repeated(), BTreeSet::new());
        let twice = ["7", "1000000", "7"].map(fingerprint);
        all.extend(twice);
        all.push(u64::MAX);
        all.push(u64::MAX);
        let want = BTreeSet::from([twice[0], twice[1], u64::MAX]);
        assert_eq!(all.repeated(), want);
        assert_eq!(all.len(), all.iter().count());
    }
}
