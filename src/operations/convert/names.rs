//! What a ledger calls documents whose file does not say what they are called, and how they get their names
//! back: by their texts.

use serde_json::value::RawValue;

use crate::alignment::AlignedDocument;
use crate::formats::ledger::{LedgerEntry, Sort, find};
use crate::json::{Node, Pointer, spell};
use crate::model::fingerprints::fingerprint;
use crate::model::{Address, Document};

/// How a ledger calls a document by its text begins.
const TEXT: &str = "text:";

/// What a ledger calls a document by its text.
pub(super) fn by_text(aligned: &AlignedDocument<'_>) -> String {
    let text = aligned.any_text().map_or("", |text| text.as_str());
    format!("{TEXT}{:016x}", fingerprint(text))
}

/// The fact that a document is called so.
pub(super) fn entry(document: &Document<'_>, name: &str) -> LedgerEntry {
    LedgerEntry {
        value: RawValue::from_string(spell(document.address.path())).ok(),
        ..LedgerEntry::new(name, Sort::Name, Pointer::root())
    }
}

/// The name in such a fact, if it can be one.
pub(super) fn name_in(entry: &LedgerEntry) -> Option<String> {
    let value = Node::parse(entry.value.as_deref()?.get()).ok()?;
    let name = value.string()?.ok()?;
    (!name.trim().is_empty()).then(|| name.into_owned())
}

/// The document under the name that a ledger has for it, if it has one.
pub(super) fn renamed<'a>(
    document: &Document<'a>,
    entries: &[LedgerEntry],
) -> Option<Document<'a>> {
    let name = name_in(find(entries, Sort::Name)?)?;
    Some(Document {
        address: Address::location(name),
        ..document.clone()
    })
}
