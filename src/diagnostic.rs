//! Findings: what a rule says about a place in a label file.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::json::Pointer;
use crate::mend::{Mend, Mending};
use crate::text::{ceil_char, floor_char};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably wrong, or worse than it could be.
    Warning,
    /// The service rejects it, or the label cannot mean what the labeler meant.
    Error,
}

impl Severity {
    /// All of them, the lightest first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a rule says: the wording, apart from the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What is wrong, one sentence without a full stop. Data in it is quoted with [`quote`].
    pub text: String,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// A severity other than the rule's own, where the rule has two.
    pub severity: Option<Severity>,
    /// What would mend it, where a machine can: all of it together.
    pub mends: Vec<Mend>,
}

impl Message {
    /// A message without help, at the rule's own severity.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            help: None,
            severity: None,
            mends: Vec::new(),
        }
    }

    /// The same with a word on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with what would mend it.
    #[must_use]
    pub fn mends(mut self, mends: impl IntoIterator<Item = Mend>) -> Self {
        self.mends.extend(mends);
        self
    }

    /// The same at another severity than the rule's own.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// A finding. Bytes count from the start of the label file, ends exclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// How much it weighs, after `--deny` and `--warn`.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// The bytes of the value it is about; `None` where it belongs to no place.
    pub bytes: Option<Range<u64>>,
    /// 1-based line and column of the first of those bytes; columns count Unicode scalar
    /// values. Filled in once the findings are complete, by [`crate::source::Sweep::place`].
    pub position: Option<(u64, u64)>,
    /// The value it is about; in a JSONL file from the root of its line.
    pub pointer: Option<Pointer>,
    /// The document it is about, by `location` or by the path after the datastore.
    pub document: Option<String>,
    /// The words of the document around the span.
    pub excerpt: Option<Box<Excerpt>>,
    /// The words of the label file around the place, for the findings that are shown to people.
    pub snippet: Option<Box<Excerpt>>,
    /// The hypotheses of [`crate::forensics`] that explain it, if they are believed: those under
    /// which more spans of its document fit.
    pub doubt: u32,
    /// The bytes that mend it, where that was asked for and a machine can.
    pub mending: Option<Box<Mending>>,
}

impl Diagnostic {
    /// The order of every report: by byte (findings without a place come last), then by rule.
    #[must_use]
    pub fn in_order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |finding: &Self| {
            let start = finding.bytes.as_ref().map_or(u64::MAX, |bytes| bytes.start);
            let end = finding.bytes.as_ref().map_or(u64::MAX, |bytes| bytes.end);
            (start, finding.rule, end)
        };
        key(self)
            .cmp(&key(other))
            .then_with(|| self.pointer.cmp(&other.pointer))
            .then_with(|| self.message.cmp(&other.message))
    }

    /// The memory it takes, about, in bytes.
    #[must_use]
    pub fn weight(&self) -> usize {
        /// What an allocation takes beside its content.
        const ALLOCATION: usize = 16;
        let own = |text: &str| text.len() + ALLOCATION;
        let help = match &self.help {
            Some(Cow::Owned(help)) => own(help),
            _ => 0,
        };
        let excerpts = [&self.excerpt, &self.snippet].into_iter().flatten();
        let excerpts = excerpts.map(|it| size_of::<Excerpt>() + own(&it.name) + own(&it.text));
        let edits = self.mending.iter().flat_map(|mending| &mending.edits);
        let edits = edits.map(|edit| size_of_val(edit) + own(&edit.text));
        size_of::<Self>()
            + own(&self.message)
            + help
            + self.pointer.as_ref().map_or(0, |it| own(it.as_str()))
            + self.document.as_ref().map_or(0, |it| own(it))
            + excerpts.sum::<usize>()
            + edits.sum::<usize>()
    }
}

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

impl Excerpt {
    /// Cuts the window around `span`, a range of bytes on character edges, out of `text`.
    /// It never leaves the lines that the span begins and ends on.
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
        Self {
            name: name.to_owned(),
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: text[line_start..from].chars().count() + 1,
            text: text[from..end + to].to_owned(),
            span: start - from..end - from,
            goes_on: to < line_end,
        }
    }
}

/// A piece of data for use in a sentence: in backquotes, shortened, and with everything that
/// could disturb a terminal (control characters, bidirectional overrides) escaped.
#[must_use]
pub fn quote(data: &str) -> String {
    const LONGEST: usize = 80;
    let mut quoted = String::with_capacity(data.len() + 2);
    quoted.push('`');
    for (count, char) in data.chars().enumerate() {
        if count == LONGEST {
            quoted.push('…');
            break;
        }
        push_visible(&mut quoted, char);
    }
    quoted.push('`');
    quoted
}

/// Adds the character, or its escape where it would disturb a terminal.
pub fn push_visible(out: &mut String, char: char) {
    match char {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        _ if disturbs(char) => out.extend(char.escape_unicode()),
        _ => out.push(char),
    }
}

/// Whether a terminal may act on the character instead of showing it.
#[must_use]
pub fn disturbs(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

/// `1 label`, `2 labels`.
#[must_use]
pub fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
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

    #[test]
    fn names_cannot_disturb_a_terminal() {
        assert_eq!(
            quote("a\u{1b}[31m\u{202e}b\n"),
            "`a\\u{1b}[31m\\u{202e}b\\n`"
        );
        assert_eq!(quote(&"x".repeat(81)).chars().count(), 83);
    }
}
