//! What the search makes small: how far a split is from the shares that are wanted.
//!
//! First each label in each set, then the shares of documents, then those of instances and pairs. The last
//! three are measured by what a random split has of them, so that the weights between them mean the same
//! for any corpus.

use super::tally::Tally;
use super::units::Units;

/// What a document costs that a label lacks in a set, or has too many: more than anything else.
pub(super) const PRESENCE: f64 = 1e6;

/// The weights of documents, instances and pairs while the search looks around. With a greater one for
/// documents it would come to pairs too late: see the comparison in `docs/splitting.md`.
pub(super) const WIDE: [f64; 3] = [100.0, 20.0, 600.0];

/// The same at the end, where a document less in its place is worth any number of pairs.
pub(super) const STRICT: [f64; 3] = [60_000.0, 20.0, 600.0];

/// From so many units on, a label has two documents in each of two sets.
const TWO_EACH: u32 = 4;

/// The least share of documents without a label that its odds are taken with: those of a label that nearly
/// all have are beyond measure.
const FEW: f64 = 0.05;

/// How much dearer it is to be off by a whole share of instances than by little: few labels should be off by
/// much.
const BEND: f64 = 30.0;

/// What a split costs.
#[derive(Clone, Debug)]
pub(super) struct Objective {
    /// The sets that are looked at: of two, one tells of the other.
    sets: Vec<Option<Goals>>,
}

/// What is wanted of a set.
#[derive(Clone, Debug, Default)]
struct Goals {
    labels: Vec<Goal>,
    pairs: Vec<Aim>,
}

/// What is wanted of a label in a set.
#[derive(Clone, Copy, Debug)]
struct Goal {
    /// The fewest and the most documents that the set may have.
    bounds: (u32, u32),
    documents: Aim,
    instances: Aim,
}

/// A number that is wanted, and what it costs to be off by one.
#[derive(Clone, Copy, Debug, Default)]
struct Aim {
    wanted: f64,
    /// How far from it the nearest whole number is, which costs nothing.
    nearest: f64,
    price: f64,
    /// How much dearer each further one is.
    bend: f64,
}

impl Aim {
    fn cost(self, has: u32) -> f64 {
        let off = ((f64::from(has) - self.wanted).abs() - self.nearest).max(0.0);
        self.price * off * (1.0 + self.bend * off)
    }
}

impl Objective {
    /// The costs of splits into sets of such sizes. Of two sets the first is the test set.
    pub(super) fn new(units: &Units, sizes: &[u32], weights: [f64; 3]) -> Self {
        let sets = sizes.iter().enumerate().map(|(set, size)| {
            let is_told = sizes.len() == 2 && set == 1;
            let tracked = *size > 0 && *size < units.documents && !is_told;
            tracked.then(|| Goals::new(units, sizes, set, weights))
        });
        Self {
            sets: sets.collect(),
        }
    }

    /// Whether a set is looked at.
    pub(super) fn tracks(&self, set: usize) -> bool {
        self.sets[set].is_some()
    }

    /// What a label costs in a set that has so many of its documents and instances.
    pub(super) fn label(&self, set: usize, label: usize, has: (u32, u32)) -> f64 {
        let Some(goals) = &self.sets[set] else {
            return 0.0;
        };
        let goal = &goals.labels[label];
        let missing = goal.bounds.0.saturating_sub(has.0);
        let too_many = has.0.saturating_sub(goal.bounds.1);
        PRESENCE * f64::from(missing + too_many)
            + goal.documents.cost(has.0)
            + goal.instances.cost(has.1)
    }

    /// What a pair costs in a set that has so many of its documents.
    pub(super) fn pair(&self, set: usize, pair: usize, documents: u32) -> f64 {
        let goals = self.sets[set].as_ref();
        goals.map_or(0.0, |goals| goals.pairs[pair].cost(documents))
    }

    /// What a split costs.
    pub(super) fn of(&self, tally: &Tally) -> f64 {
        let mut cost = 0.0;
        for set in (0..self.sets.len()).filter(|set| self.tracks(*set)) {
            for (label, has) in tally.labels[set].iter().enumerate() {
                cost += self.label(set, label, *has);
            }
            for (pair, documents) in tally.pairs[set].iter().enumerate() {
                cost += self.pair(set, pair, *documents);
            }
        }
        cost
    }
}

impl Goals {
    fn new(units: &Units, sizes: &[u32], set: usize, weights: [f64; 3]) -> Self {
        let share = f64::from(sizes[set]) / f64::from(units.documents);
        // Of a random split: the distances in odds of labels, in shares of instances, in odds of pairs.
        let mut random = [0.0; 3];
        let mut goals = Self::default();
        for totals in &units.label_totals {
            let part = f64::from(totals.documents) / f64::from(units.documents);
            let bounds = bounds(totals.documents, totals.units, units.documents, sizes, set);
            let spread = spread(totals.documents, part, share);
            let price = in_odds(part);
            let instance = 1.0 / f64::from(totals.instances.max(1));
            random[0] += price * spread;
            random[1] += spread / f64::from(totals.documents.max(1));
            goals.labels.push(Goal {
                bounds,
                documents: aim(share, totals.documents, bounds, price),
                instances: Aim {
                    bend: BEND * instance,
                    ..aim(share, totals.instances, (0, u32::MAX), instance)
                },
            });
        }
        for total in &units.pair_totals {
            let part = f64::from(*total) / f64::from(units.documents);
            let price = in_odds(part);
            random[2] += price * spread(*total, part, share);
            goals.pairs.push(Aim {
                nearest: 0.0,
                ..aim(share, *total, (0, u32::MAX), price)
            });
        }
        // Where all documents have all labels, no split differs in documents, and instances still do.
        let weight = |at: usize| {
            if random[at] > 0.0 {
                weights[at] / random[at]
            } else {
                weights[at]
            }
        };
        for goal in &mut goals.labels {
            goal.documents.price *= weight(0);
            goal.instances.price *= weight(1);
        }
        for goal in &mut goals.pairs {
            goal.price *= weight(2);
        }
        goals
    }
}

/// What a document more or less changes in the odds of a label that such a part of all have, but for a factor
/// that all labels have.
fn in_odds(part: f64) -> f64 {
    let lacking = (1.0 - part).max(FEW);
    // Not `powi`, which may round otherwise on another machine.
    1.0 / (lacking * lacking)
}

/// A share of so many that is wanted, in whole numbers and within bounds.
fn aim(share: f64, total: u32, bounds: (u32, u32), price: f64) -> Aim {
    let wanted = share * f64::from(total);
    let most = f64::from(bounds.1.min(total));
    let whole = wanted.round().clamp(f64::from(bounds.0).min(most), most);
    Aim {
        wanted,
        nearest: (whole - wanted).abs(),
        price,
        bend: 0.0,
    }
}

/// The fewest and the most documents with a label that a set should have, of those that have it: of so many
/// units, in a corpus of so many documents.
fn bounds(having: u32, units: u32, documents: u32, sizes: &[u32], set: usize) -> (u32, u32) {
    let size = sizes[set];
    let sets = u32::try_from(sizes.len()).unwrap_or(u32::MAX);
    // As many should lack it as make its odds finite.
    let lacking = u32::from(documents - having >= sets);
    let room = size.saturating_sub(lacking);
    if sets > 2 {
        // Each fold is a test set once.
        let each = match units {
            units if units >= 2 * sets => 2,
            units => u32::from(units >= sets),
        };
        return (each.min(having).min(room), room);
    }
    let each = match units {
        0 | 1 => 0,
        units if units < TWO_EACH => 1,
        _ => 2,
    };
    // What only one unit has is of no use in a test set, since nothing was trained on it.
    let most = match (each, set) {
        (0, 0) => 0,
        (0, _) => having,
        _ => having.saturating_sub(each),
    };
    let others: u32 = documents - size;
    let fewest = having
        .saturating_sub(others.saturating_sub(lacking))
        .max(each);
    (fewest.min(room), most.min(room).max(fewest.min(room)))
}

/// What is to be expected of a random split: how many documents with a label a set has too many or too
/// few (0.8 standard deviations of a hypergeometric distribution).
fn spread(total: u32, part: f64, share: f64) -> f64 {
    let variance = f64::from(total) * share * (1.0 - share) * (1.0 - part);
    0.8 * variance.max(0.0).sqrt()
}
