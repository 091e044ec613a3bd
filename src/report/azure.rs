//! `--output azure`: logging commands, by which Azure Pipelines shows findings on the page of a run.
//!
//! The agent takes `##vso[` anywhere in a line for a command. It decodes `%AZP25`, `%0D` and `%0A` in
//! the message, and in properties `%3B` and `%5D` too. There are issues of two types, so notes are
//! lines of the log.

use std::io;

use super::annotations::{self, Annotation};
use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::place::{relative, spot};
use crate::diagnostics::{Severity, push_harmless, visible};
use crate::rules;

/// The findings as issues of Azure Pipelines.
pub(super) struct Azure;

/// What every command begins with.
const COMMAND: &str = "##vso[task.logissue type=";

impl Emitter for Azure {
    fn name(&self) -> &'static str {
        "azure"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        let line = beginning.lines().next().unwrap_or_default();
        let rule = line.strip_prefix(COMMAND).and_then(|rest| {
            let (properties, _) = rest.split_once(']')?;
            Some(properties.split_once(";code=")?.1)
        });
        rule.is_some_and(|rule| rules::find(rule).is_some())
    }

    fn emit(
        &self,
        report: &Report<'_>,
        _settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        annotations::each(report, |annotation| match annotation {
            Annotation::Finding(outcome, found) => {
                let Some(kind) = kind(found.severity) else {
                    let (spot, message) = (spot(outcome, found), visible(&found.message));
                    let (spot, severity) = (visible(&spot), found.severity);
                    return writeln!(out, "{spot}: {severity}[{}] {message}", found.rule);
                };
                let path = property(&relative(outcome.file_of(found).0, report.folder));
                write!(out, "{COMMAND}{kind};sourcepath={path}")?;
                if let Some((line, column)) = found.position {
                    write!(out, ";linenumber={line};columnnumber={column}")?;
                }
                let lines = annotations::lines(found).map(|line| line.replace('%', "%AZP25"));
                let message = lines.collect::<Vec<_>>().join("%0A");
                writeln!(out, ";code={}]{message}", found.rule)
            }
            Annotation::More(severity, more) => match kind(severity) {
                Some(kind) => writeln!(out, "{COMMAND}{kind}]{more}"),
                None => writeln!(out, "{more}"),
            },
        })
    }
}

/// The type of the issue, where there is one for the severity.
const fn kind(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::Error => Some("error"),
        Severity::Warning => Some("warning"),
        Severity::Note => None,
    }
}

/// A property of a command.
fn property(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for char in value.chars() {
        match char {
            '%' => out.push_str("%AZP25"),
            ';' => out.push_str("%3B"),
            ']' => out.push_str("%5D"),
            _ => push_harmless(&mut out, char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_ends_where_it_should() {
        let name = "a;type=error]b%3B\r##vso[x]::é";
        let want = "a%3Btype=error%5Db%AZP253B\\r##vso\\u{5b}x%5D:\\u{3a}é";
        assert_eq!(property(name), want);
    }
}
