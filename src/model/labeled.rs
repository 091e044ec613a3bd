//! A document that owns what it holds, with its text: what is compared, evaluated and counted apart from
//! the file that it stands in.

use std::ops::Range;

use crate::text::Span;

/// A document of a label file, with its text and its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabeledDocument {
    /// Its place among the documents of the file, from 0.
    pub index: u64,
    /// The bytes of its record in the file.
    pub record: Range<u64>,
    /// Its name: the path that the label file has for its text.
    pub name: String,
    /// Its text, where it was found and is UTF-8.
    pub text: Option<String>,
    /// The labels on spans of the text, in the order of the file.
    pub spans: Vec<LabeledSpan>,
    /// The classes of the document as a whole, in the order of the file.
    pub classes: Vec<String>,
    /// The set that it belongs to: `Train`, `Dev`, `Test`, or as the file spells it.
    pub split: Option<String>,
    /// The language, BCP-47, where the file says one.
    pub language: Option<String>,
}

/// A label on a span of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabeledSpan {
    /// The label's name.
    pub category: String,
    /// The numbers that the file has, in the unit of its offsets; the end is exclusive.
    pub declared: Span,
    /// The bytes of the text that they name; `None` where that is not proved.
    pub bytes: Option<Range<usize>>,
}
