//! Words in markup: what means something there is an entity, and shows as what it is.

use std::fmt::Write;

use crate::diagnostics::{commands, disturbs, push_visible};

/// Words in XML. What disturbs a terminal has no place there and is shown as an escape; what begins
/// a command in a log is an entity.
#[cfg(any(test, feature = "cli"))]
pub(super) fn xml(words: &str) -> String {
    escaped(words, |_, _| false, "")
}

/// Words in Markdown: no markup, no link, no mention and no line of a table comes of them.
pub(super) fn markdown(words: &str) -> String {
    let means_something = |before: &str, char: char| {
        // Also what is no markup, but is looked for in what was made of it: `@name`, `#1`, `:name:`.
        matches!(
            char,
            '`' | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '#'
                | '!'
                | '|'
                | '~'
                | '\\'
                | '$'
                | '@'
                | ':'
        ) || (char == '.' && ends_in_www(before))
    };
    escaped(words, means_something, "<!-- -->")
}

/// GitHub makes a link of `www.` and what is behind it, in raw HTML too.
fn ends_in_www(words: &str) -> bool {
    let start = words.len().saturating_sub(3);
    words.as_bytes()[start..].eq_ignore_ascii_case(b"www")
}

/// `apart` keeps what may be the address of a mailbox from becoming a link: GitHub looks for these after it has
/// put entities back.
fn escaped(words: &str, means_something: fn(&str, char) -> bool, apart: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for char in words.chars() {
        if char == '@' && !out.is_empty() && !out.ends_with(' ') {
            out.push_str(apart);
        }
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML has no place for these.
            '\u{fffe}' | '\u{ffff}' => out.extend(char.escape_unicode()),
            _ if disturbs(char) => {
                let mut shown = String::new();
                push_visible(&mut shown, char);
                out.push_str(&escaped(&shown, means_something, apart));
            }
            _ if means_something(&out, char) || commands(&out, char) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "&#{};", u32::from(char));
            }
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        let words = "a<b> & \"c\"::d ##vso[e]\u{1b}\u{ffff}'";
        let want = "a&lt;b&gt; &amp; &quot;c&quot;:&#58;d ##vso&#91;e]\\u{1b}\\u{ffff}&#39;";
        assert_eq!(xml(words), want);
        let words = "*a* |b| [c](d) @e #1 https://f\n";
        let want = "&#42;a&#42; &#124;b&#124; &#91;c&#93;(d) &#64;e &#35;1 https&#58;//f&#92;n";
        assert_eq!(markdown(words), want);
    }

    #[test]
    fn addresses_without_a_scheme_are_no_links() {
        assert_eq!(markdown("a www.e.example"), "a www&#46;e.example");
        assert_eq!(markdown("WWW.e.example"), "WWW&#46;e.example");
        assert_eq!(markdown("a_@e.example"), "a&#95;<!-- -->&#64;e.example");
        assert_eq!(xml("www.e a@e"), "www.e a@e");
    }
}
