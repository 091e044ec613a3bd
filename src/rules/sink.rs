//! Where rules leave their findings.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Group, Levels, Meta};
use crate::alignment::{Examined, Set};
use crate::diagnostics::store::Withdrawn;
use crate::diagnostics::{Diagnostic, Excerpt, Mend, Mending, Message, Site};
use crate::model::{At, Document};
use crate::rules::settings::Settings;

/// Spells what mends a finding in a document.
pub type DocumentMender<'a> = &'a dyn Fn(&Document<'_>, &[Mend]) -> Option<Mending>;

/// Takes findings away.
pub type Relief<'a> = &'a dyn Fn(&mut Vec<Diagnostic>);

/// Spells what mends a finding of the corpus.
pub type CorpusMender<'a> = &'a dyn Fn(&[Mend]) -> Option<Mending>;

/// What the rules look at a document with.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Which rules speak, and how loudly.
    pub levels: &'a Levels,
    /// What the user asks of the file.
    pub settings: &'a Settings,
    /// Where a place lies.
    pub site: &'a dyn Fn(&Document<'_>, At) -> Site,
    /// Spells what mends a finding, where that is asked for.
    pub mender: Option<DocumentMender<'a>>,
    /// Which findings get the words of the text around them.
    pub excerpts: Option<&'a Quota>,
    /// Takes findings away where a document has more than a thousand.
    pub relieve: Option<Relief<'a>>,
}

/// How many findings of documents are held before somebody is asked to take them.
const MANY: usize = 1000;

impl<'a> Around<'a> {
    /// Findings alone: without what mends them, and without the words around them.
    pub fn plain(
        levels: &'a Levels,
        settings: &'a Settings,
        site: &'a dyn Fn(&Document<'_>, At) -> Site,
    ) -> Self {
        Self {
            levels,
            settings,
            site,
            mender: None,
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
    taken: RefCell<BTreeMap<(&'static str, Set), usize>>,
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
    pub(super) examined: &'a Examined<'a>,
    pub(super) around: &'a Around<'a>,
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
        let document = self.examined.document;
        let site = (self.around.site)(document, at);
        let mends = std::mem::take(&mut message.mends);
        let mut finding = finding(self.meta, severity, message, Some(site));
        if let Some(mender) = self.around.mender.filter(|_| !mends.is_empty()) {
            finding.mending = mender(document, &mends).map(Box::new);
        }
        if self.meta.group == Group::Offsets {
            finding.doubt = self.examined.forensics.gaining();
        }
        let quota = self.around.excerpts;
        if quota.is_some_and(|quota| quota.take(&finding)) {
            let excerpt = self.examined.shown(at).zip(self.examined.text());
            let name = self.examined.document.address.path();
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
    pub(super) mender: Option<CorpusMender<'a>>,
}

impl CorpusSink<'_> {
    /// Reports a finding about a place, or about the corpus as a whole.
    pub fn report(&mut self, site: Option<Site>, message: Message) {
        self.report_shown(site, message, None);
    }

    /// Reports a finding with the words of a document that it is about.
    pub fn report_shown(
        &mut self,
        site: Option<Site>,
        mut message: Message,
        excerpt: Option<Box<Excerpt>>,
    ) {
        if let Some(severity) = self.levels.severity(self.meta, message.severity) {
            let mends = std::mem::take(&mut message.mends);
            let mut finding = finding(self.meta, severity, message, site);
            finding.excerpt = excerpt;
            if let Some(mender) = self.mender.filter(|_| !mends.is_empty()) {
                finding.mending = mender(&mends).map(Box::new);
            }
            self.out.push(finding);
        }
    }

    /// Withdraws what was said of the offsets of single documents that gain by these hypotheses:
    /// one cause explains it all.
    pub fn explain(&mut self, gaining: Set) {
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
    site: Option<Site>,
) -> Diagnostic {
    let (bytes, pointer, document) = site.map_or((None, None, None), |site| {
        (Some(site.bytes), Some(site.pointer), site.document)
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
        mending: None,
    }
}
