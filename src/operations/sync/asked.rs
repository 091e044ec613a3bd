//! What is asked of `sync`.

use crate::comparison::Prefer;
use crate::operations::read::Corpus;

/// What is put into a project, and how.
pub struct Sync<'a> {
    /// The export.
    pub labels: &'a Corpus<'a>,
    /// What the project and the export have come from.
    pub base: Option<&'a Corpus<'a>>,
    /// Which side wins where both have changed a label, each in its own way.
    pub prefer: Option<Prefer>,
    /// Whether documents go that the export lacks.
    pub prune: bool,
    /// The set that new documents belong to, where the export does not say it.
    pub split: Option<&'a str>,
    /// What the names of all documents of the export begin with in the project, so that none of them is one
    /// that is there.
    pub prefix: Option<&'a str>,
    /// Whether no words of texts are to be kept.
    pub hides_words: bool,
}
