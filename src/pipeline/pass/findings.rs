//! What rules have said of a document, as findings: weighed, placed, with what fixes them and with
//! the words around them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Pass;
use super::aggregate::Aggregate;
use crate::alignment::{AlignedDocument, HypothesisSet};
use crate::diagnostics::{Diagnostic, Excerpt, Fix, Location, SpanFit};
use crate::json::Locator;
use crate::model::At;
use crate::rules::{Group, Said, run};

/// How many findings of a batch are held before they are put aside.
const MANY: usize = 1000;

/// How many findings of a batch get the words of the text around them: as many as reports show,
/// of each rule and each doubt. Rules and doubts are withdrawn as a whole, so the first of those
/// that stay have their words, whatever the size of the batches.
#[derive(Debug, Default)]
pub(super) struct Quota {
    each: usize,
    taken: RefCell<BTreeMap<(&'static str, HypothesisSet), usize>>,
}

impl Quota {
    /// Words for so many.
    pub(super) const fn new(each: usize) -> Self {
        Self {
            each,
            taken: RefCell::new(BTreeMap::new()),
        }
    }

    /// Whether a finding gets them.
    fn take(&self, finding: &Diagnostic) -> bool {
        if self.each == 0 {
            return false;
        }
        let mut taken = self.taken.borrow_mut();
        let taken = taken.entry((finding.rule, finding.doubt)).or_default();
        *taken += 1;
        *taken <= self.each
    }
}

impl Pass<'_> {
    /// Adds what was said of a document to the findings of its batch.
    pub(super) fn add_findings(
        &self,
        said: &mut Vec<Said<At>>,
        aligned: &AlignedDocument<'_>,
        locator: &Locator<'_>,
        location: &dyn Fn(At) -> Location,
        quota: &Quota,
        batch: &mut Aggregate,
    ) {
        for said in said.drain(..) {
            let (meta, at) = (said.meta, said.place);
            let levels = &self.options.levels;
            let Some(severity) = levels.severity(meta, said.message.severity) else {
                continue;
            };
            let mut message = said.message;
            let actions = std::mem::take(&mut message.fixes);
            let mut finding = run::diagnostic(meta, severity, message, Some(location(at)));
            if self.wants_fixes() && !actions.is_empty() {
                let fix = self.fix_document(locator, aligned.document, &actions);
                let fit = SpanFit {
                    spans: aligned.spans.len() as u64,
                    misplaced: aligned.forensics.misplaced,
                    elsewhere: aligned.forensics.points_elsewhere(),
                };
                finding.fix = fix.map(|fix| Box::new(Fix { fit, ..fix }));
            }
            if meta.group == Group::Offsets {
                finding.doubt = aligned.forensics.gaining();
            }
            if quota.take(&finding) {
                let excerpt = aligned.shown(at).zip(aligned.text());
                let name = aligned.document.address.path();
                let excerpt =
                    excerpt.map(|(span, text)| Excerpt::around(name, text.as_str(), span));
                finding.excerpt = excerpt.map(Box::new);
            }
            batch.diagnostics.push(finding);
            if batch.diagnostics.len() >= MANY {
                batch.put_aside();
            }
        }
    }
}
