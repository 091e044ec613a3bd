//! A record as it stands in the file: what its members are called.

use crate::formats::fields::{Field, Fields};
use crate::json::Kind;

/// Members that the text stands in.
pub(super) const TEXTS: [&str; 1] = ["text"];

/// Members that spans stand in, and classes.
pub(super) const SPANS: [&str; 4] = ["entities", "spans", "ner", "annotations"];

/// The member of tokens, those that tags of names stand in, and those of other tags.
pub(super) const TOKENS: &str = "tokens";
pub(super) const TAGS: [&str; 4] = ["ner_tags", "tags", "labels", "ner"];
pub(super) const COLUMNS: [&str; 4] = ["pos_tags", "chunk_tags", "upos", "xpos"];

pub(super) const CLASSES: [&str; 2] = ["label", "labels"];

/// The members of a span.
pub(super) const SPAN: [&str; 3] = ["start", "end", "label"];

/// All members of a record that mean something.
pub(super) const MEMBERS: [&str; 15] = [
    "text",
    "entities",
    "spans",
    "ner",
    "annotations",
    "label",
    "labels",
    "name",
    "file",
    "filename",
    "location",
    "id",
    "dataset",
    "split",
    "language",
];

/// The member that holds the spans of a record: the first that has some, or is empty.
pub(super) fn spans_of<'a>(record: &Fields<'a>) -> Option<Field<'a>> {
    let fields = SPANS.iter().filter_map(|name| record.find(name));
    let mut lists = fields.filter(|field| field.node.kind() == Kind::Array);
    let first = lists.next()?;
    let is_empty = |field: &Field<'_>| field.node.items().is_empty();
    let full = is_empty(&first).then(|| lists.find(|field| !is_empty(field)));
    Some(full.flatten().unwrap_or(first))
}

/// The member that holds the classes of a record: the first that has one, or has none.
pub(super) fn classes_of<'a>(record: &Fields<'a>) -> Option<Field<'a>> {
    let mut fields = CLASSES.iter().filter_map(|name| record.find(name));
    let first = fields.next()?;
    let has_some = |field: &Field<'_>| match field.node.kind() {
        Kind::Null => false,
        Kind::Array => !field.node.items().is_empty(),
        _ => true,
    };
    let other = (!has_some(&first)).then(|| fields.find(has_some)).flatten();
    Some(other.unwrap_or(first))
}
