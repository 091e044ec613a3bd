//! The keys of the file, once for the parser and for the schema.

/// A key of the file.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What editors show.
    pub(super) about: &'static str,
    pub(super) place: Slot,
}

/// Where a key may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
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
            Slot::Top => !in_override,
            Slot::Both => true,
            Slot::Override => in_override,
        }
    }
}

const fn key(name: &'static str, place: Slot, about: &'static str) -> Key {
    Key { name, about, place }
}

/// Every key but those inside `rules` and `thresholds`, in the order of the documentation.
pub(super) const KEYS: [Key; 13] = [
    key(
        "paths",
        Slot::Override,
        "The label files that this override is about: patterns as in .gitignore, relative to \
         the folder of this file.",
    ),
    key(
        "select",
        Slot::Top,
        "Run these rules and groups only. `--select` takes the place of it.",
    ),
    key(
        "ignore",
        Slot::Top,
        "Do not run these rules and groups. `--ignore` adds to it.",
    ),
    key(
        "exclude",
        Slot::Top,
        "Files that are left out of folders: patterns as in .gitignore, relative to the folder of \
         this file. A file that is named on the command line is looked at all the same.",
    ),
    key(
        "rules",
        Slot::Both,
        "Which rules run, and how much their findings weigh. A rule's own name weighs more than \
         its group's, and a group's more than `all`.",
    ),
    key(
        "thresholds",
        Slot::Both,
        "Where the rules draw their lines.",
    ),
    key(
        "texts",
        Slot::Both,
        "Folders, or text packs, that documents are looked up in, relative to the folder of this file; the first \
         match wins.",
    ),
    key(
        "no-texts",
        Slot::Both,
        "Check what can be checked without the documents.",
    ),
    key(
        "offsets",
        Slot::Both,
        "Unit of the offsets in an Azure ML file (a Language file states its own).",
    ),
    key(
        "profile",
        Slot::Both,
        "Service flow that the label files must be ready for.",
    ),
    key(
        "fail-on",
        Slot::Top,
        "Lowest severity that makes the exit status 1.",
    ),
    key(
        "max-warnings",
        Slot::Top,
        "Exit with status 1 where the label files that this file is about have more warnings, \
         all together.",
    ),
    key(
        "overrides",
        Slot::Top,
        "What is otherwise for some label files. Where several match, the later ones win.",
    ),
];

/// The levels of a rule in `rules`.
pub(super) const LEVELS: [&str; 4] = ["off", "note", "warning", "error"];

/// The values of `fail-on`.
pub(super) const FAIL_ON: [&str; 4] = ["error", "warning", "note", "never"];
