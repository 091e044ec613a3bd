//! The words around a place, on one line that fits, in a frame by miette. Nothing else knows it.

use std::fmt::{self, Display};
use std::io;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use textwrap::core::display_width;
use unicode_segmentation::UnicodeSegmentation;

use crate::diagnostics::{Excerpt, Severity, push_harmless, visible};
use crate::report::look::Paint;

/// How miette draws: the mark in the colour of the severity, and all else plain.
fn theme(paint: Paint, severity: Severity) -> GraphicalTheme {
    let mut styles = ThemeStyles::none();
    if paint.is_on() {
        let ansi = ThemeStyles::ansi();
        styles.highlights = vec![match severity {
            Severity::Error => ansi.error,
            Severity::Warning => ansi.warning,
            Severity::Note => ansi.advice,
        }];
    }
    GraphicalTheme {
        characters: ThemeCharacters::unicode(),
        styles,
    }
}

/// A piece of a text with a mark under some of it.
pub(super) struct Frame<'a> {
    /// What the text is called.
    pub(super) name: &'a str,
    pub(super) excerpt: &'a Excerpt,
    /// Whether it is a text of the corpus, where line ends mean something.
    pub(super) is_text: bool,
    pub(super) severity: Severity,
    /// The most columns that it takes.
    pub(super) width: usize,
}

impl Frame<'_> {
    /// Its lines, and whether the name is there in full.
    pub(super) fn drawn(&self, paint: Paint) -> io::Result<(String, bool)> {
        let window = self.window();
        let is_whole = window.name == *visible(self.name);
        let handler = GraphicalReportHandler::new_themed(theme(paint, self.severity))
            .with_width(usize::MAX)
            .with_links(false)
            .without_cause_chain();
        let mut drawn = String::new();
        handler
            .render_report(&mut drawn, &window)
            .map_err(io::Error::other)?;
        // The heading of miette would be empty.
        let lines = drawn.lines().skip_while(|line| !line.contains('╭'));
        let lines = lines.map(|line| format!("{}\n", line.trim_end()));
        Ok((lines.collect(), is_whole))
    }

    fn window(&self) -> Window {
        let excerpt = self.excerpt;
        let before = excerpt.text.get(..excerpt.span.start).unwrap_or_default();
        let span = excerpt.text.get(excerpt.span.clone()).unwrap_or_default();
        let after = excerpt.text.get(excerpt.span.end..).unwrap_or_default();
        // Of CR LF the window has only CR where it ends with the line.
        let after = after.strip_suffix('\r').unwrap_or(after);
        let number = excerpt.line.to_string().len();
        // ` 12 │ ` is before the words.
        let line = fit(
            on_one_line([before, span, after], self.is_text),
            [excerpt.column > 1, excerpt.goes_on],
            self.width.saturating_sub(number + 4),
        );
        let column = excerpt.column + before.chars().count();
        let place = format!(":{}:{column}", excerpt.line).len();
        // `    ╭─[` is before the name, and `]` after the place.
        let room = self.width.saturating_sub(number + 6 + place);
        Window {
            name: shortened(&visible(self.name), room),
            text: line.0,
            span: line.1,
            line: excerpt.line,
            column,
        }
    }
}

/// The end of a name that is too long.
fn shortened(name: &str, room: usize) -> String {
    if display_width(name) <= room {
        return name.to_owned();
    }
    format!("…{}", last(name, room.saturating_sub(1)))
}

/// The parts of a text as they are shown: what disturbs a terminal or commands a runner is escaped.
/// Line ends of texts are `↵`; those of JSON are a blank, together with what indents the next line.
fn on_one_line(parts: [&str; 3], is_text: bool) -> [String; 3] {
    // A command may begin in one part and go on in the next.
    let mut shown = String::new();
    let mut start = 0;
    parts.map(|part| {
        let mut chars = part.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\r' if chars.peek() == Some(&'\n') => {}
                '\n' if is_text => shown.push('↵'),
                '\n' => {
                    shown.push(' ');
                    while chars.next_if(|next| matches!(next, ' ' | '\t')).is_some() {}
                }
                '\t' => shown.push(' '),
                _ => push_harmless(&mut shown, char),
            }
        }
        let part = shown[start..].to_owned();
        start = shown.len();
        part
    })
}

/// The first characters that fit into so many columns.
fn first(text: &str, room: usize) -> &str {
    let mut width = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        width += display_width(cluster);
        if width > room {
            return &text[..at];
        }
    }
    text
}

/// The last characters that fit into so many columns.
fn last(text: &str, room: usize) -> &str {
    let mut width = 0;
    for (at, cluster) in text.grapheme_indices(true).rev() {
        width += display_width(cluster);
        if width > room {
            return &text[at + cluster.len()..];
        }
    }
    text
}

/// A line of no more than `room` columns with the span in it, and its bytes there. `is_cut` says
/// whether the text goes on before and after what is given.
fn fit(
    [before, mut span, after]: [String; 3],
    is_cut: [bool; 2],
    room: usize,
) -> (String, Range<usize>) {
    // The eye needs some words around the mark. The edges of a long span say more than what is
    // between them.
    let around = (room / 5).min(10);
    let most = room.saturating_sub(2 * around).max(3);
    if display_width(&span) > most {
        let half = (most - 1) / 2;
        span = format!("{}…{}", first(&span, half), last(&span, most - 1 - half));
    }
    // In a terminal that turns lines from right to left no mark below can be right.
    if [&before, &span, &after]
        .into_iter()
        .any(|text| is_rtl(text))
    {
        span = format!("⟦{span}⟧");
    }
    let rest = room.saturating_sub(display_width(&span));
    let wanted = |text: &str, is_cut: bool| display_width(text) + usize::from(is_cut);
    let [left, right] = [wanted(&before, is_cut[0]), wanted(&after, is_cut[1])];
    let for_left = left.min((rest / 2).max(rest.saturating_sub(right)));
    let for_right = right.min(rest - for_left);
    let mut line = String::new();
    if left > for_left || is_cut[0] {
        line.push('…');
        line.push_str(last(&before, for_left.saturating_sub(1)));
    } else {
        line.push_str(&before);
    }
    let start = line.len();
    line.push_str(&span);
    let end = line.len();
    if right > for_right || is_cut[1] {
        line.push_str(first(&after, for_right.saturating_sub(1)));
        line.push('…');
    } else {
        line.push_str(&after);
    }
    (line, start..end)
}

/// Whether a text has letters that are written from right to left.
fn is_rtl(text: &str) -> bool {
    let of_rtl = |char| {
        matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    text.chars().any(of_rtl)
}

/// One line of a text for miette: it tells lines and columns as we count them, where miette would
/// count bytes, and from the start of the line.
#[derive(Debug)]
struct Window {
    name: String,
    text: String,
    span: Range<usize>,
    line: usize,
    column: usize,
}

impl Display for Window {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Window {}

impl miette::Diagnostic for Window {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = SourceSpan::from(self.span.clone());
        let label = LabeledSpan::new_primary_with_span(None, span);
        Some(Box::new(std::iter::once(label)))
    }
}

impl SourceCode for Window {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.text.read_span(span, before, after)?;
        // miette counts lines and columns from 0.
        let line = self.line.saturating_sub(1);
        let column = if before == 0 {
            self.column.saturating_sub(1)
        } else {
            0
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            contents.data(),
            *contents.span(),
            line + contents.line(),
            column,
            contents.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text on so many columns, with the span in braces.
    fn fitted(text: &str, words: &str, room: usize) -> String {
        let start = text.find(words).unwrap();
        let (before, rest) = text.split_at(start);
        let (span, after) = rest.split_at(words.len());
        let parts = on_one_line([before, span, after], true);
        let (line, span) = fit(parts, [false, false], room);
        assert!(display_width(&line) <= room, "{line}");
        let (before, after) = (&line[..span.start], &line[span.end..]);
        format!("{before}{{{}}}{after}", &line[span])
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let text = "one two three four five six seven eight nine ten";
        assert_eq!(fitted(text, "two", 60), text.replace("two", "{two}"));
        assert_eq!(fitted(text, "five", 20), "…e four {five} six se…");
        assert_eq!(fitted(text, "one", 20), "{one} two three four …");
        assert_eq!(fitted(text, "ten", 20), "…even eight nine {ten}");
        // The edges of what is too long itself.
        assert_eq!(
            fitted(text, "two three four five", 20),
            "one {two t…r five} si…"
        );
    }

    #[test]
    fn wide_and_combining_characters_are_not_parted() {
        let text = "東京都の天気は晴れ、大阪は雨";
        assert_eq!(fitted(text, "晴れ", 16), "…気は{晴れ}、大…");
        let text = "e\u{301}".repeat(30) + "X";
        assert_eq!(
            fitted(&text, "X", 5),
            format!("…{}{{X}}", "e\u{301}".repeat(3))
        );
    }

    #[test]
    fn a_line_end_is_marked() {
        assert_eq!(fitted("Ada\r\nBob", "a\r\nB", 40), "Ad{a↵B}ob");
        assert_eq!(fitted("Ada\rBob\u{9b}", "\r", 40), "Ada{\\r}Bob\\u{9b}");
    }

    #[test]
    fn a_command_across_the_edge_of_the_mark_is_none() {
        assert_eq!(fitted("a ##vso[x]", "vso[", 40), "a ##{vso\\u{5b}}x]");
        assert_eq!(fitted("a ##vso[x]", "[x", 40), "a ##vso{\\u{5b}x}]");
    }

    #[test]
    fn words_from_right_to_left_are_marked_in_the_line() {
        assert_eq!(
            fitted("في القاهرة اليوم", "القاهرة", 40),
            "في {⟦القاهرة⟧} اليوم"
        );
    }

    #[test]
    fn a_name_is_cut_at_its_front() {
        assert_eq!(shortened("a/b.txt", 7), "a/b.txt");
        assert_eq!(shortened("a/bc.txt", 7), "…bc.txt");
    }
}
