//! Which texts seem to be the same, or nearly so.

use serde::{Deserialize, Serialize};

pub use super::prints::NotedPrint;
use super::prints::Prints;
use super::shingles::{self, SKETCH};
use super::sketches::Sketches;
use super::smallest::Smallest;
use super::subset::{index_of, is_test, pack};
use crate::diagnostics::Bounds;

pub use super::subset::Subset;

/// The most shingles that the sketches of a corpus keep, 16 bytes each: those of about 65,000
/// documents with a split.
pub const SHINGLES: usize = 1 << 19;

/// The most pairs of documents that are compared in full.
pub const PAIRS: usize = 1 << 15;

/// The most documents of Train that one shingle brings to a document of Test.
const SHARERS: usize = 16;

/// The Train documents that a Test document is compared with in full.
const NEAREST: usize = 3;

/// How far below the true index an estimate may lie: eight hashes of two texts with index 0.8
/// come out lower once in 800 times.
const MARGIN: f64 = 0.45;

/// What is kept of the texts of a corpus: 16 bytes a document, and a capped number of shingles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// The fingerprint of each text.
    prints: Prints,
    sketches: Sketches,
}

impl Default for Likeness {
    fn default() -> Self {
        Self::with_cap(SHINGLES)
    }
}

/// Which texts of Train and Test may be nearly the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NearPairs {
    /// A document of Test and one of Train, by index and in order; at most three for each of
    /// Test.
    pub pairs: Vec<(u64, u64)>,
    /// Documents of Test so much of which stands in so many others that the likest of Train may
    /// have been passed over.
    pub common: Vec<u64>,
    /// Whether there were more than [`PAIRS`].
    pub overflowed: bool,
}

impl Likeness {
    /// Nothing yet, with room for so many shingles.
    #[must_use]
    pub const fn with_cap(cap: usize) -> Self {
        Self {
            prints: Prints::new(),
            sketches: Sketches::with_cap(cap),
        }
    }

    /// Notes the fingerprint of a text.
    pub fn add_print(&mut self, index: u64, text: &str) {
        self.prints.push(index, shingles::hash(text.as_bytes()));
    }

    /// What was noted of a document's text, if it has one.
    #[must_use]
    pub fn noted(&self, index: u64) -> Option<NotedPrint> {
        self.prints.noted(index)
    }

    /// Notes the sketch of a text in one of the sets.
    pub fn add_sketch(&mut self, index: u64, set: Subset, text: &str) {
        let sketch = shingles::sketch(text).into_iter();
        let document = pack(index, set);
        self.sketches.extend(sketch.map(|hash| (hash, document)));
    }

    /// Counts the documents from `by` on that were counted from 0 on.
    pub fn shift(&mut self, by: u64) {
        self.prints.shift(by);
        // The set is in the highest bit, which no number of documents reaches.
        for (_, document) in &mut self.sketches.shingles {
            *document += by;
        }
    }

    /// Whether these can be documents of a stretch of a file.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        let mut shingles = self.sketches.shingles.iter();
        let known = |packed: u64| bounds.has_record(index_of(packed));
        self.prints.is_within(bounds) && shingles.all(|(_, document)| known(*document))
    }

    /// Adds what the part that follows has noted.
    pub fn merge(&mut self, other: Self) {
        self.prints.merge(other.prints);
        self.sketches.overflowed |= other.sketches.overflowed;
        self.sketches.extend(other.sketches.shingles);
    }

    /// Takes the sketches out, which add up in any order; the fingerprints of the texts stay.
    #[must_use]
    pub fn take_sketches(&mut self) -> Self {
        let left = Sketches::with_cap(self.sketches.cap);
        Self {
            prints: Prints::new(),
            sketches: std::mem::replace(&mut self.sketches, left),
        }
    }

    /// Puts what was noted in order and gives back what is not needed, before it is looked at.
    pub fn settle(&mut self) {
        self.sketches.settle();
        self.sketches.shingles.shrink_to_fit();
    }

    /// The most shingles that are compared, where there were more.
    #[must_use]
    pub fn shingles_compared(&self) -> Option<usize> {
        let sketches = &self.sketches;
        let overflowed = sketches.overflowed || sketches.shingles.len() > sketches.cap;
        overflowed.then_some(sketches.cap)
    }

    /// Groups of documents, by index, whose texts have one fingerprint.
    #[must_use]
    pub fn equal(&self) -> Vec<Vec<u64>> {
        self.prints.equal()
    }

    /// Pairs of a Test and a Train document whose index may lie over `threshold`. A Test document
    /// whose very text is in Train has none.
    #[must_use]
    pub fn near(&self, threshold: f64) -> NearPairs {
        let least = threshold - MARGIN;
        let settled = self.sketches.settled();
        let by_shingle = &settled.shingles;
        // Places among the shingles, by document; the cap is far below 2^32.
        let places = 0..u32::try_from(by_shingle.len()).unwrap_or(u32::MAX);
        let mut by_document: Vec<u32> = places.collect();
        let at = |place: &u32| {
            let (hash, packed) = by_shingle[*place as usize];
            (packed, hash)
        };
        by_document.sort_unstable_by_key(at);
        let sketch = |packed: u64| {
            let start = by_document.partition_point(|place| at(place).0 < packed);
            let sketch = by_document[start..].iter().map(at);
            let sketch = sketch.take_while(move |(other, _)| *other == packed);
            sketch.map(|(_, hash)| hash).collect::<Vec<u64>>()
        };
        let print = |packed| self.prints.get(index_of(packed));
        let mut found = NearPairs::default();
        let mut kept = Smallest::with_cap(PAIRS);
        for document in by_document.chunk_by(|a, b| at(a).0 == at(b).0) {
            let test = at(&document[0]).0;
            if !is_test(test) {
                continue;
            }
            let own: Vec<u64> = document.iter().map(|place| at(place).1).collect();
            let mut sharers = Vec::new();
            let mut common = 0;
            for hash in &own {
                let start = by_shingle.partition_point(|(other, _)| other < hash);
                let train = by_shingle[start..].iter();
                let mut train = train.take_while(|(other, of)| other == hash && !is_test(*of));
                sharers.extend(train.by_ref().take(SHARERS).map(|(_, other)| *other));
                common += usize::from(train.next().is_some());
            }
            sharers.sort_unstable();
            sharers.dedup();
            if sharers.iter().any(|train| print(*train) == print(test)) {
                continue;
            }
            let estimates = sharers.into_iter().map(|train| {
                let estimate = shingles::estimate(&own, &sketch(train));
                (estimate, train)
            });
            let mut near: Vec<(f64, u64)> = estimates
                .filter(|(estimate, _)| *estimate >= least)
                .collect();
            near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            for (_, train) in near.into_iter().take(NEAREST) {
                let pair = (index_of(test), index_of(train));
                let bytes = [pair.0.to_le_bytes(), pair.1.to_le_bytes()].concat();
                kept.entry((shingles::hash(&bytes), pair), || ());
            }
            // A near text shares at least this many hashes; one that is not common finds it.
            if as_share(common, own.len().min(SKETCH)) >= least {
                found.common.push(index_of(test));
            }
        }
        found.overflowed = kept.overflowed();
        found.pairs = kept.iter().map(|((_, pair), ())| *pair).collect();
        found.pairs.sort_unstable();
        found
    }
}

#[expect(clippy::cast_precision_loss, reason = "sketches are short")]
fn as_share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::shingles::{Shingles, comparable_words};

    fn jaccard(a: &str, b: &str) -> f64 {
        let (a, b) = (comparable_words(a), comparable_words(b));
        Shingles::new(&a).jaccard(&Shingles::new(&b))
    }

    fn of(texts: &[(String, Option<Subset>)], first: u64, cap: usize) -> Likeness {
        let mut likeness = Likeness::with_cap(cap);
        for (index, (text, set)) in (first..).zip(texts) {
            likeness.add_print(index, text);
            if let Some(set) = set {
                likeness.add_sketch(index, *set, text);
            }
        }
        likeness
    }

    /// So many words, which hang on `seed` alone.
    fn text(seed: u64, words: u64) -> String {
        let word =
            |number: u64| format!("w{}", shingles::hash(&(seed << 32 | number).to_le_bytes()));
        (0..words).map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn equal_texts_make_groups() {
        let texts = ["a", "b", "a", "c", "b", "a"].map(|text| (text.to_owned(), None));
        assert_eq!(of(&texts, 0, 9).equal(), [vec![0, 2, 5], vec![1, 4]]);
    }

    #[test]
    fn what_stands_in_many_documents_makes_no_square_of_pairs() {
        let footer = text(0, 300);
        let texts = (0..200).map(|number| {
            let set = if number % 4 == 0 {
                Subset::Test
            } else {
                Subset::Train
            };
            (format!("{} {footer}", text(number + 1, 20)), Some(set))
        });
        let texts: Vec<_> = texts.collect();
        let near = of(&texts, 0, SHINGLES).near(0.8);
        assert_eq!(near.pairs.len(), 50 * NEAREST);
        assert_eq!(near.common.len(), 50);
        assert!(!near.overflowed);
    }

    #[test]
    fn a_leak_as_a_whole_is_no_near_leak() {
        let texts = [
            (text(1, 40), Some(Subset::Train)),
            (text(1, 40), Some(Subset::Test)),
        ];
        assert_eq!(of(&texts, 0, SHINGLES).near(0.8), NearPairs::default());
    }

    proptest! {
        #[test]
        fn parts_add_up_in_any_grouping(
            texts in prop::collection::vec(
                ("[a-c]( [a-c]){3,8}", prop::sample::select(vec![None, Some(Subset::Train), Some(Subset::Test)])),
                0..12,
            ),
            cuts in (0_usize..12, 0_usize..12),
            cap in 0_usize..20,
        ) {
            let one = cuts.0.min(cuts.1).min(texts.len());
            let two = cuts.0.max(cuts.1).min(texts.len());
            let at = |index: usize| u64::try_from(index).unwrap();
            let part = |from: usize, to: usize| of(&texts[from..to], at(from), cap);
            let whole = part(0, texts.len());
            let mut left = part(0, one);
            left.merge(part(one, two));
            left.merge(part(two, texts.len()));
            let mut rest = part(one, two);
            rest.merge(part(two, texts.len()));
            let mut right = part(0, one);
            right.merge(rest);
            prop_assert_eq!(&left, &whole);
            prop_assert_eq!(&right, &whole);
            let mut turned = Likeness::with_cap(cap);
            for (from, to) in [(two, texts.len()), (0, one), (one, two)] {
                turned.merge(part(from, to).take_sketches());
            }
            prop_assert_eq!(&turned, &part(0, texts.len()).take_sketches());
            prop_assert_eq!(left.near(0.8), whole.near(0.8));
            prop_assert_eq!(left.equal(), whole.equal());
            prop_assert_eq!(left.shingles_compared(), whole.shingles_compared());
        }

        #[test]
        fn a_text_with_a_few_words_changed_is_a_candidate(
            seed in 1_u64..1_000_000,
            words in 60_u64..200,
            places in prop::collection::vec(0_u64..200, 1..3),
            others in 0_u64..10,
        ) {
            let original = text(seed, words);
            let mut changed: Vec<String> = original.split(' ').map(str::to_owned).collect();
            for place in places {
                let place = usize::try_from(place % words).unwrap();
                "changed".clone_into(&mut changed[place]);
            }
            let changed = changed.join(" ");
            let mut texts = vec![(original.clone(), Some(Subset::Train))];
            texts.extend((0..others).map(|other| (text(seed + 1 + other, 80), Some(Subset::Train))));
            texts.push((changed.clone(), Some(Subset::Test)));
            let pairs = of(&texts, 0, SHINGLES).near(0.8).pairs;
            // A sample of eight hashes may miss a pair once in 800 times at 0.8; these are nearer.
            if jaccard(&original, &changed) > 0.9 {
                prop_assert_eq!(pairs, [(others + 1, 0)]);
            } else {
                prop_assert!(pairs.iter().all(|pair| *pair == (others + 1, 0)));
            }
        }
    }
}
