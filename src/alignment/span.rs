//! A label's span, aligned with the text.

use crate::text::{ByteRange, Fault, Span, Unit};

/// What is known of a span's place: the range that it names, or why it names none; `None` where
/// there is no text to prove it against, or the unit of the offsets is not settled.
pub type Proof = Option<Result<ByteRange, Fault>>;

/// A label's span, aligned with the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlignedSpan {
    /// Where it lies in the text.
    pub proof: Proof,
    /// Its numbers in the unit of a conversion's target; `None` where it is not written.
    pub target: Option<Span>,
    /// Whether it is left out of the target because it overlaps one that is written.
    pub overlaps: bool,
    /// What came of the text that the file says it covers.
    pub claim: Claim,
}

/// What comes of the text that a file says a span covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claim {
    /// The file says nothing, or there is no text to hold it to.
    #[default]
    Untold,
    /// The span covers that text, in this unit.
    Same(Unit),
    /// The span covers another text in every unit that it may be in. Its place is not proved.
    Differs,
    /// The span covers that text, in this unit, and is several stretches with more than white space
    /// between them. It has no place that is one stretch.
    Discontinuous(Unit),
}

impl Claim {
    /// The unit that it proves, if it proves one.
    #[must_use]
    pub const fn unit(self) -> Option<Unit> {
        match self {
            Self::Same(unit) | Self::Discontinuous(unit) => Some(unit),
            Self::Untold | Self::Differs => None,
        }
    }
}
