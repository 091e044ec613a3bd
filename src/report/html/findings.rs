//! Findings as the page shows them: the gravest first, those of a rule together.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use crate::diagnostics::{Diagnostic, Severity};
use crate::report::Report;
use crate::report::shown::{About, Finding, finding};
use crate::rules::RULES;

/// The most findings that a page shows, over all rules.
const MOST: usize = 2000;

/// The findings of a rule and a severity.
#[derive(Serialize)]
pub(super) struct Group {
    severity: &'static str,
    rule: &'static str,
    #[serde(flatten)]
    about: About,
    count: u64,
    more: u64,
    findings: Vec<Finding>,
}

/// The findings of all inputs, no more than `most` of each rule and severity.
///
/// Fails where findings cannot be read back from their file.
pub(super) fn groups(report: &Report<'_>, most: usize) -> io::Result<Vec<Group>> {
    let order = RULES.iter().enumerate();
    let order = order.map(|(index, rule)| (rule.meta().name, index));
    let order: BTreeMap<&str, usize> = order.collect();
    let mut groups: BTreeMap<(Reverse<Severity>, Option<usize>, &str), Group> = BTreeMap::new();
    for (number, outcome) in report.outcomes.iter().enumerate() {
        for found in &outcome.diagnostics {
            let found = found?;
            let key = (
                Reverse(found.severity),
                order.get(found.rule).copied(),
                found.rule,
            );
            let group = groups.entry(key).or_insert_with(|| Group::of(&found));
            group.count += 1;
            if group.findings.len() < most.min(MOST) {
                group.findings.push(finding(number, outcome, &found));
            }
        }
    }
    let mut room = MOST;
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        group.findings.truncate(room);
        room -= group.findings.len();
        group.more = group.count - group.findings.len() as u64;
    }
    Ok(groups)
}

impl Group {
    fn of(found: &Diagnostic) -> Self {
        Self {
            severity: found.severity.name(),
            rule: found.rule,
            about: About::rule(found.rule),
            count: 0,
            more: 0,
            findings: Vec::new(),
        }
    }
}
