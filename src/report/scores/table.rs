//! A comparison as a table for spreadsheets: a label a row, then the figures of all.

use std::io;

use ::csv::{Terminator, WriterBuilder};

use crate::evaluation::{Counts, Rates, Scheme, ScoreSheet};
use crate::report::csv::cell;

/// The names of the columns. New ones come at the end.
const COLUMNS: [&str; 10] = [
    "of",
    "label",
    "precision",
    "recall",
    "f1",
    "true_positives",
    "false_positives",
    "false_negatives",
    "gold",
    "predicted",
];

/// Whether a line is the first of such a table.
pub(super) fn is_own(first: &str) -> bool {
    first.trim_end_matches('\r') == COLUMNS.join(",")
}

/// Writes a comparison as a table: `of` is `label`, or `micro`, `macro` and the measures of SemEval, of
/// which the counts of `strict` are those of micro.
///
/// Fails where `out` does.
pub fn csv(sheet: &ScoreSheet, out: &mut dyn io::Write) -> io::Result<()> {
    // RFC 4180 ends lines so.
    let mut table = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    table.write_record(COLUMNS)?;
    let scores = &sheet.scores;
    for (name, label) in &scores.labels {
        let counts = Some(label.counts);
        table.write_record(row("label", name, label.counts.rates(), counts))?;
    }
    let total = scores.total();
    table.write_record(row("micro", "", total.rates(), Some(total)))?;
    table.write_record(row("macro", "", scores.macro_means(), None))?;
    for scheme in Scheme::ALL {
        if let Some(found) = scores.semeval(scheme) {
            table.write_record(row(scheme.name(), "", found.rates(), None))?;
        }
    }
    table.flush()
}

fn row(of: &str, label: &str, rates: Rates, counts: Option<Counts>) -> [String; COLUMNS.len()] {
    let number = |number: fn(Counts) -> u64| {
        let number = counts.map(|counts| number(counts).to_string());
        number.unwrap_or_default()
    };
    [
        of.to_owned(),
        cell(label),
        rates.precision.to_string(),
        rates.recall.to_string(),
        rates.f1.to_string(),
        number(|counts| counts.true_positives),
        number(|counts| counts.false_positives),
        number(|counts| counts.false_negatives),
        number(Counts::gold),
        number(Counts::predicted),
    ]
}
