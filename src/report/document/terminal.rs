//! A document in a terminal: its labels as lines below its words, and in the margin what was found.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use textwrap::{Options, WordSplitter};

use super::DocumentView;
use super::lines::{Mark, THIN, lines};
use super::rows::{Row, rows};
use super::standing::Standing;
use crate::diagnostics::redact::mask;
use crate::diagnostics::{Diagnostic, Severity, visible};
use crate::report::look::{Look, Paint};

/// How wide the margin is: a severity, a number, a line.
const MARGIN: usize = 9;

/// The width where there is no terminal to ask, and what it is at least and at most.
const WIDTH: usize = 100;
const LEAST: usize = 40;
const MOST: usize = 160;

/// The colours of labels, as SGR codes.
const COLORS: [&str; 6] = ["34", "32", "35", "36", "33", "31"];

/// Writes a document as a terminal shows it, a row at a time.
///
/// Fails where `out` does.
pub fn terminal(view: &DocumentView<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let width = look.width.unwrap_or(WIDTH).clamp(LEAST, MOST);
    let page = Page {
        view,
        width: width - MARGIN,
        paint: Paint::new(look.color, look.links),
        colors: colors(view),
    };
    page.draw(out)
}

/// The colour of each label: the same in every document where the labels are.
fn colors<'v>(view: &'v DocumentView<'_>) -> BTreeMap<&'v str, &'static str> {
    let mut names: Vec<&str> = view.spans.iter().map(|(_, label)| &**label).collect();
    names.sort_unstable();
    names.dedup();
    let colors = COLORS.iter().copied().cycle();
    names.into_iter().zip(colors).collect()
}

struct Page<'a> {
    view: &'a DocumentView<'a>,
    /// In columns, without the margin.
    width: usize,
    paint: Paint,
    colors: BTreeMap<&'a str, &'static str>,
}

impl Page<'_> {
    fn draw(&self, to: &mut dyn io::Write) -> io::Result<()> {
        let view = self.view;
        let mut out = String::new();
        let name = visible(&mask(&view.name)).into_owned();
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}  {}", self.paint.bold(&name), view.summary());
        let text = view.text.as_deref().unwrap_or_default();
        for class in &view.classes {
            let _ = writeln!(out, "{:MARGIN$}{}", "", self.paint.bold(&visible(class)));
        }
        let mut placed: BTreeMap<u64, Vec<&Diagnostic>> = BTreeMap::new();
        for found in &view.findings {
            match line_of(found, text) {
                Some(line) => placed.entry(line).or_default().push(found),
                None => self.finding(&mut out, found),
            }
        }
        for (label, start, end) in &view.unproved {
            let line = format!(
                "{} at {start}..{end} has no place in the text",
                visible(label)
            );
            self.lines(&mut out, &line);
        }
        if view.text.is_none() {
            self.lines(&mut out, "the text was not read");
        }
        let mut standing = Standing::new(&view.spans);
        let mut number = 0;
        for row in rows(text, self.width) {
            number = row.line.unwrap_or(number);
            let found = || placed.get(&number).into_iter().flatten();
            let gravest = found().map(|it| it.severity).max();
            let spans = standing.go(&row);
            self.row(&mut out, &row, &spans, gravest);
            self.labels(&mut out, &row, &spans);
            if row.is_last {
                found().for_each(|it| self.finding(&mut out, it));
            }
            to.write_all(out.as_bytes())?;
            out.clear();
        }
        to.write_all(out.as_bytes())
    }

    /// The words of a row, in the colours of their labels.
    fn row(
        &self,
        out: &mut String,
        row: &Row,
        spans: &[&(Range<usize>, String)],
        gravest: Option<Severity>,
    ) {
        let sign = gravest.filter(|_| row.line.is_some()).map_or_else(
            || " ".to_owned(),
            |severity| {
                let letter = severity.name()[..1].to_uppercase();
                self.paint.severity(severity, &letter)
            },
        );
        let number = row.line.map_or(String::new(), |line| line.to_string());
        let _ = write!(out, "{sign}{number:>5} │ ");
        let mut words = String::new();
        let mut before = None;
        let flush = |words: &mut String, color: Option<&str>, out: &mut String| {
            match color {
                Some(color) => out.push_str(&self.paint.painted(color, words)),
                None => out.push_str(words),
            }
            words.clear();
        };
        for cell in &row.cells {
            let over = spans.iter().rev();
            let mut over = over.filter(|(bytes, _)| bytes.contains(&cell.byte));
            let color = over.next().and_then(|(_, label)| self.colors.get(&**label));
            let color = color.copied();
            if color != before {
                flush(&mut words, before, out);
                before = color;
            }
            words.push_str(&cell.shown);
        }
        flush(&mut words, before, out);
        trim(out);
        out.push('\n');
    }

    /// The labels of a row, in as many lines below it as they need.
    fn labels(&self, out: &mut String, row: &Row, spans: &[&(Range<usize>, String)]) {
        let marks = spans.iter().map(|(bytes, label)| Mark {
            bytes,
            label,
            color: self.colors.get(&**label).copied().unwrap_or_default(),
            pen: THIN,
        });
        for line in lines(row, marks, self.width, self.paint) {
            let _ = writeln!(out, "{:6} │ {line}", "");
        }
    }

    fn finding(&self, out: &mut String, found: &Diagnostic) {
        let rule = format!("{}[{}]", found.severity, found.rule);
        let said = format!("{rule}: {}", visible(&found.message));
        for (at, line) in self.wrapped(&said).iter().enumerate() {
            let line = match line.strip_prefix(&rule).filter(|_| at == 0) {
                Some(rest) => format!("{}{rest}", self.paint.severity(found.severity, &rule)),
                None => line.clone(),
            };
            let sign = if at == 0 { '╰' } else { ' ' };
            let _ = writeln!(out, "{:6} {sign} {line}", "");
        }
    }

    fn lines(&self, out: &mut String, said: &str) {
        for line in self.wrapped(said) {
            let _ = writeln!(out, "{:MARGIN$}{line}", "");
        }
    }

    fn wrapped(&self, said: &str) -> Vec<String> {
        let options = Options::new(self.width).word_splitter(WordSplitter::NoHyphenation);
        let lines = textwrap::wrap(said, options).into_iter();
        lines.map(std::borrow::Cow::into_owned).collect()
    }
}

/// The line of the text that a finding is about.
fn line_of(found: &Diagnostic, text: &str) -> Option<u64> {
    let words = found.words().filter(|_| !text.is_empty())?;
    Some(words.line)
}

fn trim(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &'static str, spans: &[(usize, usize, &str)]) -> DocumentView<'static> {
        let spans = spans.iter().map(|it| (it.0..it.1, it.2.to_owned()));
        DocumentView {
            name: "a.txt".to_owned(),
            split: Some("Train".to_owned()),
            text: Some(text.into()),
            spans: spans.collect(),
            ..DocumentView::default()
        }
    }

    fn shown(view: &DocumentView<'_>, width: usize) -> String {
        let look = Look {
            width: Some(width),
            ..Look::default()
        };
        let mut out = Vec::new();
        terminal(view, look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn labels_stand_below_their_words() {
        let view = view(
            "Ada met Bob\nin New York City",
            &[
                (0, 3, "P"),
                (8, 11, "Person"),
                (15, 28, "Place"),
                (19, 23, "Old"),
            ],
        );
        let expected = "a.txt  Train, 4 labels\n\
            \u{20}    1 │ Ada met Bob\n\
            \u{20}      │ ─── P   ─── Person\n\
            \u{20}    2 │ in New York City\n\
            \u{20}      │    ───────────── Place\n\
            \u{20}      │        ──── Old\n";
        assert_eq!(shown(&view, 60), expected);
    }

    #[test]
    fn a_label_over_two_rows_is_named_at_its_end() {
        let view = view(
            "aaaa bbbb cccc dddd eeee ffff gggg hhhh",
            &[(5, 39, "Long")],
        );
        let shown = shown(&view, 40);
        assert!(shown.contains("───────────────"), "{shown}");
        assert_eq!(shown.matches("Long").count(), 1, "{shown}");
    }
}
