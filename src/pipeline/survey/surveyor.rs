//! What the records of a file tell of it as a whole.

use std::collections::HashSet;

use crate::formats::{Context, Format, Reading, Record, RecordForm};
use crate::json::cut::Batch;
use crate::model::fingerprints::{Fingerprints, fingerprint, fingerprint_folded};
use crate::model::{Body, Document, Kind, Shared, StrPair};
use crate::pipeline::records::each_reading;

/// What one batch adds.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Learned {
    pub(super) kind: Option<Kind>,
    /// Whether a record has not today's shape.
    pub(super) edited: bool,
    /// Whether a document has another number of classes than one.
    pub(super) several_classes: bool,
    /// Whether a document has, or could have, several classes, of a format that writes one class
    /// and several in one way.
    pub(super) open_classes: bool,
    /// Whether a document has classes, of such a format.
    pub(super) classes: bool,
    /// Whether a document has tokens: what it is called shows once its text is found.
    pub(super) has_tokens: bool,
    pub(super) addresses: Fingerprints,
    pub(super) names: Fingerprints,
    pub(super) labels: Vec<String>,
    pub(super) container: Option<String>,
    pub(super) folders: Shared<(String, String)>,
}

/// What a batch is surveyed with.
pub(super) struct Surveyor<'a> {
    pub(super) format: &'static dyn Format,
    pub(super) context: Context<'a>,
}

impl Surveyor<'_> {
    pub(super) fn batch(&self, batch: &Batch) -> Learned {
        let mut part = Learned::default();
        let mut seen = HashSet::new();
        let all = |_: &Record<'_>| Some(());
        each_reading(batch, self.format, self.context, None, all, |found| {
            if let Ok((_, reading, ())) = found {
                Self::reading(&reading, &mut part, &mut seen);
            }
        });
        part
    }

    fn reading(reading: &Reading<'_>, part: &mut Learned, seen: &mut HashSet<String>) {
        let told = match reading.form {
            RecordForm::Kind(kind) => Some(kind),
            RecordForm::Classes { several } => {
                part.classes = true;
                part.open_classes |= several;
                None
            }
            _ => None,
        };
        part.kind = part.kind.or(told);
        part.edited |= !reading.edits.is_empty();
        let Some(document) = &reading.document else {
            return;
        };
        part.has_tokens |= matches!(document.body, Body::Tokens(_));
        part.several_classes |= document.classes().len() != 1;
        part.addresses.push(fingerprint_folded(&document.address));
        part.note(document, seen);
    }
}

impl Learned {
    /// Notes what a new file needs to know of a document.
    fn note(&mut self, document: &Document<'_>, seen: &mut HashSet<String>) {
        if self.container.is_none() {
            self.container = document.address.container().map(str::to_owned);
        }
        let owned = |pair: StrPair<'_>| (pair.0.to_owned(), pair.1.to_owned());
        self.folders.add(folder_of(document), owned);
        self.names.push(fingerprint(document.address.name()));
        for (category, _) in document.categories() {
            if !seen.contains(category) {
                seen.insert(category.to_owned());
                self.labels.push(category.to_owned());
            }
        }
    }

    /// Adds the part that follows. `known` holds the labels so far.
    pub(super) fn add(&mut self, part: Self, known: &mut HashSet<String>) {
        self.kind = self.kind.or(part.kind);
        self.edited |= part.edited;
        self.has_tokens |= part.has_tokens;
        self.several_classes |= part.several_classes;
        self.open_classes |= part.open_classes;
        self.classes |= part.classes;
        self.addresses.append(&part.addresses);
        self.names.append(&part.names);
        self.folders.merge(part.folders);
        self.container = self.container.take().or(part.container);
        for label in part.labels {
            if known.insert(label.clone()) {
                self.labels.push(label);
            }
        }
    }
}

/// Container and folder of a document's address, where they are all of it but the name; nothing
/// otherwise.
fn folder_of<'d>(document: &'d Document<'_>) -> StrPair<'d> {
    let address = &document.address;
    if address.is_composed {
        StrPair(address.container().unwrap_or_default(), address.folder())
    } else {
        StrPair("", "")
    }
}
