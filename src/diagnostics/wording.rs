//! Data in sentences: quoted, counted, and harmless to a terminal.

use std::borrow::Cow;

use super::redact::mask;
use crate::text::floor_char;

/// A piece of data for use in a sentence: in backquotes, shortened, without a signed query, and with
/// everything that could disturb a terminal (control characters, bidirectional overrides) escaped.
#[must_use]
pub fn quote(data: &str) -> String {
    const LONGEST: usize = 80;
    /// A signature that begins behind this many bytes is not shown.
    const READ: usize = 4096;
    let data = mask(&data[..floor_char(data, READ)]);
    let mut quoted = String::with_capacity(data.len().min(LONGEST) + 2);
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

/// A line that a terminal shows and does not act on.
#[must_use]
pub fn visible(line: &str) -> Cow<'_, str> {
    if !line.chars().any(disturbs) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    for char in line.chars() {
        push_visible(&mut out, char);
    }
    Cow::Owned(out)
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
    fn names_cannot_disturb_a_terminal() {
        assert_eq!(
            quote("a\u{1b}[31m\u{202e}b\n"),
            "`a\\u{1b}[31m\\u{202e}b\\n`"
        );
        assert_eq!(quote(&"x".repeat(81)).chars().count(), 83);
        assert_eq!(visible("a\u{9b}m\tb\n"), "a\\u{9b}m\\tb\\n");
        assert_eq!(visible("é 😀"), "é 😀");
    }
}
