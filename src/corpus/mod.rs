//! What a corpus adds up to.
//!
//! Each batch fills a [`Statistics`] of its own and [`Statistics::merge`] joins them, in any grouping:
//! `statistics(A ++ B) == statistics(A) + statistics(B)`. The corpus rules look at the sum alone, so threads,
//! shards and whole runs give one answer.

mod ask;
mod by_split;
pub mod confirmed;
pub mod figures;
pub mod kept_name;
mod languages;
pub mod likeness;
mod names;
mod occurrences;
pub mod overview;
mod prints;
pub mod search;
pub mod shingles;
mod sketches;
pub mod smallest;
mod statistics;
mod subset;
pub mod surfaces;
mod suspect;
mod uses;

pub use ask::Ask;
pub use by_split::BySplit;
pub use languages::Languages;
pub use names::OddNames;
pub use occurrences::Occurrences;
pub use statistics::Statistics;
pub use suspect::Suspect;
pub use uses::Uses;
