//! What was changed in a label file, and why it was not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::diagnostics::{count, quote};
use crate::model::Document;
use crate::text::nearest;

/// What was changed in a label file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditCounts {
    /// Labels that were left out, by name.
    pub dropped: BTreeMap<String, u64>,
    /// Labels that were renamed, by the old name.
    pub renamed: BTreeMap<String, u64>,
    /// Documents that were left out.
    pub documents: u64,
    /// Documents that could not stay without their only class.
    pub bare: u64,
    /// Documents that got a set.
    pub assigned: u64,
    /// The first document whose form does not let it be changed so.
    pub(super) left: Option<String>,
    /// All labels that documents have.
    pub(super) seen: BTreeSet<String>,
}

impl EditCounts {
    /// Notes a document that cannot be changed.
    pub(super) fn leave(&mut self, document: &Document<'_>) {
        let name = document.address.path();
        self.left.get_or_insert_with(|| name.to_owned());
    }

    /// Adds those of another batch.
    pub(super) fn add(&mut self, other: Self) {
        for (own, others) in [
            (&mut self.dropped, other.dropped),
            (&mut self.renamed, other.renamed),
        ] {
            for (label, count) in others {
                *own.entry(label).or_default() += count;
            }
        }
        self.documents += other.documents;
        self.bare += other.bare;
        self.assigned += other.assigned;
        self.left = self.left.take().or(other.left);
        self.seen.extend(other.seen);
    }

    /// The first of the labels that the user names and the file does not have.
    pub(super) fn unknown(
        &self,
        named: &BTreeSet<&str>,
        declared: &BTreeSet<&str>,
    ) -> Option<EditRefusal> {
        let is_known = |label: &&&str| declared.contains(**label) || self.seen.contains(**label);
        let label = named.iter().find(|label| !is_known(label))?;
        let known = declared
            .iter()
            .copied()
            .chain(self.seen.iter().map(String::as_str));
        Some(EditRefusal::UnknownLabel {
            label: (*label).to_owned(),
            near: nearest(label, known).map(str::to_owned),
        })
    }

    /// Why what was given for several labels may mean one: there is a label of that name.
    pub(super) fn ambiguous(
        &self,
        parted: &BTreeSet<String>,
        declared: &BTreeSet<&str>,
    ) -> Option<EditRefusal> {
        let is_label = |whole: &&String| declared.contains(&***whole) || self.seen.contains(*whole);
        let label = parted.iter().find(is_label)?.clone();
        Some(EditRefusal::AmbiguousLabel { label })
    }

    /// What there is to say of it, a sentence each.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let mut told = Vec::new();
        let sum = |counts: &BTreeMap<String, u64>| {
            let of_label = |(label, count): (&String, &u64)| format!("{} {count}", quote(label));
            counts.iter().map(of_label).collect::<Vec<_>>().join(", ")
        };
        if self.documents > 0 {
            told.push(format!("left out {}", count(self.documents, "document")));
        }
        if !self.dropped.is_empty() {
            let all = self.dropped.values().sum();
            told.push(format!(
                "left out {}: {}",
                count(all, "label"),
                sum(&self.dropped)
            ));
        }
        if self.bare > 0 {
            let documents = count(self.bare, "document");
            told.push(format!(
                "left out {documents} without a class, which the format has no form for"
            ));
        }
        if !self.renamed.is_empty() {
            let all = self.renamed.values().sum();
            told.push(format!(
                "renamed {}: {}",
                count(all, "label"),
                sum(&self.renamed)
            ));
        }
        if self.assigned > 0 {
            told.push(format!("gave {} a set", count(self.assigned, "document")));
        }
        told
    }
}

/// Why a label file was not edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditRefusal {
    /// Its shape is an earlier one.
    Foreign,
    /// Not all of it can be read.
    Unreadable,
    /// A document has its labels in a form in which they cannot be changed.
    Unchangeable {
        /// The first such document.
        document: String,
    },
    /// What the user gave for several labels is the name of one.
    AmbiguousLabel {
        /// The label.
        label: String,
    },
    /// A label that the user names is not there.
    UnknownLabel {
        /// The label.
        label: String,
        /// The nearest that is there.
        near: Option<String>,
    },
}

impl fmt::Display for EditRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str(
                "its shape is an earlier one, in which labels cannot be changed; write today's first, \
                 with `convert --to language`",
            ),
            Self::Unreadable => f.write_str(
                "not all of it can be read, and nothing may be lost; `labelwright check` says what is wrong",
            ),
            Self::Unchangeable { document } => write!(
                f,
                "the labels of {} have a form in which they cannot be changed; convert it to `aml` or `language` \
                 first",
                quote(document),
            ),
            Self::AmbiguousLabel { label } => write!(
                f,
                "{} is one of its labels, and may mean several as well; write {} for the one label, or \
                 repeat the option for each of the several",
                quote(label),
                quote(&label.replace('\\', "\\\\").replace(',', "\\,"))
            ),
            Self::UnknownLabel { label, near } => {
                write!(f, "it has no label {}", quote(label))?;
                near.as_ref().map_or(Ok(()), |near| write!(f, "; did you mean {}?", quote(near)))
            }
        }
    }
}
