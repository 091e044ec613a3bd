//! What a document is labeled with.

use std::borrow::Cow;

use super::Address;
use crate::text::Span;

/// What a document is labeled with: spans, classes and a summary, each where its project has
/// them. Azure's projects have one of the three; other tools label with several at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels<'a> {
    /// Spans of text with a label each.
    pub spans: Option<Spans<'a>>,
    /// Classes of the document as a whole.
    pub classes: Option<Classes<'a>>,
    /// Where the summary lies.
    pub summary: Option<Address<'a>>,
}

/// Spans of text with a label each.
#[derive(Clone, Debug, PartialEq)]
pub struct Spans<'a> {
    /// The labels, of all regions one after the other.
    pub labels: Vec<Label<'a>>,
    /// The stretches of text that training looks at; `None` where the format has none, and empty
    /// where a document is unlabeled.
    pub regions: Option<Vec<Region>>,
    /// Whether each is positive, negative or neutral, and no entity.
    pub are_sentiments: bool,
}

/// Classes of a document as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Classes<'a> {
    /// One, or none yet.
    One(Option<Class<'a>>),
    /// Any number.
    Many(Vec<Class<'a>>),
}

impl<'a> Labels<'a> {
    /// Entities. Without `regions` the format has none.
    #[must_use]
    pub const fn entities(labels: Vec<Label<'a>>, regions: Option<Vec<Region>>) -> Self {
        Self {
            spans: Some(Spans {
                labels,
                regions,
                are_sentiments: false,
            }),
            classes: None,
            summary: None,
        }
    }

    /// Spans that are positive, negative or neutral.
    #[must_use]
    pub const fn sentiments(labels: Vec<Label<'a>>) -> Self {
        Self {
            spans: Some(Spans {
                labels,
                regions: None,
                are_sentiments: true,
            }),
            classes: None,
            summary: None,
        }
    }

    /// One class, or none yet.
    #[must_use]
    pub const fn class(class: Option<Class<'a>>) -> Self {
        Self {
            spans: None,
            classes: Some(Classes::One(class)),
            summary: None,
        }
    }

    /// Any number of classes.
    #[must_use]
    pub const fn classes(classes: Vec<Class<'a>>) -> Self {
        Self {
            spans: None,
            classes: Some(Classes::Many(classes)),
            summary: None,
        }
    }

    /// The place of a summary.
    #[must_use]
    pub const fn summary(address: Address<'a>) -> Self {
        Self {
            spans: None,
            classes: None,
            summary: Some(address),
        }
    }

    /// Whether spans of text are labeled as entities.
    #[must_use]
    pub const fn has_entities(&self) -> bool {
        matches!(&self.spans, Some(spans) if !spans.are_sentiments)
    }

    /// Whether spans of text are labeled as positive, negative or neutral.
    #[must_use]
    pub const fn has_sentiments(&self) -> bool {
        matches!(&self.spans, Some(spans) if spans.are_sentiments)
    }

    /// Whether the document as a whole has one class at most.
    #[must_use]
    pub const fn has_one_class(&self) -> bool {
        matches!(self.classes, Some(Classes::One(_)))
    }

    /// Whether the document has a place for regions.
    #[must_use]
    pub const fn is_regional(&self) -> bool {
        matches!(&self.spans, Some(spans) if spans.regions.is_some())
    }

    /// How many there are: spans and classes.
    #[must_use]
    pub fn count(&self) -> usize {
        let spans = self.spans.as_ref().map_or(0, |spans| spans.labels.len());
        spans + self.classes.as_ref().map_or(0, |all| all.as_slice().len())
    }
}

impl<'a> Classes<'a> {
    /// The classes, in the file's order.
    #[must_use]
    pub fn as_slice(&self) -> &[Class<'a>] {
        match self {
            Self::One(class) => class.as_slice(),
            Self::Many(classes) => classes,
        }
    }
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
    /// The text that the file says it covers, where it does: evidence of its unit. What turned out
    /// to be none is not kept, see [`crate::alignment::settle_units`].
    pub covered: Option<Cow<'a, str>>,
}

/// A stretch of text that training looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its extent.
    pub span: Span,
    /// Its index in the file's array of regions.
    pub index: usize,
}
