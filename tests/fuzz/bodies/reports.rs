//! Every report of an outcome.

use labelwright::internals::diagnostics::Severity;
use labelwright::internals::pipeline::Outcome;
use labelwright::internals::report::{REPORTS, Report, ReportSettings};

/// Writes all of them; each by its name. None may hold what a terminal would act on.
#[must_use]
pub fn reports(outcomes: &[Outcome]) -> Vec<(&'static str, String)> {
    let report = Report {
        outcomes,
        ..Report::default()
    };
    let settings = ReportSettings {
        color: false,
        links: false,
        width: 80,
        limit: 20,
        least: Severity::Note,
        statistics: false,
        fixable: false,
        examples: 5,
        mark: false,
    };
    let written = REPORTS.iter().map(|emitter| {
        let mut out = Vec::new();
        emitter.emit(&report, &settings, &mut out).unwrap();
        let text = String::from_utf8(out).expect("a report is UTF-8");
        let acts = |char: char| char.is_control() && !matches!(char, '\n' | '\r' | '\t');
        assert!(!text.contains(acts), "{}: {text:?}", emitter.name());
        (emitter.name(), text)
    });
    written.collect()
}
