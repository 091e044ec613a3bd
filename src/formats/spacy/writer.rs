//! Writes records: compact, one LF a line.

use serde_json::value::RawValue;

use super::super::{Output, Plan, Relieve, Writer, Written};
use super::keep;
use super::wire::{ACCEPT, DATASET};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::ledger::{LedgerEntry, Sort, are_same, find, matches, own_keys};
use crate::formats::losses::{CONTAINER, Losses};
use crate::formats::write::{number, string};
use crate::json::Node;
use crate::model::{Classes, Document, Project, Split};
use crate::text::Span;

pub(super) struct SpacyWriter {
    plan: Plan,
}

impl SpacyWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }

    /// The name and the set of a document, as `meta`.
    fn meta(&self, document: &Document<'_>, is_known: bool, out: &mut Vec<u8>) {
        key("meta", out);
        out.push(b'{');
        string("file", out);
        out.push(b':');
        string(document.address.path(), out);
        let split = document.split.as_ref().map(Split::name);
        let split = split.or(self.plan.dataset.filter(|_| !is_known));
        if split.is_some() || self.plan.splits && !is_known {
            key(DATASET, out);
            match split {
                Some(split) => string(split, out),
                None => out.extend_from_slice(b"null"),
            }
        }
        out.push(b'}');
    }

    /// The classes of a document, with all that it could have.
    fn options(&self, document: &Document<'_>, out: &mut Vec<u8>) {
        let own = document.classes().iter().map(|class| &*class.category);
        let all = self.plan.labels.iter().map(String::as_str);
        let mut named = std::collections::BTreeSet::new();
        out.push(b'[');
        for name in all.chain(own).filter(|name| named.insert(name.to_owned())) {
            if out.last() != Some(&b'[') {
                out.push(b',');
            }
            out.extend_from_slice(b"{\"id\":");
            string(name, out);
            out.extend_from_slice(b",\"text\":");
            string(name, out);
            out.push(b'}');
        }
        out.push(b']');
    }
}

/// Begins a member of an object that has one before.
fn key(name: &str, out: &mut Vec<u8>) {
    out.push(b',');
    string(name, out);
    out.push(b':');
}

fn raw(name: &str, value: &RawValue, out: &mut Vec<u8>) {
    key(name, out);
    out.extend_from_slice(value.get().as_bytes());
}

fn span(label: &str, span: Span, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"start\":");
    number(span.start, out);
    out.extend_from_slice(b",\"end\":");
    number(span.end, out);
    out.extend_from_slice(b",\"label\":");
    string(label, out);
    out.push(b'}');
}

/// Writes the labels that a ledger keeps: as they were where they are the same, and otherwise each of
/// them that still stands. Answers the name of the member, or `None` where it could not.
fn kept_labels(
    entry: &LedgerEntry,
    aligned: &AlignedDocument<'_>,
    out: &mut Vec<u8>,
) -> Option<String> {
    let name = entry.pointer.last();
    let now = own_keys(aligned.document);
    let Some(value) = entry.value.as_deref() else {
        return now.is_empty().then_some(name);
    };
    let then = entry.labels.as_deref().unwrap_or_default();
    if are_same(&now, then) && aligned.spans.iter().all(|span| span.target.is_some()) {
        raw(&name, value, out);
        return Some(name);
    }
    if name != "spans" {
        return None;
    }
    let value = Node::parse(value.get()).ok()?;
    let items = value.items();
    if items.len() != then.len() {
        return None;
    }
    let kept = matches(&now, then);
    let labels = aligned.document.spans().iter().zip(&aligned.spans);
    key(&name, out);
    out.push(b'[');
    let mut first = true;
    for ((label, aligned), kept) in labels.zip(kept) {
        let Some(target) = aligned.target else {
            continue;
        };
        if !std::mem::take(&mut first) {
            out.push(b',');
        }
        match kept.and_then(|kept| items.get(kept)) {
            Some(item) => out.extend_from_slice(item.raw().as_bytes()),
            None => span(&label.category, target, out),
        }
    }
    out.push(b']');
    Some(name)
}

impl Writer for SpacyWriter {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn document(&self, written: Written<'_, '_>, out: &mut Output, relieve: Relieve<'_>) {
        let out = &mut out.main;
        let (aligned, entries) = (written.aligned, written.entries);
        let document = aligned.document;
        let text_key = self.plan.told_text().unwrap_or(keep::TEXT);
        out.push(b'{');
        string(text_key, out);
        out.push(b':');
        string(aligned.any_text().map_or("", |text| text.as_str()), out);
        let is_unlabeled = document.extras.unlabeled;
        let is_one = matches!(document.labels.classes, Some(Classes::One(_)));
        let kept = find(entries, Sort::Labels);
        let mut taken = vec![text_key.to_owned(), "meta".to_owned(), "answer".to_owned()];
        if let Some(name) = kept.and_then(|entry| kept_labels(entry, aligned, out)) {
            taken.push(name);
            if let Some(Some(options)) = keep::member(entries, "options") {
                raw("options", options, out);
            }
            taken.push("options".to_owned());
        } else if document.labels.spans.is_some() && !is_unlabeled {
            key("spans", out);
            out.push(b'[');
            for (index, (label, target)) in aligned.targets().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                span(&label.category, target, out);
                relieve(out);
            }
            out.push(b']');
            taken.push("spans".to_owned());
        } else if is_one {
            if let Some(class) = document.classes().first() {
                key("label", out);
                string(&class.category, out);
                taken.push("label".to_owned());
            }
        } else if document.labels.classes.is_some() && !is_unlabeled {
            key("options", out);
            match keep::member(entries, "options") {
                Some(Some(options)) => out.extend_from_slice(options.get().as_bytes()),
                _ => self.options(document, out),
            }
            key("accept", out);
            out.push(b'[');
            for (index, class) in document.classes().iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                string(&class.category, out);
            }
            out.push(b']');
            taken.extend(["options".to_owned(), "accept".to_owned()]);
        }
        match keep::member(entries, "meta") {
            Some(Some(value)) => raw("meta", value, out),
            Some(None) => {}
            None => self.meta(document, !entries.is_empty(), out),
        }
        match keep::member(entries, "answer") {
            Some(Some(value)) => raw("answer", value, out),
            Some(None) => {}
            None if is_unlabeled || is_one && document.classes().is_empty() => {}
            None => {
                key("answer", out);
                string(ACCEPT, out);
            }
        }
        for entry in entries.iter().filter(|entry| entry.fact == Sort::Member) {
            let name = entry.pointer.last();
            if let (Some(value), false) = (entry.value.as_deref(), taken.contains(&name)) {
                raw(&name, value, out);
                taken.push(name);
            }
        }
        out.push(b'}');
    }

    fn separator(&self) -> &'static [u8] {
        b"\n"
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        if any {
            out.push(b'\n');
        }
    }

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn needs_text(&self) -> bool {
        true
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        losses.add_unheld(document);
        losses.add_language(aligned);
        losses.add_regions(aligned);
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
