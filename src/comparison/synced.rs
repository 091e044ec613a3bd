//! What became of a project that was given the labels of an export.

use super::change::{ChangeKind, DocumentChange, LabelPlace};
use super::difference::Side;
use super::listed::Listed;
use super::merge::{Conflict, Prefer};
use super::renames::Rename;

/// What became of a project that was given the labels of an export.
#[derive(Clone, Debug, Default)]
pub struct Synced {
    /// The project and the export, as they were.
    pub sides: [Side; 2],
    /// The common ancestor, where one was named.
    pub base: Option<String>,
    /// Labels that get another name in all of the project.
    pub renamed: Vec<Rename>,
    /// Documents whose labels change otherwise, in the order of the project.
    pub changed: Vec<DocumentChange>,
    /// Documents whose labels stay as they are.
    pub same: u64,
    /// Documents of the export that the project gets, by the names that it has for them.
    pub added: Vec<Listed>,
    /// Documents that the export lacks, and that stay.
    pub kept: Vec<Listed>,
    /// Documents that the export lacks, and that go.
    pub pruned: Vec<Listed>,
    /// Documents of the export that the project has removed since the ancestor.
    pub stayed_out: Vec<Listed>,
    /// Labels that the project declares from now on.
    pub declared: Vec<String>,
    /// Labels that the project declares and the export does not use.
    pub unused: Vec<String>,
    /// New labels that lie in no region of their document, which training does not see.
    pub outside: u64,
    /// What both sides have changed differently since the ancestor.
    pub conflicts: Vec<Clash>,
    /// Why nothing may be written.
    pub refusals: Vec<Refusal>,
}

/// A conflict, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The name that the project has for the document, or the export where the project has none.
    pub document: Box<str>,
    /// The label as all three have it; `None` where the document as a whole is in conflict.
    pub label: Option<Conflict<LabelPlace>>,
    /// The side that has removed the document, which the other one has changed; `None` where a label is in
    /// conflict.
    pub removed_by: Option<Prefer>,
}

/// Why nothing may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The document that it is about.
    pub document: Option<Box<str>>,
    /// Why, and what to do.
    pub reason: String,
}

impl Synced {
    /// Whether the project stays as it is.
    #[must_use]
    pub const fn is_same(&self) -> bool {
        self.renamed.is_empty()
            && self.changed.is_empty()
            && self.added.is_empty()
            && self.pruned.is_empty()
            && self.declared.is_empty()
    }

    /// How many labels of documents that both have become something of that kind.
    #[must_use]
    pub fn count(&self, kind: ChangeKind) -> u64 {
        let labels = self.changed.iter().flat_map(|document| &document.labels);
        labels.filter(|label| label.kind == kind).count() as u64
    }
}
