//! What reading a record gives.

use crate::diagnostics::Located;
use crate::json::patch::Edit;
use crate::model::{Document, Kind, NotAccepted};

/// What a record turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordForm {
    /// A document of a project of this kind.
    Kind(Kind),
    /// A document with a class, of a format that writes one class and several in one way: whether
    /// it has several is no kind of its own.
    Classes {
        /// Whether it has several, or could have.
        several: bool,
    },
    /// A document that does not tell its kind (`"label":[]`).
    Undecided,
    /// A line of an image project.
    Image,
    /// A prediction whose one string names several classes.
    Prediction,
    /// No document, since nobody has said that what it holds is right.
    NotAccepted(NotAccepted),
    /// No document. The facts say why, unless the record is blank.
    Unreadable,
}

/// What reading a record gave.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The document, as far as it could be read.
    pub document: Option<Document<'a>>,
    /// What the record is.
    pub form: RecordForm,
    /// What is not as it should be.
    pub issues: Vec<Located>,
    /// What to change in the record so that it has today's shape, in bytes of the record.
    pub edits: Vec<Edit>,
}

impl<'a> Reading<'a> {
    /// What a quick reader has made of a record that it has nothing to say of.
    #[must_use]
    pub const fn plain(document: Document<'a>, form: RecordForm) -> Self {
        Self {
            document: Some(document),
            form,
            issues: Vec::new(),
            edits: Vec::new(),
        }
    }

    /// What a careful reader has made of a record; without anything it is unreadable, and the issues
    /// say why.
    #[must_use]
    pub fn careful(read: Option<(Option<Document<'a>>, RecordForm)>, issues: Vec<Located>) -> Self {
        let (document, form) = read.unwrap_or((None, RecordForm::Unreadable));
        Self {
            document,
            form,
            issues,
            edits: Vec::new(),
        }
    }
}
