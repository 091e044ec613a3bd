//! What has labels written into label files that exist: a record is changed where its labels change, and
//! a new record is laid out as those that are there.

use crate::json::patch::Edit;
use crate::model::{Document, Kind};
use crate::text::Span;

/// What becomes of a label of a record. Labels are meant by their index in [`Document::spans`], classes
/// by that in [`Document::classes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelEdit<'n> {
    /// The label gets another name.
    Rename(usize, &'n str),
    /// The label gets another place, in the format's unit.
    Move(usize, Span),
    /// The label goes.
    Remove(usize),
    /// There is a new label, in the region of that index in [`Document::regions`].
    Add(NewLabel<'n>, usize),
    /// The class gets another name.
    RenameClass(usize, &'n str),
    /// The class goes.
    RemoveClass(usize),
    /// There is a new class.
    AddClass(&'n str),
}

/// A label that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLabel<'n> {
    /// Its name.
    pub category: &'n str,
    /// Its place, in the format's unit.
    pub span: Span,
}

/// A record that is written.
#[derive(Clone, Debug)]
pub struct NewRecord<'n> {
    /// What the project labels.
    pub kind: Kind,
    /// The name of the document.
    pub name: &'n str,
    /// Its language; `None` where it is that of the documents that are there.
    pub language: Option<&'n str>,
    /// The set that it belongs to.
    pub split: Option<&'n str>,
    /// The length of the text, in the format's unit.
    pub length: i64,
    /// The labels on spans.
    pub labels: Vec<NewLabel<'n>>,
    /// The classes.
    pub classes: Vec<&'n str>,
}

/// What writes labels into the records of a format. `like` is a record that others are laid out like.
pub trait Relabeler: Sync {
    /// Whether a record can be the one that others are laid out like.
    fn is_model(&self, kind: Kind, record: &str) -> bool;

    /// A record to lay others out like where a file has none. `is_compact` tells whether the file has no
    /// white space.
    fn model(&self, kind: Kind, is_compact: bool) -> &'static str;

    /// The edits of a record, in its bytes, sorted and apart from one another. `length` is that of its
    /// text, in the format's unit.
    ///
    /// `None` where the labels stand there in a form that cannot be changed so.
    fn relabel(
        &self,
        document: &Document<'_>,
        edits: &[LabelEdit<'_>],
        length: i64,
        like: &str,
    ) -> Option<Vec<Edit>>;

    /// A new record.
    ///
    /// `None` where `like` is no record that others can be laid out like.
    fn record(&self, new: &NewRecord<'_>, like: &str) -> Option<String>;
}
