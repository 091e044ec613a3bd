//! Annotations as they stand in the file: what their members are called.

/// The members of annotations by which a pair is told, and read.
pub(super) const MEMBERS: [&str; 3] = ["entities", "cats", "spans"];

/// The array of pairs, where an object holds it, and the labels beside it.
pub(super) const ANNOTATIONS: &str = "annotations";
pub(super) const CLASSES: &str = "classes";

/// The tool whose rules these are, with the version that was run.
pub(super) const TOOL: &str = "spaCy 3.8.18";
