//! Data in sentences: quoted, counted, and harmless to a terminal.

use std::borrow::Cow;
use std::ops::Range;

use super::redact::{mask, redact_prose};
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
        // A backquote would end the quotation, and what is behind it would be a sentence of ours.
        if char == '`' {
            quoted.extend(char.escape_unicode());
        } else {
            push_visible(&mut quoted, char);
        }
    }
    quoted.push('`');
    quoted
}

/// Words of a text, as [`quote`] has them. They may be a part of a signed query, which is seen by what
/// is around them.
#[must_use]
pub fn quote_at(text: &str, bytes: Range<usize>) -> String {
    /// How many bytes around the words are looked at.
    const AROUND: usize = 2048;
    let start = floor_char(text, bytes.start);
    let end = floor_char(text, bytes.end.max(start));
    let from = floor_char(text, start.saturating_sub(AROUND));
    let until = floor_char(text, end.saturating_add(AROUND));
    let places = [start - from, end - from];
    let (clean, [first, last]) = redact_prose(&text[from..until], places);
    quote(&clean[first..last])
}

/// Stands in a sentence for what is not known before all documents are counted. No data brings it along,
/// since control characters are escaped in what is quoted.
pub const GAP: &str = "\u{0}";

/// A line that is shown and not acted on: neither by a terminal, nor by the programs that look for
/// commands in the log of a CI job.
#[must_use]
pub fn visible(line: &str) -> Cow<'_, str> {
    if !line.chars().any(disturbs) && !may_command(line) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    for char in line.chars() {
        push_harmless(&mut out, char);
    }
    Cow::Owned(out)
}

/// Adds the character, or its escape where it would disturb a terminal, or make a command of what
/// is before it.
pub fn push_harmless(out: &mut String, char: char) {
    if commands(out, char) {
        out.extend(char.escape_unicode());
    } else {
        push_visible(out, char);
    }
}

/// Whether a character behind these words makes them the beginning of a command in the log of a CI
/// job. GitHub's runner looks for `::` at the start of a line and for `##[` anywhere in it, the
/// agent of Azure Pipelines for `##vso[` anywhere.
#[must_use]
pub fn commands(before: &str, char: char) -> bool {
    match char {
        ':' => before.ends_with(':'),
        '[' => {
            let name = before.len().saturating_sub("vso".len());
            let named = before
                .get(name..)
                .filter(|it| it.eq_ignore_ascii_case("vso"));
            let bare = named.map_or(before, |_| &before[..name]);
            bare.ends_with("##")
        }
        _ => false,
    }
}

/// Whether there can be a command at all.
fn may_command(line: &str) -> bool {
    line.contains("::") || line.contains("##")
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
    fn a_backquote_in_data_does_not_end_its_quotation() {
        assert_eq!(quote("x` @octocat `y"), r"`x\u{60} @octocat \u{60}y`");
    }

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

    #[test]
    fn a_part_of_a_signature_is_not_quoted() {
        let text = "Ada: https://a/é?sv=1&sig=Secret now";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            quote_at(text, start..start + words.len())
        };
        assert_eq!(
            [at("Ada"), at("ecr"), at("now")],
            ["`Ada`", "`***`", "`now`"]
        );
        assert_eq!(quote_at(text, 90..99), "``");
    }

    #[test]
    fn names_cannot_command_a_runner() {
        for (name, want) in [
            ("::error::x", r":\u{3a}error:\u{3a}x"),
            (":::", r":\u{3a}:"),
            ("::::", r":\u{3a}:\u{3a}"),
            ("a ##[group]b", r"a ##\u{5b}group]b"),
            ("a ##vso[task.complete]b", r"a ##vso\u{5b}task.complete]b"),
            ("é##VsO[x]", r"é##VsO\u{5b}x]"),
        ] {
            assert_eq!(visible(name), want);
        }
        for harmless in [
            "## Heading",
            "a#[b]",
            "x://y:1",
            "##vsoé[",
            "#vso[",
            "évso[",
        ] {
            assert_eq!(visible(harmless), harmless);
        }
    }
}
