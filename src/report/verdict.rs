//! Whether the label files are ready, and why not.

use std::collections::BTreeMap;

use super::gate::{Author, Gate, SeverityCounts};
use crate::diagnostics::{FailOn, Severity, count};
use crate::pipeline::Outcome;

/// How many rules are named with a severity.
const NAMED: usize = 3;

/// What the findings of all inputs come to.
#[derive(Debug, Default)]
pub struct Verdict<'a> {
    /// Whether the inputs are converted, which may be refused.
    converts: bool,
    /// How many inputs could not be worked on.
    failed: u64,
    /// How many inputs fixes would change, where that is only shown.
    pub changes: u64,
    /// How many conversions were refused.
    refused: u64,
    documents: u64,
    labels: u64,
    counts: SeverityCounts,
    /// What the gates speak of, by severity.
    failing: BTreeMap<Severity, Failing>,
    /// The gravest findings of refused conversions.
    refusing: BTreeMap<Severity, Failing>,
    /// The warnings that share a limit.
    warnings: BTreeMap<&'a Author, (u64, u64)>,
    /// What each input fails for, by its path.
    fails_on: BTreeMap<String, FailOn>,
}

/// Findings that are a reason.
#[derive(Debug, Default)]
struct Failing {
    count: u64,
    rules: BTreeMap<&'static str, u64>,
}

impl Failing {
    fn add(&mut self, count: u64, rules: BTreeMap<&'static str, u64>) {
        self.count = self.count.saturating_add(count);
        for (rule, count) in rules {
            *self.rules.entry(rule).or_default() += count;
        }
    }

    /// `2 errors (span-out-of-bounds, label-undeclared)`, the most frequent first.
    fn told(&self, severity: Severity) -> String {
        let findings = count(self.count, severity.name());
        let mut rules: Vec<(&str, u64)> = self.rules.iter().map(|it| (*it.0, *it.1)).collect();
        rules.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let names: Vec<&str> = rules.iter().take(NAMED).map(|rule| rule.0).collect();
        let more = rules.len() - names.len();
        match (names.is_empty(), more) {
            (true, _) => findings,
            (false, 0) => format!("{findings} ({})", names.join(", ")),
            (false, more) => {
                let others = count(more as u64, "more rule");
                format!("{findings} ({} and {others})", names.join(", "))
            }
        }
    }
}

impl<'a> Verdict<'a> {
    /// Of inputs that were checked, and are still to be added. So many others could not be read.
    #[must_use]
    pub fn of_checks(failed: u64) -> Self {
        Self {
            failed,
            ..Self::default()
        }
    }

    /// The same for inputs that were converted, or that was refused.
    #[must_use]
    pub fn of_conversions(failed: u64) -> Self {
        Self {
            converts: true,
            ..Self::of_checks(failed)
        }
    }

    /// Adds an input that is weighed by a gate. What is not known of it is `None`, and then no
    /// rules are named.
    pub fn add(
        &mut self,
        (documents, labels): (u64, u64),
        counts: SeverityCounts,
        outcome: Option<&Outcome>,
        gate: &'a Gate,
    ) {
        self.documents = self.documents.saturating_add(documents);
        self.labels = self.labels.saturating_add(labels);
        self.counts.add(counts);
        let rules = |severity| {
            let rules = outcome.map(|outcome| outcome.diagnostics.rules_of(severity));
            rules.unwrap_or_default()
        };
        for severity in Severity::ALL {
            let count = counts.of_severity(severity);
            if count > 0 && gate.fail_on.covers(severity) {
                let failing = self.failing.entry(severity).or_default();
                failing.add(count, rules(severity));
            }
        }
        if self.converts && outcome.is_some_and(|outcome| outcome.refused) {
            self.refused += 1;
            let all = Severity::ALL.into_iter().rev();
            let mut all = all.map(|severity| (severity, counts.of_severity(severity)));
            if let Some((severity, count)) = all.find(|(_, count)| *count > 0) {
                let refusing = self.refusing.entry(severity).or_default();
                refusing.add(count, rules(severity));
            }
        }
        if let Some(outcome) = outcome {
            let path = outcome.input.path.clone();
            self.fails_on.insert(path, gate.fail_on);
        }
        if let Some((author, most)) = &gate.max_warnings {
            let sum = self.warnings.entry(author).or_insert((0, *most));
            sum.0 = sum.0.saturating_add(counts.warnings);
        }
    }

    /// Adds what came of an input.
    pub fn add_outcome(&mut self, outcome: &Outcome, gate: &'a Gate) {
        let sizes = (outcome.input.documents, outcome.input.labels);
        self.add(sizes, SeverityCounts::of(outcome), Some(outcome), gate);
    }

    /// Whether the run fails for a finding of that severity in an input.
    #[must_use]
    pub fn fails(&self, outcome: &Outcome, severity: Severity) -> bool {
        let asked = self.fails_on.get(&outcome.input.path);
        asked.copied().unwrap_or_default().covers(severity)
    }

    /// Whether inputs could not be worked on.
    #[must_use]
    pub const fn has_failed(&self) -> bool {
        self.failed > 0
    }

    /// Whether nothing is found that the user wants the run to fail for.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.reasons().is_empty()
    }

    /// Why the inputs are not ready, the gravest reason first; none where they are. Paths of
    /// configuration files are in it as they were given.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        if self.failed > 0 {
            reasons.push(format!("{} failed", count(self.failed, "file")));
        }
        if self.changes > 0 {
            reasons.push(format!("{} would change", count(self.changes, "file")));
        }
        let told = |(severity, failing): (&Severity, &Failing)| failing.told(*severity);
        let mut findings: Vec<String> = self.failing.iter().rev().map(told).collect();
        if self.refused > 0 {
            if findings.is_empty() {
                findings.extend(self.refusing.iter().next_back().map(told));
            }
            let refused = match self.refused {
                1 => "the conversion was refused".to_owned(),
                many => format!("{many} conversions were refused"),
            };
            reasons.push(match findings.first_mut() {
                Some(first) => format!("{refused}: {}", std::mem::take(first)),
                None => refused,
            });
            findings = findings.into_iter().skip(1).collect();
        }
        reasons.extend(findings);
        for (author, (warnings, most)) in &self.warnings {
            if warnings > most {
                let by = match author {
                    Author::Flag => "--max-warnings".to_owned(),
                    Author::File(path) => format!("max-warnings in {}", path.display()),
                };
                let warnings = count(*warnings, "warning");
                reasons.push(format!("{warnings}, {most} allowed by {by}"));
            }
        }
        reasons
    }

    /// `ready: 20 documents, 240 labels, 0 errors, 3 warnings`, or `not ready:` and why.
    #[must_use]
    pub fn line(&self) -> String {
        let reasons = self.reasons();
        if !reasons.is_empty() {
            return format!("not ready: {}", reasons.join("; "));
        }
        format!(
            "ready: {}, {}, {}, {}",
            count(self.documents, "document"),
            count(self.labels, "label"),
            count(self.counts.errors, "error"),
            count(self.counts.warnings, "warning"),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn gate(fail_on: FailOn, max_warnings: Option<(Author, u64)>) -> Gate {
        Gate {
            fail_on,
            max_warnings,
        }
    }

    fn counts(errors: u64, warnings: u64) -> SeverityCounts {
        SeverityCounts {
            errors,
            warnings,
            notes: 0,
        }
    }

    #[test]
    fn a_verdict_has_its_reasons() {
        let error = FailOn::From(Severity::Error);
        let told = |gates: &[(SeverityCounts, Gate)]| {
            let mut verdict = Verdict::default();
            for (counts, gate) in gates {
                verdict.add((10, 120), *counts, None, gate);
            }
            (verdict.is_ready(), verdict.line())
        };
        let want = |is_ready, line: &str| (is_ready, line.to_owned());
        assert_eq!(
            told(&[(counts(0, 3), gate(error, None))]),
            want(
                true,
                "ready: 10 documents, 120 labels, 0 errors, 3 warnings"
            )
        );
        assert_eq!(
            told(&[(counts(2, 3), gate(error, None))]),
            want(false, "not ready: 2 errors")
        );
        assert_eq!(
            told(&[(counts(2, 3), gate(FailOn::Never, None))]),
            want(
                true,
                "ready: 10 documents, 120 labels, 2 errors, 3 warnings"
            )
        );
        let none = Some((Author::Flag, 0));
        assert_eq!(
            told(&[(counts(0, 2), gate(error, none.clone()))]),
            want(false, "not ready: 2 warnings, 0 allowed by --max-warnings")
        );
        // Each input is weighed by its own gate, and inputs of one author together.
        let file = Some((Author::File(PathBuf::from("a.toml")), 3));
        let both = [
            (counts(0, 2), gate(error, file.clone())),
            (counts(1, 2), gate(FailOn::Never, file)),
            (counts(0, 5), gate(FailOn::From(Severity::Warning), None)),
        ];
        assert_eq!(
            told(&both),
            want(
                false,
                "not ready: 5 warnings; 4 warnings, 3 allowed by max-warnings in a.toml"
            )
        );
    }

    #[test]
    fn the_most_frequent_rules_are_named() {
        let mut failing = Failing::default();
        let rules = [("a", 1), ("b", 4), ("c", 2), ("d", 2), ("e", 1)];
        failing.add(10, rules.into_iter().collect());
        let told = failing.told(Severity::Error);
        assert_eq!(told, "10 errors (b, c, d and 2 more rules)");
    }

    #[test]
    fn what_failed_weighs_most() {
        let gate = gate(FailOn::From(Severity::Error), None);
        let mut verdict = Verdict::default();
        verdict.add((1, 1), counts(1, 0), None, &gate);
        verdict.failed = 2;
        assert!(verdict.has_failed() && !verdict.is_ready());
        let line = "not ready: 2 files failed; 1 error";
        assert_eq!(verdict.line(), line);
        verdict.failed = 0;
        verdict.refused = 1;
        let line = "not ready: the conversion was refused: 1 error";
        assert_eq!(verdict.line(), line);
    }
}
