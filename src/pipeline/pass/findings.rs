//! What rules have said of a document, as findings: weighed, placed, with what fixes them and with
//! the words around them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::iter;
use std::ops::Range;

use super::Pass;
use super::aggregate::Aggregate;
use crate::alignment::{AlignedDocument, HypothesisSet};
use crate::diagnostics::{
    Details, Diagnostic, Excerpt, Fix, FixAction, Location, Place, Places, Severity, Shown,
    SpanFit, Words,
};
use crate::json::{Locator, Pointer};
use crate::model::At;
use crate::model::fingerprints::fingerprint;
use crate::rules::{self, EDGES, Group, Said, run};
use crate::text::{Positions, Text};

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
        if said.is_empty() {
            return;
        }
        let shared = with_several_edges(said);
        let text = aligned.text().map_or("", Text::as_str);
        let mut positions = Positions::new(text);
        let print = self.text_print(aligned.text().map(Text::as_str));
        let has_editor = self.format.editor().is_some();
        for said in said.drain(..) {
            let (meta, at) = (said.meta, said.place);
            let levels = &self.options.levels;
            let Some(severity) = levels.severity(meta, said.message.severity) else {
                continue;
            };
            let mut message = said.message;
            let actions = std::mem::take(&mut message.fixes);
            let also = std::mem::take(&mut message.also).into_iter();
            let mut finding = run::diagnostic(meta, severity, message, Some(location(at)));
            finding.details = self.details(aligned, at, locator, &mut positions, finding.details);
            if also.len() > 0 {
                let places = iter::once(at).chain(also);
                let places = places.map(|at| Place::from(&location(at)));
                finding.places = Places::beyond_first(places);
            }
            note_text(&mut finding, print);
            if !actions.is_empty() && has_editor {
                finding.remedied(meta.fix, FixAction::descriptions(&actions));
            }
            if self.wants_edits() && !actions.is_empty() {
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
                let name = aligned.document.address.path();
                let excerpt = aligned.shown(at);
                let excerpt = excerpt.map(|span| Excerpt::around(name, text, span));
                finding.excerpt = excerpt.map(Box::new);
            }
            if self.options.settings.redact
                && let Some(rule) = rules::find(meta.name)
            {
                rule.redact(&mut finding, self.format.info());
            }
            batch.diagnostics.push(finding);
            if batch.diagnostics.len() >= MANY {
                batch.put_aside();
            }
        }
    }

    /// What a finding at a place of a document is about, beside what its rule says.
    fn details(
        &self,
        aligned: &AlignedDocument<'_>,
        at: At,
        locator: &Locator<'_>,
        positions: &mut Positions<'_>,
        said: Option<Box<Details>>,
    ) -> Option<Box<Details>> {
        let document = aligned.document;
        let label = match at {
            At::Label(index) => document.spans().get(index).map(|it| &it.category),
            At::Class(index) => document.classes().get(index).map(|it| &it.category),
            _ => None,
        };
        let words = match at {
            At::Label(index) => aligned.range(index).zip(aligned.text()),
            _ => None,
        };
        let redact = self.options.settings.redact;
        let words = words
            .map(|(range, text)| Words::of(text.as_str(), positions, range.as_range(), redact));
        let labeler = self.labeler(locator);
        let split = document
            .split
            .as_ref()
            .filter(|_| self.options.overview.is_some());
        let split = split.map(|split| split.name().to_owned());
        if label.is_none() && words.is_none() && split.is_none() && labeler.is_none() {
            return said;
        }
        let said = said.map(|said| *said).unwrap_or_default();
        Some(Box::new(Details {
            label: label.map(ToString::to_string).or(said.label),
            words,
            split,
            labeler,
            ..said
        }))
    }

    /// The fingerprint of a text, where findings are compared with those of another run.
    pub(crate) fn text_print(&self, text: Option<&str>) -> Option<u64> {
        text.filter(|_| self.options.compares()).map(fingerprint)
    }

    /// Who labeled a document, where the format says it and that was asked for.
    fn labeler(&self, locator: &Locator<'_>) -> Option<String> {
        let member = self.format.info().private.first();
        let member = member.filter(|_| self.options.labelers)?;
        let value = locator.node(&Pointer::root().key(member))?.string()?;
        value.ok().map(Cow::into_owned)
    }

    /// The words of a document at a range of bytes of its text, as a finding shows them.
    pub(crate) fn shown(
        &self,
        name: &str,
        text: &str,
        positions: &mut Positions<'_>,
        bytes: Range<usize>,
        has_excerpt: bool,
    ) -> Shown {
        let redact = self.options.settings.redact;
        let has_excerpt = has_excerpt && !redact;
        let excerpt = has_excerpt.then(|| Excerpt::around(name, text, bytes.clone()));
        Shown {
            excerpt: excerpt.map(Box::new),
            words: Some(Words::of(text, positions, bytes, redact)),
            text: None,
        }
    }
}

/// Notes the text of the document that a finding is about.
pub(super) fn note_text(finding: &mut Diagnostic, print: Option<u64>) {
    if print.is_some() {
        finding.details.get_or_insert_default().text = print;
    }
}
