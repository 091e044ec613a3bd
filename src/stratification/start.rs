//! Iterative stratification: the start of a split.

use std::collections::BTreeSet;

use super::random::Random;
use super::sizes::Room;
use super::units::{Count, Units, number};

/// Puts each unit that is not settled into a set, so that no set gets more units of a size than there is
/// room for.
///
/// The label or the pair of labels with the fewest documents that are still to be placed comes first,
/// and each of its units goes to the set that wants most of it (Sechidis, Tsoumakas and Vlahavas 2011; with
/// pairs, Szymański and Kajdanowicz 2017). `order` is the order of the units where nothing else
/// tells, and `wanted` the documents that each set is to have in the end.
pub(super) fn start(
    units: &Units,
    wanted: &[u64],
    room: &Room,
    order: &[usize],
    random: &mut Random,
) -> Vec<usize> {
    let mut placing = Placing::new(units, wanted, room);
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); placing.left.len()];
    for unit in order {
        if placing.assigned[*unit].is_none() {
            for count in evidence(units, *unit) {
                holders[count.of as usize].push(*unit);
            }
        }
    }
    while let Some((_, rarest)) = placing.queue.first().copied() {
        for unit in std::mem::take(&mut holders[rarest as usize]) {
            if placing.assigned[unit].is_none() {
                let set = placing.neediest(unit, Some(rarest as usize), random);
                placing.put(unit, set);
            }
        }
        placing.drop(rarest);
    }
    for unit in order {
        if placing.assigned[*unit].is_none() {
            let set = placing.neediest(*unit, None, random);
            placing.put(*unit, set);
        }
    }
    placing
        .assigned
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect()
}

/// The labels of a unit and, numbered behind them, its pairs.
fn evidence(units: &Units, unit: usize) -> impl Iterator<Item = Count> + '_ {
    let behind = number(units.label_totals.len());
    let pairs = units.pairs.of(unit).iter().map(move |pair| Count {
        of: pair.of + behind,
        ..*pair
    });
    units.labels.of(unit).iter().copied().chain(pairs)
}

struct Placing<'a> {
    units: &'a Units,
    assigned: Vec<Option<usize>>,
    /// By set: how many documents it still wants.
    open: Vec<f64>,
    /// By set, then by label or pair: how many documents with that it still wants.
    desired: Vec<Vec<f64>>,
    /// How many documents with a label or pair are still to be placed.
    left: Vec<u32>,
    /// The same in order, those with none left out.
    queue: BTreeSet<(u32, u32)>,
    /// By set: how many units of each size there is room for.
    room: Vec<std::collections::BTreeMap<u32, usize>>,
}

impl<'a> Placing<'a> {
    fn new(units: &'a Units, wanted: &[u64], room: &Room) -> Self {
        let labels = units.label_totals.iter().map(|totals| totals.documents);
        let totals: Vec<u32> = labels.chain(units.pair_totals.iter().copied()).collect();
        let whole = f64::from(units.documents.max(1));
        let share = |wanted: &u64| to_float(*wanted) / whole;
        let desired = wanted
            .iter()
            .map(|wanted| {
                totals
                    .iter()
                    .map(|total| f64::from(*total) * share(wanted))
                    .collect()
            })
            .collect();
        let rooms = (0..wanted.len()).map(|set| {
            let sizes = room.units.iter();
            sizes.map(|(size, counts)| (*size, counts[set])).collect()
        });
        let queue = (0..).zip(&totals).filter(|(_, left)| **left > 0);
        let mut placing = Self {
            units,
            assigned: vec![None; units.len()],
            open: wanted.iter().map(|wanted| to_float(*wanted)).collect(),
            desired,
            queue: queue.map(|(of, left)| (*left, of)).collect(),
            left: totals,
            room: rooms.collect(),
        };
        for unit in 0..units.len() {
            if let Some(set) = units.kept[unit] {
                placing.settle(unit, set);
            }
        }
        placing
    }

    /// The set with room for a unit that wants most of a label or pair, or of documents where there is none.
    fn neediest(&self, unit: usize, of: Option<usize>, random: &mut Random) -> usize {
        let size = self.units.sizes[unit];
        let has_room = |set: &usize| self.room[*set].get(&size).is_some_and(|room| *room > 0);
        let want = |set: usize| {
            let own = of.map_or(0.0, |of| self.desired[set][of]);
            (own, self.open[set])
        };
        let mut best: Vec<usize> = Vec::new();
        for set in (0..self.open.len()).filter(has_room) {
            let Some(first) = best.first() else {
                best.push(set);
                continue;
            };
            let (one, other) = (want(set), want(*first));
            match one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)) {
                std::cmp::Ordering::Greater => best = vec![set],
                std::cmp::Ordering::Equal => best.push(set),
                std::cmp::Ordering::Less => {}
            }
        }
        match best.as_slice() {
            [] => 0,
            [only] => *only,
            several => several[random.below(several.len())],
        }
    }

    /// Puts a unit into a set that has room for it.
    fn put(&mut self, unit: usize, set: usize) {
        let size = self.units.sizes[unit];
        if let Some(room) = self.room[set].get_mut(&size) {
            *room = room.saturating_sub(1);
        }
        self.settle(unit, set);
    }

    fn settle(&mut self, unit: usize, set: usize) {
        self.assigned[unit] = Some(set);
        self.open[set] -= f64::from(self.units.sizes[unit]);
        for count in evidence(self.units, unit) {
            let of = count.of as usize;
            self.desired[set][of] -= f64::from(count.documents);
            let left = self.left[of];
            if self.queue.remove(&(left, count.of)) && left > count.documents {
                self.queue.insert((left - count.documents, count.of));
            }
            self.left[of] = left.saturating_sub(count.documents);
        }
    }

    /// Has done with a label or pair.
    fn drop(&mut self, of: u32) {
        self.queue.remove(&(self.left[of as usize], of));
    }
}

/// A number of documents, which is far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "corpora have fewer documents")]
pub(super) fn to_float(count: u64) -> f64 {
    count as f64
}
