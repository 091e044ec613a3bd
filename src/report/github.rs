//! `--output github`: workflow commands, by which GitHub shows findings beside the lines of a pull
//! request.
//!
//! The runner takes a line that begins with `::` for a command, and decodes `%25`, `%0D` and `%0A`
//! in its message, in its properties `%3A` and `%2C` too.

use std::io;

use super::annotations::{self, Annotation};
use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::place::relative;
use crate::diagnostics::{Severity, push_harmless};

/// The findings as annotations of GitHub Actions.
pub(super) struct Github;

impl Emitter for Github {
    fn name(&self) -> &'static str {
        "github"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        let line = beginning.lines().next().unwrap_or_default();
        let mut commands = Severity::ALL.into_iter().map(command);
        let is_command = commands.any(|name| line.starts_with(&format!("::{name} ")));
        is_command && line.contains("title=labelwright")
    }

    fn emit(
        &self,
        report: &Report<'_>,
        _settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        annotations::each(report, |annotation| match annotation {
            Annotation::Finding(outcome, found) => {
                let command = command(found.severity);
                let file = property(&relative(outcome.file_of(found).0, report.folder));
                write!(out, "::{command} file={file}")?;
                if let Some((line, column)) = found.position {
                    write!(out, ",line={line},col={column}")?;
                }
                let lines = annotations::lines(found).map(|line| line.replace('%', "%25"));
                let message = lines.collect::<Vec<_>>().join("%0A");
                writeln!(out, ",title=labelwright {}::{message}", found.rule)
            }
            Annotation::More(severity, more) => {
                writeln!(out, "::{} title=labelwright::{more}", command(severity))
            }
        })
    }
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// A property of a command.
fn property(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for char in value.chars() {
        match char {
            '%' => out.push_str("%25"),
            ':' => out.push_str("%3A"),
            ',' => out.push_str("%2C"),
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
        let name = "a,line=1::b%0A\n\u{1b}##[x]é";
        let want = "a%2Cline=1%3A%3Ab%250A\\n\\u{1b}##\\u{5b}x]é";
        assert_eq!(property(name), want);
    }
}
