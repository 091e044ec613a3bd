//! What is asked of `sync`.

use std::collections::BTreeMap;

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
    /// Documents of the export whose names stand for other addresses in the project: by their places among
    /// the records, from 0, those other addresses. Each is the project's document only if both have one text.
    pub elsewhere: Option<&'a BTreeMap<u64, Elsewhere>>,
    /// Whether no words of texts are to be kept.
    pub hides_words: bool,
}

/// A document that two files have under one name and at two addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its address here.
    pub here: String,
    /// Its address there.
    pub there: String,
    /// The file that has it there.
    pub file: String,
}
