//! What would fix a finding, whatever the format: rules say it, formats know how it is spelled.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::quote;
use crate::json::Pointer;
use crate::json::patch::Edit;
use crate::model::At;
use crate::text::Span;

/// A change to a document, or to what stands around the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixAction {
    /// The label or region gets this extent, in the unit of the file.
    Extent(At, Span),
    /// The label or class goes, with its confidence.
    Remove(At),
    /// The label or class gets another name.
    Rename(At, String),
    /// The declaration at the pointer gets another name.
    RenameDeclared(Pointer, String),
    /// The document gets this split.
    Split(&'static str),
    /// The project declares this label too.
    Declare(String),
    /// The declaration at the pointer goes.
    Undeclare(Pointer),
    /// The record goes; its bytes in the file.
    RemoveRecord(Range<u64>),
    /// The offsets of documents are written as what they count says: all their labels and regions.
    Recount,
}

impl FixAction {
    /// What is done, as in "remove the label".
    #[must_use]
    pub fn description(&self) -> String {
        let extent = |what: &str, span: &Span| {
            format!(
                "set the offsets of the {what} to {}..{}",
                span.start, span.end
            )
        };
        match self {
            Self::Extent(At::Region(_), span) => extent("region", span),
            Self::Extent(_, span) => extent("label", span),
            Self::Remove(At::Class(_)) => "remove the class".to_owned(),
            Self::Remove(_) => "remove the label".to_owned(),
            Self::Rename(_, name) | Self::RenameDeclared(_, name) => {
                format!("rename the label to {}", quote(name))
            }
            Self::Split(name) => format!("set the dataset to `{name}`"),
            Self::Declare(label) => format!("declare {}", quote(label)),
            Self::Undeclare(_) => "remove the declaration".to_owned(),
            Self::RemoveRecord(_) => "remove the record".to_owned(),
            Self::Recount => {
                "write the offsets of these documents as the service counts".to_owned()
            }
        }
    }

    /// The same for all that fixes one finding.
    #[must_use]
    pub fn descriptions(actions: &[Self]) -> String {
        let all: Vec<String> = actions.iter().map(Self::description).collect();
        all.join(" and ")
    }
}

/// The bytes that fix a finding. All of it is done, or nothing; but each part for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// Changes, in bytes of the file.
    pub edits: Vec<Edit>,
    /// Records that go, with what parts them from their neighbours; in bytes of the file.
    pub records: Vec<Range<u64>>,
    /// What fixes the documents that the finding is about, where each can be fixed without the
    /// others.
    pub parts: Vec<FixPart>,
    /// Documents that cannot be fixed: the name of each, and the rule that would speak of it then,
    /// where there is one.
    pub hopeless: Vec<(String, Option<String>)>,
    /// How well the spans of its document fit their places, where it changes spans or regions.
    pub fit: SpanFit,
}

/// What fixes one of the documents that a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixPart {
    /// The document, as findings name it.
    pub document: String,
    /// Changes, in bytes of the file.
    pub edits: Vec<Edit>,
}

/// How well the spans of a document fit their places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanFit {
    /// Its spans.
    pub spans: u64,
    /// Those that cut words or characters, or have white space at an edge.
    pub misplaced: u64,
    /// Whether several of them, or its region, speak for another way of counting.
    pub elsewhere: bool,
}
