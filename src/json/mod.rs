//! JSON with places: where each value stands in the bytes, and where records begin and end.
//!
//! `serde_json` is the grammar. This module adds what it does not tell: the byte range
//! of a value ([`Node`], [`Locator`]), duplicate keys, and the borders of the records
//! in a stream of bytes ([`cut`]); and a [`Cursor`] that is quicker through records that are as
//! they should be.

pub mod change;
mod cursor;
pub mod cut;
mod eights;
pub mod list;
mod locate;
mod node;
mod number;
pub mod pairs;
pub mod patch;
mod pointer;

pub use cursor::{Cursor, once};
pub use eights::is_plain;
pub use locate::{Locator, Members};
#[cfg(test)]
pub use node::walked;
pub use node::{Kind, LoneSurrogate, Member, Node, SyntaxError, depth};
pub use number::{Integer, integer};
pub use pointer::Pointer;

/// The deepest nesting that is read; the limit of `serde_json` for typed data.
pub const MAX_DEPTH: usize = 128;

/// A string as JSON spells it.
#[must_use]
pub fn spell(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
