//! `--output jsonl`: a finding a line, each the object that it is in the JSON report.

use std::io;

use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::json::finding;
use super::plain_json;
use super::walk::{self, Range};
use crate::rules;

/// The findings for programs that read a line at a time.
pub(super) struct Jsonl;

impl Emitter for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        let rule = beginning.strip_prefix("{\"rule\":\"");
        let rule = rule.and_then(|rest| rest.split_once("\",\"severity\":\""));
        rule.is_some_and(|(rule, _)| rules::find(rule).is_some())
    }

    fn emit(
        &self,
        report: &Report<'_>,
        _settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        walk::each(report, Range::ALL, |outcome, found| {
            plain_json::write_compact(&mut *out, &finding(outcome, found))?;
            out.write_all(b"\n")
        })
    }
}
