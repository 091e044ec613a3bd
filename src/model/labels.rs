//! What a document is labeled with.

use std::borrow::Cow;

use super::Address;
use crate::text::Span;

/// The labels of a document; the variant follows the kind of the project.
#[derive(Clone, Debug, PartialEq)]
pub enum Labels<'a> {
    /// Entities. `regions` is `None` where the format has none (AML) and empty where a document
    /// is unlabeled.
    Spans {
        /// The labels of all regions, one region after the other.
        labels: Vec<Label<'a>>,
        /// The stretches of text that training looks at.
        regions: Vec<Region>,
        /// Whether the format has regions at all.
        regional: bool,
    },
    /// Spans without regions, each positive, negative or neutral.
    Sentiments(Vec<Label<'a>>),
    /// One class, or none yet.
    Class(Option<Class<'a>>),
    /// Any number of classes.
    Classes(Vec<Class<'a>>),
    /// Where the summary lies.
    Summary(Address<'a>),
}

/// A class on a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class<'a> {
    /// The class's name.
    pub category: Cow<'a, str>,
    /// Its index in the file's array of classes (0 where there is none).
    pub index: usize,
    /// Its spelling, where it is a number or a truth value instead of a string.
    pub spelled: Option<&'a str>,
}

/// A labelled span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The label's name.
    pub category: Cow<'a, str>,
    /// Where it stands; absolute in the document, whatever its region.
    pub span: Span,
    /// The region that holds it, an index of the file's array (0 where there are none).
    pub region: usize,
    /// Its index in the file's array of labels.
    pub index: usize,
}

/// A stretch of text that training looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its extent.
    pub span: Span,
    /// Its index in the file's array of regions.
    pub index: usize,
}
