//! How findings are fixed in a labels file.

use super::wire;
use crate::diagnostics::FixAction;
use crate::json::change::{Change, Op};
use crate::json::{Locator, Node, Pointer, spell};
use crate::model::{At, Kind, Project};

/// What to change in a document. `pointer` says where a place stands in it.
pub(super) fn changes(
    project: &Project,
    fix: &FixAction,
    pointer: impl Fn(At) -> Pointer,
) -> Vec<Change> {
    let names = wire::names(project.shape);
    let set = |at: At, name: &str, value: String| Change {
        pointer: pointer(at).key(name),
        op: Op::Set(value),
    };
    match fix {
        FixAction::Extent(at, span) => {
            let (offset, length) = match at {
                At::Label(_) => (names.offset, names.length),
                At::Region(_) => (names.region_offset, names.region_length),
                _ => return Vec::new(),
            };
            vec![
                set(*at, offset, span.start.to_string()),
                set(*at, length, span.len().to_string()),
            ]
        }
        FixAction::Remove(at) => vec![Change {
            pointer: pointer(*at),
            op: Op::Remove,
        }],
        FixAction::Rename(at @ At::Label(_), name) => vec![set(*at, names.label, spell(name))],
        FixAction::Rename(at @ At::Class(_), name) => vec![set(*at, names.class, spell(name))],
        FixAction::Split(split) => vec![Change {
            pointer: pointer(At::Document),
            op: Op::Member(
                "dataset",
                spell(split),
                &["language", "culture", "location"],
            ),
        }],
        _ => Vec::new(),
    }
}

/// What to change around the documents. The locator is of the outline.
pub(super) fn header_change(
    project: &Project,
    locator: &Locator<'_>,
    fix: &FixAction,
) -> Option<Change> {
    // In the earlier shapes labels may be named by their index among the declarations.
    if project.shape.is_foreign() {
        return None;
    }
    match fix {
        FixAction::Declare(label) => {
            let own = match project.kind? {
                Kind::SingleLabelClassification | Kind::MultiLabelClassification => "classes",
                Kind::EntityRecognition | Kind::Healthcare => "entities",
                Kind::TextSentiment | Kind::AbstractiveSummarization => return None,
            };
            let pointer = Pointer::root().key("assets").key(own);
            let array = locator.node(&pointer)?;
            let last = locator.len(array).checked_sub(1);
            let last = last.and_then(|last| locator.item(array, last));
            Some(Change {
                pointer,
                op: Op::Append(declaration(last, label)),
            })
        }
        FixAction::RenameDeclared(pointer, name) => Some(Change {
            pointer: pointer.key("category"),
            op: Op::Set(spell(name)),
        }),
        FixAction::Undeclare(pointer) => Some(Change {
            pointer: pointer.clone(),
            op: Op::Remove,
        }),
        _ => None,
    }
}

/// A declaration, spelled as the one before it where that holds nothing but its name.
fn declaration(before: Option<Node<'_>>, label: &str) -> String {
    let label = spell(label);
    let like = before.and_then(|node| {
        let members = node.members();
        let [member] = members.as_slice() else {
            return None;
        };
        let bytes = member.value.range_in(node.raw())?;
        let (head, tail) = (&node.raw()[..bytes.start], &node.raw()[bytes.end..]);
        (member.key() == "category").then(|| format!("{head}{label}{tail}"))
    });
    like.unwrap_or_else(|| format!("{{ \"category\": {label} }}"))
}
