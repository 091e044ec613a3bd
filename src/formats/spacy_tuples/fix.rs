//! How findings are fixed in a pair.

use super::place::pointer;
use crate::diagnostics::FixAction;
use crate::formats::cats;
use crate::json::change::{Change, Op};
use crate::json::{Locator, Pointer, spell};
use crate::model::{At, Document};

/// What to change in a pair.
pub(super) fn changes(
    document: &Document<'_>,
    locator: &Locator<'_>,
    fix: &FixAction,
) -> Vec<Change> {
    let pointer = |at| pointer(document, locator, at);
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
        FixAction::Rename(at @ At::Class(_), _) => cats::changes(locator, pointer(*at), fix),
        FixAction::Remove(at @ At::Label(_)) => vec![Change {
            pointer: pointer(*at),
            op: Op::Remove,
        }],
        FixAction::Remove(at @ At::Class(_)) if !document.labels.has_one_class() => {
            cats::changes(locator, pointer(*at), fix)
        }
        _ => Vec::new(),
    }
}
