//! What spans say of a hypothesis, and how much of that it takes to believe it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::alignment::plausibility::MARGIN;
use crate::alignment::{HYPOTHESES, HypothesisSet};
use crate::diagnostics::Bounds;

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
    /// Documents whose only region is as long as the text under the hypothesis and not as declared,
    /// less those where it is the other way round.
    pub regions: i64,
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
        self.regions += other.regions;
        self.places = self.places.wrapping_add(other.places);
    }

    /// Whether so many spans, and what they speak for, can stand in a stretch of a file.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        /// Far more than a span ever speaks for or against a hypothesis.
        const MOST: u64 = 100_000;
        let counts = [
            self.spans,
            self.declared,
            self.supposed,
            self.differing,
            self.differing_declared,
            self.differing_supposed,
            self.regions.unsigned_abs(),
            self.gain.unsigned_abs() / MOST,
        ];
        counts.into_iter().all(|count| bounds.hold(count))
    }

    /// What speaks for a hypothesis, its simplicity included, in hundredths of a nat.
    ///
    /// The regions of a corpus were all made by one program, so they say little more together than
    /// some of them; and some programs count regions and labels in different ways.
    #[must_use]
    pub fn weight(&self, hypothesis: usize) -> i64 {
        let prior = HYPOTHESES.get(hypothesis).map_or(0, |one| one.prior());
        let regions = (self.regions * REGION).clamp(-REGIONS, REGIONS);
        self.gain + regions + prior
    }

    /// Whether more speaks for the hypothesis than against it.
    #[must_use]
    pub const fn leans(&self) -> bool {
        self.gain + self.regions * REGION > 0
    }

    /// Whether a document may count by the hypothesis that explains the rest of its file: nothing
    /// much speaks against that.
    #[must_use]
    pub const fn tolerates(&self) -> bool {
        self.regions >= 0 && self.gain + self.regions * REGION > -MARGIN
    }

    /// Whether more than one span more fits the hypothesis than fits as declared.
    #[must_use]
    pub const fn gains_several(&self) -> bool {
        self.supposed > self.declared + 1
    }

    /// Whether the hypothesis means other places than those that are declared.
    #[must_use]
    pub const fn differs(&self) -> bool {
        self.differing > 0 || self.regions != 0
    }

    /// Whether a hypothesis is to be believed: enough of the spans that it places otherwise fit it,
    /// and more speaks for it than chance would. Beside that, it either gains enough spans, and few
    /// enough of them fit as declared; or so much speaks for it that it does not take such spans, as
    /// in scripts without blanks, where any place looks well.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
    pub fn convinces(&self, hypothesis: usize, limits: MismatchLimits) -> bool {
        let gained = self
            .differing_supposed
            .saturating_sub(self.differing_declared);
        let differing = self.differing as f64;
        let weight = self.weight(hypothesis);
        let misfits = gained >= limits.spans.max(1)
            && (self.differing_declared as f64) < limits.misfit * differing;
        let is_plain = self.differing >= limits.spans && weight >= STRONG;
        self.fits(limits) && weight >= MARGIN && (misfits || is_plain)
    }

    /// Whether a hypothesis is worth a look, be it not to be believed: it fits several spans more than
    /// the declared unit does, and chance hardly speaks that much for it. Where a few labels slipped,
    /// no hypothesis gains by more than one of them and fits the others too.
    #[must_use]
    pub fn suggests(&self, hypothesis: usize, limits: MismatchLimits) -> bool {
        self.fits(limits)
            && self.gains_several()
            && self.differing >= limits.spans
            && self.weight(hypothesis) >= MARGIN
    }

    /// Whether enough of the spans that the hypothesis places otherwise fit it.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
    pub fn fits(&self, limits: MismatchLimits) -> bool {
        self.differing_supposed as f64 >= limits.fit * self.differing as f64
    }
}

/// What one region speaks for a hypothesis, and what all of them may, in hundredths of a nat.
const REGION: i64 = 100;
const REGIONS: i64 = 4 * REGION;

/// The evidence that does without spans that misfit as declared.
const STRONG: i64 = 3 * MARGIN;

/// The convincing hypothesis that most speaks for, by index, but for those that were `asked` about
/// already; the first of those where several are equal.
#[must_use]
pub fn leader(
    evidence: &BTreeMap<usize, Evidence>,
    asked: HypothesisSet,
    limits: MismatchLimits,
) -> Option<usize> {
    let convincing = evidence.iter().filter(|(index, evidence)| {
        asked & (1 << **index) == 0 && evidence.convinces(**index, limits)
    });
    let leader =
        convincing.max_by_key(|(index, evidence)| (evidence.weight(**index), Reverse(**index)));
    leader.map(|(index, _)| *index)
}

#[cfg(test)]
mod tests;
