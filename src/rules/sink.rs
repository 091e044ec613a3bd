//! Where rules leave their findings.

use std::collections::BTreeSet;

use super::{Levels, Meta};
use crate::diagnostic::{Diagnostic, Excerpt, Message};
use crate::examined::Examined;
use crate::model::{At, Document};
use crate::settings::Settings;
use crate::site::Site;

/// Takes what [`super::Rule::document`] finds in one document.
pub struct DocumentSink<'a> {
    /// The rule that is speaking.
    pub(super) meta: &'static Meta,
    /// The document that it speaks of.
    pub(super) examined: &'a Examined<'a>,
    pub(super) levels: &'a Levels,
    pub(super) settings: &'a Settings,
    pub(super) site: &'a dyn Fn(&Document<'_>, At) -> Site,
    /// How many findings get the words of the text around them.
    pub(super) excerpts: usize,
    pub(super) out: &'a mut Vec<Diagnostic>,
}

impl DocumentSink<'_> {
    /// What the user asks of the file.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        self.settings
    }

    /// Reports a finding at a place in the document. A label brings its words along.
    pub fn report(&mut self, at: At, message: Message) {
        let Some(severity) = self.levels.severity(self.meta, message.severity) else {
            return;
        };
        let site = (self.site)(self.examined.document, at);
        let mut finding = finding(self.meta, severity, message, Some(site));
        if self.out.len() < self.excerpts {
            let excerpt = self.examined.shown(at).zip(self.examined.text());
            let name = self.examined.document.address.path();
            let excerpt = excerpt.map(|(span, text)| Excerpt::around(name, text.as_str(), span));
            finding.excerpt = excerpt.map(Box::new);
        }
        self.out.push(finding);
    }
}

/// Takes what [`super::Rule::corpus`] finds.
pub struct CorpusSink<'a> {
    pub(super) meta: &'static Meta,
    pub(super) levels: &'a Levels,
    pub(super) out: &'a mut Vec<Diagnostic>,
    pub(super) replaced: &'a mut BTreeSet<&'static str>,
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
        message: Message,
        excerpt: Option<Box<Excerpt>>,
    ) {
        if let Some(severity) = self.levels.severity(self.meta, message.severity) {
            let mut finding = finding(self.meta, severity, message, site);
            finding.excerpt = excerpt;
            self.out.push(finding);
        }
    }

    /// Withdraws what the rule said of single documents: one finding for all is more useful.
    pub fn replace_documents(&mut self) {
        self.replaced.insert(self.meta.name);
    }
}

/// Puts a finding together.
pub(super) fn finding(
    meta: &Meta,
    severity: crate::diagnostic::Severity,
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
    }
}
