//! How findings are fixed in a line.

use super::reader::pointer;
use super::wire::SPAN;
use crate::diagnostics::FixAction;
use crate::formats::inline;
use crate::json::change::{Change, Op};
use crate::json::{Kind, Locator, spell};
use crate::model::{At, Document};

/// What to change in a line.
pub(super) fn changes(
    document: &Document<'_>,
    locator: &Locator<'_>,
    action: &FixAction,
) -> Vec<Change> {
    let set = |pointer, value| Change {
        pointer,
        op: Op::Set(value),
    };
    match action {
        FixAction::Extent(at @ At::Label(_), span) => {
            let label = pointer(document, locator, *at);
            let (start, end) = if is_object(document, locator, *at) {
                (label.key(SPAN[2]), label.key(SPAN[3]))
            } else {
                (label.item(0), label.item(1))
            };
            vec![
                set(start, span.start.to_string()),
                set(end, span.end.to_string()),
            ]
        }
        FixAction::Rename(at @ At::Label(_), name) => {
            let label = pointer(document, locator, *at);
            let place = if is_object(document, locator, *at) {
                label.key(SPAN[1])
            } else {
                label.item(2)
            };
            vec![set(place, spell(name))]
        }
        _ => inline::changes(action, |at| pointer(document, locator, at)),
    }
}

/// Whether a span is spelled as an object.
fn is_object(document: &Document<'_>, locator: &Locator<'_>, at: At) -> bool {
    let place = pointer(document, locator, at);
    let found = locator.node(&place);
    found.is_some_and(|node| node.kind() == Kind::Object)
}
