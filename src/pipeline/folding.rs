//! What has one cause is said once, with all its places. Rules speak place by place, and a run that
//! fixes judges by that; what is told to somebody is folded.

mod edges;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use self::edges::Spans;
use crate::diagnostics::store::{DiagnosticStore, SpillError};
use crate::diagnostics::{Diagnostic, Folded, MOST_ITEMS, Place, Places, Severity, Subject};
use crate::model::fingerprints::{fingerprint, fingerprint_under};
use crate::rules::{self, EDGES, LABEL_UNDECLARED, Rule};

/// What findings have in common that are one: the rule, how much they weigh, the remedy, and what
/// the rule says that they share.
type Cause = (
    &'static str,
    Severity,
    Option<Cow<'static, str>>,
    Option<String>,
);

/// Whether a rule makes one finding of several.
fn folds(rule: &dyn Rule) -> bool {
    let several = Folded {
        items: vec![String::new()],
        total: 2,
        ..Folded::default()
    };
    rule.folded(&several).is_some()
}

/// The rules that make one finding of several, among those that found something.
fn folding(findings: &DiagnosticStore) -> BTreeMap<&'static str, &'static dyn Rule> {
    let several = findings.by_rule().into_iter();
    let several = several.filter(|(_, count)| *count > 1);
    let rules = several.filter_map(|(name, _)| Some((name, rules::find(name)?)));
    rules.filter(|(_, rule)| folds(*rule)).collect()
}

fn cause(finding: &Diagnostic) -> Cause {
    let subject = finding.subject.as_ref();
    let shared = subject.and_then(|subject| subject.cause.clone());
    (finding.rule, finding.severity, finding.help.clone(), shared)
}

/// Which findings are shown with the words around them: so many of each rule and severity.
#[derive(Debug)]
pub(super) struct Examples {
    each: usize,
    taken: BTreeMap<(&'static str, Severity), usize>,
}

impl Examples {
    pub(super) const fn new(each: usize) -> Self {
        Self {
            each,
            taken: BTreeMap::new(),
        }
    }

    /// Whether a finding is one of them. They come in order.
    pub(super) fn take(&mut self, finding: &Diagnostic) -> bool {
        let taken = self.taken.entry((finding.rule, finding.severity));
        let taken = taken.or_default();
        *taken += 1;
        *taken <= self.each
    }
}

/// How many causes are told once each. A file where there are more has some other text in the place
/// of names; its further findings stay what they are.
const MOST_CAUSES: usize = 10_000;

/// How many places are held, over all causes.
const MOST_HELD: usize = 100_000;

/// Findings that are one.
#[derive(Default)]
struct Group {
    all: Folded,
    places: Places,
    /// Whether all of them are about the label that the first is about.
    same_label: bool,
    /// The label of the first.
    label: Option<String>,
}

impl Group {
    /// Adds a finding, and answers whether its place is held.
    fn add(&mut self, finding: &Diagnostic, holds: bool) -> bool {
        let before = self.places.others.len();
        if self.all.total == 0 {
            self.all.first.clone_from(&finding.message);
            self.places.total = 1;
            self.label = finding.label().map(str::to_owned);
            self.same_label = true;
        } else if holds {
            self.places.add(Place {
                start: finding.bytes.as_ref().map(|bytes| bytes.start),
                position: finding.position,
                document: finding.document.clone(),
            });
        } else {
            self.places.total += 1;
        }
        self.same_label &= self.label.as_deref() == finding.label();
        self.all.total += 1;
        let item = finding.subject.as_ref().and_then(|it| it.item.clone());
        if self.all.items.len() < MOST_ITEMS {
            self.all.items.extend(item);
        }
        self.places.others.len() > before
    }
}

/// Makes one finding of those that have one cause, where their rule has words for that, and leaves
/// out what follows from a graver one: a label that is not declared is not also rare. They are
/// settled.
///
/// `apart` gets each of those that may become one with others, as it was. What comes back are their
/// rules.
///
/// Fails where findings cannot be read or kept.
pub(super) fn fold(
    findings: &mut DiagnosticStore,
    mut apart: impl FnMut(&Diagnostic),
) -> Result<BTreeSet<&'static str>, SpillError> {
    let undeclared = undeclared(findings)?;
    let follows = |finding: &Diagnostic| {
        let label = finding.subject.as_ref().and_then(|it| it.label.as_ref());
        finding.rule != LABEL_UNDECLARED && label.is_some_and(|it| undeclared.contains(it))
    };
    let rules = folding(findings);
    let by_rule = findings.by_rule();
    let edges = EDGES.iter().filter(|rule| by_rule.contains_key(*rule));
    if rules.is_empty() && undeclared.is_empty() && edges.count() < 2 {
        return Ok(BTreeSet::new());
    }
    let mut groups: BTreeMap<Cause, Group> = BTreeMap::new();
    let mut held = 0;
    for finding in &*findings {
        let finding = finding?;
        if !rules.contains_key(finding.rule) || follows(&finding) {
            continue;
        }
        let cause = cause(&finding);
        if groups.len() < MOST_CAUSES || groups.contains_key(&cause) {
            apart(&finding);
            let group = groups.entry(cause).or_default();
            held += usize::from(group.add(&finding, held < MOST_HELD));
        }
    }
    groups.retain(|_, group| group.all.total > 1);
    let mut said = BTreeSet::new();
    let mut alike = BTreeMap::new();
    let mut folded = |mut finding: Diagnostic| {
        if follows(&finding) {
            return None;
        }
        let Some(rule) = rules.get(finding.rule) else {
            return Some(finding);
        };
        let cause = cause(&finding);
        let Some(group) = groups.get_mut(&cause) else {
            return Some(finding);
        };
        if !said.insert(cause) {
            return None;
        }
        let words = rule.folded(&group.all);
        finding.message = words.unwrap_or(finding.message);
        finding.places = Some(Box::new(std::mem::take(&mut group.places)));
        // What is told is not fixed any more, and the fix would be that of the first alone.
        finding.fix = None;
        if let Some(details) = finding.details.as_mut().filter(|_| !group.same_label) {
            details.label = None;
        }
        // Which places there are changes more often than what they are about.
        let subject = finding.subject.as_ref();
        let shared = subject.and_then(|it| it.cause.as_deref());
        let what = fingerprint_under(fingerprint(finding.rule), shared.unwrap_or_default());
        let before = alike.entry(what).or_insert(0_u64);
        finding.fingerprint = fingerprint_under(what, &before.to_string());
        *before += 1;
        Some(finding)
    };
    let mut spans = Spans::default();
    findings.rewrite(|finding, out| {
        let finding = finding.map(&mut folded);
        match finding {
            Some(Some(finding)) => spans.add(finding, out),
            Some(None) => {}
            None => spans.end(out),
        }
    })?;
    Ok(rules.into_keys().collect())
}

/// The labels of which it is said that they are not declared.
fn undeclared(findings: &DiagnosticStore) -> Result<BTreeSet<String>, SpillError> {
    let mut labels = BTreeSet::new();
    if findings.by_rule().contains_key(LABEL_UNDECLARED) {
        for finding in findings {
            let finding = finding?;
            if finding.rule == LABEL_UNDECLARED
                && let Some(Subject { label, .. }) = finding.subject.as_deref()
            {
                labels.extend(label.clone());
            }
        }
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Issue;
    use crate::diagnostics::store::Budget;
    use crate::rules::{Levels, run};

    /// Two findings of each of so many unknown members.
    fn unknown(names: usize) -> DiagnosticStore {
        let mut findings = DiagnosticStore::new(&Budget::default());
        let levels = Levels::default();
        for number in 0..names * 2 {
            let issue = Issue::UnknownMember(format!("name{:05}", number / 2));
            let mut finding = run::say(&issue, None, &levels).unwrap();
            let start = number as u64;
            finding.bytes = Some(start..start + 1);
            findings.push(finding).unwrap();
        }
        findings
    }

    #[test]
    fn what_is_held_of_causes_has_an_end() {
        let mut findings = unknown(MOST_CAUSES + 3);
        fold(&mut findings, |_| {}).unwrap();
        let found = findings.to_vec().unwrap();
        assert_eq!(found.len(), MOST_CAUSES + 6);
        let (folded, single) = found.split_at(MOST_CAUSES);
        let total = |finding: &Diagnostic| finding.places.as_ref().map(|places| places.total);
        assert!(folded.iter().all(|finding| total(finding) == Some(2)));
        assert!(single.iter().all(|finding| total(finding).is_none()));
    }

    #[test]
    fn places_that_are_not_held_are_counted() {
        let mut findings = unknown(2);
        let mut group = Group::default();
        for finding in findings.to_vec().unwrap() {
            group.add(&finding, false);
        }
        assert_eq!((group.places.total, group.places.others.len()), (4, 0));
        fold(&mut findings, |_| {}).unwrap();
        let found = findings.to_vec().unwrap();
        let others = found.iter().map(|finding| finding.places.as_ref().unwrap());
        assert!(others.map(|places| places.others.len()).eq([1, 1]));
    }
}
