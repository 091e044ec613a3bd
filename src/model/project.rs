//! What stands once in a corpus: its kind, its metadata and the labels that it declares.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::json::Pointer;

/// What a project labels. Named after Azure AI Language's `projectKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Spans of text with a label each (NER).
    EntityRecognition,
    /// One class a document.
    SingleLabelClassification,
    /// Any number of classes a document.
    MultiLabelClassification,
    /// Spans of text, each positive, negative or neutral.
    TextSentiment,
    /// NER with entity components, for health care.
    Healthcare,
    /// Documents with a summary each.
    AbstractiveSummarization,
}

impl Kind {
    /// Every kind of the text family.
    pub const ALL: [Self; 6] = [
        Self::EntityRecognition,
        Self::SingleLabelClassification,
        Self::MultiLabelClassification,
        Self::TextSentiment,
        Self::Healthcare,
        Self::AbstractiveSummarization,
    ];

    /// Today's spelling of the `projectKind` (analyzetext-authoring 2022-05-01 and later).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EntityRecognition => "CustomEntityRecognition",
            Self::SingleLabelClassification => "CustomSingleLabelClassification",
            Self::MultiLabelClassification => "CustomMultiLabelClassification",
            Self::TextSentiment => "CustomTextSentiment",
            Self::Healthcare => "CustomHealthcare",
            Self::AbstractiveSummarization => "CustomAbstractiveSummarization",
        }
    }

    /// What a person calls it.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::EntityRecognition => "entity recognition",
            Self::SingleLabelClassification => "single-label classification",
            Self::MultiLabelClassification => "multi-label classification",
            Self::TextSentiment => "sentiment",
            Self::Healthcare => "healthcare",
            Self::AbstractiveSummarization => "abstractive summarization",
        }
    }

    /// Whether its labels are spans of text.
    #[must_use]
    pub const fn has_spans(self) -> bool {
        matches!(
            self,
            Self::EntityRecognition | Self::Healthcare | Self::TextSentiment
        )
    }

    /// Whether its labels are classes of documents.
    #[must_use]
    pub const fn has_classes(self) -> bool {
        matches!(
            self,
            Self::SingleLabelClassification | Self::MultiLabelClassification
        )
    }

    /// Whether its labels are declared by the project.
    #[must_use]
    pub const fn declares(self) -> bool {
        !matches!(self, Self::TextSentiment | Self::AbstractiveSummarization)
    }
}

/// How far the shape of a file is from the one that its format has today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Today's.
    #[default]
    Today,
    /// Today's but for names of members, so that edits bring it up to date.
    Renamed,
    /// An earlier one, by a number that its format gives it. A file is written anew to bring it up
    /// to date.
    Earlier(u8),
}

impl Shape {
    /// Whether today's shape is so far from it that a file is written anew.
    #[must_use]
    pub const fn is_foreign(self) -> bool {
        matches!(self, Self::Earlier(_))
    }
}

/// A label or class that a project declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub pointer: Pointer,
    /// Its bytes in the file.
    pub bytes: Range<u64>,
}

/// A value in the header of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderMember {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its bytes in the file.
    pub bytes: Range<u64>,
}

/// Where the members of a project stand that rules speak of; `None` where they are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderMembers {
    /// `projectName`
    pub name: Option<HeaderMember>,
    /// `language`
    pub language: Option<HeaderMember>,
    /// `multilingual`
    pub multilingual: Option<HeaderMember>,
}

/// What the first row of a table says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The byte that parts cells.
    pub separator: u8,
    /// The names of the columns, in their order.
    pub columns: Vec<String>,
    /// Whether one of them assigns documents to splits.
    pub has_splits: bool,
    /// The columns that the user says hold the texts and the names of documents, by their index.
    pub told: [Option<usize>; 2],
}

/// What stands once in a corpus. An AML export has nothing of it: all is empty then.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Project {
    /// The kind, where the header tells it.
    pub kind: Option<Kind>,
    /// How old the file's shape is.
    pub shape: Shape,
    /// Whether the header leaves open if documents have one class or several; then they have
    /// one where every document does.
    pub one_class_or_several: bool,
    /// `projectFileVersion`
    pub version: Option<String>,
    /// `projectName`
    pub name: Option<String>,
    /// `storageInputContainerName`
    pub container: Option<String>,
    /// `language`, BCP-47
    pub language: Option<String>,
    /// `multilingual`
    pub multilingual: Option<bool>,
    /// `description`
    pub description: Option<String>,
    /// `settings`, where they hold anything: JSON text without white space.
    pub settings: Option<String>,
    /// Where some of these members stand.
    pub places: HeaderMembers,
    /// The declared labels in their order.
    pub declared: Vec<Declaration>,
    /// The columns, where the file is a table.
    pub table: Option<Table>,
    /// How many members or columns the contract does not have, or that are null.
    pub extras: u64,
    /// Whether the records stand in the file by themselves, where the format has an array for them.
    pub without_array: bool,
    /// The member that holds the array of the records, in a format where that may also be the whole of
    /// the file.
    pub records_key: Option<&'static str>,
    /// Whether some of the declarations could not be read, so that nothing can be said of what
    /// is declared.
    pub declarations_unread: bool,
    /// Whether the list of the documents is absent, or no list.
    pub documents_unread: bool,
}

impl Project {
    /// The first declaration of each label.
    #[must_use]
    pub fn first_declarations(&self) -> BTreeMap<&str, &Declaration> {
        let declared = self.declared.iter().rev();
        declared
            .map(|declared| (&*declared.name, declared))
            .collect()
    }
}
