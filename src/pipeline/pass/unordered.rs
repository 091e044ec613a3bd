//! Sums that the order of the batches means nothing to.

use std::mem;
use std::sync::{Mutex, PoisonError};

use super::aggregate::Aggregate;
use crate::corpus::likeness::Likeness;
use crate::corpus::surfaces::Surfaces;

/// The words of labels and the sketches of texts, which are most of what documents add up to: of
/// batches in any order.
#[derive(Default)]
struct Unordered {
    surfaces: Surfaces,
    /// Without the fingerprints of the texts, which stand in the order of the documents.
    likeness: Likeness,
}

/// Sums that several threads add their batches to.
///
/// A thread takes one that nobody else adds to at the moment, or begins one: so there are as many as
/// threads ever met here, and none waits for another. What it comes to is the same whichever batch
/// went to which, since all that is in them adds up in any order and grouping, at the caps too.
#[derive(Default)]
pub(crate) struct UnorderedSums(Mutex<Vec<Unordered>>);

impl UnorderedSums {
    /// Takes from a batch what is added up here.
    pub(crate) fn add(&self, batch: &mut Aggregate) {
        let mut sum = self.pop().unwrap_or_default();
        sum.surfaces.add_noted(mem::take(&mut batch.noted));
        sum.likeness
            .merge(batch.sums.statistics.likeness.take_sketches());
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sums.push(sum);
    }

    fn pop(&self) -> Option<Unordered> {
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sums.pop()
    }

    /// Adds all of it to what the batches come to.
    pub(crate) fn add_to(self, whole: &mut Aggregate) {
        let statistics = &mut whole.sums.statistics;
        for sum in self.0.into_inner().unwrap_or_else(PoisonError::into_inner) {
            statistics.surfaces.merge(sum.surfaces);
            statistics.likeness.merge(sum.likeness);
        }
    }
}
