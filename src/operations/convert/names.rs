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

/// What a ledger calls a document by its text, and by its number among the others where several have
/// that text.
pub(super) fn by_text(aligned: &AlignedDocument<'_>) -> String {
    let text = aligned.any_text().map_or("", |text| text.as_str());
    let print = fingerprint(text);
    format!("{TEXT}{print:016x}#{}", aligned.document.index)
}

/// What documents with the same text have in common of what a ledger calls them.
pub(super) fn shared(name: &str) -> &str {
    let is_text = name.starts_with(TEXT);
    let before = name.split_once('#').filter(|_| is_text);
    before.map_or(name, |(before, _)| before)
}

/// Of facts about documents with one text those that are about one of them: the one that stood in
/// that place, or the only one.
pub(super) fn of_one(mut entries: Vec<LedgerEntry>, name: &str) -> Vec<LedgerEntry> {
    let is_only = entries
        .windows(2)
        .all(|pair| pair[0].document == pair[1].document);
    if !is_only {
        entries.retain(|entry| entry.document == name);
    }
    entries
}

/// The fact that a document is called so.
pub(super) fn entry(document: &Document<'_>, name: &str) -> LedgerEntry {
    LedgerEntry {
        document: name.to_owned(),
        fact: Sort::Name,
        pointer: Pointer::root(),
        value: RawValue::from_string(spell(document.address.path())).ok(),
        labels: None,
        nth: 0,
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
