//! `--output human`: findings with the lines they stand on, by miette. Nothing else knows it.

use std::fmt::{self, Display, Write as _};
use std::io;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::statistics;
use crate::diagnostics::store::DiagnosticStore;
use crate::diagnostics::{Diagnostic, Excerpt, Severity, count, disturbs, push_visible, visible};

/// The report for people.
pub(super) struct Human;

impl Emitter for Human {
    fn name(&self) -> &'static str {
        "human"
    }

    fn audience(&self) -> Audience {
        Audience::People
    }

    fn emit(
        &self,
        report: &Report<'_>,
        settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        if settings.statistics {
            let table = statistics::table(report);
            let gap = if table.is_empty() { "" } else { "\n" };
            return writeln!(out, "{table}{gap}{}", summary(report));
        }
        let theme = if settings.color {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(settings.width)
            .with_links(false)
            .without_cause_chain();
        let all = report.outcomes.iter().flat_map(|outcome| {
            outcome
                .diagnostics
                .iter()
                .map(move |found| (outcome, found))
        });
        let findings = report.outcomes.iter().map(|outcome| &outcome.diagnostics);
        let total: u64 = findings.map(DiagnosticStore::len).sum();
        let limit = settings.limit as u64;
        for (outcome, finding) in all.take(settings.limit) {
            let finding = finding?;
            let (path, _) = outcome.file_of(&finding);
            let rendered = render(&handler, path, &finding, settings.color)?;
            writeln!(out, "{rendered}")?;
        }
        if total > limit {
            let more = count(total - limit, "more finding");
            writeln!(
                out,
                "… and {more}; `--max-diagnostics` shows more, `--output json` all\n"
            )?;
        }
        writeln!(out, "{}", summary(report))
    }
}

/// A finding: what miette makes of it, the text around the span in a second frame, and
/// what to do.
fn render(
    handler: &GraphicalReportHandler,
    path: &str,
    finding: &Diagnostic,
    color: bool,
) -> io::Result<String> {
    let mut text = String::new();
    let shown = Shown::new(path, finding);
    handler
        .render_report(&mut text, &shown)
        .map_err(io::Error::other)?;
    text.truncate(text.trim_end().len());
    text.push('\n');
    if let Some(excerpt) = &finding.excerpt {
        let mut frame = String::new();
        let shown = Shown::of_text(excerpt);
        handler
            .render_report(&mut frame, &shown)
            .map_err(io::Error::other)?;
        // Its heading would say nothing that the first one did not.
        let lines = frame.lines().skip_while(|line| !line.contains('╭'));
        text.extend(lines.map(|line| format!("{}\n", line.trim_end())));
    }
    if let Some(help) = &finding.help {
        let help = visible(help);
        let (on, off) = if color {
            ("\u{1b}[36m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {on}help:{off} {help}");
    }
    Ok(text)
}

/// `labels.json: language, 20 documents, 240 labels; 1 error, 2 warnings, 0 notes`
fn summary(report: &Report<'_>) -> String {
    let (documents, labels) = report.sizes();
    let inputs = match report.outcomes {
        [one] => visible(&one.input.path).into_owned(),
        several => count(several.len() as u64, "file"),
    };
    format!(
        "{inputs}: {}, {}; {}, {}, {}",
        count(documents, "document"),
        count(labels, "label"),
        count(report.count(Severity::Error), "error"),
        count(report.count(Severity::Warning), "warning"),
        count(report.count(Severity::Note), "note"),
    )
}

/// A finding, or a piece of text, as miette takes it.
#[derive(Debug)]
struct Shown {
    rule: String,
    severity: Severity,
    message: String,
    window: Option<Window>,
}

impl Shown {
    fn new(path: &str, finding: &Diagnostic) -> Self {
        let snippet = finding.snippet.as_ref();
        let mut message = visible(&finding.message).into_owned();
        if snippet.is_none() {
            // Without a line to show, the message itself says where.
            message = match finding.position {
                Some((line, column)) => format!("{}:{line}:{column}: {message}", visible(path)),
                None => format!("{}: {message}", visible(path)),
            };
        }
        Self {
            rule: format!("{}[{}]", finding.severity, finding.rule),
            severity: finding.severity,
            message,
            window: snippet.map(|excerpt| Window::new(excerpt, path)),
        }
    }

    fn of_text(excerpt: &Excerpt) -> Self {
        Self {
            rule: String::new(),
            severity: Severity::Note,
            message: String::new(),
            window: Some(Window::new(excerpt, &excerpt.name)),
        }
    }
}

impl Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn code(&self) -> Option<Box<dyn Display + '_>> {
        (!self.rule.is_empty()).then(|| Box::new(&self.rule) as Box<dyn Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.window.as_ref().map(|window| window as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let window = self.window.as_ref()?;
        let span = SourceSpan::from(window.span.clone());
        let label = LabeledSpan::new_primary_with_span(None, span);
        Some(Box::new(std::iter::once(label)))
    }
}

/// A piece of a file for miette: it tells lines and columns as we count them, where miette
/// would count bytes, and from the start of the piece.
#[derive(Debug)]
struct Window {
    name: String,
    text: String,
    span: Range<usize>,
    line: usize,
    column: usize,
}

impl Window {
    fn new(excerpt: &Excerpt, name: &str) -> Self {
        let (mut text, mut span) = (String::new(), excerpt.span.clone());
        if excerpt.column > 1 {
            text.push('…');
        }
        for (at, char) in excerpt.text.char_indices() {
            if at == excerpt.span.start {
                span.start = text.len();
            }
            if at == excerpt.span.end {
                span.end = text.len();
            }
            match char {
                '\n' => text.push('\n'),
                '\r' if matches!(excerpt.text.as_bytes().get(at + 1), None | Some(b'\n')) => {}
                '\t' => text.push(' '),
                _ if disturbs(char) => push_visible(&mut text, char),
                _ => text.push(char),
            }
        }
        if excerpt.span.start >= excerpt.text.len() {
            span.start = text.len();
        }
        if excerpt.span.end >= excerpt.text.len() {
            span.end = text.len();
        }
        span.end = span.end.max(span.start);
        if excerpt.goes_on {
            text.push('…');
        }
        let ahead = excerpt.text[..excerpt.span.start]
            .rsplit('\n')
            .next()
            .unwrap_or_default();
        let lines = excerpt.text[..excerpt.span.start].matches('\n').count();
        let base = if lines == 0 { excerpt.column } else { 1 };
        Self {
            name: visible(name).into_owned(),
            text,
            span,
            line: excerpt.line,
            column: base + ahead.chars().count(),
        }
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
