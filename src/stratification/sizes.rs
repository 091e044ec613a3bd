//! How many units of each size go into which set, so that the sets have the sizes that are asked for.

use std::collections::BTreeMap;

/// The units that are not settled, by size, and how many of each go into each set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// By size of a unit in documents: how many of that size go into each set.
    pub(super) units: BTreeMap<u32, Vec<usize>>,
    /// The documents that each set comes to have of them.
    pub(super) documents: Vec<u64>,
}

/// Settles how many units of each size go into each set, so that set `j` comes as near to `wanted[j]`
/// documents as groups allow. `sizes` has how many units there are of each size. The last set takes what
/// is left.
///
/// Each set gets its share of each size, and where that leaves it short or gives it too much, units of
/// other sizes make up for it: which sums they can have is a subset-sum, one bit a sum.
pub(super) fn room(sizes: &BTreeMap<u32, usize>, wanted: &[u64]) -> Room {
    let mut left = sizes.clone();
    let mut units: BTreeMap<u32, Vec<usize>> =
        sizes.keys().map(|size| (*size, Vec::new())).collect();
    let mut documents = Vec::with_capacity(wanted.len());
    let mut rest: u64 = wanted.iter().sum();
    for (set, want) in wanted.iter().enumerate() {
        let is_last = set + 1 == wanted.len();
        let chosen = if is_last {
            left.clone()
        } else {
            choose(&left, *want, rest)
        };
        let mut sum = 0;
        for (size, count) in &chosen {
            sum += u64::from(*size) * *count as u64;
            if let Some(left) = left.get_mut(size) {
                *left -= count;
            }
            if let Some(units) = units.get_mut(size) {
                units.push(*count);
            }
        }
        documents.push(sum);
        rest -= want;
    }
    Room { units, documents }
}

/// How many units of each size make up `want` documents, or as near to it as can be; of `rest` documents
/// that are there by now.
fn choose(left: &BTreeMap<u32, usize>, want: u64, rest: u64) -> BTreeMap<u32, usize> {
    let sums = Sums::new(left, want);
    let mut open = sums.nearest;
    let mut chosen = BTreeMap::new();
    // The largest first: what is left for smaller ones can be made up more finely.
    for (place, (size, count)) in sums.sizes.iter().enumerate().rev() {
        let share = (*count as u64 * want + rest / 2).checked_div(rest);
        let share = usize::try_from(share.unwrap_or_default()).unwrap_or(*count);
        let fits = |units: &usize| {
            let taken = u64::from(*size) * *units as u64;
            taken <= open && sums.can_be(place, open - taken)
        };
        let mut by_distance: Vec<usize> = (0..=*count).collect();
        by_distance.sort_by_key(|units| (units.abs_diff(share), *units));
        let units = by_distance.into_iter().find(fits).unwrap_or_default();
        open -= u64::from(*size) * units as u64;
        chosen.insert(*size, units);
    }
    chosen
}

/// Which sums units can have.
struct Sums {
    /// Sizes, each with how many units have it; in ascending order.
    sizes: Vec<(u32, usize)>,
    /// For so many of the sizes, from the first: the sums of documents that their units can have.
    reachable: Vec<Vec<bool>>,
    /// The sum that is nearest to the one that is asked for.
    nearest: u64,
}

impl Sums {
    fn new(left: &BTreeMap<u32, usize>, want: u64) -> Self {
        let sizes: Vec<(u32, usize)> = left.iter().map(|(size, count)| (*size, *count)).collect();
        let total: u64 = sizes
            .iter()
            .map(|(size, count)| u64::from(*size) * *count as u64)
            .sum();
        // A sum as far above the wanted one as 0 is below it is as bad as nothing.
        let most = index(total.min(want.saturating_mul(2)));
        let mut reachable = vec![start(most)];
        for (size, count) in &sizes {
            let before = &reachable[reachable.len() - 1];
            reachable.push(with_size(before, *size as usize, *count));
        }
        let all = &reachable[reachable.len() - 1];
        let can_be = |sum: &usize| all[*sum];
        let distance = |sum: &usize| ((*sum as u64).abs_diff(want), *sum);
        let nearest = (0..=most).filter(can_be).min_by_key(distance);
        Self {
            sizes,
            nearest: nearest.unwrap_or_default() as u64,
            reachable,
        }
    }

    /// Whether units of the sizes before a place can have a sum.
    fn can_be(&self, place: usize, sum: u64) -> bool {
        let sums = &self.reachable[place];
        sums.get(index(sum)).copied().unwrap_or_default()
    }
}

fn start(most: usize) -> Vec<bool> {
    let mut sums = vec![false; most + 1];
    sums[0] = true;
    sums
}

/// The sums that can be had with up to `count` units of a size more. One sweep: each sum knows how many of
/// them it needs at least.
fn with_size(before: &[bool], size: usize, count: usize) -> Vec<bool> {
    let mut needed: Vec<usize> = vec![usize::MAX; before.len()];
    for sum in 0..before.len() {
        if before[sum] {
            needed[sum] = 0;
        } else if let Some(less) = sum.checked_sub(size)
            && needed[less] < count
        {
            needed[sum] = needed[less] + 1;
        }
    }
    needed
        .into_iter()
        .map(|units| units != usize::MAX)
        .collect()
}

fn index(sum: u64) -> usize {
    usize::try_from(sum).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(sizes: &[(u32, usize)], wanted: &[u64]) -> Vec<u64> {
        room(&sizes.iter().copied().collect(), wanted).documents
    }

    #[test]
    fn single_documents_make_any_size() {
        assert_eq!(documents(&[(1, 10)], &[2, 8]), [2, 8]);
        assert_eq!(documents(&[(1, 10)], &[3, 3, 4]), [3, 3, 4]);
    }

    #[test]
    fn groups_come_as_near_as_they_can() {
        assert_eq!(documents(&[(3, 4)], &[2, 10]), [3, 9]);
        assert_eq!(documents(&[(2, 3), (5, 1)], &[5, 6]), [5, 6]);
        assert_eq!(documents(&[(4, 1), (7, 1)], &[3, 8]), [4, 7]);
        // A group larger than the test set leaves that to the others.
        assert_eq!(documents(&[(1, 5), (20, 1)], &[5, 20]), [5, 20]);
        // As near above as below: the smaller one.
        assert_eq!(documents(&[(4, 3)], &[2, 10]), [0, 12]);
    }

    #[test]
    fn each_size_gives_its_share() {
        let room = room(&BTreeMap::from([(1, 80), (2, 10)]), &[20, 80]);
        assert_eq!(room.documents, [20, 80]);
        assert_eq!(room.units[&2], [2, 8]);
        assert_eq!(room.units[&1], [16, 64]);
    }

    #[test]
    fn every_unit_goes_somewhere() {
        let sizes = BTreeMap::from([(1, 7), (2, 5), (9, 2)]);
        for want in 0..=35 {
            let room = room(&sizes, &[want, 35 - want]);
            for (size, count) in &sizes {
                assert_eq!(room.units[size].iter().sum::<usize>(), *count);
            }
            assert_eq!(room.documents.iter().sum::<u64>(), 35);
            assert_eq!(room.documents[0], want);
        }
    }
}
