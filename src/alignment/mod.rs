//! Span alignment: a document with its text, what is proved of its spans, and what its offsets may
//! count if not what they should.

mod covered;
mod difference;
mod document;
pub mod evidence;
pub mod forensics;
mod hypothesis;
mod labeled;
pub mod mismatches;
mod place;
pub mod plausibility;
mod span;
mod tokens;

pub use covered::{is_white, settle_units};
pub use difference::first_difference;
pub use document::{AlignedDocument, TextState};
pub use hypothesis::{CountedForm, HYPOTHESES, Hypothesis, HypothesisSet, members};
pub use place::{remap, remap_region};
pub use span::{AlignedSpan, Claim, Proof};
pub use tokens::{Mismatch, align};
