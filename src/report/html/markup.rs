//! Words of documents and names as HTML.

use std::fmt::Write;

use crate::corpus::overview::Sample;
use crate::diagnostics::redact::mask;
use crate::diagnostics::{Excerpt, disturbs, visible};

/// How many colours labels have.
pub(super) const COLORS: usize = 10;

/// How many labels over one character are told apart by the height of their lines.
const LEVELS: usize = 4;

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

/// The same as a string of its own.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    text(&mut out, words);
    out
}

/// A name or words from data, without signatures, and with what disturbs a reader made visible. A template
/// escapes its markup.
pub(super) fn shown(words: &str) -> String {
    visible(&mask(words)).into_owned()
}

/// Words where no markup may be: in an attribute or a picture. What is not seen or turns the direction of
/// text is spelled as a report for people spells it.
pub(super) fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for char in shown(words).chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(char),
        }
    }
    out
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

/// A document with its labels as lines below its words; labels over the same words lie one under
/// the other. `color` gives the number of a label's colour.
pub(super) fn document(sample: &Sample, color: impl Fn(&str) -> usize) -> String {
    let levels = levels(sample);
    let mut edges: Vec<usize> = sample
        .spans
        .iter()
        .flat_map(|(start, end, _)| [*start, *end])
        .collect();
    edges.extend([0, sample.text.len()]);
    edges.sort_unstable();
    edges.dedup();
    let mut out = String::new();
    for pair in edges.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let over = sample.spans.iter().zip(&levels);
        let mut over: Vec<_> = over
            .filter(|((from, to, _), _)| *from <= start && end <= *to)
            .collect();
        over.sort_by_key(|(_, level)| std::cmp::Reverse(**level));
        for ((_, _, label), level) in &over {
            let color = color(label);
            let _ = write!(
                out,
                "<span class=\"u l{level} c{color}\" title=\"{}\">",
                plain(label)
            );
        }
        for ((from, _, label), _) in over.iter().rev() {
            if *from == start {
                let color = color(label);
                let _ = write!(
                    out,
                    "<b class=\"tag c{color}\">{}</b>",
                    escaped(&mask(label))
                );
            }
        }
        text(&mut out, sample.text.get(start..end).unwrap_or_default());
        out.push_str(&"</span>".repeat(over.len()));
    }
    if sample.goes_on {
        out.push('…');
    }
    out
}

/// For each label the height of its line: the first that no label has that shares a character.
fn levels(sample: &Sample) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut levels = Vec::new();
    for (start, end, _) in &sample.spans {
        let free = ends.iter().position(|before| before <= start);
        let level = free.unwrap_or(ends.len());
        if level == ends.len() {
            ends.push(*end);
        } else {
            ends[level] = *end;
        }
        levels.push(level.min(LEVELS - 1));
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(text: &str, spans: &[(usize, usize, &str)]) -> Sample {
        let spans = spans.iter().map(|it| (it.0, it.1, it.2.to_owned()));
        Sample {
            index: 0,
            name: "a.txt".to_owned(),
            split: None,
            text: text.to_owned(),
            goes_on: false,
            spans: spans.collect(),
            classes: Vec::new(),
        }
    }

    #[test]
    fn markup_of_a_document_is_text() {
        let shown = escaped("<script>'\u{202e}\u{1b}\"&");
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

    #[test]
    fn overlapping_labels_lie_under_one_another() {
        let sample = sample("New York City", &[(0, 13, "A"), (0, 8, "B"), (4, 13, "C")]);
        assert_eq!(levels(&sample), [0, 1, 2]);
        let shown = document(&sample, |_| 0);
        assert_eq!(
            shown.matches("<span").count(),
            shown.matches("</span>").count()
        );
        let bare = shown.replace("</span>", "");
        assert!(bare.ends_with("> City"), "{bare}");
        let tags = shown.matches("<b class=\"tag").count();
        assert_eq!(tags, 3);
    }
}
