//! The keys of the file, once for the parser and for the schema.

/// A key of the file.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What editors show.
    pub(super) about: &'static str,
    pub(super) place: Place,
}

/// Where a key may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the top of the file.
    Top,
    /// There, and in an override.
    Both,
    /// In an override.
    Override,
}

impl Key {
    /// Whether it may stand at the top, or in an override.
    pub(super) fn is_allowed(&self, in_override: bool) -> bool {
        match self.place {
            Place::Top => !in_override,
            Place::Both => true,
            Place::Override => in_override,
        }
    }
}

const fn key(name: &'static str, place: Place, about: &'static str) -> Key {
    Key { name, about, place }
}

/// Every key but those inside `rules` and `thresholds`, in the order of the documentation.
pub(super) const KEYS: [Key; 12] = [
    key(
        "paths",
        Place::Override,
        "The label files that this override is about: patterns as in .gitignore, relative to \
         the folder of this file.",
    ),
    key(
        "select",
        Place::Top,
        "Run these rules and groups only. `--select` takes the place of it.",
    ),
    key(
        "ignore",
        Place::Top,
        "Do not run these rules and groups. `--ignore` adds to it.",
    ),
    key(
        "rules",
        Place::Both,
        "Which rules run, and how much their findings weigh. A rule's own name weighs more than \
         its group's, and a group's more than `all`.",
    ),
    key(
        "thresholds",
        Place::Both,
        "Where the rules draw their lines.",
    ),
    key(
        "texts",
        Place::Both,
        "Folders that documents are looked up in, relative to the folder of this file; the first \
         match wins.",
    ),
    key(
        "no-texts",
        Place::Both,
        "Check what can be checked without the documents.",
    ),
    key(
        "offsets",
        Place::Both,
        "Unit of the offsets in an Azure ML file (a Language file states its own).",
    ),
    key(
        "profile",
        Place::Both,
        "Service flow that the label files must be ready for.",
    ),
    key(
        "fail-on",
        Place::Top,
        "Lowest severity that makes the exit status 1.",
    ),
    key(
        "max-warnings",
        Place::Top,
        "Exit with status 1 where the label files that this file is about have more warnings, \
         all together.",
    ),
    key(
        "overrides",
        Place::Top,
        "What is otherwise for some label files. Where several match, the later ones win.",
    ),
];

/// The levels of a rule in `rules`.
pub(super) const LEVELS: [&str; 4] = ["off", "note", "warning", "error"];

/// The values of `fail-on`.
pub(super) const FAIL_ON: [&str; 4] = ["error", "warning", "note", "never"];
