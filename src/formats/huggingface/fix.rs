//! How findings are fixed in a record.

use super::reader::{is_tagged, pointer};
use super::wire::SPAN;
use crate::diagnostics::FixAction;
use crate::formats::inline;
use crate::json::change::{Change, Op};
use crate::json::{Locator, spell};
use crate::model::{At, Document};

/// What to change in a record.
pub(super) fn changes(
    document: &Document<'_>,
    locator: &Locator<'_>,
    action: &FixAction,
) -> Vec<Change> {
    let set = |at, name: &str, value| Change {
        pointer: pointer(document, locator, at).key(name),
        op: Op::Set(value),
    };
    match action {
        // A label of tokens is a tag for each of them, and may be a number.
        FixAction::Extent(At::Label(_), _)
        | FixAction::Rename(At::Label(_), _)
        | FixAction::Remove(At::Label(_))
            if is_tagged(document, locator) =>
        {
            Vec::new()
        }
        FixAction::Extent(at @ At::Label(_), span) => {
            vec![
                set(*at, SPAN[0], span.start.to_string()),
                set(*at, SPAN[1], span.end.to_string()),
            ]
        }
        FixAction::Rename(at @ At::Label(_), name) => vec![set(*at, SPAN[2], spell(name))],
        _ => inline::changes(action, |at| pointer(document, locator, at)),
    }
}
