//! Offsets: which characters of a text a span names.
//!
//! A [`Span`] is what a label file declares, in one of five units, and may be wrong.
//! A [`ByteRange`] is proved: it lies in its text and on character edges. Only a [`Text`]
//! makes one ([`Text::resolve`]; [`Text::range`] from bytes), and only a `ByteRange` can be written in another
//! unit, by [`Text::declare`]. So no label is ever moved by guessing.
//!
//! Both functions take all the spans of a document at once and sweep the text a
//! single time from edge to edge, however the spans are ordered.
//!
//! Ends are exclusive everywhere in this crate. CR LF is two characters (and one
//! grapheme cluster): a text is what its bytes say, never normalised.

pub mod adjacent;
mod blanks;
mod characters;
pub(crate) mod classes;
pub mod clusters;
mod count;
mod declare;
mod document;
mod encoding;
mod grapheme10;
pub mod main_script;
mod nearest;
mod positions;
mod resolve;
pub mod scripts;
mod span;
pub mod squeezed;
mod sweep;
pub mod tags;
mod unit;
pub mod whole;
pub mod words;

pub use blanks::Blanks;
pub use characters::{ceil_char, floor_char};
pub use document::Text;
pub use encoding::Encoding;
pub use nearest::{misspelled, nearest};
pub use positions::{Position, Positions};
pub use span::{ByteRange, Fault, Side, Span};
pub use unit::Unit;

#[cfg(test)]
mod tests;
