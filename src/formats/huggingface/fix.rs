//! How findings are fixed in a record.

use super::reader::pointer;
use super::wire::SPAN;
use crate::diagnostics::FixAction;
use crate::formats::inline;
use crate::json::change::{Change, Op};
use crate::json::spell;
use crate::model::{At, Document};

/// What to change in a record.
pub(super) fn changes(document: &Document<'_>, action: &FixAction) -> Vec<Change> {
    let set = |at, name: &str, value| Change {
        pointer: pointer(document, at).key(name),
        op: Op::Set(value),
    };
    match action {
        FixAction::Extent(at @ At::Label(_), span) => {
            vec![
                set(*at, SPAN[0], span.start.to_string()),
                set(*at, SPAN[1], span.end.to_string()),
            ]
        }
        FixAction::Rename(at @ At::Label(_), name) => vec![set(*at, SPAN[2], spell(name))],
        _ => inline::changes(action, |at| pointer(document, at)),
    }
}
