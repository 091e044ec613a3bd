//! Writes what a ledger keeps of a project and of its documents.

use super::canonical::{class, close, key, label, line, raw_key, value};
use super::keep;
use crate::alignment::AlignedDocument;
use crate::formats::Plan;
use crate::formats::ledger::{LedgerEntry, Sort, are_same, own_keys};
use crate::formats::write::string;
use crate::json::Node;

/// The member of a document that a ledger keeps under that name.
pub(super) fn member<'a>(entries: &'a [LedgerEntry], name: &str) -> Option<&'a LedgerEntry> {
    let mut members = entries.iter().filter(|entry| entry.fact == Sort::Member);
    members.find(|entry| entry.pointer.last() == name)
}

pub(super) fn raw_member(level: usize, name: &str, raw: &str, out: &mut Vec<u8>) {
    line(level, out);
    string(name, out);
    out.extend_from_slice(b": ");
    if let Ok(node) = Node::parse(raw) {
        value(level, node, out);
    }
}

/// Writes the labels as a ledger keeps them, those that still stand and new ones; answers
/// whether it could.
pub(super) fn kept_labels(
    entry: &LedgerEntry,
    aligned: &AlignedDocument<'_>,
    out: &mut Vec<u8>,
) -> bool {
    let document = aligned.document;
    let name = entry.pointer.last();
    let now = own_keys(document);
    let then = entry.labels.as_deref();
    let same = then.is_some_and(|then| are_same(&now, then))
        && aligned.spans.iter().all(|span| span.target.is_some());
    match entry.value.as_deref() {
        // There was no member of labels.
        None => now.is_empty(),
        Some(raw) if same => {
            raw_member(4, &name, raw.get(), out);
            true
        }
        Some(_) if name == "entities" => {
            let Some(regions) = keep::regions(entry, &now, &aligned.spans) else {
                return false;
            };
            if regions.is_empty() {
                return false;
            }
            key(4, "entities", out);
            out.push(b'[');
            for region in regions {
                line(5, out);
                out.push(b'{');
                for (name, member) in region.members {
                    raw_key(6, name, out);
                    value(6, member, out);
                }
                key(6, "labels", out);
                out.push(b'[');
                for (index, object) in region.labels {
                    let target = aligned.spans.get(index).and_then(|span| span.target);
                    match (object, document.spans().get(index), target) {
                        (Some(object), _, _) => {
                            line(7, out);
                            value(7, object, out);
                        }
                        (None, Some(one), Some(span)) => label(&one.category, span, out),
                        _ => {}
                    }
                }
                close(6, b']', out);
                close(5, b'}', out);
            }
            close(4, b']', out);
            true
        }
        Some(_) => false,
    }
}

/// The header that a ledger keeps, in the canonical layout, up to the documents and after them.
/// Labels that it does not declare are added to its declarations.
pub(super) fn around(plan: &Plan) -> Option<(Vec<u8>, Vec<u8>)> {
    let raw = plan.restored.as_ref()?.project.as_deref()?;
    let top = Node::parse(raw.get()).ok()?;
    let (mut out, mut head) = (Vec::new(), None);
    out.push(b'{');
    for member in top.members() {
        raw_key(1, member.name.raw(), &mut out);
        if member.key() != "assets" || head.is_some() {
            value(1, member.value, &mut out);
            continue;
        }
        out.push(b'{');
        for member in member.value.members() {
            raw_key(2, member.name.raw(), &mut out);
            match &*member.key() {
                "documents" if head.is_none() => {
                    out.push(b'[');
                    head = Some(std::mem::take(&mut out));
                    out.extend_from_slice(b"],");
                }
                "entities" | "classes" => declarations(plan, member.value, &mut out),
                _ => value(2, member.value, &mut out),
            }
        }
        close(1, b'}', &mut out);
    }
    close(0, b'}', &mut out);
    out.pop();
    out.push(b'\n');
    // The closing bracket of the documents belongs to what comes after the last of them.
    Some((head?, out))
}

fn declarations(plan: &Plan, declared: Node<'_>, out: &mut Vec<u8>) {
    let items = declared.items();
    let names = |item: &Node<'_>| {
        let members = item.members();
        let name = members.iter().find(|member| member.key() == "category");
        name.and_then(|name| name.value.string()?.ok())
            .map(std::borrow::Cow::into_owned)
    };
    let mut known: Vec<String> = items.iter().filter_map(names).collect();
    let head = plan.restored.as_ref();
    known.extend(head.iter().flat_map(|head| head.undeclared.iter().cloned()));
    out.push(b'[');
    for item in items {
        line(3, out);
        value(3, item, out);
    }
    for label in plan.labels.iter().filter(|label| !known.contains(label)) {
        line(3, out);
        class(3, label, out);
    }
    close(2, b']', out);
}
