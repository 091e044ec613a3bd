//! `--output gitlab`: a Code Quality report, by which GitLab shows in a merge request what got
//! better and what got worse.

use std::io;

use serde::Serialize;
use serde::ser::SerializeSeq;

use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::place::relative;
use super::walk::{Element, List, Range};
use super::{annotations, plain_json};
use crate::diagnostics::identity::spelled;
use crate::diagnostics::{Diagnostic, Severity};
use crate::model::fingerprints::fingerprint_under;
use crate::pipeline::Outcome;

/// The findings for GitLab.
pub(super) struct Gitlab;

/// One of the list. GitLab heeds these members and no others.
#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
}

impl Emitter for Gitlab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        let issue = beginning.strip_prefix('[').map(str::trim_start);
        let is_ours = |issue: &str| {
            let known = ["\"description\":\"", "\"check_name\":\"labelwright/"];
            issue.starts_with('{') && known.into_iter().all(|part| issue.contains(part))
        };
        issue.is_some_and(|issue| issue == "]" || is_ours(issue))
    }

    fn emit(
        &self,
        report: &Report<'_>,
        _settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let issues = List::new(report, Range::ALL, AsIssue { report });
        let written = plain_json::write_compact(&mut *out, &issues);
        issues.outcome(written)?;
        out.write_all(b"\n")
    }
}

struct AsIssue<'a> {
    report: &'a Report<'a>,
}

impl Element for AsIssue<'_> {
    fn add<S: SerializeSeq>(
        &self,
        outcome: &Outcome,
        found: &Diagnostic,
        list: &mut S,
    ) -> Result<(), S::Error> {
        let path = relative(outcome.file_of(found).0, self.report.folder);
        let lines: Vec<_> = annotations::lines(found).collect();
        list.serialize_element(&Issue {
            description: lines.join("\n"),
            check_name: &format!("labelwright/{}", found.rule),
            // That of a finding is its own among those of its file only.
            fingerprint: spelled(fingerprint_under(found.fingerprint, &path)),
            severity: match found.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            location: Location {
                lines: Lines {
                    begin: found.position.map_or(1, |position| position.0),
                },
                path,
            },
        })
    }
}
