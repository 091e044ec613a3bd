//! A line as it stands in the file: what its members are called.

use crate::formats::fields::{Field, Fields};
use crate::json::Kind;

/// Members that the text stands in. The last is the name that the importer's form proposes.
pub(super) const TEXTS: [&str; 3] = ["text", "data", "column_data"];

/// The member that labels are written to.
pub(super) const LABEL: &str = "label";

/// Members that labels stand in.
pub(super) const LISTS: [&str; 6] = [
    "label",
    "labels",
    "entities",
    "annotations",
    "column_label",
    "cats",
];

/// The members of a span that is an object. `id` is what relations name it by, and `user` who made it.
pub(super) const SPAN: [&str; 5] = ["id", "label", "start_offset", "end_offset", "user"];

/// All members of a line that mean something.
pub(super) const MEMBERS: [&str; 19] = [
    "text",
    "data",
    "column_data",
    "label",
    "labels",
    "entities",
    "annotations",
    "column_label",
    "cats",
    "relations",
    "Comments",
    "name",
    "file",
    "filename",
    "location",
    "id",
    "dataset",
    "split",
    "language",
];

/// What a member for labels holds, told by its first item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Spans,
    Classes,
    Nothing,
}

pub(super) fn holds(field: &Field<'_>) -> Holds {
    match field.node.kind() {
        Kind::Null => Holds::Nothing,
        Kind::Array => {
            let first = field.node.items().into_iter().next();
            match first.map(crate::json::Node::kind) {
                None => Holds::Nothing,
                Some(Kind::Array | Kind::Object) => Holds::Spans,
                Some(_) => Holds::Classes,
            }
        }
        _ => Holds::Classes,
    }
}

/// The first member with labels of that sort.
pub(super) fn list_of<'a>(line: &Fields<'a>, wanted: Holds) -> Option<Field<'a>> {
    let fields = LISTS.iter().filter_map(|name| line.find(name));
    fields.into_iter().find(|field| holds(field) == wanted)
}
