//! Words in markup: what means something there is an entity, and shows as what it is.

use std::fmt::Write;

use crate::diagnostics::{commands, disturbs, push_visible};

/// Words in XML. What disturbs a terminal has no place there and is shown as an escape; what begins
/// a command in a log is an entity.
#[cfg(any(test, feature = "cli"))]
pub(super) fn xml(words: &str) -> String {
    escaped(words, |_| false)
}

/// Words in Markdown: no markup, no link, no mention and no line of a table comes of them.
pub(super) fn markdown(words: &str) -> String {
    escaped(words, |char| {
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
        )
    })
}

fn escaped(words: &str, means_something: fn(char) -> bool) -> String {
    let mut out = String::with_capacity(words.len());
    for char in words.chars() {
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
                out.push_str(&escaped(&shown, means_something));
            }
            _ if means_something(char) || commands(&out, char) => {
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
}
