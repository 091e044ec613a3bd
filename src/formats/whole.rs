//! Records that a ledger keeps as a whole, since the target has no form for their documents.

use serde_json::value::RawValue;

use super::ledger::{LedgerEntry, Sort, compact};
use crate::json::{Kind, Node, Pointer};
use crate::model::Document;

/// Notes a record that is an object; answers whether it could.
pub(super) fn note(document: &Document<'_>, name: &str, out: &mut Vec<LedgerEntry>) -> bool {
    let value = compact(document.source);
    let is_noted = value.is_some();
    out.extend(value.map(|value| entry(document, name, value)));
    is_noted
}

/// The fact that a document was this. Its place says how many documents stood before it.
pub(super) fn entry(document: &Document<'_>, name: &str, value: Box<RawValue>) -> LedgerEntry {
    LedgerEntry {
        value: Some(value),
        ..LedgerEntry::new(name, Sort::Document, Pointer::root().item(document.index))
    }
}

/// Whether this can be an entry that [`note`] has noted.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    let value = entry.value.as_deref().map(|value| Node::parse(value.get()));
    let kind = value.and_then(Result::ok).map(Node::kind);
    kind == Some(Kind::Object) && is_placed(entry)
}

/// Whether it says how many documents stood before.
pub(super) fn is_placed(entry: &LedgerEntry) -> bool {
    let is_alone = entry.pointer.tokens().count() == 1;
    is_alone && entry.pointer.last().parse::<u64>().is_ok()
}
