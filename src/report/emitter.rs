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
    /// Somebody at a terminal, who needs the lines around a finding.
    People,
    /// A program: the report is complete, and the same wherever it goes.
    Machines,
}

/// What the user may ask of a report. Those that are complete heed none of it.
#[derive(Clone, Copy, Debug)]
pub struct ReportSettings {
    /// Whether it has colours.
    pub color: bool,
    /// Whether it has links (OSC 8) to the documentation of rules.
    pub links: bool,
    /// The width in columns.
    pub width: usize,
    /// How many blocks of findings are printed: one a rule and severity.
    pub limit: usize,
    /// The lightest findings that are printed.
    pub least: Severity,
    /// Whether they are counted by rule instead.
    pub statistics: bool,
    /// Whether it is said how many of them could be fixed.
    pub fixable: bool,
    /// How many findings of each rule and severity a page shows.
    pub examples: usize,
}
