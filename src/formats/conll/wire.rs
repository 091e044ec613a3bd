//! The names of the format, as they stand in its files.

/// What a line begins with that stands before a document.
pub(super) const DOCSTART: &str = "-DOCSTART-";

/// The keys of comments that name a document, the surest first.
pub(super) const NAMES: [&str; 4] = ["newdoc id", "newdoc_id", "doc_id", "id"];

/// The columns of CoNLL-U.
pub(super) const UNIVERSAL: usize = 10;

/// The keys in its last column under which tags of names stand.
pub(super) const KEYS: [&str; 4] = ["ner", "name", "ne", "entity"];
