//! Findings as the page shows them: by rule, and of each rule as many as are asked for.

use std::cmp::Reverse;

use labelwright::internals::diagnostics::Severity;
use labelwright::internals::pipeline::Outcome;
use labelwright::internals::report::{About, ShownFinding, shown_finding};
use labelwright::internals::rules::RULES;
use serde::Serialize;

use crate::message::RowsAsked;
use crate::session::{Session, told};

/// How many findings there are of a rule and a severity.
#[derive(Serialize)]
pub(crate) struct Group {
    severity: &'static str,
    rule: &'static str,
    count: u64,
    #[serde(flatten)]
    about: About,
}

/// The rules that found something: the gravest findings first, and rules in the order of the catalogue.
pub(crate) fn groups(outcomes: &[Outcome]) -> Vec<Group> {
    let place = |name: &str| RULES.iter().position(|rule| rule.meta().name == name);
    let mut groups = Vec::new();
    for severity in Severity::ALL.into_iter().rev() {
        let mut found: Vec<Group> = Vec::new();
        for outcome in outcomes {
            for (rule, count) in outcome.diagnostics.rules_of(severity) {
                match found.iter_mut().find(|group| group.rule == rule) {
                    Some(group) => group.count += count,
                    None => found.push(Group {
                        severity: severity.name(),
                        rule,
                        count,
                        about: About::rule(rule),
                    }),
                }
            }
        }
        found.sort_by_key(|group| (place(group.rule), Reverse(group.count)));
        groups.append(&mut found);
    }
    groups
}

/// The findings of a rule and a severity, from one of them on.
///
/// Fails where findings cannot be read back.
pub(crate) fn rows(session: &Session, asked: &RowsAsked) -> Result<Vec<ShownFinding>, String> {
    let outcomes = if asked.conversion {
        &session.conversion
    } else {
        &session.checked.outcomes
    };
    let mut passed = 0;
    let mut rows = Vec::new();
    for (number, outcome) in outcomes.iter().enumerate() {
        for finding in &outcome.diagnostics {
            let finding = finding.map_err(|error| told(&error))?;
            if finding.rule != asked.rule || finding.severity.name() != asked.severity {
                continue;
            }
            passed += 1;
            if passed > asked.from {
                rows.push(shown_finding(number, outcome, &finding));
            }
            if rows.len() >= asked.most {
                return Ok(rows);
            }
        }
    }
    Ok(rows)
}
