//! The last line on stderr: whether the label files are ready, and why not. The exit status is
//! that of the verdict.

use super::options::Reporting;
use super::terminal::{self, Status};
use crate::report::Verdict;

/// Says it, unless nothing is to be said, and gives the exit status.
pub(super) fn say(verdict: &Verdict<'_>, reporting: &Reporting) -> Status {
    if !reporting.quiet {
        terminal::say(verdict.line());
    }
    if verdict.has_failed() {
        Status::Failed
    } else if verdict.is_ready() {
        Status::Clean
    } else {
        Status::Findings
    }
}
