//! When a fix is withheld: only where it brings a finding that weighs as much as the one it fixes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::diagnostics::{Diagnostic, Severity};
use crate::pipeline::{Error, Outcome};
use crate::rules::meta::{Basis, Group};
use crate::rules::{self, OFFSET_UNIT_MISMATCH};

/// What makes two findings of two states of a file the same: the rule, the document, and what
/// is named first in the message. Places move.
pub(super) type FindingKey = (&'static str, Option<String>, String);

pub(super) fn key(finding: &Diagnostic) -> FindingKey {
    let named = finding.message.split('`').nth(1).unwrap_or_default();
    (finding.rule, finding.document.clone(), named.to_owned())
}

/// Why a finding is not fixed, though a machine could.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its fix would bring a finding of this rule, which weighs as much.
    Brings(&'static str),
    /// Its fix leaves it where it is.
    Remains,
    /// Many spans of its document do not fit their places, or one of them cannot be right: what
    /// its fix would change is the evidence of what went wrong.
    InDoubt,
    /// Many fixes of the file do harm, and it was not found out in time whether this one does.
    Untried,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Brings(rule) => write!(f, "would cause `{rule}`"),
            Self::Remains => f.write_str("would not help"),
            Self::InDoubt => f.write_str("the spans of the document are in doubt"),
            Self::Untried => f.write_str("too many other fixes do harm"),
        }
    }
}

/// How often each finding is there in a state of a file, and the most that it weighs.
#[derive(Debug, Default, Hash)]
pub(super) struct Tally {
    findings: BTreeMap<FindingKey, (u64, Severity)>,
    /// The same in whatever document.
    anywhere: BTreeMap<(&'static str, String), u64>,
}

impl Tally {
    pub(super) fn of(outcome: &Outcome) -> Result<Self, Error> {
        let mut tally = Self::default();
        for finding in &outcome.diagnostics {
            let finding = finding?;
            tally.add(key(&finding), finding.severity);
        }
        Ok(tally)
    }

    fn add(&mut self, key: FindingKey, severity: Severity) {
        *self.anywhere.entry((key.0, key.2.clone())).or_default() += 1;
        let found = self.findings.entry(key).or_insert((0, severity));
        *found = (found.0 + 1, found.1.max(severity));
    }

    fn count(&self, key: &FindingKey) -> u64 {
        self.findings.get(key).map_or(0, |found| found.0)
    }

    fn count_anywhere(&self, key: &FindingKey) -> u64 {
        let anywhere = self.anywhere.get(&(key.0, key.2.clone()));
        anywhere.copied().unwrap_or_default()
    }

    /// Whether it has a finding more often than another state. What is said of the corpus is told
    /// at one place, which may be another one then.
    fn exceeds(&self, other: &Self, key: &FindingKey) -> bool {
        self.count(key) > other.count(key)
            && (is_of_document(key.0) || self.count_anywhere(key) > other.count_anywhere(key))
    }

    pub(super) fn has(&self, rule: &str) -> bool {
        self.findings.keys().any(|key| key.0 == rule)
    }

    /// What tells two states from one another that do not have the same findings.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// Whether each finding of a rule is about the document that it names.
fn is_of_document(rule: &str) -> bool {
    let group = group(rule);
    group.is_some_and(|group| matches!(group, Group::Offsets | Group::Shape | Group::Syntax))
}

/// What a fix is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Aim {
    pub(super) finding: FindingKey,
    /// Whether it fixes one of the documents that the finding is about.
    pub(super) is_part: bool,
}

impl Aim {
    /// The whole of a finding.
    pub(super) fn of(finding: &Diagnostic) -> Self {
        Self {
            finding: key(finding),
            is_part: false,
        }
    }

    /// What a finding of the rule says of a document among others.
    pub(super) fn part(rule: &'static str, document: &str) -> Self {
        Self {
            finding: (rule, Some(document.to_owned()), String::new()),
            is_part: true,
        }
    }
}

/// The documents in which something speaks against the fixes that were made, and what; `None` for
/// what is in no document.
pub(super) type Harm = BTreeMap<Option<String>, Reason>;

/// What fixes of findings of one severity are judged by.
#[derive(Clone, Copy)]
pub(super) struct Law<'a> {
    /// What the findings weigh that are fixed.
    pub(super) severity: Severity,
    /// The findings before anything was fixed.
    pub(super) before: &'a Tally,
    /// The findings when those of this severity began to be fixed.
    pub(super) start: &'a Tally,
}

impl Law<'_> {
    /// What speaks against fixes that led from one state of a file to another: what they bring,
    /// and what they leave where it was.
    ///
    /// All else here hangs on nothing but what this returns.
    pub(super) fn harm(&self, from: &Tally, to: &Tally, made: &[&Aim]) -> Harm {
        // A reason that names a rule says more.
        let left = left(from, to, made).into_iter();
        left.chain(self.brought(to, made)).collect()
    }

    /// Findings that weigh as much as those that were fixed, and were there neither at the
    /// beginning nor when fixing began.
    pub(super) fn brought(&self, to: &Tally, made: &[&Aim]) -> Harm {
        let only_splits = made
            .iter()
            .all(|aim| group(aim.finding.0) == Some(Group::Split));
        let brought = to.findings.iter().filter(|(key, (_, severity))| {
            *severity >= self.severity
                && to.exceeds(self.before, key)
                && to.exceeds(self.start, key)
                && !self.was_covered(key)
                && !is_uncovered(key.0, only_splits)
        });
        let brought = brought.map(|(key, _)| (key.1.clone(), Reason::Brings(key.0)));
        brought.collect()
    }

    /// Whether a finding was there in one that spoke for many documents.
    fn was_covered(&self, key: &FindingKey) -> bool {
        key.0 == OFFSET_UNIT_MISMATCH && self.start.has(key.0)
    }
}

/// Findings that their own fixes leave where they are.
pub(super) fn left(from: &Tally, to: &Tally, made: &[&Aim]) -> Harm {
    let parts = made.iter().filter(|aim| aim.is_part);
    let parts: BTreeSet<&FindingKey> = parts.map(|aim| &aim.finding).collect();
    // A finding that many documents share names the first of them.
    let part = |key: &FindingKey| (key.0, key.1.clone(), String::new());
    let parts_remain =
        !parts.is_empty() && to.findings.keys().any(|key| parts.contains(&part(key)));
    let left = made.iter().filter(|aim| {
        if aim.is_part {
            parts_remain
        } else {
            to.count(&aim.finding) >= from.count(&aim.finding)
        }
    });
    let left = left.map(|aim| (aim.finding.1.clone(), Reason::Remains));
    left.collect()
}

/// Whether a finding of the rule comes from labels that are right now: what they add up to may
/// be wanting, and that is no fault of what made them right. Documents that get their split right
/// have it.
fn is_uncovered(rule: &str, only_splits: bool) -> bool {
    let Some(rule) = rules::find(rule) else {
        return false;
    };
    let is_advice = rule.meta().basis == Basis::Advice;
    match rule.meta().group {
        Group::Coverage => is_advice,
        Group::Split => is_advice || only_splits,
        _ => false,
    }
}

fn group(rule: &str) -> Option<Group> {
    Some(rules::find(rule)?.meta().group)
}
