//! The sum over all documents.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ask::Ask;
use super::by_split::BySplit;
use super::languages::Languages;
use super::likeness::{Likeness, Subset};
use super::names::OddNames;
use super::occurrences::Occurrences;
use super::surfaces::{Forms, Surfaces, add_forms};
use super::suspect::Suspect;
use crate::alignment::mismatches::Mismatches;
use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Bounds, Location};
use crate::model::{At, Body, Document, Kind, NotAccepted};

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
    /// Records that are no labels because of what was answered.
    pub not_accepted: BTreeMap<NotAccepted, Occurrences>,
    /// Documents whose text was found, whether it could be had or not.
    pub texts_found: u64,
    /// Documents whose text was put together of tokens.
    pub texts_rebuilt: Occurrences,
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

impl Statistics {
    /// Adds a document, but for its labels ([`Uses`](super::Uses)).
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
                TextState::Missing(absent) => {
                    self.texts_missing.add(document.index, 0, place);
                    // It is there, and not known to be the document's own.
                    self.texts_found += u64::from(absent.shared.is_some());
                }
                TextState::NotAsked | TextState::Unsafe(_) => {}
                _ => self.texts_found += 1,
            }
        }
        if matches!(&document.body, Body::Tokens(tokens) if !tokens.is_stated && !tokens.is_unfound)
        {
            let place = || location(document, At::Document);
            self.texts_rebuilt.add(document.index, 0, place);
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

    /// Adds what the rules ask for of a document's text, but for the words of its labels
    /// ([`NotedSurfaces`](super::surfaces::NotedSurfaces)).
    pub fn add_text(&mut self, aligned: &AlignedDocument<'_>, asks: &[Ask]) {
        let Some(text) = aligned.text() else {
            return;
        };
        let index = aligned.document.index;
        // Where the texts are the same, nothing is nearly the same; and the others look at texts
        // twice, which must not change in between.
        let compares = |ask: &Ask| [Ask::SameTexts, Ask::NearTexts].contains(ask);
        if (asks.iter()).any(|ask| compares(ask) || ask.is_of_surfaces()) {
            self.likeness.add_print(index, text.as_str());
        }
        if asks.contains(&Ask::NearTexts)
            && let Some(set) = Subset::of(aligned.document.split.as_ref())
        {
            self.likeness.add_sketch(index, set, text.as_str());
        }
        if asks.contains(&Ask::Forms) {
            add_forms(&mut self.forms, aligned);
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
        for (why, seen) in other.not_accepted {
            self.not_accepted.entry(why).or_default().merge(seen);
        }
        self.ambiguous.merge(other.ambiguous);
        self.texts_found += other.texts_found;
        self.texts_rebuilt.merge(other.texts_rebuilt);
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
            &mut self.texts_rebuilt,
            &mut self.texts_missing,
        ];
        let by_label = self.undeclared.values_mut();
        let by_kind = self.kinds.values_mut();
        let by_answer = self.not_accepted.values_mut();
        let all = single.into_iter().chain(by_label).chain(by_kind);
        for seen in all.chain(by_answer) {
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

    /// Whether all this can be counted in a stretch of a file: nobody has proved it of what was
    /// read from a file.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        let single = [
            &self.ambiguous,
            &self.images,
            &self.predictions,
            &self.texts_rebuilt,
            &self.texts_missing,
            &self.odd_names.seen,
        ];
        let mut occurrences = single
            .into_iter()
            .chain(self.undeclared.values())
            .chain(self.kinds.values())
            .chain(self.not_accepted.values());
        let labels = self.labels.values();
        let mut forms = self.forms.values();
        let known = |index: u64| bounds.has_record(index);
        let within = |(index, place): &(u64, Location)| known(*index) && bounds.have_place(place);
        self.documents.is_within(bounds)
            && self.documents.total() <= bounds.records
            && self
                .labels
                .values()
                .all(|by_split| by_split.is_within(bounds))
            && bounds.hold_all(labels.map(|by_split| by_split.total()))
            && self.first_uses.values().all(within)
            && occurrences.all(|seen| seen.is_within(bounds))
            && bounds.hold(self.unread)
            && [self.unknown_splits, self.unread_records]
                .iter()
                .all(|count| *count <= bounds.records)
            && bounds.hold(self.texts_found)
            && (self.suspects.iter()).all(|(index, one)| known(*index) && one.is_within(bounds))
            && self.languages.is_within(bounds)
            && self.mismatches.is_within(bounds)
            && self.likeness.is_within(bounds)
            && self.surfaces.is_within(bounds)
            && forms.all(|forms| bounds.hold(forms.instances))
    }

    /// How many labels there are: spans, or classes on documents.
    #[must_use]
    pub fn label_count(&self) -> u64 {
        self.labels.values().map(|by_split| by_split.total()).sum()
    }
}
