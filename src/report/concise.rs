//! `--output concise`: a finding a line, `path:line:column: severity[rule] message`.

use std::io;

use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::look::Paint;
use super::place::spot;
use super::walk::{self, Range};
use crate::diagnostics::{Severity, count, visible};
use crate::rules;

/// The report for people who want it short, and for editors that jump to a place.
pub(super) struct Concise;

impl Emitter for Concise {
    fn name(&self) -> &'static str {
        "concise"
    }

    fn audience(&self) -> Audience {
        Audience::People
    }

    fn is_own(&self, beginning: &str) -> bool {
        let line = beginning.lines().next().unwrap_or_default();
        let begins = |severity: Severity| {
            let found = line.split_once(&format!(": {severity}["))?.1;
            found.split_once("] ").map(|(rule, _)| rule)
        };
        let named = Severity::ALL.into_iter().find_map(begins);
        named.is_some_and(|rule| rules::find(rule).is_some())
    }

    fn emit(
        &self,
        report: &Report<'_>,
        settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let paint = Paint::new(settings.color, settings.links);
        let range = Range {
            least: settings.least,
            most: settings.limit as u64,
        };
        walk::each(report, range, |outcome, found| {
            let said = format!("{}[{}]", found.severity, found.rule);
            writeln!(
                out,
                "{}: {} {}",
                paint.bold(&visible(&spot(outcome, found))),
                paint.severity(found.severity, &said),
                visible(&found.message)
            )
        })?;
        let more = range.left(report);
        if more > 0 {
            let more = count(more, "more finding");
            writeln!(
                out,
                "… and {more}; `--max-diagnostics` shows more, `--output jsonl` all"
            )?;
        }
        let lighter = Severity::ALL.into_iter().filter(|it| *it < settings.least);
        let lighter: u64 = lighter.map(|severity| report.count(severity)).sum();
        if lighter > 0 {
            let lighter = count(lighter, "lighter finding");
            writeln!(out, "… and {lighter}; `--min-severity note` shows them")?;
        }
        Ok(())
    }
}
