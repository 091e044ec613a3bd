//! How findings are fixed in a record.

use super::place::{Holder, holder, option, pointer};
use super::wire::{DATASET, DERIVED};
use crate::diagnostics::FixAction;
use crate::formats::cats;
use crate::json::change::{Change, Op};
use crate::json::{Kind, Locator, Pointer, spell};
use crate::model::{At, Document};

/// What to change in a record.
pub(super) fn changes(
    document: &Document<'_>,
    locator: &Locator<'_>,
    fix: &FixAction,
) -> Vec<Change> {
    let holder = holder(locator);
    let pointer = |at| pointer(document, locator, at);
    let set = |pointer: Pointer, value: String| Change {
        pointer,
        op: Op::Set(value),
    };
    let remove = |pointer: Pointer| Change {
        pointer,
        op: Op::Remove,
    };
    match fix {
        FixAction::Extent(at @ At::Label(_), span) => {
            let place = pointer(*at);
            let mut changes = vec![
                set(place.key("start"), span.start.to_string()),
                set(place.key("end"), span.end.to_string()),
            ];
            // What follows from the extent would be wrong now, and Prodigy makes it anew.
            let has = |name: &&&str| locator.node(&place.key(name)).is_some();
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
        FixAction::Rename(at @ At::Class(class), name) if holder == Some(Holder::Accept) => {
            let mut changes = vec![set(pointer(*at), spell(name))];
            // What was chosen is one of the options, so that gets the name too.
            let chosen = document.classes().get(*class);
            let old = chosen.and_then(|chosen| option(locator, &chosen.category));
            let is_new = option(locator, name).is_none();
            changes.extend(old.filter(|_| is_new).map(|place| set(place, spell(name))));
            changes
        }
        FixAction::Rename(at @ At::Class(_), _) if holder == Some(Holder::Cats) => {
            cats::changes(locator, pointer(*at), fix)
        }
        FixAction::Remove(at @ At::Class(_))
            if holder == Some(Holder::Cats) && !document.labels.has_one_class() =>
        {
            cats::changes(locator, pointer(*at), fix)
        }
        FixAction::Remove(at @ At::Label(_)) => vec![remove(pointer(*at))],
        // An option that was chosen goes from the list of those; it is still an option.
        FixAction::Remove(at @ At::Class(_)) if holder == Some(Holder::Accept) => {
            vec![remove(pointer(*at))]
        }
        FixAction::Split(split) => {
            let root = Pointer::root();
            let meta = locator.node(&root.key("meta"));
            let has_meta = meta.is_some_and(|meta| meta.kind() == Kind::Object);
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
