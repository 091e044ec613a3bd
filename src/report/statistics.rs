//! `check --statistics`: findings by rule.

use std::cmp::Reverse;
use std::fmt::Write;

use super::contents::Report;
use crate::diagnostics::Applicability;
use crate::diagnostics::Severity;
use crate::rules;
use crate::rules::meta::Meta;

/// A line for each rule that found something, the most frequent first: how often, its name,
/// whether a machine can fix it, and what it finds. Findings that are lighter than `least` are not
/// counted.
pub(super) fn table(report: &Report<'_>, least: Severity) -> String {
    let mut rules: Vec<(&'static str, u64)> = report.by_rule_from(least).into_iter().collect();
    rules.sort_by_key(|(name, count)| (Reverse(*count), *name));
    let most = rules.first().map_or(0, |(_, count)| *count);
    let digits = most.to_string().len();
    let name_width = rules.iter().map(|(name, _)| name.len()).max();
    let name_width = name_width.unwrap_or_default();
    let mut table = String::new();
    for (name, count) in rules {
        let meta: Option<&Meta> = rules::find(name).map(rules::Rule::meta);
        let fix = meta
            .and_then(|meta| meta.fix)
            .map_or("", Applicability::name);
        let summary = meta.map_or("", |meta| meta.summary);
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "{count:digits$}  {name:name_width$}  {fix:6}  {summary}"
        );
    }
    table
}
