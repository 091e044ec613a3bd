//! Which fixes would change spans that may not lie where they should.

use std::collections::BTreeSet;

use super::state::State;
use crate::diagnostics::Applicability;
use crate::diagnostics::{Diagnostic, Fix, Severity, SpanFit};
use crate::pipeline::Error;
use crate::rules::meta::Group;
use crate::rules::{self, OFFSET_UNIT_MISMATCH, REGION_OUT_OF_BOUNDS, Rule};

/// Which documents have spans that may not lie where they should: safe fixes of their spans and
/// regions would destroy the evidence of that.
pub(super) struct Doubts {
    documents: BTreeSet<String>,
    /// Whether all have: the offsets of some are known to count something else, or seem to.
    everywhere: bool,
    /// Whether many spans of the whole file are misplaced.
    small: bool,
}

/// A document with fewer spans does not tell by one that is misplaced.
const ENOUGH_SPANS: u64 = 5;

impl Doubts {
    pub(super) fn of(state: &State) -> Result<Self, Error> {
        let input = &state.outcome.input;
        let fit = SpanFit {
            spans: input.labels,
            misplaced: state.outcome.misplaced,
            elsewhere: false,
        };
        Ok(Self {
            documents: documents_in_doubt(state)?,
            everywhere: state.outcome.points_elsewhere || state.tally.has(OFFSET_UNIT_MISMATCH),
            small: is_bad(fit) && fit.misplaced > 1,
        })
    }

    /// Whether a fix would change spans or regions that are in doubt. What fixes the doubt itself
    /// is another thing.
    pub(super) fn concern(&self, finding: &Diagnostic, fix: &Fix) -> bool {
        if finding.rule == OFFSET_UNIT_MISMATCH || !is_of_offsets(finding.rule) {
            return false;
        }
        if self.everywhere || fix.fit.elsewhere {
            return true;
        }
        let is_bad = match fix.fit.spans {
            ENOUGH_SPANS.. => is_bad(fix.fit),
            // One of them may be a slip.
            _ => is_bad(fix.fit) && (fix.fit.misplaced > 1 || self.small),
        };
        let is_known = |document: &String| self.documents.contains(document);
        let rule = rules::find(finding.rule).map(Rule::meta);
        let is_safe = rule.is_some_and(|meta| meta.fix == Some(Applicability::Safe));
        is_safe && (is_bad || finding.document.as_ref().is_some_and(is_known))
    }
}

/// Whether more than a fifth of the spans do not fit their places.
const fn is_bad(fit: SpanFit) -> bool {
    fit.misplaced * 5 > fit.spans
}

/// The documents of which a label cannot be right: a rule about offsets that is graver than a
/// warning speaks of them. A region past the end of its text says nothing of the labels.
fn documents_in_doubt(state: &State) -> Result<BTreeSet<String>, Error> {
    let mut documents = BTreeSet::new();
    for finding in &state.outcome.diagnostics {
        let finding = finding?;
        let is_grave = finding.severity == Severity::Error
            && finding.rule != REGION_OUT_OF_BOUNDS
            && is_of_offsets(finding.rule);
        if is_grave {
            let document = finding.document.clone();
            documents.extend(document.filter(|name| !documents.contains(name)));
        }
    }
    Ok(documents)
}

fn is_of_offsets(rule: &str) -> bool {
    rules::find(rule).is_some_and(|rule| rule.meta().group == Group::Offsets)
}
