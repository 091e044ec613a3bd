//! The names of the format, as they stand in its files.

/// What a line begins with that stands before a document.
pub(super) const DOCSTART: &str = "-DOCSTART-";

/// The keys of comments that name a document, the surest first.
pub(super) const NAMES: [&str; 4] = ["newdoc id", "newdoc_id", "doc_id", "id"];

/// The columns of CoNLL-U.
pub(super) const UNIVERSAL: usize = 10;

/// The keys in its last column under which tags of names stand.
pub(super) const KEYS: [&str; 4] = ["ner", "name", "ne", "entity"];

/// What the names of files call the set for training.
pub(super) const TRAIN: [&str; 3] = ["train", "training", "trn"];

/// What they call the set for development; `testa` is that of the shared task of 2003.
pub(super) const DEV: [&str; 6] = ["dev", "devel", "valid", "validation", "val", "testa"];

/// What they call the set for testing.
pub(super) const TEST: [&str; 3] = ["test", "tst", "testb"];
