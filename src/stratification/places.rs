//! Where the units are while they change places.

use std::collections::BTreeMap;

use super::random::Random;
use super::units::Units;

/// The most units that take the place of one.
const MOST: usize = 8;

/// The set of each unit, and which units could take its place.
pub(super) struct Places {
    /// The set of each unit.
    pub(super) assigned: Vec<usize>,
    /// The units that are not settled.
    movable: Vec<usize>,
    /// By set, then by number of the size: the movable units.
    pools: Vec<Vec<Vec<usize>>>,
    /// The sizes, in ascending order.
    sizes: Vec<u32>,
    /// Of each unit, the number of its size, and its place in its pool.
    size: Vec<usize>,
    place: Vec<usize>,
}

impl Places {
    pub(super) fn new(units: &Units, assigned: &[usize], sets: usize) -> Self {
        let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
        let movable: Vec<usize> = (0..units.len())
            .filter(|unit| units.kept[*unit].is_none())
            .collect();
        for unit in &movable {
            numbers.insert(units.sizes[*unit], 0);
        }
        for (number, of) in numbers.values_mut().enumerate() {
            *of = number;
        }
        let number_of = |size: &u32| numbers.get(size).copied().unwrap_or_default();
        let mut places = Self {
            assigned: assigned.to_vec(),
            movable: Vec::new(),
            pools: vec![vec![Vec::new(); numbers.len()]; sets],
            size: units.sizes.iter().map(number_of).collect(),
            sizes: numbers.into_keys().collect(),
            place: vec![0; units.len()],
        };
        for unit in &movable {
            places.enter(*unit, assigned[*unit]);
        }
        places.movable = movable;
        places
    }

    /// Whether no unit can move.
    pub(super) fn is_fixed(&self) -> bool {
        self.movable.len() < 2 || self.pools.len() < 2
    }

    /// Whether units have several sizes.
    pub(super) fn has_sizes(&self) -> bool {
        self.sizes.len() > 1
    }

    /// The set of a unit.
    pub(super) fn of(&self, unit: usize) -> usize {
        self.assigned[unit]
    }

    /// Two units of one size in two sets.
    pub(super) fn propose(&self, random: &mut Random) -> Option<(usize, usize)> {
        let one = self.any(random);
        let pool = &self.pools[self.another_set(one, random)][self.size[one]];
        (!pool.is_empty()).then(|| (one, pool[random.below(pool.len())]))
    }

    /// A unit, and smaller ones in another set with as many documents together.
    pub(super) fn propose_unequal(
        &self,
        units: &Units,
        random: &mut Random,
    ) -> Option<(usize, Vec<usize>)> {
        let one = self.any(random);
        let pools = &self.pools[self.another_set(one, random)];
        let mut open = units.sizes[one];
        let mut others = Vec::new();
        // Of the smaller sizes, any; at the end only what fits.
        let mut below = self.size[one];
        while open > 0 {
            let fitting = self.sizes[..below].partition_point(|size| *size <= open);
            if fitting == 0 || others.len() == MOST {
                return None;
            }
            let size = random.below(fitting);
            let taken = others
                .iter()
                .filter(|unit: &&usize| self.size[**unit] == size)
                .count();
            let pool = &pools[size];
            if pool.len() <= taken {
                below = size;
                continue;
            }
            let unit = pool[random.below(pool.len())];
            if others.contains(&unit) {
                return None;
            }
            open -= self.sizes[size];
            others.push(unit);
        }
        (others.len() > 1).then_some((one, others))
    }

    fn any(&self, random: &mut Random) -> usize {
        self.movable[random.below(self.movable.len())]
    }

    fn another_set(&self, unit: usize, random: &mut Random) -> usize {
        let sets = self.pools.len();
        (self.assigned[unit] + 1 + random.below(sets - 1)) % sets
    }

    /// Lets two units of one size change places.
    pub(super) fn exchange(&mut self, one: usize, other: usize) {
        let size = self.size[one];
        self.pools[self.assigned[one]][size][self.place[one]] = other;
        self.pools[self.assigned[other]][size][self.place[other]] = one;
        self.place.swap(one, other);
        self.assigned.swap(one, other);
    }

    /// Lets a unit go to another set.
    pub(super) fn go(&mut self, unit: usize, set: usize) {
        let pool = &mut self.pools[self.assigned[unit]][self.size[unit]];
        let place = self.place[unit];
        pool.swap_remove(place);
        if let Some(moved) = pool.get(place) {
            self.place[*moved] = place;
        }
        self.enter(unit, set);
    }

    fn enter(&mut self, unit: usize, set: usize) {
        let pool = &mut self.pools[set][self.size[unit]];
        self.place[unit] = pool.len();
        pool.push(unit);
        self.assigned[unit] = set;
    }
}
