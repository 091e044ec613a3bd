//! What two label files differ in, as a whole.

use std::sync::Arc;

use super::change::{ChangeKind, DocumentChange};
use super::document::Incomparable;
use super::listed::Listed;
use super::project::{DeclaredChange, MemberChange};
use super::renames::Rename;
use crate::model::Kind;
use crate::text::Unit;

/// One of the two label files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Its name as the user gave it.
    pub path: String,
    /// The name of its format.
    pub format: &'static str,
    /// What it labels, where that can be told.
    pub kind: Option<Kind>,
    /// What its offsets count, where its labels are spans.
    pub unit: Option<Unit>,
    /// How many documents it has.
    pub documents: u64,
    /// How many labels they have.
    pub labels: u64,
    /// How many of its records are no documents that can be read; each has a finding in a check.
    pub unread: u64,
}

/// A document that both files have, and that cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// The name that one of the files has for it.
    pub name: Box<str>,
    /// Why not.
    pub reason: Incomparable,
}

/// A member that differs alike in several documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// `dataset`, `language` or `labeled`.
    pub member: &'static str,
    /// As the first file has it.
    pub before: Option<Arc<str>>,
    /// As the second file has it.
    pub after: Option<Arc<str>>,
    /// The documents, by the names of the second file, in its order.
    pub documents: Vec<Box<str>>,
}

/// How many labels differ, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By [`ChangeKind::ALL`]. Labels of documents that only one file has are not among them.
    pub labels: [u64; 5],
    /// Labels that have another name in the whole of the second file.
    pub renamed: u64,
    /// Labels that are the same.
    pub same_labels: u64,
    /// Documents that both files have and that do not differ, but for labels with another name in
    /// the whole of the second file.
    pub same_documents: u64,
}

/// What two label files differ in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// The two files.
    pub sides: [Side; 2],
    /// The side (0 or 1) on which there is no such file, where two folders are compared. Nothing else
    /// is told then.
    pub absent: Option<usize>,
    /// How many labels differ, and how.
    pub counts: Counts,
    /// Labels with another name.
    pub renamed: Vec<Rename>,
    /// Declared labels, where both formats declare them.
    pub declared: DeclaredChange,
    /// Members of the project.
    pub members: Vec<MemberChange>,
    /// Members of documents, together where they differ alike.
    pub shifts: Vec<Shift>,
    /// Documents that only the second file has, in its order.
    pub added: Vec<Listed>,
    /// Documents that only the first file has, in its order.
    pub removed: Vec<Listed>,
    /// Documents that differ in their labels, text or regions, in the order of the second file.
    pub changed: Vec<DocumentChange>,
    /// Documents that cannot be compared, in the order of the second file.
    pub not_compared: Vec<NotCompared>,
}

impl Difference {
    /// Whether all was compared and nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_whole()
            && self.absent.is_none()
            && self.renamed.is_empty()
            && self.declared.is_empty()
            && self.members.is_empty()
            && self.shifts.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
    }

    /// Whether all could be read and compared.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.not_compared.is_empty() && self.sides.iter().all(|side| side.unread == 0)
    }

    /// How many labels of documents that both files have have become of that kind.
    #[must_use]
    pub fn count(&self, kind: ChangeKind) -> u64 {
        let kinds = ChangeKind::ALL.iter().zip(self.counts.labels);
        kinds.filter(|(it, _)| **it == kind).map(|(_, n)| n).sum()
    }
}
