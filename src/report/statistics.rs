//! `check --statistics`: findings by rule.

use std::cmp::Reverse;

use super::contents::Report;
use super::look::Paint;
use crate::diagnostics::{Severity, count};
use crate::pipeline::{Reach, Reached};

/// The findings of a rule and a severity.
struct Row {
    rule: &'static str,
    severity: Severity,
    findings: u64,
    /// How far they reach; `None` where that is not known.
    reach: Option<Reach>,
}

/// The titles of the columns: of numbers, then of words.
const TITLES: [&str; 7] = [
    "findings",
    "documents",
    "labels",
    "fixable",
    "unsafe",
    "severity",
    "rule",
];

/// How many of them are of numbers, which stand at the right of their columns.
const NUMBERS: usize = 5;

/// A line for each rule and severity that found something, the gravest first and of these the most
/// frequent: how many findings, in how many documents and of how many labels, how many of them a
/// machine can fix, and how many only where that may change what a label means. Findings that are
/// lighter than `least` are left out.
///
/// A terminal that is too narrow for a table gets a few lines for each.
pub(super) fn table(report: &Report<'_>, least: Severity, paint: Paint, width: usize) -> String {
    let rows = rows(report, least);
    if rows.is_empty() {
        return String::new();
    }
    let cells: Vec<[String; 7]> = rows.iter().map(Row::cells).collect();
    let widths: Vec<usize> = (0..TITLES.len())
        .map(|column| {
            let cells = cells.iter().map(|row| row[column].len());
            cells.max().unwrap_or_default().max(TITLES[column].len())
        })
        .collect();
    let is_wide = widths.iter().sum::<usize>() + 2 * (TITLES.len() - 1) <= width;
    if !is_wide {
        return rows.iter().map(|row| row.lines(paint)).collect();
    }
    let line = |cells: &[String; 7], paint: &dyn Fn(usize, &str) -> String| {
        let padded = cells.iter().enumerate().map(|(column, cell)| {
            let is_last = column + 1 == TITLES.len();
            let width = if is_last { 0 } else { widths[column] };
            paint(
                column,
                &if column < NUMBERS {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:width$}")
                },
            )
        });
        let line = padded.collect::<Vec<_>>().join("  ");
        format!("{}\n", line.trim_end())
    };
    let mut table = line(&TITLES.map(str::to_owned), &|_, cell| paint.bold(cell));
    for (row, cells) in rows.iter().zip(&cells) {
        table.push_str(&line(cells, &|column, cell| match TITLES[column] {
            "severity" => paint.severity(row.severity, cell),
            "rule" => paint.linked(row.rule, cell.trim_end().to_owned()),
            _ => cell.to_owned(),
        }));
    }
    table
}

/// What there is to tell, in order.
fn rows(report: &Report<'_>, least: Severity) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for severity in Severity::ALL.into_iter().filter(|it| *it >= least) {
        let mut found: Vec<Row> = Vec::new();
        for outcome in report.outcomes {
            for (rule, findings) in outcome.diagnostics.rules_of(severity) {
                let reach = outcome.reach.get(&(rule, severity));
                match found.iter_mut().find(|row| row.rule == rule) {
                    Some(row) => row.add(findings, reach),
                    None => found.push(Row {
                        rule,
                        severity,
                        findings,
                        reach: reach.cloned(),
                    }),
                }
            }
        }
        rows.append(&mut found);
    }
    rows.sort_by_key(|row| (Reverse(row.severity), Reverse(row.findings), row.rule));
    rows
}

impl Row {
    /// Adds those of another file.
    fn add(&mut self, findings: u64, other: Option<&Reach>) {
        self.findings += findings;
        match (&mut self.reach, other) {
            (Some(reach), Some(other)) => reach.add(other),
            _ => self.reach = None,
        }
    }

    fn cells(&self) -> [String; 7] {
        let reached = |of: fn(&Reach) -> Reached| {
            self.reach
                .as_ref()
                .map_or("-".to_owned(), |it| told(of(it)))
        };
        let fixed = |of: fn(&Reach) -> u64| match self.reach.as_ref().map_or(0, of) {
            0 => "-".to_owned(),
            number => number.to_string(),
        };
        [
            self.findings.to_string(),
            reached(|reach| reach.documents),
            reached(Reach::labels),
            fixed(|reach| reach.safe),
            fixed(|reach| reach.risky),
            self.severity.name().to_owned(),
            self.rule.to_owned(),
        ]
    }

    /// The same where there is no room for columns.
    fn lines(&self, paint: Paint) -> String {
        let rule = format!("{}[{}]", self.severity, self.rule);
        let rule = paint.linked(self.rule, paint.severity(self.severity, &rule));
        let mut lines = format!("{rule}\n  {}\n", count(self.findings, "finding"));
        let Some(reach) = &self.reach else {
            return lines;
        };
        for (reached, noun) in [(reach.documents, "document"), (reach.labels(), "label")] {
            if reached.number > 0 {
                let more = if reached.is_exact { "" } else { "at least " };
                lines = format!("{lines}  {more}{}\n", count(reached.number, noun));
            }
        }
        for (number, how) in [(reach.safe, "fixable"), (reach.risky, "fixable, unsafe")] {
            if number > 0 {
                lines = format!("{lines}  {number} {how}\n");
            }
        }
        lines
    }
}

/// A number; one that may be too small has a plus.
fn told(reached: Reached) -> String {
    match (reached.number, reached.is_exact) {
        (0, true) => "-".to_owned(),
        (number, true) => number.to_string(),
        (number, false) => format!("{number}+"),
    }
}
