//! `--output csv`: a finding a row, for programs that read tables.

use std::io;

use ::csv::{Terminator, Writer, WriterBuilder};

use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::walk::{self, Range};
use crate::diagnostics::identity::spelled;
use crate::diagnostics::redact::mask;
use crate::diagnostics::{Diagnostic, visible};
use crate::pipeline::Outcome;

/// The findings as a table.
pub(super) struct Csv;

/// The names of the columns. New ones come at the end.
const COLUMNS: [&str; 18] = [
    "severity",
    "rule",
    "path",
    "line",
    "column",
    "document",
    "label",
    "surface",
    "text_start",
    "text_end",
    "text_line",
    "text_column",
    "message",
    "help",
    "fix",
    "labeler",
    "places_total",
    "fingerprint",
];

impl Emitter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        let columns = beginning.lines().next().unwrap_or_default();
        columns == COLUMNS.join(",")
    }

    fn emit(
        &self,
        report: &Report<'_>,
        settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        if settings.mark {
            out.write_all("\u{feff}".as_bytes())?;
        }
        // RFC 4180 ends lines so.
        let mut table = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        table.write_record(COLUMNS)?;
        walk::each(report, Range::ALL, |outcome, found| {
            row(&mut table, outcome, found)
        })?;
        table.flush()
    }
}

fn row(
    table: &mut Writer<&mut dyn io::Write>,
    outcome: &Outcome,
    found: &Diagnostic,
) -> io::Result<()> {
    let words = found.words();
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let name = |name: Option<&str>| name.map(|name| cell(&mask(name))).unwrap_or_default();
    let text = |text: Option<&str>| text.map(cell).unwrap_or_default();
    let details = found.details.as_deref();
    let row: [String; COLUMNS.len()] = [
        found.severity.name().to_owned(),
        found.rule.to_owned(),
        cell(outcome.file_of(found).0),
        number(found.position.map(|position| position.0)),
        number(found.position.map(|position| position.1)),
        name(found.document.as_deref()),
        name(found.label()),
        text(words.and_then(|words| words.surface.as_deref())),
        number(words.map(|words| words.start)),
        number(words.map(|words| words.end)),
        number(words.map(|words| words.line)),
        number(words.map(|words| words.column)),
        cell(&found.message),
        text(found.help.as_deref()),
        found
            .remedy()
            .map(|remedy| remedy.applicability.name().to_owned())
            .unwrap_or_default(),
        text(details.and_then(|details| details.labeler.as_deref())),
        number(found.places.as_ref().map(|places| places.total)),
        spelled(found.fingerprint),
    ];
    Ok(table.write_record(&row)?)
}

/// The words of a cell. What a spreadsheet would take for a formula begins with an apostrophe.
pub(super) fn cell(words: &str) -> String {
    let shown = visible(words);
    // A tab or a line end at the beginning is an escape by now.
    let is_formula = shown.starts_with(['=', '+', '-', '@']) || words.starts_with(['\t', '\r']);
    if is_formula {
        format!("'{shown}")
    } else {
        shown.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            let cell = cell(formula);
            assert!(cell.starts_with('\''), "{cell}");
            assert!(!cell.contains(['\t', '\r']), "{cell}");
        }
        assert_eq!(cell("a=1 - \u{202e}"), "a=1 - \\u{202e}");
    }
}
