//! Fingerprints of names and addresses: which of them may occur twice in a corpus.
//!
//! A fingerprint singles out suspects, which are then compared in full, so that no finding rests
//! on one. Only that a file is *not* unlisted is believed of it.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use twox_hash::XxHash3_64;

use crate::model::Address;
use crate::model::path::folded;

/// The fingerprint of a name (XXH3, 64 bits).
#[must_use]
pub fn fingerprint(name: &str) -> u64 {
    XxHash3_64::oneshot(name.as_bytes())
}

/// The fingerprint of bytes.
#[must_use]
pub fn fingerprint_of(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

/// The fingerprint of a name under something else that it hangs on.
#[must_use]
pub fn fingerprint_under(seed: u64, name: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(seed, name.as_bytes())
}

/// How many bytes of a fingerprint are kept where there is one for each document. Of 100,000
/// documents two have the same once in 200 corpora, by chance, and are compared in vain then.
const BYTES: usize = 5;

/// How many fingerprints a piece holds.
const PIECE: usize = 1 << 14;

/// How many fingerprints are looked at for equal ones at a time, about.
const ROUND: usize = 1 << 20;

/// A growing number of fingerprints: 5 bytes each and no more, since nothing is ever moved to a
/// place of twice the size.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    pieces: Vec<Vec<[u8; BYTES]>>,
    count: usize,
}

/// The highest bytes of a fingerprint.
#[must_use]
pub fn kept<const SIZE: usize>(print: u64) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    let all = print.to_be_bytes();
    bytes.copy_from_slice(&all[..SIZE]);
    bytes
}

/// A fingerprint of which only the highest bytes were kept.
#[must_use]
pub fn spread<const SIZE: usize>(kept: [u8; SIZE]) -> u64 {
    let mut bytes = [0; 8];
    bytes[..SIZE].copy_from_slice(&kept);
    u64::from_be_bytes(bytes)
}

/// The fingerprints that occur more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeated(BTreeSet<[u8; BYTES]>);

impl Repeated {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a fingerprint is one of them.
    #[must_use]
    pub fn contains(&self, print: u64) -> bool {
        self.0.contains(&kept(print))
    }
}

impl Fingerprints {
    /// Adds one.
    pub fn push(&mut self, print: u64) {
        let print = kept::<BYTES>(print);
        match self.pieces.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(print),
            _ => {
                let mut piece = self.piece();
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

    /// What is kept of all of them, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.pieces.iter().flatten().copied().map(spread)
    }

    /// What is kept of all of them, in ascending order, for [`Self::is_among`].
    #[must_use]
    pub fn sorted<'p>(all: impl Iterator<Item = &'p Self>) -> Vec<u64> {
        let mut sorted: Vec<u64> = all.flat_map(Self::iter).collect();
        sorted.sort_unstable();
        sorted
    }

    /// Whether a fingerprint is among the sorted ones.
    #[must_use]
    pub fn is_among(print: u64, sorted: &[u64]) -> bool {
        sorted.binary_search(&spread(kept::<BYTES>(print))).is_ok()
    }

    /// Budget for more. A batch has few, so its only piece begins small.
    fn piece(&self) -> Vec<[u8; BYTES]> {
        Vec::with_capacity(if self.pieces.is_empty() { 16 } else { PIECE })
    }

    /// Adds all of another.
    pub fn append(&mut self, other: &Self) {
        for piece in &other.pieces {
            let mut rest = &piece[..];
            while !rest.is_empty() {
                if self.pieces.last().is_none_or(|last| last.len() == PIECE) {
                    self.pieces.push(self.piece());
                }
                let Some(last) = self.pieces.last_mut() else {
                    break;
                };
                let (fits, others) = rest.split_at(rest.len().min(PIECE - last.len()));
                last.extend_from_slice(fits);
                rest = others;
            }
        }
        self.count += other.count;
    }

    /// Those that occur more than once. Goes over all of them twice for every million, so that
    /// what is needed for it stays small.
    ///
    /// Each has one of many bits by its value, and only those whose bit another has too are
    /// sorted: one in sixteen.
    #[must_use]
    pub fn repeated(&self) -> Repeated {
        /// Bits for each fingerprint, of one kind.
        const BITS: usize = 16;
        let rounds = self.count.div_ceil(ROUND);
        let of = |round: usize| {
            let rounds = rounds as u128;
            let is_of = move |print: &u64| (u128::from(*print) * rounds) >> 64 == round as u128;
            self.iter().filter(is_of)
        };
        let words = (self.count.min(ROUND) * BITS / 64).next_power_of_two();
        // The lowest of the bits that are kept do not hang on the round.
        let place = |print: u64| {
            let low = usize::try_from(print >> (64 - 8 * BYTES) & 0xffff_ffff).unwrap_or(0);
            (low / 64 % words, 1_u64 << (low % 64))
        };
        let mut repeated = BTreeSet::new();
        for round in 0..rounds {
            let (mut once, mut twice) = (vec![0; words], vec![0; words]);
            for print in of(round) {
                let (word, bit) = place(print);
                twice[word] |= once[word] & bit;
                once[word] |= bit;
            }
            let is_suspect = |print: &u64| {
                let (word, bit) = place(*print);
                twice[word] & bit != 0
            };
            let mut suspects: Vec<u64> = of(round).filter(is_suspect).collect();
            suspects.sort_unstable();
            let pairs = suspects.windows(2).filter(|pair| pair[0] == pair[1]);
            repeated.extend(pairs.map(|pair| kept(pair[0])));
        }
        Repeated(repeated)
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

/// The fingerprint of what a document's address has in common with those that differ in case or
/// in normalization only.
#[must_use]
pub fn fingerprint_folded(address: &Address<'_>) -> u64 {
    let datastore = address.container().map_or(0, fingerprint);
    fingerprint_under(datastore, &folded(address.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurs_twice_is_found_however_many_there_are() {
        let distinct = (0..3 * ROUND as u64 / 2).map(|number| fingerprint(&number.to_string()));
        let mut all: Fingerprints = distinct.collect();
        assert!(all.repeated().0.len() < 20, "few by chance");
        let twice = ["7", "1000000", "7"].map(fingerprint);
        all.extend(twice);
        all.push(u64::MAX);
        all.push(u64::MAX);
        let repeated = all.repeated();
        for print in [twice[0], twice[1], u64::MAX] {
            assert!(repeated.contains(print));
        }
        assert!(!repeated.contains(fingerprint("no number")));
        assert_eq!(all.len(), all.iter().count());
    }

    #[test]
    fn of_few_too() {
        for count in [0, 1, 2, 3, 17, 1000] {
            let numbers = (0..count).chain(0..count / 3);
            let all: Fingerprints = numbers.map(|at| fingerprint(&at.to_string())).collect();
            let repeated = all.repeated();
            for number in 0..count {
                let twice = repeated.contains(fingerprint(&number.to_string()));
                assert_eq!(twice, number < count / 3, "{number} of {count}");
            }
        }
    }

    #[test]
    fn pieces_are_appended_in_their_order() {
        let (mut all, mut want) = (Fingerprints::default(), Fingerprints::default());
        for size in [0, 1, 15, PIECE, 3, PIECE - 1, 2 * PIECE + 7, 40] {
            let part: Fingerprints = (0..size)
                .map(|at| fingerprint(&format!("{size} {at}")))
                .collect();
            want.extend(part.iter());
            all.append(&part);
            assert_eq!(all, want);
            assert_eq!(all.len(), all.iter().count());
        }
    }
}
