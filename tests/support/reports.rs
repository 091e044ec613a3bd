//! Reports: as a run has printed them, and as they are written of outcomes.

use std::collections::BTreeMap;
use std::path::Path;

use labelwright::internals::diagnostics::Severity;
use labelwright::internals::pipeline::Outcome;
use labelwright::internals::report::{self, REPORTS, ReportSettings};
use serde_json::Value;

/// A JSON report.
pub(crate) struct Report(pub(crate) Value);

impl Report {
    pub(crate) fn read(path: &Path) -> Self {
        Self(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
    }

    pub(crate) fn findings(&self) -> &[Value] {
        self.0["diagnostics"].as_array().unwrap()
    }

    /// The rules that spoke, one entry a finding.
    pub(crate) fn rules(&self) -> Vec<&str> {
        self.findings()
            .iter()
            .map(|finding| finding["rule"].as_str().unwrap())
            .collect()
    }
}

/// The reports of outcomes in every format, by its name, with so many findings for people.
pub(crate) fn every_report(outcomes: &[Outcome], limit: usize) -> BTreeMap<&'static str, Vec<u8>> {
    let report = report::Report {
        outcomes,
        ..report::Report::default()
    };
    let settings = ReportSettings {
        color: false,
        links: false,
        width: 100,
        limit,
        least: Severity::Note,
        statistics: false,
        fixable: false,
        examples: 5,
        mark: false,
    };
    let written = REPORTS.iter().map(|emitter| {
        let mut out = Vec::new();
        emitter.emit(&report, &settings, &mut out).unwrap();
        (emitter.name(), out)
    });
    written.collect()
}
