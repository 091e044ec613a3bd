//! Looks for words that stand without a label and have one elsewhere.

mod covered;
mod patterns;
mod searchable;
mod shelf;
mod word_starts;

pub use patterns::{Found, Search};
pub use searchable::Searchable;
pub use shelf::Shelf;
