//! The local search: units change places as long as that makes the split better.

use super::objective::{Objective, PRESENCE, STRICT, WIDE};
use super::places::Places;
use super::random::Random;
use super::tally::Tally;
use super::units::{Count, Units};

/// How long a search may take. The sets are those of one effort on every machine.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How many changes are proposed in any corpus, for each unit, and at most.
    proposals: [usize; 3],
    /// How many proposals are worth beginning anew, and how often that is done at most: in small corpora
    /// chance has more to say.
    restarts: (usize, usize),
}

impl Effort {
    /// What a user waits for: a second or two, and some seconds in the largest corpora.
    pub const FULL: Self = Self {
        proposals: [20_000, 1_500, 3_000_000],
        restarts: (1_500_000, 12),
    };

    /// What will do to prove that the sets are as they must be.
    #[cfg(test)]
    pub const LITTLE: Self = Self {
        proposals: [1_000, 10, 3_000],
        restarts: (3_000, 2),
    };
}

/// How many random changes tell what a change costs.
const SAMPLE: usize = 1_000;

/// How much worse a change may be that is taken at first, in what random ones cost in the mean. Of 0.1, 0.3,
/// 0.5 and 1.0 this gave the best splits.
const HEAT: f64 = 0.5;

/// The share of the proposals, as one in so many, that is made by strict weights in the end.
const STRICT_SHARE: usize = 4;

/// Of so many proposals one takes several units for one, where units have several sizes.
const UNEQUAL: usize = 3;

/// Improves a split by exchanges that leave the sizes of the sets as they are.
///
/// A change that makes it worse is taken as long as it is within a threshold, which falls to zero (threshold
/// accepting, Dueck and Scheuer 1990): that leads out of places that no single exchange improves. Only the
/// labels of the units that move are looked at, so a proposal costs the same in a corpus of any size.
pub(super) fn improve(
    units: &Units,
    sizes: &[u32],
    assigned: &mut Vec<usize>,
    effort: Effort,
    random: &mut Random,
) {
    let wide = Objective::new(units, sizes, WIDE);
    let strict = Objective::new(units, sizes, STRICT);
    let [fixed, each, most] = effort.proposals;
    let budget = (fixed + units.len() * each).min(most);
    let mut best = strict.of(&Tally::of(units, sizes.len(), assigned));
    let begin = assigned.clone();
    let (worth, most) = effort.restarts;
    for _ in 0..(worth / budget).clamp(1, most) {
        let mut search = Search::new(units, &wide, &begin, sizes.len());
        if search.places.is_fixed() {
            return;
        }
        let heat = search.mean_loss(random) * HEAT;
        search.run(budget - budget / STRICT_SHARE, heat, random);
        search.objective = &strict;
        search.run(budget / STRICT_SHARE, 0.0, random);
        let cost = strict.of(&search.tally);
        if cost < best {
            best = cost;
            *assigned = search.places.assigned;
        }
        if best <= 0.0 {
            return;
        }
    }
}

/// A unit that goes to another set.
#[derive(Clone, Copy, Debug)]
struct Move {
    unit: usize,
    to: usize,
}

struct Search<'a> {
    units: &'a Units,
    objective: &'a Objective,
    places: Places,
    tally: Tally,
}

impl<'a> Search<'a> {
    fn new(units: &'a Units, objective: &'a Objective, assigned: &[usize], sets: usize) -> Self {
        Self {
            units,
            objective,
            places: Places::new(units, assigned, sets),
            tally: Tally::of(units, sets, assigned),
        }
    }

    /// Proposes so many changes, and makes those that cost less than a threshold, which falls from `heat` to
    /// zero.
    fn run(&mut self, budget: usize, heat: f64, random: &mut Random) {
        let has_sizes = self.places.has_sizes();
        for step in 0..budget {
            let left = left(step, budget);
            let threshold = heat * left * left;
            if has_sizes && random.below(UNEQUAL) == 0 {
                self.try_unequal(threshold, random);
            } else if let Some((one, other)) = self.places.propose(random)
                && self.change(one, other) < threshold
            {
                self.exchange(one, other);
            }
        }
    }

    /// What changes cost in the mean that make the split worse.
    fn mean_loss(&self, random: &mut Random) -> f64 {
        let (mut sum, mut count) = (0.0, 0_u32);
        for _ in 0..SAMPLE {
            if let Some((one, other)) = self.places.propose(random) {
                let change = self.change(one, other);
                // What takes a label out of a set is never taken.
                if change > 0.0 && change < PRESENCE {
                    sum += change;
                    count += 1;
                }
            }
        }
        if count == 0 {
            0.0
        } else {
            sum / f64::from(count)
        }
    }

    /// How much worse the split becomes if two units of one size change places.
    fn change(&self, one: usize, other: usize) -> f64 {
        let (a, b) = (self.places.of(one), self.places.of(other));
        self.shift(self.lists(one), self.lists(other), a)
            + self.shift(self.lists(other), self.lists(one), b)
    }

    fn lists(&self, unit: usize) -> (&'a [Count], &'a [Count]) {
        (self.units.labels.of(unit), self.units.pairs.of(unit))
    }

    /// How much worse a set becomes where something takes the place of something else.
    fn shift(&self, gone: (&[Count], &[Count]), come: (&[Count], &[Count]), set: usize) -> f64 {
        if !self.objective.tracks(set) {
            return 0.0;
        }
        let mut change = 0.0;
        differences(gone.0, come.0, |label, documents, instances| {
            let has = self.tally.labels[set][label];
            let then = (plus(has.0, documents), plus(has.1, instances));
            change += self.objective.label(set, label, then);
            change -= self.objective.label(set, label, has);
        });
        differences(gone.1, come.1, |pair, documents, _| {
            let has = self.tally.pairs[set][pair];
            change += self.objective.pair(set, pair, plus(has, documents));
            change -= self.objective.pair(set, pair, has);
        });
        change
    }

    /// Lets two units of one size change places.
    fn exchange(&mut self, one: usize, other: usize) {
        let (a, b) = (self.places.of(one), self.places.of(other));
        self.replace(self.lists(one), self.lists(other), a);
        self.replace(self.lists(other), self.lists(one), b);
        self.places.exchange(one, other);
    }

    fn replace(&mut self, gone: (&[Count], &[Count]), come: (&[Count], &[Count]), set: usize) {
        let labels = &mut self.tally.labels[set];
        differences(gone.0, come.0, |label, documents, instances| {
            let has = &mut labels[label];
            *has = (plus(has.0, documents), plus(has.1, instances));
        });
        let pairs = &mut self.tally.pairs[set];
        differences(gone.1, come.1, |pair, documents, _| {
            pairs[pair] = plus(pairs[pair], documents);
        });
    }

    /// Lets one unit and several smaller ones change places, if that costs less than a threshold.
    fn try_unequal(&mut self, threshold: f64, random: &mut Random) {
        let Some((one, others)) = self.places.propose_unequal(self.units, random) else {
            return;
        };
        let (from, to) = (self.places.of(one), self.places.of(others[0]));
        let there = others.iter().map(|unit| Move {
            unit: *unit,
            to: from,
        });
        let moves: Vec<Move> = there.chain([Move { unit: one, to }]).collect();
        let change: f64 = moves.iter().map(|it| self.go(*it)).sum();
        if change >= threshold {
            for back in &moves {
                let to = if back.to == from { to } else { from };
                self.go(Move { to, ..*back });
            }
        }
    }

    /// Lets a unit go to another set. Answers how much worse the split has become.
    fn go(&mut self, step: Move) -> f64 {
        let from = self.places.of(step.unit);
        let own = self.lists(step.unit);
        let nothing: (&[Count], &[Count]) = (&[], &[]);
        let change = self.shift(own, nothing, from) + self.shift(nothing, own, step.to);
        self.replace(own, nothing, from);
        self.replace(nothing, own, step.to);
        self.places.go(step.unit, step.to);
        change
    }
}

/// The share of the steps that is left.
#[expect(clippy::cast_precision_loss, reason = "a few millions")]
fn left(step: usize, budget: usize) -> f64 {
    1.0 - step as f64 / budget as f64
}

/// What a set gains of each label or pair where what `come` has takes the place of what is `gone`: number,
/// documents, instances. Both lists are in the order of the numbers.
fn differences(gone: &[Count], come: &[Count], mut each: impl FnMut(usize, i64, i64)) {
    let (mut gone, mut come) = (gone, come);
    loop {
        let (less, more) = match (gone.first(), come.first()) {
            (None, None) => return,
            (Some(less), Some(more)) if less.of == more.of => (Some(less), Some(more)),
            (Some(less), Some(more)) if less.of < more.of => (Some(less), None),
            (Some(less), None) => (Some(less), None),
            (_, more) => (None, more),
        };
        let count = |count: Option<&Count>| {
            count.map_or((0, 0), |it| {
                (i64::from(it.documents), i64::from(it.instances))
            })
        };
        let (lost, won) = (count(less), count(more));
        if let Some(either) = less.or(more)
            && lost != won
        {
            each(either.of as usize, won.0 - lost.0, won.1 - lost.1);
        }
        gone = &gone[usize::from(less.is_some())..];
        come = &come[usize::from(more.is_some())..];
    }
}

/// A count after a change, which takes no more than there is.
fn plus(count: u32, change: i64) -> u32 {
    u32::try_from(i64::from(count) + change).unwrap_or_default()
}
