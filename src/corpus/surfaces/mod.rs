//! Surfaces: the words that labels stand on.

mod capped;
mod forms;
mod labeled;
mod noted;
mod roles;
mod surface;
mod words;

pub use capped::{Conflict, SURFACES, Surfaces};
pub use forms::{Forms, add_forms};
pub use labeled::{places, trusted};
pub use noted::NotedSurfaces;
pub use roles::pair_print;
pub use surface::{Places, Surface};
pub use words::{is_telling, surface};
