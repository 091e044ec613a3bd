//! For every rule a bad fixture that it alone reports, and a good one that no rule reports.

use std::fmt::Write;
use std::path::Path;

use labelwright::internals::rules::RULES;

use crate::support::{Report, fixtures, run};

/// Runs the command of a fixture and gives its report and exit status.
fn report(folder: &Path) -> (Report, i32) {
    let saved = tempfile::NamedTempFile::new().unwrap();
    let mut args = crate::support::args(folder);
    args.push("--output".to_owned());
    args.push(format!("json={}", saved.path().display()));
    let done = run(folder, &args);
    assert_ne!(done.status, 2, "{}: {}", folder.display(), done.stderr);
    (Report::read(saved.path()), done.status)
}

#[test]
fn bad_fixtures_are_reported_by_their_rule_alone() {
    let mut wordings = String::new();
    for rule in RULES {
        let name = rule.meta().name;
        let folder = fixtures().join("rules").join(name).join("bad");
        let (report, status) = report(&folder);
        let spoke = report.rules();
        assert!(!spoke.is_empty(), "{name}: its bad fixture is not reported");
        assert!(
            spoke.iter().all(|spoke| *spoke == name),
            "{name}: reported by {spoke:?}"
        );
        let errors = report
            .findings()
            .iter()
            .any(|finding| finding["severity"] == "error");
        assert_eq!(status, i32::from(errors), "{name}");
        for finding in report.findings() {
            let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            let line = finding["line"]
                .as_u64()
                .map_or_else(String::new, |line| format!(":{line}"));
            let column = finding["column"].as_u64();
            let column = column.map_or_else(String::new, |column| format!(":{column}"));
            writeln!(
                wordings,
                "{}[{name}] {}{line}{column} {}\n  {}\n  help: {}",
                text("severity"),
                text("path"),
                text("pointer"),
                text("message"),
                text("help"),
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!("wordings", wordings);
}

#[test]
fn good_fixtures_are_reported_by_no_rule() {
    for rule in RULES {
        let name = rule.meta().name;
        let folder = fixtures().join("rules").join(name).join("good");
        let (report, status) = report(&folder);
        assert_eq!(
            report.rules(),
            [""; 0],
            "{name}: {}",
            report.0["diagnostics"]
        );
        assert_eq!(status, 0, "{name}");
    }
}

#[test]
fn the_demo_is_clean_under_every_rule() {
    let folder = fixtures().join("pairs/demo");
    for name in ["demo.json", "demo.jsonl"] {
        let report = run(&folder, ["check", name, "--output", "json"])
            .expect(0)
            .report();
        assert_eq!(report.rules(), [""; 0], "{name}");
        assert_eq!(report.0["summary"]["documents"], 18, "{name}");
        assert_eq!(report.0["summary"]["labels"], 288, "{name}");
    }
}
