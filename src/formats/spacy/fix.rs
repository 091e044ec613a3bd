//! How findings are fixed in a record.

use super::place::Holder;
use super::wire::{DATASET, DERIVED};
use crate::diagnostics::FixAction;
use crate::json::change::{Change, Op};
use crate::json::{Kind, Node, Pointer, spell};
use crate::model::{At, Document};

/// What to change in a record. `pointer` says where a place stands in it.
pub(super) fn changes(
    document: &Document<'_>,
    fix: &FixAction,
    pointer: impl Fn(At) -> Pointer,
) -> Vec<Change> {
    let record = Node::parse(document.source).ok();
    let holder = record.and_then(Holder::of);
    let set = |pointer: Pointer, value: String| Change {
        pointer,
        op: Op::Set(value),
    };
    let remove = |pointer: Pointer| Change {
        pointer,
        op: Op::Remove,
    };
    match fix {
        FixAction::Extent(at @ At::Label(label), span) => {
            let place = pointer(*at);
            let mut changes = vec![
                set(place.key("start"), span.start.to_string()),
                set(place.key("end"), span.end.to_string()),
            ];
            // What follows from the extent would be wrong now, and Prodigy makes it anew.
            let item = record.zip(holder).and_then(|(record, holder)| {
                let index = document.spans().get(*label)?.index;
                let tokens: Vec<String> = holder.pointer().tokens().collect();
                let mut node = record;
                for token in &tokens {
                    let members = node.members();
                    node = members.iter().rev().find(|one| one.key() == *token)?.value;
                }
                node.items().into_iter().nth(index)
            });
            let members = item.map(Node::members).unwrap_or_default();
            let has = |name: &&&str| members.iter().any(|member| member.key() == **name);
            let derived = DERIVED.iter().filter(has);
            changes.extend(derived.map(|name| remove(place.key(name))));
            changes
        }
        FixAction::Rename(at @ At::Label(_), name) => {
            vec![set(pointer(*at).key("label"), spell(name))]
        }
        FixAction::Rename(at @ At::Class(_), name) if holder == Some(Holder::Label) => {
            vec![set(pointer(*at), spell(name))]
        }
        FixAction::Remove(at @ At::Label(_)) => vec![remove(pointer(*at))],
        // An option that was chosen goes from the list of those; it is still an option.
        FixAction::Remove(at @ At::Class(_)) if holder == Some(Holder::Accept) => {
            vec![remove(pointer(*at))]
        }
        FixAction::Split(split) => {
            let members = record.map(Node::members).unwrap_or_default();
            let meta = members.iter().rev().find(|member| member.key() == "meta");
            let has_meta = meta.is_some_and(|member| member.value.kind() == Kind::Object);
            let root = Pointer::root();
            let (pointer, op) = if has_meta {
                let op = Op::Member(DATASET, spell(split), &["file", "name"]);
                (root.key("meta"), op)
            } else {
                let meta = format!("{{{}:{}}}", spell(DATASET), spell(split));
                (root, Op::Member("meta", meta, &["spans", "label", "text"]))
            };
            vec![Change { pointer, op }]
        }
        _ => Vec::new(),
    }
}
