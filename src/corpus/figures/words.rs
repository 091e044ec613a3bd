//! Which words each label stands on.

use std::collections::BTreeMap;

use crate::corpus::surfaces::Surfaces;

/// The words that a label stands on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelWords<'a> {
    /// How many different ones are counted.
    pub distinct: u64,
    /// The most frequent ones, each with its places that have the label.
    pub top: Vec<(&'a str, u64)>,
    /// The mean of the entropies of the words' labels in bits, weighted by the places that have the label:
    /// 0 where its words have no other one. `None` where no words are counted.
    pub ambiguity: Option<f64>,
}

impl LabelWords<'_> {
    /// The words of each label by its name, `top` of them with their counts.
    #[must_use]
    pub fn of(surfaces: &Surfaces, top: usize) -> BTreeMap<&str, LabelWords<'_>> {
        let mut all: BTreeMap<&str, (LabelWords<'_>, u64, f64)> = BTreeMap::new();
        // They come by their hashes, so the sums are the same each time.
        for surface in surfaces.labeled(1) {
            let bits = entropy(surface.labels.iter().map(|(_, places)| places.count));
            for (label, places) in &surface.labels {
                let (words, places_of, sum) = all.entry(label).or_default();
                words.distinct += 1;
                *places_of += places.count;
                *sum += bits * as_float(places.count);
                let new = (&*surface.words, places.count);
                let is_before = |other: &(&str, u64)| (new.1, other.0) < (other.1, new.0);
                let at = words.top.partition_point(is_before);
                if at < top {
                    words.top.insert(at, new);
                    words.top.truncate(top);
                }
            }
        }
        let all = all.into_iter().map(|(label, (mut words, places, sum))| {
            words.ambiguity = (places > 0).then(|| sum / as_float(places));
            (label, words)
        });
        all.collect()
    }
}

/// The entropy of a distribution in bits.
fn entropy(counts: impl Iterator<Item = u64> + Clone) -> f64 {
    let all = as_float(counts.clone().sum());
    let of = |count: u64| {
        let share = as_float(count) / all;
        -share * share.log2()
    };
    counts.filter(|count| *count > 0).map(of).sum::<f64>().abs()
}

#[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
const fn as_float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_two_labels_are_ambiguous() {
        let mut surfaces = Surfaces::default();
        let mut note = |words, label, times| {
            for _ in 0..times {
                surfaces.note(words, label, (0, 0));
            }
        };
        note("Paris", "City", 2);
        note("Paris", "Person", 2);
        note("Oslo", "City", 6);
        note("Rome", "City", 6);
        let words = LabelWords::of(&surfaces, 2);
        let city = &words["City"];
        assert_eq!(city.distinct, 3);
        assert_eq!(city.top, [("Oslo", 6), ("Rome", 6)]);
        // One bit at 2 of 14 places.
        assert!((city.ambiguity.unwrap() - 2.0 / 14.0).abs() < 1e-12);
        assert_eq!(words["Person"].ambiguity, Some(1.0));
    }

    #[test]
    fn entropy_is_in_bits() {
        assert!(entropy([7].into_iter()).abs() < 1e-12);
        assert!((entropy([1, 1, 1, 1].into_iter()) - 2.0).abs() < 1e-12);
    }
}
