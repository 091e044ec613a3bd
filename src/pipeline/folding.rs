//! What has one cause is said once, with all its places.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::store::{DiagnosticStore, SpillError};
use crate::diagnostics::{Diagnostic, Fix, Place, Places, Severity};
use crate::rules::{self, Rule};

/// What findings have in common that are one: the rule, how much they weigh, and the remedy. The
/// rules that fold have few of these.
type Cause = (&'static str, Severity, Option<Cow<'static, str>>);

/// The rule of a finding, where it folds what it says.
fn folding(finding: &Diagnostic) -> Option<&'static dyn Rule> {
    let rule = rules::find(finding.rule);
    rule.filter(|_| finding.places.is_none())
        .filter(|rule| rule.folded("", 2).is_some())
}

fn cause(finding: &Diagnostic) -> Cause {
    (finding.rule, finding.severity, finding.help.clone())
}

/// Which findings are shown with the words around them: so many of each rule and severity, and of
/// each cause that is folded.
#[derive(Debug)]
pub(super) struct Examples {
    each: usize,
    taken: BTreeMap<Cause, usize>,
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
        if self.each == 0 {
            return false;
        }
        let help = folding(finding).and(finding.help.clone());
        let taken = self.taken.entry((finding.rule, finding.severity, help));
        let taken = taken.or_default();
        *taken += 1;
        *taken <= self.each
    }
}

/// Findings that are one.
#[derive(Default)]
struct Group {
    places: Places,
    fix: Fix,
}

/// Makes one finding of those that have one cause, where their rule has words for that. They
/// are settled.
///
/// Fails where findings cannot be read or kept.
pub(super) fn fold(findings: &mut DiagnosticStore) -> Result<(), SpillError> {
    let several = findings.by_rule().into_iter();
    let several = several.filter(|(_, count)| *count > 1);
    let folds = |rule: &str| rules::find(rule).is_some_and(|it| it.folded("", 2).is_some());
    if !several.map(|(rule, _)| rule).any(folds) {
        return Ok(());
    }
    let mut groups: BTreeMap<Cause, Group> = BTreeMap::new();
    for finding in &*findings {
        let finding = finding?;
        if folding(&finding).is_none() {
            continue;
        }
        let group = groups.entry(cause(&finding)).or_default();
        if group.places.total == 0 {
            group.places.total = 1;
        } else {
            group.places.add(Place {
                start: finding.bytes.as_ref().map(|bytes| bytes.start),
                position: finding.position,
                document: finding.document.clone(),
            });
        }
        if let Some(fix) = finding.into_owned().fix {
            group.fix.edits.extend(fix.edits);
            group.fix.records.extend(fix.records);
        }
    }
    groups.retain(|_, group| group.places.total > 1);
    let mut said = BTreeSet::new();
    findings.rewrite(|mut finding| {
        let Some(rule) = folding(&finding) else {
            return Some(finding);
        };
        let cause = cause(&finding);
        let Some(group) = groups.get_mut(&cause) else {
            return Some(finding);
        };
        if !said.insert(cause) {
            return None;
        }
        let words = rule.folded(&finding.message, group.places.total);
        finding.message = words.unwrap_or(finding.message);
        finding.places = Some(Box::new(std::mem::take(&mut group.places)));
        let fix = std::mem::take(&mut group.fix);
        finding.fix = (fix != Fix::default()).then(|| Box::new(fix));
        Some(finding)
    })
}
