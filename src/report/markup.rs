//! Words of data and sentences of ours as HTML, wherever pages are made.

use std::fmt::Write;

use crate::diagnostics::redact::mask;
use crate::diagnostics::{Excerpt, disturbs, visible};

/// A text that stands in a page and does nothing else: markup is escaped, and what is not seen or
/// turns the direction of text is made visible. What the eye may miss (line ends, tabs, odd
/// blanks, characters that count twice in UTF-16) can be shown by the page's style.
pub(super) fn text(out: &mut String, text: &str) {
    let mut before = None;
    for char in text.chars() {
        one(out, char, before);
        before = Some(char);
    }
}

fn one(out: &mut String, char: char, before: Option<char>) {
    // Writing to a String cannot fail.
    let _ = match char {
        '&' => write!(out, "&amp;"),
        '<' => write!(out, "&lt;"),
        '>' => write!(out, "&gt;"),
        '"' => write!(out, "&quot;"),
        '\'' => write!(out, "&#39;"),
        '\n' if before == Some('\r') => writeln!(out),
        '\n' => writeln!(out, "<i class=\"w nl\"></i>"),
        '\r' => write!(out, "<i class=\"w cr\"></i>"),
        '\t' => write!(out, "<i class=\"w tab\">\t</i>"),
        ' ' if before == Some(' ') => write!(out, "<i class=\"w sp\"> </i>"),
        _ if disturbs(char) => write!(out, "<i class=\"esc\">U+{:04X}</i>", u32::from(char)),
        _ if char.is_whitespace() && char != ' ' => {
            let code = u32::from(char);
            write!(out, "<i class=\"w odd\" title=\"U+{code:04X}\">{char}</i>")
        }
        _ if char.len_utf16() == 2 => {
            let code = u32::from(char);
            write!(
                out,
                "<i class=\"w ast\" title=\"U+{code:04X}: one code point, two UTF-16 code \
                 units\">{char}</i>"
            )
        }
        _ => write!(out, "{char}"),
    };
}

/// A name or words from data, without signatures, and with what disturbs a reader made visible. A template
/// escapes its markup.
pub(super) fn shown(words: &str) -> String {
    visible(&mask(words)).into_owned()
}

/// A sentence of ours, with what it quotes set as code. It begins with a capital letter where a
/// word is first.
pub(super) fn prose(sentence: &str) -> String {
    let mut out = String::new();
    let mut pieces = sentence.split('`').enumerate().peekable();
    while let Some((at, piece)) = pieces.next() {
        // A quote that does not end is none.
        let is_quote = at % 2 == 1 && pieces.peek().is_some();
        match (is_quote, at % 2 == 1) {
            (true, _) => out.push_str("<code>"),
            (false, true) => out.push('`'),
            (false, false) => {}
        }
        let mut chars = piece.chars();
        match chars.next() {
            Some(first) if at == 0 => {
                text(&mut out, &first.to_uppercase().to_string());
                text(&mut out, chars.as_str());
            }
            _ => text(&mut out, piece),
        }
        if is_quote {
            out.push_str("</code>");
        }
    }
    out
}

/// The words around a place, with those that are meant marked.
pub(super) fn excerpt(excerpt: &Excerpt) -> String {
    let mut out = String::new();
    let span = &excerpt.span;
    let piece = |range: std::ops::Range<usize>| excerpt.text.get(range).unwrap_or_default();
    if excerpt.column > 1 {
        out.push('…');
    }
    text(&mut out, piece(0..span.start));
    out.push_str("<mark>");
    text(&mut out, piece(span.start..span.end));
    if span.is_empty() {
        out.push_str("<i class=\"esc\">here</i>");
    }
    out.push_str("</mark>");
    text(&mut out, piece(span.end..excerpt.text.len()));
    if excerpt.goes_on {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_a_document_is_text() {
        let mut shown = String::new();
        text(&mut shown, "<script>'\u{202e}\u{1b}\"&");
        assert_eq!(
            shown,
            "&lt;script&gt;&#39;<i class=\"esc\">U+202E</i><i class=\"esc\">U+001B</i>&quot;&amp;"
        );
    }

    #[test]
    fn quotes_in_a_sentence_are_code() {
        let shown = prose("the `A<` of `b` and `c");
        assert_eq!(shown, "The <code>A&lt;</code> of <code>b</code> and `c");
        assert_eq!(prose(""), "");
    }
}
