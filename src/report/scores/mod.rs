//! Reports of a comparison (`labelwright score`), for people and for machines. One file a form.

mod confusion;
pub(in crate::report) mod figures;
mod grid;
mod human;

mod json;
mod markdown;
mod table;

pub use super::html::scores as html;
pub use human::human;
pub use json::json;
pub use markdown::markdown;
pub use table::csv;

/// Whether a text is the beginning of one of these reports that is not told by what all reports of its
/// form have.
#[must_use]
pub fn is_own(beginning: &str) -> bool {
    let first = beginning.lines().next().unwrap_or_default();
    table::is_own(first) || human::is_own(first)
}
