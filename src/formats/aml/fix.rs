//! How findings are fixed in a line.

use std::iter;

use crate::diagnostics::FixAction;
use crate::json::change::{Change, Op};
use crate::json::{Locator, Pointer, spell};
use crate::model::{At, Document};

/// What to change in a line. `pointer` says where a place stands in it.
pub(super) fn changes(
    document: &Document<'_>,
    line: &Locator<'_>,
    fix: &FixAction,
    pointer: impl Fn(At) -> Pointer,
) -> Vec<Change> {
    match fix {
        FixAction::Extent(at @ At::Label(_), span) => {
            let set = |name: &str, value: i64| Change {
                pointer: pointer(*at).key(name),
                op: Op::Set(value.to_string()),
            };
            vec![set("offsetStart", span.start), set("offsetEnd", span.end)]
        }
        FixAction::Rename(at @ At::Label(_), name) => vec![Change {
            pointer: pointer(*at).key("label"),
            op: Op::Set(spell(name)),
        }],
        FixAction::Rename(at @ At::Class(_), name) => vec![Change {
            pointer: pointer(*at),
            op: Op::Set(spell(name)),
        }],
        FixAction::Remove(at @ (At::Label(_) | At::Class(_))) => {
            if document.labels.has_one_class() {
                return Vec::new();
            }
            let label = pointer(*at);
            let confidences = Pointer::root().key("label_confidence");
            let items = |pointer: &Pointer| line.node(pointer).map(|array| line.len(array));
            // Of numbers that do not run parallel to the labels nobody knows whose they are.
            let has_own = label.parent().and_then(|labels| items(&labels)) == items(&confidences);
            let own = has_own.then(|| confidences.item(label.last()));
            let remove = |pointer| Change {
                pointer,
                op: Op::Remove,
            };
            iter::once(label).chain(own).map(remove).collect()
        }
        _ => Vec::new(),
    }
}
