//! Programs of others read the reports.

use std::process::Command;

use super::{NAME, args, corpus};
use crate::support::{python_with, run};

/// Runs a script on a report, and insists on its success. Answers what it prints.
#[track_caller]
fn read(packages: &[&str], form: &str, script: &str) -> Option<String> {
    let python = python_with(packages)?;
    let place = corpus(NAME);
    let out = format!("{form}=report");
    run(place.path(), args(NAME, &["--output", &out])).expect(1);
    let done = Command::new(python)
        .current_dir(place.path())
        .args(["-c", script])
        .output()
        .unwrap();
    let [out, error] = [done.stdout, done.stderr].map(|it| String::from_utf8(it).unwrap());
    assert!(done.status.success(), "{out}{error}");
    Some(out)
}

#[test]
fn sarif_tools_reads_the_log() {
    let script = "
import sarif.loader
found = sarif.loader.load_sarif_files('report')
records = found.get_records()
report = found.get_report()
for severity in ('error', 'warning', 'note'):
    print(severity, report.get_issue_count_for_severity(severity))
for record in records:
    print(record['Code'], record['Line'], record['Location'])
";
    let Some(out) = read(&["sarif-tools==3.0.5"], "sarif", script) else {
        return;
    };
    for line in [
        "error 8\n",
        "warning 3\n",
        "note 1\n",
        "span-empty 1 a",
        "blank-line 2 a",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
}

#[test]
fn a_model_of_sarif_holds_for_the_log() {
    let script = "
import json, sarif_pydantic
text = open('report', encoding='utf-8').read()
log = sarif_pydantic.Sarif.model_validate_json(text)
print(len(log.runs[0].results), log.runs[0].tool.driver.name)
";
    let Some(out) = read(&["sarif-pydantic==0.6.2"], "sarif", script) else {
        return;
    };
    assert!(out.starts_with("12 labelwright"), "{out}");
}

#[test]
fn junitparser_reads_the_suites() {
    let script = "
import junitparser
xml = junitparser.JUnitXml.fromfile('report')
for suite in xml:
    failed = [case for case in suite if any(isinstance(it, junitparser.Failure) for it in case.result)]
    assert suite.tests == len(list(suite)) and suite.failures == len(failed)
    print(suite.name, suite.tests, suite.failures)
";
    let Some(out) = read(&["junitparser==5.0.3"], "junit", script) else {
        return;
    };
    let want = format!("{NAME} 11 7\nclean.jsonl 1 0\nempty.jsonl 1 1\nlabelwright 1 1\n");
    assert_eq!(out, want);
}
