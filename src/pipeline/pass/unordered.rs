//! Sums that the order of the batches means nothing to.

use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::aggregate::Aggregate;
use crate::corpus::likeness::Likeness;
use crate::corpus::surfaces::{NotedSurfaces, Surfaces};

/// How many batches wait for each sum that is in hand before another one is begun. Sums have to be put
/// together at the end, by one thread, so few are better.
const WAITING: usize = 4;

/// The words of labels and the sketches of texts, which are most of what documents add up to: of
/// batches in any order.
#[derive(Default)]
struct Unordered {
    surfaces: Surfaces,
    /// Without the fingerprints of the texts, which stand in the order of the documents.
    likeness: Likeness,
}

/// The same of one batch.
struct Part {
    noted: NotedSurfaces,
    likeness: Likeness,
}

impl Unordered {
    fn add(&mut self, part: Part) {
        self.surfaces.add_noted(part.noted);
        self.likeness.merge(part.likeness);
    }
}

/// Sums that several threads add their batches to.
///
/// A thread takes a sum that nobody else has in hand. Where there is none it leaves its batch to those
/// who have one, and where too many wait it begins another: so no thread waits for another, and
/// few threads have one sum. What comes of it is the same whichever batch went to which, since all
/// that is in them adds up in any order and grouping, at the caps too.
#[derive(Default)]
pub(crate) struct UnorderedSums(Mutex<State>);

#[derive(Default)]
struct State {
    /// The sums that nobody has in hand.
    free: Vec<Unordered>,
    /// How many are in hand.
    busy: usize,
    /// Batches that were left to those who have one.
    waiting: Vec<Part>,
}

impl UnorderedSums {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes from a batch what is added up here.
    pub(crate) fn add(&self, batch: &mut Aggregate) {
        let part = Part {
            noted: mem::take(&mut batch.noted),
            likeness: batch.sums.statistics.likeness.take_sketches(),
        };
        let mut state = self.state();
        let is_full = state.waiting.len() >= WAITING * state.busy;
        let mut sum = match state.free.pop() {
            Some(sum) => sum,
            None if is_full => Unordered::default(),
            None => return state.waiting.push(part),
        };
        state.busy += 1;
        drop(state);
        sum.add(part);
        loop {
            let mut state = self.state();
            let Some(part) = state.waiting.pop() else {
                state.free.push(sum);
                state.busy -= 1;
                return;
            };
            drop(state);
            sum.add(part);
        }
    }

    /// Adds all of it to what the batches come to.
    pub(crate) fn add_to(self, whole: &mut Aggregate) {
        let state = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let statistics = &mut whole.sums.statistics;
        for sum in state.free {
            statistics.surfaces.merge(sum.surfaces);
            statistics.likeness.merge(sum.likeness);
        }
    }
}

#[cfg(all(test, feature = "parallel"))]
mod tests {
    use super::*;

    /// Of a batch with one labeled place.
    fn batch(number: u64) -> Aggregate {
        let mut batch = Aggregate::default();
        batch
            .noted
            .note(&format!("word {}", number % 7), "Label", (number, 0));
        batch
    }

    #[test]
    fn nothing_is_left_waiting() {
        let sums = UnorderedSums::default();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let sums = &sums;
                scope.spawn(move || {
                    for number in (thread..2_000).step_by(4) {
                        sums.add(&mut batch(number));
                    }
                });
            }
        });
        let (mut whole, mut alone) = (Aggregate::default(), Aggregate::default());
        sums.add_to(&mut whole);
        let one = UnorderedSums::default();
        (0..2_000).for_each(|number| one.add(&mut batch(number)));
        one.add_to(&mut alone);
        let surfaces = |of: Aggregate| of.sums.statistics.surfaces;
        let (whole, alone) = (surfaces(whole), surfaces(alone));
        assert_eq!(whole, alone);
        let places = alone
            .labeled(0)
            .map(crate::corpus::surfaces::Surface::places);
        assert_eq!(places.sum::<u64>(), 2_000);
    }
}
