//! Where rules leave their findings.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Group, Levels, Meta};
use crate::alignment::{AlignedDocument, HypothesisSet};
use crate::diagnostics::store::Withdrawn;
use crate::diagnostics::{Diagnostic, Excerpt, Fix, FixAction, Location, Message};
use crate::model::{At, Document};
use crate::rules::settings::Settings;

/// Spells what fixes a finding in a document.
pub type DocumentFixer<'a> = &'a dyn Fn(&Document<'_>, &[FixAction]) -> Option<Fix>;

/// Takes findings away.
pub type Relief<'a> = &'a dyn Fn(&mut Vec<Diagnostic>);

/// Spells what fixes a finding of the corpus.
pub type CorpusFixer<'a> = &'a dyn Fn(&[FixAction]) -> Option<Fix>;

/// What the rules look at a document with.
#[derive(Clone, Copy)]
pub struct DocumentContext<'a> {
    /// Which rules speak, and how loudly.
    pub levels: &'a Levels,
    /// What the user asks of the file.
    pub settings: &'a Settings,
    /// Where a place lies.
    pub location: &'a dyn Fn(&Document<'_>, At) -> Location,
    /// Spells what fixes a finding, where that is asked for.
    pub fixer: Option<DocumentFixer<'a>>,
    /// Which findings get the words of the text around them.
    pub excerpts: Option<&'a Quota>,
    /// Takes findings away where a document has more than a thousand.
    pub relieve: Option<Relief<'a>>,
}

/// How many findings of documents are held before somebody is asked to take them.
const MANY: usize = 1000;

impl<'a> DocumentContext<'a> {
    /// Findings alone: without what fixes them, and without the words around them.
    pub fn plain(
        levels: &'a Levels,
        settings: &'a Settings,
        location: &'a dyn Fn(&Document<'_>, At) -> Location,
    ) -> Self {
        Self {
            levels,
            settings,
            location,
            fixer: None,
            excerpts: None,
            relieve: None,
        }
    }
}

/// How many findings of a batch get the words of the text around them: as many as reports show,
/// of each rule and each doubt. Rules and doubts are withdrawn as a whole, so the first of those
/// that stay have their words, whatever the size of the batches.
#[derive(Debug, Default)]
pub struct Quota {
    each: usize,
    taken: RefCell<BTreeMap<(&'static str, HypothesisSet), usize>>,
}

impl Quota {
    /// Words for so many.
    #[must_use]
    pub const fn new(each: usize) -> Self {
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

/// Takes what [`super::Rule::document`] finds in one document.
pub struct DocumentSink<'a> {
    /// The rule that is speaking.
    pub(super) meta: &'static Meta,
    /// The document that it speaks of.
    pub(super) aligned: &'a AlignedDocument<'a>,
    pub(super) around: &'a DocumentContext<'a>,
    pub(super) out: &'a mut Vec<Diagnostic>,
}

impl DocumentSink<'_> {
    /// What the user asks of the file.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        self.around.settings
    }

    /// Reports a finding at a place in the document. A label brings its words along.
    pub fn report(&mut self, at: At, mut message: Message) {
        let Some(severity) = self.around.levels.severity(self.meta, message.severity) else {
            return;
        };
        let document = self.aligned.document;
        let location = (self.around.location)(document, at);
        let fixes = std::mem::take(&mut message.fixes);
        let mut finding = finding(self.meta, severity, message, Some(location));
        if let Some(fixer) = self.around.fixer.filter(|_| !fixes.is_empty()) {
            finding.fix = fixer(document, &fixes).map(Box::new);
        }
        if self.meta.group == Group::Offsets {
            finding.doubt = self.aligned.forensics.gaining();
        }
        let quota = self.around.excerpts;
        if quota.is_some_and(|quota| quota.take(&finding)) {
            let excerpt = self.aligned.shown(at).zip(self.aligned.text());
            let name = self.aligned.document.address.path();
            let excerpt = excerpt.map(|(span, text)| Excerpt::around(name, text.as_str(), span));
            finding.excerpt = excerpt.map(Box::new);
        }
        self.out.push(finding);
        if let Some(relieve) = self.around.relieve.filter(|_| self.out.len() >= MANY) {
            relieve(self.out);
        }
    }
}

/// Takes what [`super::Rule::corpus`] finds.
pub struct CorpusSink<'a> {
    pub(super) meta: &'static Meta,
    pub(super) levels: &'a Levels,
    pub(super) out: &'a mut Vec<Diagnostic>,
    pub(super) withdrawn: &'a mut Withdrawn,
    pub(super) fixer: Option<CorpusFixer<'a>>,
}

impl CorpusSink<'_> {
    /// Reports a finding about a place, or about the corpus as a whole.
    pub fn report(&mut self, location: Option<Location>, message: Message) {
        self.report_shown(location, message, None);
    }

    /// Reports a finding with the words of a document that it is about.
    pub fn report_shown(
        &mut self,
        location: Option<Location>,
        mut message: Message,
        excerpt: Option<Box<Excerpt>>,
    ) {
        if let Some(severity) = self.levels.severity(self.meta, message.severity) {
            let fixes = std::mem::take(&mut message.fixes);
            let mut finding = finding(self.meta, severity, message, location);
            finding.excerpt = excerpt;
            if let Some(fixer) = self.fixer.filter(|_| !fixes.is_empty()) {
                finding.fix = fixer(&fixes).map(Box::new);
            }
            self.out.push(finding);
        }
    }

    /// Withdraws what was said of the offsets of single documents that gain by these hypotheses:
    /// one cause explains it all.
    pub fn explain(&mut self, gaining: HypothesisSet) {
        self.withdrawn.doubts.insert(gaining);
    }

    /// Withdraws what the rule said of single documents: one finding for all is more useful.
    pub fn replace_documents(&mut self) {
        self.withdrawn.rules.insert(self.meta.name);
    }
}

/// Puts a finding together.
pub(super) fn finding(
    meta: &Meta,
    severity: crate::diagnostics::Severity,
    message: Message,
    location: Option<Location>,
) -> Diagnostic {
    let (bytes, pointer, document) = location.map_or((None, None, None), |location| {
        (
            Some(location.bytes),
            Some(location.pointer),
            location.document,
        )
    });
    Diagnostic {
        rule: meta.name,
        severity,
        message: message.text,
        help: message.help,
        bytes,
        position: None,
        pointer,
        document,
        excerpt: None,
        snippet: None,
        doubt: 0,
        fix: None,
    }
}
