//! What a split has to know of each document, and no more: no text is kept.

use std::collections::BTreeMap;

use twox_hash::XxHash3_128;

use crate::alignment::TextState;
use crate::corpus::shingles::sketch;
use crate::model::{Document, Split};
use crate::operations::read::Corpus;
use crate::pipeline::Error;
use crate::pipeline::pass::FoundDocument;

/// What a split has to know of the documents of a file.
#[derive(Default)]
pub(super) struct Gathered {
    /// The documents, in the order of the file.
    pub(super) documents: Vec<Known>,
    /// The labels that they have, by name, each with the number that [`Known::labels`] has for it.
    pub(super) labels: BTreeMap<String, u32>,
    /// How many texts could not be read, of those that were asked for.
    pub(super) unread: u64,
}

/// What is known of a document.
pub(super) struct Known {
    /// Its place in the file, from 0.
    pub(super) index: u64,
    pub(super) name: String,
    /// The set that it is in, as far as the service knows it.
    pub(super) set: Option<&'static str>,
    /// Its labels, each with its instances; in the order of the numbers.
    pub(super) labels: Vec<(u32, u32)>,
    /// A hash of its text (XXH3, 128 bits); two texts of a corpus never have the same by chance.
    pub(super) text: Option<u128>,
    /// The bytes of its text.
    pub(super) length: u64,
    /// The sketch of its text, where near-equal texts are looked for.
    pub(super) sketch: Vec<u64>,
}

/// Looks at all documents of a file; at their shingles too where `near` says so.
///
/// Fails where it cannot be read.
pub(super) fn gather(corpus: &Corpus<'_>, near: bool) -> Result<Gathered, Error> {
    let look = |found: FoundDocument<'_, '_>, (), part: &mut Gathered| {
        let document = found.document;
        let mut buffer = Vec::new();
        let state = found.text(&mut buffer)?;
        let mut known = part.known(document);
        match &state {
            TextState::Read(text) | TextState::Blank(text) => {
                let text = text.as_str();
                known.text = Some(XxHash3_128::oneshot(text.as_bytes()));
                known.length = text.len() as u64;
                if near {
                    known.sketch = sketch(text);
                }
            }
            TextState::NotAsked => {}
            _ => part.unread += 1,
        }
        part.documents.push(known);
        Ok(())
    };
    let mut whole = Gathered::default();
    corpus.each_document(|_| Some(()), look, |part| whole.add(part))?;
    Ok(whole)
}

impl Gathered {
    fn known(&mut self, document: &Document<'_>) -> Known {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for (label, _) in document.categories() {
            let number = number(&mut self.labels, label);
            *counts.entry(number).or_default() += 1;
        }
        let set = document.split.as_ref().and_then(Split::meant);
        Known {
            index: document.index,
            name: document.address.path().to_owned(),
            set: match set {
                Some(Split::Train) => Some("Train"),
                Some(Split::Test) => Some("Test"),
                _ => None,
            },
            labels: counts.into_iter().collect(),
            text: None,
            length: 0,
            sketch: Vec::new(),
        }
    }

    /// Adds the documents that follow.
    fn add(&mut self, part: Self) {
        let mut numbers = vec![0; part.labels.len()];
        for (label, own) in &part.labels {
            numbers[*own as usize] = number(&mut self.labels, label);
        }
        self.unread += part.unread;
        self.documents
            .extend(part.documents.into_iter().map(|mut known| {
                for (label, _) in &mut known.labels {
                    *label = numbers[*label as usize];
                }
                known.labels.sort_unstable();
                known
            }));
    }

    /// Puts labels and documents into an order that does not depend on the file's: by name, and where that is
    /// the same by what they hold.
    pub(super) fn settle(&mut self) {
        let mut numbers = vec![0; self.labels.len()];
        for (new, old) in (0..).zip(self.labels.values_mut()) {
            numbers[*old as usize] = new;
            *old = new;
        }
        for document in &mut self.documents {
            for (label, _) in &mut document.labels {
                *label = numbers[*label as usize];
            }
            document.labels.sort_unstable();
        }
        self.documents.sort_by(|a, b| {
            let key = |it: &Known| (it.text, it.set);
            let by_name = a.name.cmp(&b.name).then_with(|| a.labels.cmp(&b.labels));
            by_name.then_with(|| key(a).cmp(&key(b)))
        });
    }
}

/// The number of a label; a new one where it has none.
fn number(labels: &mut BTreeMap<String, u32>, label: &str) -> u32 {
    if let Some(number) = labels.get(label) {
        return *number;
    }
    let next = u32::try_from(labels.len()).unwrap_or(u32::MAX);
    labels.insert(label.to_owned(), next);
    next
}
