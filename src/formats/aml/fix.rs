//! How findings are fixed in a line.

use crate::diagnostics::FixAction;
use crate::json::change::{Change, Op};
use crate::json::{Pointer, spell};
use crate::model::{At, Confidence, Document};

/// What to change in a line. `pointer` says where a place stands in it.
pub(super) fn changes(
    document: &Document<'_>,
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
            let confidence = Pointer::root().key("label_confidence").item(label.last());
            let remove = |pointer| Change {
                pointer,
                op: Op::Remove,
            };
            match document.extras.confidence {
                Confidence::Absent | Confidence::Inapplicable => vec![remove(label)],
                _ => vec![remove(label), remove(confidence)],
            }
        }
        _ => Vec::new(),
    }
}
