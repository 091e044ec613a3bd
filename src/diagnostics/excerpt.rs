//! A window of a text around a span.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::redact::{mask, redact_prose};

use crate::text::{ceil_char, floor_char};

/// A window of a document's text around a span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The name of the text: the document's location.
    pub name: String,
    /// The 1-based line of the window's first character.
    pub line: usize,
    /// The 1-based column, in Unicode scalar values, of the window's first character.
    pub column: usize,
    /// The characters of the window, line ends included.
    pub text: String,
    /// The span, in bytes of `text`.
    pub span: Range<usize>,
    /// Whether the last line goes on after the window.
    pub goes_on: bool,
}

/// How many characters of a text stand before and after the span in an [`Excerpt`].
const CONTEXT: usize = 40;

/// The longest stretch of a span that an [`Excerpt`] shows, in bytes.
const LONGEST: usize = 200;

/// How many bytes around the window are looked at for what may not be shown.
const AROUND: usize = 2048;

impl Excerpt {
    /// Cuts the window around `span`, a range of bytes on character edges, out of `text`.
    /// It never leaves the lines that the span begins and ends on, and shows no signed query.
    #[must_use]
    pub fn around(name: &str, text: &str, span: Range<usize>) -> Self {
        let start = floor_char(text, span.start);
        let end = span.end.clamp(start, text.len()).min(start + LONGEST);
        let end = ceil_char(text, end);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let from = before[line_start..]
            .char_indices()
            .rev()
            .nth(CONTEXT - 1)
            .map_or(line_start, |(at, _)| line_start + at);
        let after = &text[end..];
        let line_end = after.find('\n').unwrap_or(after.len());
        let to = after[..line_end]
            .char_indices()
            .nth(CONTEXT)
            .map_or(line_end, |(at, _)| at);
        let to = end + to;
        // The window may begin or end inside a URL.
        let seen = floor_char(text, from.saturating_sub(AROUND));
        let until = ceil_char(text, to.saturating_add(AROUND).min(text.len()));
        let cuts = [from, start, end, to].map(|at| at - seen);
        let (shown, [from_shown, start_shown, end_shown, to_shown]) =
            redact_prose(&text[seen..until], cuts);
        Self {
            name: mask(name).into_owned(),
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: text[line_start..from].chars().count() + 1,
            text: shown[from_shown..to_shown].to_owned(),
            span: start_shown - from_shown..end_shown - from_shown,
            goes_on: to < end + line_end,
        }
    }
}

impl Excerpt {
    /// Whether it can be a window that [`Self::around`] has cut, which nobody has proved of one
    /// that was read from a file.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        /// The most bytes of a character.
        const WIDEST: usize = 4;
        /// Texts that fit into memory have no more lines and columns.
        const MOST: usize = usize::MAX >> 16;
        let place = 1..=MOST;
        self.text.get(self.span.clone()).is_some()
            && self.text.len() <= LONGEST + (2 * CONTEXT + 1) * WIDEST
            && place.contains(&self.line)
            && place.contains(&self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_stays_on_its_lines() {
        let text = "first\nsecond line\nthird";
        let excerpt = Excerpt::around("a.txt", text, 13..17);
        assert_eq!((excerpt.line, excerpt.column), (2, 1));
        assert_eq!(excerpt.text, "second line");
        assert_eq!(&excerpt.text[excerpt.span], "line");
    }

    #[test]
    fn a_window_of_a_long_line_is_cut() {
        let text = format!("{}é{}", "x".repeat(100), "y".repeat(100));
        let excerpt = Excerpt::around("a.txt", &text, 100..102);
        assert_eq!(excerpt.column, 61);
        assert_eq!(excerpt.text.chars().count(), 81);
        assert_eq!(&excerpt.text[excerpt.span], "é");
    }
}
