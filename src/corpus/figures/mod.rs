//! What `stats` tells of a corpus: counts, lengths, words and overlaps. Nothing is judged.
//!
//! Like [`Statistics`](super::Statistics) they add up in any grouping, and what grows with the corpus has
//! a cap.

mod histogram;
mod lengths;
mod overlaps;
mod tally;
mod words;

use std::collections::BTreeMap;

use self::lengths::Lengths;
use super::BySplit;
use super::kept_name::kept_name;
use super::overview::TextCounts;
use super::surfaces::{Surfaces, surface};
use crate::alignment::{AlignedDocument, TextState};
use crate::text::main_script::main_script;
use crate::text::{ByteRange, Unit};

pub use histogram::Histogram;
pub use overlaps::Overlaps;
pub use tally::Tally;
pub use words::LabelWords;

/// How many surfaces are counted, where one with several labels counts for so many: about 26 MiB.
pub const SURFACES: usize = 1 << 17;

/// The sets in the order of [`Figures::lengths`].
pub const SETS: [&str; 4] = ["Train", "Dev", "Test", "unassigned"];

/// What there is to tell of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Documents.
    pub documents: BySplit,
    /// How many labels a document has.
    pub labels_of_documents: Histogram,
    /// The labels by name, those that are declared and never used among them.
    pub labels: BTreeMap<String, LabelFigures>,
    /// What became of the texts.
    pub texts: TextCounts,
    /// The lengths of texts in characters (Unicode scalar values), for each of [`SETS`].
    pub lengths: [Histogram; 4],
    /// Spans whose place in the text is not proved. They are in no length and no overlap.
    pub unproved: u64,
    /// How spans share a place.
    pub overlaps: Overlaps,
    /// The languages that documents name.
    pub languages: Tally,
    /// Documents that name none.
    pub without_language: u64,
    /// The scripts that most letters of texts are of, by name.
    pub scripts: BTreeMap<&'static str, u64>,
    /// Texts that have too few letters for that, or no such script.
    pub without_script: u64,
    /// Who labeled: names of people.
    pub labelers: Tally,
    /// The words that are labeled.
    pub surfaces: Surfaces,
}

/// What there is to tell of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelFigures {
    /// Its instances.
    pub instances: BySplit,
    /// Documents that have it.
    pub documents: BySplit,
    /// The lengths of its spans in characters (Unicode scalar values).
    pub characters: Histogram,
    /// The same in words: stretches without white space.
    pub words: Histogram,
}

impl Default for Figures {
    fn default() -> Self {
        Self::with_cap(SURFACES)
    }
}

impl Figures {
    /// Nothing yet, with room for so many surfaces.
    #[must_use]
    pub fn with_cap(surfaces: usize) -> Self {
        Self {
            documents: BySplit::default(),
            labels_of_documents: Histogram::default(),
            labels: BTreeMap::new(),
            texts: TextCounts::default(),
            lengths: <[Histogram; 4]>::default(),
            unproved: 0,
            overlaps: Overlaps::default(),
            languages: Tally::default(),
            without_language: 0,
            scripts: BTreeMap::new(),
            without_script: 0,
            labelers: Tally::default(),
            surfaces: Surfaces::with_cap(surfaces),
        }
    }

    /// Counts a document, and who labeled it.
    pub fn add(&mut self, aligned: &AlignedDocument<'_>, labeler: Option<&str>) {
        let document = aligned.document;
        let split = document.split.as_ref();
        *self.documents.of(split) += 1;
        let mut own: BTreeMap<String, u64> = BTreeMap::new();
        for (label, _) in document.categories() {
            match own.get_mut(label) {
                Some(count) => *count += 1,
                None => *own.entry(kept_name(label).into_owned()).or_default() += 1,
            }
        }
        self.labels_of_documents.add(own.values().sum());
        for (label, count) in own {
            let figures = self.labels.entry(label).or_default();
            *figures.documents.of(split) += 1;
            *figures.instances.of(split) += count;
        }
        match &document.language {
            Some(code) => self.languages.add(code),
            None => self.without_language += 1,
        }
        if let Some(labeler) = labeler {
            self.labelers.add(labeler);
        }
        self.add_text(aligned);
        self.add_spans(aligned);
    }

    fn add_text(&mut self, aligned: &AlignedDocument<'_>) {
        let text = match &aligned.text {
            TextState::Read(text) | TextState::Blank(text) => text,
            TextState::NotAsked => {
                self.texts.not_asked += 1;
                return;
            }
            _ => {
                self.texts.unread += 1;
                return;
            }
        };
        self.texts.read += 1;
        let set = BySplit::set(aligned.document.split.as_ref());
        self.lengths[set].add(text.len(Unit::CodePoint));
        match main_script(text.as_str()) {
            Some(script) => *self.scripts.entry(script.name()).or_default() += 1,
            None => self.without_script += 1,
        }
    }

    fn add_spans(&mut self, aligned: &AlignedDocument<'_>) {
        let document = aligned.document;
        let proved = aligned.proved();
        let mut ranges: Vec<ByteRange> = proved.map(|(_, range, _)| range).collect();
        let read = aligned.text();
        let lengths = read.map(|text| (text, Lengths::new(text.as_str(), &ranges)));
        for (label, range, _) in aligned.proved() {
            let Some((text, lengths)) = &lengths else {
                break;
            };
            let name = kept_name(&document.spans()[label].category);
            if let Some(figures) = self.labels.get_mut(&*name) {
                let (characters, words) = lengths.of(range);
                figures.characters.add(characters);
                figures.words.add(words);
            }
            if let Some(words) = surface(text.slice(range)) {
                self.surfaces.note(&words, &name, (document.index, label));
            }
        }
        self.unproved += (document.spans().len() - ranges.len()) as u64;
        self.overlaps.add(&mut ranges);
    }

    /// Adds what another part of the corpus has.
    pub fn merge(&mut self, other: Self) {
        self.documents.add(other.documents);
        self.labels_of_documents.merge(&other.labels_of_documents);
        for (label, figures) in other.labels {
            let own = self.labels.entry(label).or_default();
            own.instances.add(figures.instances);
            own.documents.add(figures.documents);
            own.characters.merge(&figures.characters);
            own.words.merge(&figures.words);
        }
        self.texts.read += other.texts.read;
        self.texts.unread += other.texts.unread;
        self.texts.not_asked += other.texts.not_asked;
        for (own, other) in self.lengths.iter_mut().zip(&other.lengths) {
            own.merge(other);
        }
        self.unproved += other.unproved;
        self.overlaps.merge(other.overlaps);
        self.languages.merge(other.languages);
        self.without_language += other.without_language;
        for (script, count) in other.scripts {
            *self.scripts.entry(script).or_default() += count;
        }
        self.without_script += other.without_script;
        self.labelers.merge(other.labelers);
        self.surfaces.merge(other.surfaces);
    }

    /// Adds the labels that a project declares, so that those are told that nobody uses.
    pub fn declare<'a>(&mut self, labels: impl Iterator<Item = &'a str>) {
        for label in labels {
            self.labels
                .entry(kept_name(label).into_owned())
                .or_default();
        }
    }

    /// The instances of all labels.
    #[must_use]
    pub fn instances(&self) -> BySplit {
        let mut all = BySplit::default();
        for figures in self.labels.values() {
            all.add(figures.instances);
        }
        all
    }
}

#[cfg(test)]
mod tests;
