//! `labelwright diff`: what two label files differ in, in several forms.

mod counts;
mod human;
mod json;
mod label;
mod markdown;
mod sections;

pub use counts::verdict;
pub use human::{human, is_human};
pub(super) use human::{painted, plain};
pub use json::json;
pub(super) use json::{ChangedJson, InputJson, PlaceJson, RenameJson};
pub use label::Part;
pub(super) use label::place_parts;
pub use markdown::markdown;
pub(super) use sections::{Line, label_line, rename_line, sections};
