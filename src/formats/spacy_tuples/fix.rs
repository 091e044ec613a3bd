//! How findings are fixed in a pair.

use crate::diagnostics::FixAction;
use crate::json::change::{Change, Op};
use crate::json::{Node, Pointer, spell};
use crate::model::{At, Document};

/// What to change in a pair. `pointer` says where a place stands in it.
pub(super) fn changes(
    document: &Document<'_>,
    fix: &FixAction,
    pointer: impl Fn(At) -> Pointer,
) -> Vec<Change> {
    let set = |pointer: Pointer, value: String| Change {
        pointer,
        op: Op::Set(value),
    };
    match fix {
        FixAction::Extent(at @ At::Label(_), span) => {
            let place = pointer(*at);
            vec![
                set(place.item(0), span.start.to_string()),
                set(place.item(1), span.end.to_string()),
            ]
        }
        FixAction::Rename(at @ At::Label(_), name) => {
            vec![set(pointer(*at).item(2), spell(name))]
        }
        FixAction::Rename(at @ At::Class(_), name) => {
            let place = pointer(*at);
            let pair = Node::parse(document.source).ok();
            let value_at = |place: &Pointer| pair.and_then(|pair| value_at(pair, place));
            let Some(value) = value_at(&place).map(|value| value.raw().to_owned()) else {
                return Vec::new();
            };
            let other = place.parent().map(|cats| cats.key(name));
            match other.filter(|other| value_at(other).is_some()) {
                // The text has that class already, or has now.
                Some(other) => vec![
                    set(other, value),
                    Change {
                        pointer: place,
                        op: Op::Remove,
                    },
                ],
                None => vec![Change {
                    pointer: place,
                    op: Op::Rename(name.clone(), value),
                }],
            }
        }
        FixAction::Remove(at @ At::Label(_)) => vec![Change {
            pointer: pointer(*at),
            op: Op::Remove,
        }],
        // What a class is not, is written too.
        FixAction::Remove(at @ At::Class(_)) if !document.labels.has_one_class() => {
            vec![set(pointer(*at), "0.0".to_owned())]
        }
        _ => Vec::new(),
    }
}

/// The value that a pointer leads to.
fn value_at<'a>(root: Node<'a>, pointer: &Pointer) -> Option<Node<'a>> {
    pointer.tokens().try_fold(root, |node, token| {
        if let Ok(index) = token.parse::<usize>()
            && let Some(item) = node.items().into_iter().nth(index)
        {
            return Some(item);
        }
        let members = node.members().into_iter();
        let found = members.rev().find(|member| member.key() == token)?;
        Some(found.value)
    })
}
