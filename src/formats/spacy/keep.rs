//! What another format cannot hold of a record, and how it is put back.

use serde_json::value::RawValue;

use super::place::Holder;
use super::wire::{ACCEPT, DATASET, SPAN_MEMBERS};
use crate::alignment::AlignedDocument;
use crate::formats::ledger::{LedgerEntry, Sort, compact, noted_keys};
use crate::formats::{Told, whole};
use crate::json::{Kind, Node, Pointer};
use crate::model::Document;

/// The members that hold labels.
const HOLDERS: [&str; 5] = ["spans", "ents", "label", "accept", "cats"];

/// The member of the text, where the user does not say another one.
pub(super) const TEXT: &str = "text";

/// Notes the facts of a record.
pub(super) fn entries(
    aligned: &AlignedDocument<'_>,
    name: &str,
    told: &Told,
    out: &mut Vec<LedgerEntry>,
) {
    let document = aligned.document;
    let Ok(record) = Node::parse(document.source) else {
        return;
    };
    let root = Pointer::root();
    let entry = |fact, key: &str, value: Option<Box<RawValue>>| LedgerEntry {
        value,
        ..LedgerEntry::new(name, fact, root.key(key))
    };
    let holder = Holder::of(record);
    let held = holder
        .as_ref()
        .map(|holder| holder.pointer().tokens().next());
    let held = held.flatten();
    let text = told.text_key.as_deref().unwrap_or(TEXT);
    let members = record.members();
    let has = |key: &str| members.iter().any(|member| member.key() == key);
    for member in &members {
        let key = member.key();
        let value = || compact(member.value.raw());
        match &*key {
            key if key == text => {}
            "answer"
                if member.value.raw() == format!("\"{ACCEPT}\"") && !document.extras.unlabeled => {}
            "meta" if is_written(document, member.value) => {}
            key if held.as_deref() == Some(key) => {
                if !is_plain(holder.as_ref(), member.value) {
                    let mut labels = entry(Sort::Labels, key, value());
                    labels.labels = Some(noted_keys(aligned));
                    out.push(labels);
                }
            }
            key => out.push(entry(Sort::Member, key, value())),
        }
    }
    // That there is none is a fact: a new record would get one.
    if !has("meta") {
        out.push(entry(Sort::Member, "meta", None));
    }
    if !has("answer") && !document.extras.unlabeled {
        out.push(entry(Sort::Member, "answer", None));
    }
    if holder.is_none() && !document.extras.unlabeled {
        out.push(entry(Sort::Labels, "spans", None));
    }
}

/// Whether `meta` is what is written for a document of that name and set.
fn is_written(document: &Document<'_>, meta: Node<'_>) -> bool {
    let members = meta.members();
    let string = |name: &str| {
        let found = members.iter().find(|member| member.key() == name)?;
        found.value.string()?.ok()
    };
    let split = document.split.as_ref().map(crate::model::Split::name);
    members.len() == 1 + usize::from(split.is_some())
        && string("file").as_deref() == Some(document.address.path())
        && split.is_none_or(|split| string(DATASET).as_deref() == Some(split))
}

/// Whether labels are spelled as they are written.
fn is_plain(holder: Option<&Holder>, value: Node<'_>) -> bool {
    let is_plain_span = |span: &Node<'_>| {
        let members = span.members();
        members.len() == SPAN_MEMBERS.len()
            && members
                .iter()
                .all(|member| SPAN_MEMBERS.contains(&&*member.key()))
    };
    match holder {
        Some(Holder::Spans) => value.items().iter().all(is_plain_span),
        Some(Holder::Label) => value.kind() == Kind::String,
        _ => false,
    }
}

/// Whether this can be an entry that [`entries`] has noted.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    let name = entry.pointer.last();
    let is_top = entry.pointer.tokens().count() == 1;
    match entry.fact {
        Sort::Member => {
            let may_be_absent = matches!(&*name, "meta" | "answer");
            is_top && (entry.value.is_some() || may_be_absent)
        }
        Sort::Labels => {
            let is_known = entry.value.is_none() || entry.labels.is_some();
            is_top && HOLDERS.contains(&&*name) && is_known
        }
        Sort::Document => whole::may_note(entry),
        Sort::LeftOut => true,
        _ => false,
    }
}

/// What a ledger has of a member of a record: `None` where it has nothing, and `Some(None)` where
/// it says that there is none.
#[expect(clippy::option_option, reason = "that there is none is a fact too")]
pub(super) fn member<'a>(entries: &'a [LedgerEntry], name: &str) -> Option<Option<&'a RawValue>> {
    let mut found = entries.iter().filter(|entry| entry.fact == Sort::Member);
    let entry = found.find(|entry| entry.pointer.last() == name)?;
    Some(entry.value.as_deref())
}
