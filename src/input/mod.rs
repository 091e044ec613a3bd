//! What is opened: label files as bytes, and the texts that they speak of.

mod listed;
mod source;
mod texts;
mod unlisted;

pub use listed::Listed;
pub use source::{LineCounter, Source};
pub use texts::{Claim, Contested, Lookup, Texts};
pub use unlisted::{Listing, Unlisted, unlisted};
