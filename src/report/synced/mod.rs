//! `labelwright sync`: what became of a project that was given the labels of an export.

mod human;
mod json;
mod verdict;

pub use human::{human, is_human};
pub use json::json;
pub use verdict::verdict;
