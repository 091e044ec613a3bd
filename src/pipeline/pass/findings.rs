//! What rules have said of a document, as findings: weighed, placed, with what fixes them and with
//! the words around them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Pass;
use super::aggregate::Aggregate;
use crate::alignment::{AlignedDocument, HypothesisSet};
use crate::diagnostics::{Diagnostic, Excerpt, Fix, Location, Severity, SpanFit};
use crate::json::Locator;
use crate::model::At;
use crate::rules::{EDGES, Group, Said, run};

/// How many findings of a batch are held before they are put aside.
const MANY: usize = 1000;

/// How many findings of one rule in one document get the words of the text around them.
const MOST_OF_DOCUMENT: usize = 100;

/// Which findings of a batch get the words of the text around them: of each rule, severity and
/// doubt those of the first documents, until they are as many as reports show. Rules and doubts
/// are withdrawn as a whole, and documents are never parted, so the first of those that stay have
/// their words, whatever the size of the batches.
#[derive(Debug, Default)]
pub(super) struct Quota {
    each: usize,
    taken: RefCell<BTreeMap<QuotaKey, Taken>>,
}

/// The rule, the severity, whether others speak of the edges of the same span (which becomes one
/// finding), and the doubt.
type QuotaKey = (&'static str, Severity, bool, HypothesisSet);

/// The labels of whose edges several rules speak.
fn with_several_edges(said: &[Said<At>]) -> Vec<At> {
    let of_edges = said.iter().filter(|said| EDGES.contains(&said.meta.name));
    let mut places: Vec<At> = of_edges.map(|said| said.place).collect();
    places.sort_unstable();
    let pairs = places.windows(2).filter(|pair| pair[0] == pair[1]);
    let mut several: Vec<At> = pairs.map(|pair| pair[0]).collect();
    several.dedup();
    several
}

/// What was taken of a [`Quota`].
#[derive(Clone, Copy, Debug, Default)]
struct Taken {
    /// Before the last document.
    before: usize,
    /// The last document, and how many it has taken.
    document: u64,
    here: usize,
}

impl Quota {
    /// Words for so many.
    pub(super) const fn new(each: usize) -> Self {
        Self {
            each,
            taken: RefCell::new(BTreeMap::new()),
        }
    }

    /// Whether a finding in a document gets them.
    fn take(&self, finding: &Diagnostic, is_shared: bool, document: u64) -> bool {
        let mut taken = self.taken.borrow_mut();
        let key = (finding.rule, finding.severity, is_shared, finding.doubt);
        let taken = taken.entry(key).or_default();
        if taken.document != document {
            taken.before += taken.here;
            (taken.document, taken.here) = (document, 0);
        }
        if taken.before >= self.each || taken.here >= MOST_OF_DOCUMENT {
            return false;
        }
        taken.here += 1;
        true
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
        let shared = with_several_edges(said);
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
            let is_shared = shared.binary_search(&at).is_ok();
            if quota.take(&finding, is_shared, aligned.document.index) {
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
