//! What a finding is about, for programs that read a report: the label, the words, what fixes it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Excerpt;
use super::redact::redact_prose;
use crate::model::fingerprints::fingerprint;
use crate::text::{Positions, ceil_char, floor_char};

/// What a finding is about, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The label or class.
    pub label: Option<String>,
    /// The words of the document.
    pub words: Option<Words>,
    /// The fingerprint (XXH3, 64 bits) of the whole text of the document, where findings are compared with
    /// known ones.
    pub text: Option<u64>,
    /// The set of the document, where a report shows it.
    pub split: Option<String>,
    /// Who labeled the document, where that was asked for.
    pub labeler: Option<String>,
    /// What would fix it, where a machine can.
    pub remedy: Option<Remedy>,
}

/// Words of a document, and where they are in its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The words, without what no report may show; no more than `LONGEST` bytes and `…`. `None` where
    /// the words of documents are to be hidden.
    pub surface: Option<String>,
    /// Their fingerprint (XXH3, 64 bits).
    pub print: u64,
    /// The code points of the text before them.
    pub start: u64,
    /// The code points of the text up to their end.
    pub end: u64,
    /// The line that they begin on, from 1.
    pub line: u64,
    /// The column that they begin at, from 1, in code points.
    pub column: u64,
}

/// The words of a document that a finding is about, for people and for programs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The words with those around them, where people will see them.
    pub excerpt: Option<Box<Excerpt>>,
    /// The words alone.
    pub words: Option<Words>,
    /// [`Details::text`].
    pub text: Option<u64>,
}

/// Whether fixing a finding by machine keeps the meaning of the labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Applicability {
    /// It does.
    Safe,
    /// It may change it.
    Unsafe,
}

impl Applicability {
    /// The word used in the catalogue and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// What would fix a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// Whether it keeps the meaning of the labels.
    pub applicability: Applicability,
    /// What is done, as in "remove the label".
    pub description: String,
}

/// The longest surface that a finding keeps, in bytes.
const LONGEST: usize = 1000;

/// How many bytes around a surface are looked at for what may not be shown.
const AROUND: usize = 2048;

impl Words {
    /// The words at a range of bytes of a text; without the words themselves where they are to be
    /// hidden.
    #[must_use]
    pub fn of(
        text: &str,
        positions: &mut Positions<'_>,
        bytes: Range<usize>,
        redact: bool,
    ) -> Self {
        let (start, end) = (positions.at(bytes.start), positions.at(bytes.end));
        let start_byte = floor_char(text, bytes.start);
        let end_byte = ceil_char(text, bytes.end.clamp(start_byte, text.len()));
        let shown = ceil_char(text, end_byte.min(start_byte + LONGEST));
        // The words may be a part of a URL.
        let from = floor_char(text, start_byte.saturating_sub(AROUND));
        let until = ceil_char(text, shown.saturating_add(AROUND).min(text.len()));
        let places = [start_byte - from, shown - from];
        let (clean, [first, last]) = redact_prose(&text[from..until], places);
        let mut surface = clean[first..last].to_owned();
        if shown < end_byte {
            surface.push('…');
        }
        Self {
            print: fingerprint(&surface),
            surface: (!redact).then_some(surface),
            start: start.code_point,
            end: end.code_point,
            line: start.line,
            column: start.column,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_placed_in_code_points() {
        let text = "😀 first\nThe river Elbe is long.\nLast";
        let start = text.find("Elbe").unwrap();
        let words = Words::of(text, &mut Positions::new(text), start..start + 4, false);
        assert_eq!((words.start, words.end), (18, 22));
        assert_eq!((words.line, words.column), (2, 11));
        assert_eq!(words.surface.as_deref(), Some("Elbe"));
        let hidden = Words::of(text, &mut Positions::new(text), start..start + 4, true);
        assert_eq!((hidden.surface, hidden.print), (None, words.print));
    }

    #[test]
    fn a_surface_is_short_and_shows_no_signature() {
        let text = "x".repeat(3000);
        let words = Words::of(&text, &mut Positions::new(&text), 0..3000, false);
        let length = words.surface.as_ref().map(String::len);
        assert_eq!((length, words.end), (Some(LONGEST + '…'.len_utf8()), 3000));
        let text = "see https://a/b?sv=1&sig=abcdef now";
        let start = text.find("abc").unwrap();
        let words = Words::of(text, &mut Positions::new(text), start..start + 6, false);
        assert_eq!(words.surface.as_deref(), Some("******"));
    }
}
