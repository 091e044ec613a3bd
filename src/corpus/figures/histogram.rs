//! How often each length is there.

use std::collections::BTreeMap;

/// Numbers up to this one are told apart one by one.
const EXACT: u64 = 1000;

/// How often each number is there. Numbers above 1,000 are kept with three digits, so there are no more
/// than 1,000 and 900 for each tenfold; the least, the greatest and the sum are exact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: BTreeMap<u64, u64>,
    extremes: Option<(u64, u64)>,
    sum: u128,
    count: u64,
}

impl Histogram {
    /// Adds a number.
    pub fn add(&mut self, number: u64) {
        *self.counts.entry(rounded(number)).or_default() += 1;
        self.extend((number, number));
        self.sum += u128::from(number);
        self.count += 1;
    }

    fn extend(&mut self, (least, most): (u64, u64)) {
        let now = self.extremes.unwrap_or((least, most));
        self.extremes = Some((now.0.min(least), now.1.max(most)));
    }

    /// Adds those of another one.
    pub fn merge(&mut self, other: &Self) {
        for (number, count) in &other.counts {
            *self.counts.entry(*number).or_default() += count;
        }
        if let Some(extremes) = other.extremes {
            self.extend(extremes);
        }
        self.sum += other.sum;
        self.count += other.count;
    }

    /// How many numbers there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The least and the greatest; `None` where there is none.
    #[must_use]
    pub const fn extremes(&self) -> Option<(u64, u64)> {
        self.extremes
    }

    /// Their mean; `None` where there is none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sums lie far below 2^53")]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The least number that half of them are not above; `None` where there is none. Above 1,000 it is
    /// right in three digits.
    #[must_use]
    pub fn median(&self) -> Option<u64> {
        let mut seen = 0;
        let middle = self.counts.iter().find(|(_, count)| {
            seen += **count;
            seen * 2 >= self.count
        });
        let (least, most) = self.extremes?;
        middle.map(|(number, _)| (*number).clamp(least, most))
    }

    /// How many are no greater than a number below 1,000.
    #[must_use]
    pub fn up_to(&self, number: u64) -> u64 {
        self.counts.range(..=number).map(|(_, count)| count).sum()
    }

    /// The numbers in at most so many bins of one width, from the least to the greatest: of each the first
    /// number, the last one and how many there are. The width is 1, 2 or 5 times a power of ten.
    #[must_use]
    pub fn bins(&self, most: u64) -> Vec<(u64, u64, u64)> {
        let Some((first, last)) = self.extremes else {
            return Vec::new();
        };
        let width = widths().find(|width| last / width - first / width < most);
        let width = width.unwrap_or(u64::MAX);
        let mut bins: Vec<(u64, u64, u64)> = (first / width..=last / width)
            .map(|bin| (bin * width, (bin * width).saturating_add(width - 1), 0))
            .collect();
        for (number, count) in &self.counts {
            // One that was rounded may be less than the least.
            let bin = (number / width).saturating_sub(first / width);
            let bin = usize::try_from(bin).ok().and_then(|bin| bins.get_mut(bin));
            if let Some((_, _, all)) = bin {
                *all += count;
            }
        }
        bins
    }
}

/// The widths that bins may have: 1, 2, 5, 10, 20, and so on.
fn widths() -> impl Iterator<Item = u64> {
    (0..19).flat_map(|power| [1, 2, 5].map(|step| step * 10_u64.pow(power)))
}

/// A number as it is kept.
fn rounded(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit > EXACT {
        unit *= 10;
    }
    number / unit * unit
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_lengths_are_kept_with_three_digits() {
        for (number, want) in [
            (0, 0),
            (1000, 1000),
            (1009, 1000),
            (128_765, 128_000),
            (u64::MAX, 18_400_000_000_000_000_000),
        ] {
            assert_eq!(rounded(number), want);
        }
    }

    fn of(numbers: &[u64]) -> Histogram {
        let mut histogram = Histogram::default();
        for number in numbers {
            histogram.add(*number);
        }
        histogram
    }

    #[test]
    fn nothing_has_no_middle() {
        let none = Histogram::default();
        assert_eq!(
            (none.median(), none.mean(), none.extremes()),
            (None, None, None)
        );
        assert_eq!(none.bins(8), []);
    }

    #[test]
    fn bins_have_one_width() {
        let bins = of(&[3, 4, 17, 39]).bins(8);
        let want = [
            (0, 4, 2),
            (5, 9, 0),
            (10, 14, 0),
            (15, 19, 1),
            (20, 24, 0),
            (25, 29, 0),
            (30, 34, 0),
            (35, 39, 1),
        ];
        assert_eq!(bins, want);
        assert_eq!(
            of(&[0, u64::MAX])
                .bins(8)
                .iter()
                .map(|bin| bin.2)
                .sum::<u64>(),
            2
        );
    }

    proptest! {
        #[test]
        fn it_tells_what_a_sorted_list_tells(
            mut numbers in prop::collection::vec(prop_oneof![0..30_u64, 0..2_000_000_u64], 1..40),
            cut in 0_usize..40,
        ) {
            let (left, right) = numbers.split_at(cut.min(numbers.len()));
            let mut histogram = of(left);
            histogram.merge(&of(right));
            prop_assert_eq!(&histogram, &of(&numbers));
            numbers.sort_unstable();
            let middle = numbers[(numbers.len() - 1) / 2];
            let median = histogram.median().unwrap();
            prop_assert!(median <= middle && middle - median <= middle / 100, "{median} {middle}");
            prop_assert_eq!(histogram.extremes(), Some((numbers[0], numbers[numbers.len() - 1])));
            let bins = histogram.bins(8);
            prop_assert!(bins.len() <= 8);
            prop_assert_eq!(bins.iter().map(|bin| bin.2).sum::<u64>(), numbers.len() as u64);
        }
    }
}
