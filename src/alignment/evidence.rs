//! What spans say of a hypothesis, and how much of that it takes to believe it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::alignment::HypothesisSet;
use crate::alignment::plausibility::MARGIN;

/// How much evidence it takes to believe a hypothesis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MismatchLimits {
    /// The fewest spans that it must gain.
    pub spans: u64,
    /// The least share of the spans that it places otherwise which must fit it.
    pub fit: f64,
    /// The share of those spans below which the declared unit does not fit.
    pub misfit: f64,
}

impl Default for MismatchLimits {
    fn default() -> Self {
        Self {
            spans: 5,
            fit: 0.9,
            misfit: 0.6,
        }
    }
}

/// What the spans of some documents say of one hypothesis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// All spans.
    pub spans: u64,
    /// Spans that fit as declared: in bounds, not empty, no white space at an edge, no word cut.
    pub declared: u64,
    /// Spans that fit the hypothesis.
    pub supposed: u64,
    /// Spans that the hypothesis places otherwise.
    pub differing: u64,
    /// Those of them that fit as declared.
    pub differing_declared: u64,
    /// Those of them that fit the hypothesis.
    pub differing_supposed: u64,
    /// How much more speaks for the places under the hypothesis than for the declared ones, in
    /// hundredths of a nat (see [`super::plausibility::plausibility`]).
    pub gain: i64,
    /// A fingerprint of the places under the hypothesis: equal for two hypotheses that place
    /// the same spans alike.
    pub places: u64,
}

impl Evidence {
    /// Adds what other documents say.
    pub const fn merge(&mut self, other: Self) {
        self.spans += other.spans;
        self.declared += other.declared;
        self.supposed += other.supposed;
        self.differing += other.differing;
        self.differing_declared += other.differing_declared;
        self.differing_supposed += other.differing_supposed;
        self.gain += other.gain;
        self.places = self.places.wrapping_add(other.places);
    }

    /// Whether the hypothesis is to be believed: it gains enough spans, enough of those that
    /// it places otherwise fit it, few enough of them fit as declared, and all of that speaks for it
    /// more than chance would.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
    pub fn convinces(&self, limits: MismatchLimits) -> bool {
        let gained = self
            .differing_supposed
            .saturating_sub(self.differing_declared);
        let differing = self.differing as f64;
        gained >= limits.spans.max(1)
            && self.gain >= MARGIN
            && self.differing_supposed as f64 >= limits.fit * differing
            && (self.differing_declared as f64) < limits.misfit * differing
    }
}

/// The convincing hypothesis that most speaks for, by index, but for those that were `asked` about
/// already; the first of those where several are equal.
#[must_use]
pub fn leader(
    evidence: &BTreeMap<usize, Evidence>,
    asked: HypothesisSet,
    limits: MismatchLimits,
) -> Option<usize> {
    let convincing = evidence
        .iter()
        .filter(|(index, evidence)| asked & (1 << **index) == 0 && evidence.convinces(limits));
    let leader = convincing.max_by_key(|(index, evidence)| (evidence.gain, Reverse(**index)));
    leader.map(|(index, _)| *index)
}

/// A hypothesis, and all others that about as much speaks for in the same documents, though they
/// place the spans differently. Where there is one, nobody knows.
#[must_use]
pub fn with_rivals(evidence: &BTreeMap<usize, Evidence>, leader: usize) -> HypothesisSet {
    let Some(most) = evidence.get(&leader) else {
        return 0;
    };
    let mut places = vec![most.places];
    let mut set = 1 << leader;
    for (index, rival) in evidence {
        if rival.gain > most.gain - MARGIN && !places.contains(&rival.places) {
            places.push(rival.places);
            set |= 1 << index;
        }
    }
    set
}
