//! What every format of reports can do.

use std::io;

use super::contents::Report;
use crate::corpus::overview::Extent;
use crate::diagnostics::Severity;

/// A format of reports.
pub trait Emitter: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// Who reads it.
    fn audience(&self) -> Audience;

    /// Whether a file that begins with this text is such a report, so that another may take its place. It is
    /// trimmed, not empty, and may be cut anywhere.
    fn is_own(&self, beginning: &str) -> bool;

    /// Whether it shows the words around the first findings of each rule.
    fn shows_words(&self) -> bool {
        false
    }

    /// Of how many findings of each severity of a file it shows where they end, and what would be changed to fix
    /// them.
    fn regions(&self) -> usize {
        0
    }

    /// How much it shows of a corpus in pictures, if anything.
    fn overview(&self) -> Option<Extent> {
        None
    }

    /// Writes the report, a finding at a time.
    ///
    /// Fails where `out` does, and where findings cannot be read back from their file.
    fn emit(
        &self,
        report: &Report<'_>,
        settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()>;
}

/// Who reads a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Somebody at a terminal: the report has colours, and shows no more than one can read.
    People,
    /// A program: the report is complete or says what it leaves out, and is the same wherever it goes.
    Machines,
}

/// What the user may ask of a report. Those that are complete heed none of it.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub struct ReportSettings {
    /// Whether it has colours.
    pub color: bool,
    /// Whether it has links (OSC 8) to the documentation of rules.
    pub links: bool,
    /// The width in columns.
    pub width: usize,
    /// How much is printed: blocks of findings, one a rule and severity, or findings.
    pub limit: usize,
    /// The lightest findings that are printed.
    pub least: Severity,
    /// Whether they are counted by rule instead.
    pub statistics: bool,
    /// Whether it is said how many of them could be fixed.
    pub fixable: bool,
    /// How many findings of each rule and severity a page shows.
    pub examples: usize,
    /// Whether a table begins with a byte-order mark.
    pub mark: bool,
}
