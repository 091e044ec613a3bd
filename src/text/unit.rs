//! What an offset counts.

use std::fmt;

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
    /// Grapheme clusters by the rules of Unicode 10, as doccano's page counts them: fewer emoji with
    /// a joiner are one than in [`Unit::Grapheme`], and no conjuncts of Indic scripts.
    Grapheme10,
}

impl Unit {
    /// Every unit, in the order in which help texts name them.
    pub const ALL: [Self; 5] = [
        Self::Utf16,
        Self::CodePoint,
        Self::Utf8,
        Self::Grapheme,
        Self::Grapheme10,
    ];

    /// The name used on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "utf16",
            Self::CodePoint => "codepoint",
            Self::Utf8 => "utf8",
            Self::Grapheme => "grapheme",
            Self::Grapheme10 => "grapheme10",
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
            Self::Grapheme10 => "grapheme clusters of Unicode 10",
        }
    }

    /// Whether it counts grapheme clusters, of today or of Unicode 10. An edge inside one has no
    /// number then, and CR LF counts one.
    #[must_use]
    pub const fn is_cluster(self) -> bool {
        matches!(self, Self::Grapheme | Self::Grapheme10)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_the_names_of_the_command_line() {
        let names = Unit::ALL.map(|unit| unit.to_string());
        let all = ["utf16", "codepoint", "utf8", "grapheme", "grapheme10"];
        assert_eq!(names, all);
        assert_eq!(Unit::Utf16.plural(), "UTF-16 code units");
    }
}
