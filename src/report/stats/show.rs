//! What is shown of a corpus.

/// What is shown of each corpus.
#[derive(Clone, Copy, Debug)]
pub struct Show {
    /// How many words of each label.
    pub top: usize,
    /// Whether words of documents are hidden.
    pub redact: bool,
    /// Whether people who labeled are named.
    pub labelers: bool,
}
