//! What came of splitting a corpus: each label in each set, how far that is from its share, and what could
//! not be had.

mod human;
mod json;

pub use self::human::human;
pub use self::json::json;
