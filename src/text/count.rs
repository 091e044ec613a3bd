//! How many units a piece of a text has.

use str_indices::{chars, utf16};

use super::clusters::clusters;
use super::unit::Unit;

/// How many units a piece of a text has.
pub(super) fn count(piece: &str, unit: Unit) -> usize {
    match unit {
        Unit::Utf16 => utf16::count(piece),
        Unit::CodePoint => chars::count(piece),
        Unit::Utf8 => piece.len(),
        Unit::Grapheme | Unit::Grapheme10 => clusters(piece, unit).count(),
    }
}
