//! Looks for words that stand without a label and have one elsewhere.

mod coverage;
mod covered;
mod patterns;
mod searchable;
mod shelf;
mod word_starts;

pub use coverage::Coverage;
pub use patterns::{Found, Missed, Search, Wanted};
pub use searchable::Searchable;
pub use shelf::Shelf;
