//! What a corpus adds up to.
//!
//! Each batch fills a [`Statistics`] of its own and [`Statistics::merge`] joins them, in any grouping:
//! `statistics(A ++ B) == statistics(A) + statistics(B)`. The corpus rules look at the sum alone, so threads,
//! shards and whole runs give one answer.

pub mod confirmed;
mod languages;
pub mod likeness;
mod names;
mod prints;
pub mod search;
pub mod shingles;
pub mod smallest;
pub mod surfaces;
mod uses;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::likeness::{Likeness, Subset};
use self::surfaces::{Forms, Surfaces};
use crate::alignment::mismatches::Mismatches;
use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Location, count};
use crate::model::{At, Document, Kind, Split};
use crate::text::ByteRange;

pub use languages::Languages;
pub use names::OddNames;
pub use uses::Uses;

/// A number for each split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BySplit {
    /// In `Train`.
    pub train: u64,
    /// In a development set.
    #[serde(default)]
    pub dev: u64,
    /// In `Test`.
    pub test: u64,
    /// In none: without a split, or with an unknown one.
    pub unassigned: u64,
}

impl BySplit {
    /// All of them together.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.train + self.dev + self.test + self.unassigned
    }

    /// Those that belong to a set.
    #[must_use]
    pub const fn assigned(self) -> u64 {
        self.train + self.dev + self.test
    }

    /// The number that a document belongs to: by what its split means, so that the spelling of
    /// `"train"` is one finding and no more.
    fn of(&mut self, split: Option<&Split<'_>>) -> &mut u64 {
        match split.and_then(Split::meant) {
            Some(Split::Train) => &mut self.train,
            Some(Split::Dev) => &mut self.dev,
            Some(Split::Test) => &mut self.test,
            Some(Split::Other(_)) | None => &mut self.unassigned,
        }
    }

    const fn add(&mut self, other: Self) {
        self.train += other.train;
        self.dev += other.dev;
        self.test += other.test;
        self.unassigned += other.unassigned;
    }
}

/// A thing that happened some number of times, and where it did so first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrences {
    /// How many times.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
    /// The index of the first document and the place in it.
    pub first: Option<(u64, Location)>,
}

impl Occurrences {
    /// Adds `count` of them in one document. `location` is asked only where it may be the first.
    pub fn add(&mut self, index: u64, count: u64, location: impl FnOnce() -> Location) {
        self.count += count;
        self.documents += 1;
        if self.first.as_ref().is_none_or(|(first, _)| index < *first) {
            self.first = Some((index, location()));
        }
    }

    /// Counts the documents from `by` on that were counted from 0 on.
    pub fn shift(&mut self, by: u64) {
        if let Some((index, _)) = &mut self.first {
            *index += by;
        }
    }

    /// Adds what another part of the corpus has seen.
    pub fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.documents += other.documents;
        self.first = match (self.first.take(), other.first) {
            (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
            (a, b) => a.or(b),
        };
    }

    /// `12 labels in 3 documents`
    #[must_use]
    pub fn labels_in_documents(&self) -> String {
        let documents = count(self.documents, "document");
        format!("{} in {documents}", count(self.count, "label"))
    }
}

/// Something that is only counted, or looked at a second time, where a rule asks for it: it
/// costs time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// Which documents have the same text.
    SameTexts,
    /// Which documents of Test have nearly the text of one of Train.
    NearTexts,
    /// Under which labels the same words stand.
    Conflicts,
    /// Where words stand without a label that have one elsewhere.
    Unlabeled,
    /// What the instances of a label look like.
    Forms,
}

/// What a corpus adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// Documents.
    pub documents: BySplit,
    /// Documents whose split is a value that the service does not know.
    pub unknown_splits: u64,
    /// Instances of each label.
    pub labels: BTreeMap<String, BySplit>,
    /// Instances of labels that the project does not declare.
    pub undeclared: BTreeMap<String, Occurrences>,
    /// Where each label is used first, in files that declare none.
    pub first_uses: BTreeMap<String, (u64, Location)>,
    /// Labels that stand after an astral character while the unit is not settled.
    pub ambiguous: Occurrences,
    /// Records of each kind.
    pub kinds: BTreeMap<Kind, Occurrences>,
    /// Records of image projects.
    pub images: Occurrences,
    /// Records that are predictions.
    pub predictions: Occurrences,
    /// Documents whose text was found.
    pub texts_found: u64,
    /// Documents whose text is missing.
    pub texts_missing: Occurrences,
    /// Records and labels that could not be read; what they hold is in no other number here.
    pub unread: u64,
    /// How many of those are whole records: nobody knows how many labels they hold.
    pub unread_records: u64,
    /// Documents whose address may stand in the file twice, or twice but for case or
    /// normalization: the fingerprints say so, and the addresses here prove or disprove it. By
    /// document index.
    pub suspects: BTreeMap<u64, Suspect>,
    /// Languages of documents.
    pub languages: Languages,
    /// Locations with characters that the documentation does not list.
    pub odd_names: OddNames,
    /// Documents whose offsets may count something else than declared.
    pub mismatches: Mismatches,
    /// Which texts seem to be the same, or nearly so.
    pub likeness: Likeness,
    /// The words that labels stand on.
    pub surfaces: Surfaces,
    /// What the instances of each label look like.
    pub forms: BTreeMap<String, Forms>,
}

/// A document whose address, or one like it, may stand in the file before or after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspect {
    /// The address as the file has it.
    pub written: String,
    /// The container in it.
    pub container: Option<String>,
    /// The path in it.
    pub path: String,
    /// Where it stands.
    pub location: Location,
    /// The bytes of its record in the file.
    pub record: Range<u64>,
}

impl Suspect {
    /// A document, and the place of its address.
    #[must_use]
    pub fn new(document: &Document<'_>, location: Location) -> Self {
        let address = &document.address;
        Self {
            written: address.written.to_string(),
            container: address.container().map(str::to_owned),
            path: address.path().to_owned(),
            location,
            record: document.start..document.start + document.source.len() as u64,
        }
    }
}

impl Statistics {
    /// Adds a document, but for its labels ([`Uses`]).
    ///
    /// `suspect` tells whether the fingerprint of the document's folded address was seen twice,
    /// `location` where a place lies.
    pub fn add(
        &mut self,
        aligned: &AlignedDocument<'_>,
        suspect: bool,
        location: impl Fn(&Document<'_>, At) -> Location,
    ) {
        let document = aligned.document;
        self.unread += document.unreadable;
        let split = document.split.as_ref();
        *self.documents.of(split) += 1;
        self.unknown_splits += u64::from(split.is_some_and(|split| split.meant().is_none()));
        if let Some(code) = &document.language {
            let place = || location(document, At::Language);
            self.languages.add(code, document.index, place);
        }
        for (at, address, state) in aligned.files() {
            let place = || location(document, at);
            self.odd_names.add(address, document.index, place);
            match state {
                TextState::Missing(_) => {
                    self.texts_missing.add(document.index, 0, place);
                }
                TextState::NotAsked | TextState::Unsafe(_) => {}
                _ => self.texts_found += 1,
            }
        }
        if let Some(index) = aligned.first_ambiguous {
            let first = || location(document, At::Label(index));
            self.ambiguous.add(document.index, aligned.ambiguous, first);
        }
        self.mismatches.add(
            &aligned.forensics,
            document.index,
            document.address.path(),
            || location(document, At::Address),
        );
        if suspect {
            let suspect = Suspect::new(document, location(document, At::Address));
            self.suspects.insert(document.index, suspect);
        }
    }

    /// Adds what the rules ask for of a document's text; `places` are its [`surfaces::places`].
    pub fn add_text(
        &mut self,
        aligned: &AlignedDocument<'_>,
        asks: &[Ask],
        places: &[(ByteRange, usize)],
    ) {
        let Some(text) = aligned.text() else {
            return;
        };
        let index = aligned.document.index;
        // Where the texts are the same, nothing is nearly the same.
        if asks.contains(&Ask::SameTexts) || asks.contains(&Ask::NearTexts) {
            self.likeness.add_print(index, text.as_str());
        }
        if asks.contains(&Ask::NearTexts)
            && let Some(set) = Subset::of(aligned.document.split.as_ref())
        {
            self.likeness.add_sketch(index, set, text.as_str());
        }
        if asks.contains(&Ask::Conflicts) || asks.contains(&Ask::Unlabeled) {
            self.surfaces.add(aligned, places);
        }
        if asks.contains(&Ask::Forms) {
            surfaces::add_forms(&mut self.forms, aligned);
        }
    }

    /// Adds what another part of the corpus adds up to.
    pub fn merge(&mut self, other: Self) {
        self.documents.add(other.documents);
        self.unknown_splits += other.unknown_splits;
        for (label, by_split) in other.labels {
            self.labels.entry(label).or_default().add(by_split);
        }
        for (label, seen) in other.undeclared {
            self.undeclared.entry(label).or_default().merge(seen);
        }
        for (label, place) in other.first_uses {
            let first = self
                .first_uses
                .entry(label)
                .or_insert_with(|| place.clone());
            if place.0 < first.0 {
                *first = place;
            }
        }
        self.unread += other.unread;
        self.unread_records += other.unread_records;
        for (kind, seen) in other.kinds {
            self.kinds.entry(kind).or_default().merge(seen);
        }
        self.images.merge(other.images);
        self.predictions.merge(other.predictions);
        self.ambiguous.merge(other.ambiguous);
        self.texts_found += other.texts_found;
        self.texts_missing.merge(other.texts_missing);
        self.suspects.extend(other.suspects);
        self.mismatches.merge(other.mismatches);
        self.languages.merge(other.languages);
        self.odd_names.merge(other.odd_names);
        self.likeness.merge(other.likeness);
        self.surfaces.merge(other.surfaces);
        for (label, forms) in other.forms {
            self.forms.entry(label).or_default().merge(forms);
        }
    }

    /// Counts the records from `by` on that were counted from 0 on: those of a shard, which does
    /// not know how many come before it.
    pub fn shift(&mut self, by: u64) {
        let single = [
            &mut self.ambiguous,
            &mut self.images,
            &mut self.predictions,
            &mut self.texts_missing,
        ];
        let by_label = self.undeclared.values_mut();
        let by_kind = self.kinds.values_mut();
        for seen in single.into_iter().chain(by_label).chain(by_kind) {
            seen.shift(by);
        }
        for (index, _) in self.first_uses.values_mut() {
            *index += by;
        }
        let suspects = std::mem::take(&mut self.suspects).into_iter();
        self.suspects = suspects
            .map(|(index, suspect)| (index + by, suspect))
            .collect();
        self.languages.shift(by);
        self.odd_names.seen.shift(by);
        self.mismatches.shift(by);
        self.likeness.shift(by);
        self.surfaces.shift(by);
    }

    /// How many labels there are: spans, or classes on documents.
    #[must_use]
    pub fn label_count(&self) -> u64 {
        self.labels.values().map(|by_split| by_split.total()).sum()
    }
}
