//! What an offset counts.

use std::fmt;

use str_indices::{chars, utf16};
use unicode_segmentation::UnicodeSegmentation;

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// UTF-16 code units: the unit of every Azure AI Language file, and of JavaScript.
    Utf16,
    /// Unicode code points: the unit of Python strings, and of Microsoft's AML SDK.
    CodePoint,
    /// Bytes of the UTF-8 form.
    Utf8,
    /// Extended grapheme clusters (UAX #29): what a reader calls a character.
    Grapheme,
}

impl Unit {
    /// Every unit, in the order in which help texts name them.
    pub const ALL: [Self; 4] = [Self::Utf16, Self::CodePoint, Self::Utf8, Self::Grapheme];

    /// The name used on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "utf16",
            Self::CodePoint => "codepoint",
            Self::Utf8 => "utf8",
            Self::Grapheme => "grapheme",
        }
    }

    /// What one of them is called in a sentence, in the plural.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16 code units",
            Self::CodePoint => "code points",
            Self::Utf8 => "UTF-8 bytes",
            Self::Grapheme => "grapheme clusters",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How many units a piece of a text has.
pub(super) fn count(piece: &str, unit: Unit) -> usize {
    match unit {
        Unit::Utf16 => utf16::count(piece),
        Unit::CodePoint => chars::count(piece),
        Unit::Utf8 => piece.len(),
        Unit::Grapheme => piece.graphemes(true).count(),
    }
}
