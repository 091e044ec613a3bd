//! What another format cannot hold of a pair, and how it is put back.

use serde_json::value::RawValue;

use super::place::{Holder, annotations};
use super::wire::MEMBERS;
use crate::alignment::AlignedDocument;
use crate::formats::ledger::{LedgerEntry, Sort, compact, noted_keys};
use crate::json::{Kind, Node, Pointer};

/// Notes the facts of a pair.
pub(super) fn entries(aligned: &AlignedDocument<'_>, name: &str, out: &mut Vec<LedgerEntry>) {
    let pair = Node::parse(aligned.document.source).ok();
    let Some((pair, annotations)) = pair.and_then(|pair| Some((pair, annotations(pair)?))) else {
        return;
    };
    let entry = |fact, pointer: Pointer, value: Option<Box<RawValue>>| LedgerEntry {
        value,
        ..LedgerEntry::new(name, fact, pointer)
    };
    let root = Pointer::root();
    let holder = Holder::of(annotations);
    let held = holder.as_ref().map(Holder::member);
    for member in annotations.members() {
        let key = member.key();
        let pointer = root.item(1).key(&key);
        let value = compact(member.value.raw());
        if held != Some(&*key) {
            out.push(entry(Sort::Member, pointer, value));
        } else if !is_plain(holder.as_ref(), member.value) {
            let mut labels = entry(Sort::Labels, pointer, value);
            labels.labels = Some(noted_keys(aligned));
            out.push(labels);
        }
    }
    for (index, item) in pair.items().into_iter().enumerate().skip(2) {
        out.push(entry(Sort::Member, root.item(index), compact(item.raw())));
    }
}

/// Whether labels are spelled as they are written.
fn is_plain(holder: Option<&Holder>, value: Node<'_>) -> bool {
    let is_triple = |span: &Node<'_>| span.items().len() == 3;
    holder == Some(&Holder::Entities)
        && value.kind() == Kind::Array
        && value.items().iter().all(is_triple)
}

/// Whether this can be an entry that [`entries`] has noted.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    let name = entry.pointer.last();
    let tokens: Vec<String> = entry.pointer.tokens().collect();
    match entry.fact {
        Sort::Member => {
            let is_in = matches!(tokens.as_slice(), [one, _] if one == "1");
            let is_behind = matches!(tokens.as_slice(), [more] if more.parse::<usize>().is_ok_and(|more| more > 1));
            entry.value.is_some() && (is_in || is_behind)
        }
        Sort::Labels => {
            let is_in = matches!(tokens.as_slice(), [one, _] if one == "1");
            is_in && MEMBERS.contains(&&*name) && entry.value.is_some() && entry.labels.is_some()
        }
        Sort::LeftOut => true,
        _ => false,
    }
}
