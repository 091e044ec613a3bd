//! How alike two texts are: the share of their 5-word shingles that they have in common.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use twox_hash::XxHash3_64;

use crate::text::classes::{BLOCK, Classes};
use crate::text::words::{latin_word, sole_word, words};

/// The words of a shingle.
const WORDS: usize = 5;

/// The hashes of a sketch: with 8, two texts whose index is over 0.8 share fewer than 3 of them
/// once in 800 times.
pub const SKETCH: usize = 8;

/// A 64-bit hash of bytes, the same on every machine and in every version (XXH3).
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

/// A word as it is compared: in lower case.
fn lower(word: &str) -> Cow<'_, str> {
    let differs = |char: char| {
        if char.is_ascii() {
            char.is_ascii_uppercase()
        } else {
            !char.is_lowercase() && char.to_lowercase().ne([char])
        }
    };
    if word.chars().any(differs) {
        Cow::Owned(word.to_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// The smallest hashes of a text's shingles, [`SKETCH`] of them, in ascending order. A text of
/// fewer than five words has no shingle.
///
/// Of all shingles of two texts, the smallest hashes are a fair sample; the share of it that
/// both texts have estimates their Jaccard index (Broder's bottom-k sketch).
#[must_use]
pub fn sketch(text: &str) -> Vec<u64> {
    let mut sketcher = Sketcher::default();
    sketcher.add_text(text);
    sketcher.smallest
}

/// One step of the hash of a word, eight bytes at a time. The sums of words are [`mixed`], so a
/// plain one will do.
const fn hash_on(hash: u64, bytes: u64) -> u64 {
    let hash = (hash ^ bytes).wrapping_mul(0x9fb2_1c65_1e98_df25);
    hash ^ hash >> 32
}

/// The bit that tells small from capital letters, in each of eight bytes: in ASCII, and in the second
/// byte of the letters from U+00C0 to U+00FF. It is set everywhere, which makes a few signs alike too;
/// a sketch is no proof.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// The hash of a word of [Latin-1](latin_word) that stands at a place of a text, whatever its case.
fn latin_hash(text: &[u8], word: Range<usize>) -> u64 {
    // Most are short, and do not stand at the end of the text.
    if let size @ 1..=8 = word.len()
        && let Some(eight) = text.get(word.start..).and_then(<[u8]>::first_chunk)
    {
        let bytes = u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * size));
        return hash_on(size as u64, bytes | SMALL);
    }
    let mut hash = word.len() as u64;
    let mut at = word.start;
    while at < word.end {
        let size = (word.end - at).min(8);
        let whole = text.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        let bytes = if let Some(bytes) = whole {
            u64::from_le_bytes(bytes) << (64 - 8 * size) >> (64 - 8 * size)
        } else {
            let bytes = text[at..word.end].iter().rev();
            bytes.fold(0, |sum, byte| sum << 8 | u64::from(*byte))
        };
        hash = hash_on(hash, bytes | SMALL);
        at += size;
    }
    hash
}

/// Spreads what the bits of a sum say over all bits.
const fn mixed(sum: u64) -> u64 {
    let mixed = (sum ^ sum >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ mixed >> 32
}

/// The hash of a word, whatever its case.
fn word_hash(word: &str) -> u64 {
    if latin_word(word).is_some() {
        latin_hash(word.as_bytes(), 0..word.len())
    } else {
        hash(lower(word).as_bytes())
    }
}

/// What the sum of a shingle is multiplied with for every word (a prime of XXH64), and that to
/// the power of [`WORDS`].
const FACTOR: u64 = 0x9e37_79b1_85eb_ca87;
#[expect(clippy::cast_possible_truncation, reason = "a small number")]
const FACTOR_OUT: u64 = FACTOR.wrapping_pow(WORDS as u32);

/// Makes a sketch word by word.
struct Sketcher {
    /// The hashes of the last words, in a ring.
    window: [u64; WORDS],
    /// The place of the next one.
    next: usize,
    words: usize,
    /// The last words as a polynomial in [`FACTOR`] (a rolling hash, as by Rabin and Karp).
    sum: u64,
    smallest: Vec<u64>,
    /// What the hash of a shingle must lie below to be one of them.
    bound: u64,
}

impl Default for Sketcher {
    fn default() -> Self {
        Self {
            window: [0; WORDS],
            next: 0,
            words: 0,
            sum: 0,
            smallest: Vec::with_capacity(SKETCH + 1),
            bound: u64::MAX,
        }
    }
}

/// What is known of a stretch of text without blanks, in bytes of the text.
#[derive(Default)]
struct Stretch {
    start: usize,
    /// The first letter or digit of ASCII.
    first: Option<usize>,
    /// The byte behind the last one.
    last: usize,
    /// Whether there is more in it than ASCII.
    is_beyond: bool,
}

impl Stretch {
    /// Adds the bytes of a block that begins at `start`, those with a bit in `here`.
    fn add(&mut self, start: usize, classes: Classes, here: u64) {
        self.is_beyond |= classes.beyond & here != 0;
        let words = classes.words & here;
        if words != 0 {
            let first = start + words.trailing_zeros() as usize;
            self.first.get_or_insert(first);
            self.last = start + BLOCK - words.leading_zeros() as usize;
        }
    }
}

impl Sketcher {
    /// Adds the words of a text, in one sweep: most texts are looked at here and nowhere else.
    /// Only what stands between two blanks and is not ASCII is looked at as characters.
    fn add_text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut stretch = Stretch::default();
        for (number, block) in bytes.chunks(BLOCK).enumerate() {
            let start = number * BLOCK;
            let classes = Classes::of(block);
            let (mut blanks, mut passed) = (classes.blanks, 0);
            while blanks != 0 {
                let blank = blanks.trailing_zeros();
                let before = !(u64::MAX << blank);
                stretch.add(start, classes, before & !passed);
                let end = (start + blank as usize).min(bytes.len());
                self.add_stretch(text, &stretch, end);
                stretch = Stretch {
                    start: end + 1,
                    ..Stretch::default()
                };
                passed = before | 1 << blank;
                blanks &= blanks - 1;
            }
            stretch.add(start, classes, !passed);
        }
        self.add_stretch(text, &stretch, bytes.len());
    }

    /// Adds the words of what stands between two blanks, and ends at `end`.
    fn add_stretch(&mut self, text: &str, stretch: &Stretch, end: usize) {
        if stretch.is_beyond {
            let start = stretch.start;
            let stretch = text.get(start..end).unwrap_or_default();
            if let Some(word) = latin_word(stretch) {
                let word = start + word.start..start + word.end;
                self.add(latin_hash(text.as_bytes(), word));
            } else if let Some(word) = sole_word(stretch) {
                self.add(word_hash(word));
            } else {
                for word in words(stretch) {
                    self.add(word_hash(word));
                }
            }
        } else if let Some(first) = stretch.first {
            self.add(latin_hash(text.as_bytes(), first..stretch.last));
        }
    }

    fn add(&mut self, word: u64) {
        let place = &mut self.window[self.next];
        self.next = if self.next + 1 == WORDS {
            0
        } else {
            self.next + 1
        };
        let out = place.wrapping_mul(FACTOR_OUT);
        self.sum = self
            .sum
            .wrapping_mul(FACTOR)
            .wrapping_sub(out)
            .wrapping_add(word);
        *place = word;
        self.words += 1;
        if self.words < WORDS {
            return;
        }
        let shingle = mixed(self.sum);
        if shingle < self.bound {
            self.keep(shingle);
        }
    }

    /// Keeps a hash that is among the smallest so far.
    #[cold]
    fn keep(&mut self, shingle: u64) {
        if let Err(place) = self.smallest.binary_search(&shingle) {
            self.smallest.insert(place, shingle);
            self.smallest.truncate(SKETCH);
            if let Some(last) = self.smallest.get(SKETCH - 1) {
                self.bound = *last;
            }
        }
    }
}

/// The Jaccard index of two texts as far as their sketches tell it, 0 to 1.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "sketches are short")]
pub fn estimate(a: &[u64], b: &[u64]) -> f64 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let (mut both, mut either) = (0_usize, 0_usize);
    while either < SKETCH {
        let (left, right) = (a.peek().copied(), b.peek().copied());
        let Some(smallest) = left.into_iter().chain(right).min() else {
            break;
        };
        let in_a = a.next_if_eq(&smallest).is_some();
        let in_b = b.next_if_eq(&smallest).is_some();
        both += usize::from(in_a && in_b);
        either += 1;
    }
    if either == 0 {
        0.0
    } else {
        both as f64 / either as f64
    }
}

/// The shingles of a text, to be compared with those of others.
#[derive(Debug)]
pub struct Shingles<'a>(BTreeSet<[&'a str; WORDS]>);

/// The words of a text as [`Shingles`] compare them.
#[must_use]
pub fn comparable_words(text: &str) -> Vec<Cow<'_, str>> {
    words(text).map(lower).collect()
}

impl<'a> Shingles<'a> {
    /// The shingles of [`comparable_words`].
    #[must_use]
    pub fn new(words: &'a [Cow<'a, str>]) -> Self {
        let windows = words.windows(WORDS);
        let shingles = windows.filter_map(|window| {
            let words: Vec<&str> = window.iter().map(|word| &**word).collect();
            words.try_into().ok()
        });
        Self(shingles.collect())
    }

    /// The Jaccard index: how many shingles both texts have, as a share of those that at least
    /// one has; 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
    pub fn jaccard(&self, other: &Self) -> f64 {
        let both = self.0.intersection(&other.0).count();
        let either = self.0.len() + other.0.len() - both;
        if either == 0 {
            0.0
        } else {
            both as f64 / either as f64
        }
    }
}

/// The shingles of a text by their hashes, which hold nothing of it: 8 bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingled(Vec<u64>);

impl Shingled {
    /// Those of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words = comparable_words(text);
        let hashed = words
            .windows(WORDS)
            .map(|shingle| hash(shingle.join(" ").as_bytes()));
        let mut all: Vec<u64> = hashed.collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// The Jaccard index of two texts, as [`Shingles::jaccard`] has it.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
    pub fn jaccard(&self, other: &Self) -> f64 {
        let (mut own, mut others) = (self.0.as_slice(), other.0.as_slice());
        let mut both = 0_usize;
        while let ([first, ..], [second, ..]) = (own, others) {
            both += usize::from(first == second);
            own = &own[usize::from(first <= second)..];
            others = &others[usize::from(second <= first)..];
        }
        let either = self.0.len() + other.0.len() - both;
        if either == 0 {
            0.0
        } else {
            both as f64 / either as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(a: &str, b: &str) -> f64 {
        let by_hashes = Shingled::new(a).jaccard(&Shingled::new(b));
        let (a, b) = (comparable_words(a), comparable_words(b));
        let index = Shingles::new(&a).jaccard(&Shingles::new(&b));
        assert!((index - by_hashes).abs() < 1e-9);
        index
    }

    #[test]
    fn the_index_counts_shingles_once() {
        assert!((index("a b c d e f", "A, b c d e; f!") - 1.0).abs() < 1e-9);
        // a–e and b–f against a–e and b–g.
        assert!((index("a b c d e f", "a b c d e g") - 1.0 / 3.0).abs() < 1e-9);
        assert!((index("x x x x x x x x", "x x x x x") - 1.0).abs() < 1e-9);
        assert!(index("a b c d", "a b c d").abs() < 1e-9);
        assert!((index("北海道の人と", "北海道の人も") - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn an_estimate_of_whole_sketches_is_exact() {
        for (a, b) in [
            ("a b c d e f g h", "a b c d e f g x"),
            ("a b c d e", "a b c d e f g"),
            ("a b c d e", "v w x y z"),
            ("", ""),
        ] {
            let estimate = estimate(&sketch(a), &sketch(b));
            assert!((estimate - index(a, b)).abs() < 1e-9, "{a} and {b}");
        }
    }

    proptest! {
        #[test]
        fn texts_are_sketched_as_their_words_are(text in "[ -~\\t-\\r\\x1c-\\x1fÉßΣ東のก😀\u{a0}\u{3000}\u{301}]{0,200}") {
            let mut sketcher = Sketcher::default();
            for word in words(&text) {
                sketcher.add(word_hash(word));
            }
            prop_assert_eq!(sketch(&text), sketcher.smallest);
        }
    }

    #[test]
    fn hashes_are_the_same_everywhere() {
        // The test vector of XXH3 for no bytes, seed 0.
        assert_eq!(hash(b""), 0x2d06_8005_38d3_94c2);
    }
}
