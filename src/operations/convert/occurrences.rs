//! Which of several documents of one name a document is.
//!
//! A ledger tells documents by their names, and a file may have a name twice. Documents are gone over
//! by many threads, so what is the first of a name is known only when all were seen. A conversion with a ledger
//! therefore begins again where names occur twice: once to note who has them, and once with what was noted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::formats::ledger::Occurrence;
use crate::model::fingerprints::{Fingerprints, Repeated, fingerprint};

/// What is known of documents that share what a ledger calls them.
#[derive(Clone, Debug)]
pub(super) struct SharedNames {
    /// In the target, for the ledger that is written.
    pub(super) saved: Occurrences,
    /// In the source, for the ledger that is put back.
    pub(super) restored: Occurrences,
}

/// The same as the documents of a batch, or of a file, add up to it.
#[derive(Default)]
pub(super) struct SeenNames {
    pub(super) saved: Seen,
    pub(super) restored: Seen,
}

/// What is known of names that occur twice.
#[derive(Clone, Debug)]
pub(super) enum Occurrences {
    /// Nothing: every name is noted.
    Sought,
    /// Which ones may: their documents are noted.
    Suspected(Repeated),
    /// The documents of each, in their order, by the fingerprint of the name.
    Known(BTreeMap<u64, Vec<u64>>),
}

/// What was noted of names.
#[derive(Default)]
pub(super) struct Seen {
    names: Fingerprints,
    /// Fingerprints of names that may occur twice, each with the index of a document.
    documents: Vec<(u64, u64)>,
}

impl SharedNames {
    /// What is known before any document was read. Names are looked at only where `saves` or `restores`
    /// tells that a ledger hangs on them.
    pub(super) const fn new(saves: bool, restores: bool) -> Self {
        Self {
            saved: Occurrences::new(saves),
            restored: Occurrences::new(restores),
        }
    }

    /// What is known after all documents were read; `None` where it was known before.
    pub(super) fn learned(&self, seen: SeenNames) -> Option<Self> {
        let saved = self.saved.learned(seen.saved);
        let restored = self.restored.learned(seen.restored);
        (saved.is_some() || restored.is_some()).then(|| Self {
            saved: saved.unwrap_or_else(|| self.saved.clone()),
            restored: restored.unwrap_or_else(|| self.restored.clone()),
        })
    }
}

impl Occurrences {
    const fn new(is_needed: bool) -> Self {
        if is_needed {
            Self::Sought
        } else {
            Self::Known(BTreeMap::new())
        }
    }

    /// Notes what a document is called, where that is still to be known: it may take a look at its text.
    pub(super) fn note<'n>(
        &self,
        name: impl FnOnce() -> Cow<'n, str>,
        index: u64,
        seen: &mut Seen,
    ) {
        match self {
            Self::Sought => seen.names.push(fingerprint(&name())),
            Self::Suspected(repeated) => {
                let print = fingerprint(&name());
                if repeated.contains(print) {
                    seen.documents.push((print, index));
                }
            }
            Self::Known(_) => {}
        }
    }

    /// What is known after all documents were seen, if that is more.
    fn learned(&self, seen: Seen) -> Option<Self> {
        match self {
            Self::Sought => {
                let repeated = seen.names.repeated();
                (!repeated.is_empty()).then_some(Self::Suspected(repeated))
            }
            Self::Suspected(_) => {
                let mut documents = BTreeMap::<u64, Vec<u64>>::new();
                for (print, index) in seen.documents {
                    documents.entry(print).or_default().push(index);
                }
                documents.retain(|_, indices| indices.len() > 1);
                (!documents.is_empty()).then_some(Self::Known(documents))
            }
            Self::Known(_) => None,
        }
    }

    /// Which one of the documents of that name it is, where there are several.
    pub(super) fn of(&self, name: &str, index: u64) -> Option<Occurrence> {
        let Self::Known(documents) = self else {
            return None;
        };
        if documents.is_empty() {
            return None;
        }
        let indices = documents.get(&fingerprint(name))?;
        let before = indices.binary_search(&index).ok()?;
        Some(Occurrence(before as u64 + 1, indices.len() as u64))
    }
}

impl SeenNames {
    /// Adds those of the documents that follow.
    pub(super) fn add(&mut self, other: Self) {
        self.saved.add(other.saved);
        self.restored.add(other.restored);
    }
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.names.append(&other.names);
        self.documents.extend(other.documents);
    }
}
