//! `labelwright diff`: what two label files differ in, in several forms.

mod counts;
mod human;
mod json;
mod label;
mod markdown;
mod sections;

pub use counts::verdict;
pub use human::{human, is_human};
pub use json::json;
pub use label::Part;
pub use markdown::markdown;
pub(super) use sections::{Line, sections};
