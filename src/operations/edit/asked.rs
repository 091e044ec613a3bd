//! What is asked to be changed, and what all parts of a change need.

use std::collections::{BTreeMap, BTreeSet};

use crate::json::patch::{self, Edit};
use crate::pipeline::Error;

/// What is to be changed in a label file.
#[derive(Clone, Default)]
pub struct Edits<'a> {
    /// The labels that stay, where not all do.
    pub select: Option<BTreeSet<String>>,
    /// Labels that go.
    pub drop: BTreeSet<String>,
    /// What the user gave for several labels, parted by commas. A label of such a name may be meant
    /// as well, and then nothing is changed.
    pub parted: BTreeSet<String>,
    /// Labels that get another name: the old one and the new one.
    pub rename: BTreeMap<String, String>,
    /// The sets of documents, by name.
    pub datasets: BTreeMap<String, &'static str>,
    /// Which documents stay, by their place in the file.
    pub documents: Option<&'a (dyn Fn(u64) -> bool + Sync)>,
}

impl Edits<'_> {
    /// Whether labels are to be changed.
    #[must_use]
    pub fn touches_labels(&self) -> bool {
        self.select.is_some() || !self.drop.is_empty() || !self.rename.is_empty()
    }

    /// Whether a label stays.
    pub(super) fn keeps(&self, label: &str) -> bool {
        !self.drop.contains(label) && self.select.as_ref().is_none_or(|all| all.contains(label))
    }

    /// The labels that the user names.
    pub(super) fn named(&self) -> BTreeSet<&str> {
        let selected = self.select.iter().flatten();
        let named = selected.chain(&self.drop).chain(self.rename.keys());
        named.map(String::as_str).collect()
    }
}

/// That a temporary file could not be written.
pub(super) fn unwritten(source: std::io::Error) -> Error {
    Error::Write {
        path: "a temporary file".to_owned(),
        source,
    }
}

/// Bytes of a file with the edits made that lie in them.
pub(super) fn patched(start: u64, bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    patch::apply(start, bytes, edits, &mut out);
    out
}
