//! Where rules leave what they say: a place, and words for it. What comes of that in bytes, lines
//! and edits is worked out by whoever runs the rules.

use super::Meta;
use crate::alignment::HypothesisSet;
use crate::diagnostics::store::Withdrawn;
use crate::diagnostics::{Location, Message, Place, Places, Shown};
use crate::model::At;
use crate::rules::settings::Settings;

/// What a rule says of a place: of a document ([`At`]), or of a corpus (a location, or none).
#[derive(Clone, Debug)]
pub struct Said<P> {
    /// The rule.
    pub meta: &'static Meta,
    /// The place.
    pub place: P,
    /// The words, and what would fix it.
    pub message: Message,
}

/// Takes what was said of a document off the hands of a sink that holds very much of it.
pub type Drain<'a> = &'a mut dyn FnMut(&mut Vec<Said<At>>);

/// How much is held of a document before somebody is asked to take it.
const MANY: usize = 1000;

/// Takes what [`super::Rule::document`] finds in one document.
pub struct DocumentSink<'a> {
    /// The rule that is speaking.
    pub(super) meta: &'static Meta,
    pub(super) settings: &'a Settings,
    pub(super) said: &'a mut Vec<Said<At>>,
    pub(super) drain: Drain<'a>,
}

impl DocumentSink<'_> {
    /// What the user asks of the file.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        self.settings
    }

    /// Reports a finding at a place in the document. A label brings its words along.
    pub fn report(&mut self, place: At, message: Message) {
        let meta = self.meta;
        self.said.push(Said {
            meta,
            place,
            message,
        });
        if self.said.len() >= MANY {
            (self.drain)(self.said);
        }
    }
}

/// A place of a corpus: where it lies, if it is anywhere, and the words of a document there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorpusPlace {
    /// Where it lies; `None` for the corpus as a whole.
    pub location: Option<Location>,
    /// The words of the document.
    pub shown: Shown,
    /// Where else it is the same.
    pub places: Option<Box<Places>>,
}

/// Takes what [`super::Rule::corpus`] finds.
pub struct CorpusSink<'a> {
    pub(super) meta: &'static Meta,
    pub(super) settings: &'a Settings,
    pub(super) said: &'a mut Vec<Said<CorpusPlace>>,
    pub(super) withdrawn: &'a mut Withdrawn,
}

impl CorpusSink<'_> {
    /// What the user asks of the file.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        self.settings
    }

    /// Reports a finding about a place, or about the corpus as a whole.
    pub fn report(&mut self, location: Option<Location>, message: Message) {
        self.report_shown(location, message, Shown::default());
    }

    /// Reports a finding about the first of several places, of which there are so many in all.
    /// `shown` has the words of a document there.
    pub fn report_places(
        &mut self,
        places: &[Location],
        total: u64,
        message: Message,
        shown: Shown,
    ) {
        let mut others = Places::beyond_first(places.iter().map(Place::from));
        if let Some(others) = &mut others {
            others.total = total;
        }
        self.said.push(Said {
            meta: self.meta,
            place: CorpusPlace {
                location: places.first().cloned(),
                shown,
                places: others,
            },
            message,
        });
    }

    /// Reports a finding with the words of a document that it is about.
    pub fn report_shown(&mut self, location: Option<Location>, message: Message, shown: Shown) {
        self.said.push(Said {
            meta: self.meta,
            place: CorpusPlace {
                location,
                shown,
                places: None,
            },
            message,
        });
    }

    /// Withdraws what was said of the offsets of single documents that gain by these hypotheses:
    /// one cause explains it all.
    pub fn explain(&mut self, gaining: HypothesisSet) {
        self.withdrawn.doubts.insert(gaining);
    }

    /// Withdraws what was said of single documents with this [doubt](Message::doubt): it is as it should
    /// be.
    pub fn withdraw(&mut self, doubt: u64) {
        self.withdrawn.doubts.insert(doubt);
    }

    /// Withdraws what the rule said of single documents: one finding for all is more useful.
    pub fn replace_documents(&mut self) {
        self.withdrawn.rules.insert(self.meta.name);
    }

    /// Withdraws what other rules said of single documents: this finding speaks for them.
    pub fn replace_others(&mut self, rules: &[&'static str]) {
        self.withdrawn.rules.extend(rules);
    }
}
