//! What is compared: spans or classes.

/// What the labels of both sides are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Spans of text with a label each.
    Spans,
    /// One class a document.
    OneClass,
    /// Any number of classes a document.
    ClassSets,
}

impl Task {
    /// What a person calls it.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Spans => "labels on spans of text",
            Self::OneClass => "one class a document",
            Self::ClassSets => "sets of classes",
        }
    }
}
