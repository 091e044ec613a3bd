//! Writes pairs, two blanks a level.

use std::collections::BTreeSet;

use super::super::{Output, Plan, Relieve, Writer, Written};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::ledger::{LedgerEntry, Sort, find, own_keys};
use crate::formats::losses::{Loss, Losses};
use crate::formats::write::{number, string};
use crate::json::{Kind, Node};
use crate::model::{Classes, Confidence, Document, Project};

/// The container that a conversion back assumes.
const CONTAINER: &str = "workspaceblobstore";

pub(super) struct TuplesWriter {
    plan: Plan,
}

impl TuplesWriter {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan }
    }

    /// A number for each class: of the plan in its order, then those that only this text has.
    fn cats(&self, document: &Document<'_>, out: &mut Vec<u8>) {
        let own: Vec<&str> = document
            .classes()
            .iter()
            .map(|class| &*class.category)
            .collect();
        let all = self.plan.labels.iter().map(String::as_str);
        let mut named = BTreeSet::new();
        let all = all.chain(own.iter().copied());
        let all = all.filter(|name| named.insert(name.to_owned()));
        let mut any = false;
        out.push(b'{');
        for name in all {
            next(4, any, out);
            any = true;
            string(name, out);
            out.extend_from_slice(if own.contains(&name) {
                b": 1.0"
            } else {
                b": 0.0"
            });
        }
        close(3, any, b'}', out);
    }
}

/// Begins a line.
fn line(level: usize, out: &mut Vec<u8>) {
    out.push(b'\n');
    out.extend(std::iter::repeat_n(b' ', 2 * level));
}

/// Begins an item or a member.
fn next(level: usize, any: bool, out: &mut Vec<u8>) {
    if any {
        out.push(b',');
    }
    line(level, out);
}

/// Ends an array or object.
fn close(level: usize, any: bool, bracket: u8, out: &mut Vec<u8>) {
    if any {
        line(level, out);
    }
    out.push(bracket);
}

/// Writes a value; its tokens keep their spelling.
fn value(level: usize, node: Node<'_>, out: &mut Vec<u8>) {
    let mut any = false;
    match node.kind() {
        Kind::Array => {
            out.push(b'[');
            for item in node.items() {
                next(level + 1, any, out);
                any = true;
                value(level + 1, item, out);
            }
            close(level, any, b']', out);
        }
        Kind::Object => {
            out.push(b'{');
            for member in node.members() {
                next(level + 1, any, out);
                any = true;
                out.extend_from_slice(member.name.raw().as_bytes());
                out.extend_from_slice(b": ");
                value(level + 1, member.value, out);
            }
            close(level, any, b'}', out);
        }
        _ => out.extend_from_slice(node.raw().as_bytes()),
    }
}

/// The labels that a ledger keeps, where they are the same.
fn kept<'w>(entries: &'w [LedgerEntry], aligned: &AlignedDocument<'_>) -> Option<&'w LedgerEntry> {
    let entry = find(entries, Sort::Labels)?;
    let then = entry.labels.as_deref().unwrap_or_default();
    let is_same = then == own_keys(aligned.document);
    (is_same && aligned.spans.iter().all(|span| span.target.is_some())).then_some(entry)
}

/// Writes a member of the annotations as a ledger keeps it.
fn kept_member(entry: &LedgerEntry, level: usize, out: &mut Vec<u8>) {
    let raw = entry.value.as_deref().map_or("null", |value| value.get());
    if let Ok(node) = Node::parse(raw) {
        value(level, node, out);
    }
}

impl Writer for TuplesWriter {
    fn head(&self, out: &mut Vec<u8>) {
        out.push(b'[');
    }

    fn document(&self, written: Written<'_, '_>, out: &mut Output, relieve: Relieve<'_>) {
        let out = &mut out.main;
        let (aligned, entries) = (written.aligned, written.entries);
        let document = aligned.document;
        line(1, out);
        out.push(b'[');
        line(2, out);
        string(aligned.any_text().map_or("", |text| text.as_str()), out);
        next(2, true, out);
        out.push(b'{');
        let mut names: Vec<String> = Vec::new();
        let mut member = |name: &str, out: &mut Vec<u8>| {
            if names.iter().any(|known| known == name) {
                return false;
            }
            next(3, !names.is_empty(), out);
            string(name, out);
            out.extend_from_slice(b": ");
            names.push(name.to_owned());
            true
        };
        if let Some(entry) = kept(entries, aligned) {
            member(&entry.pointer.last(), out);
            kept_member(entry, 3, out);
        } else if document.extras.unlabeled || document.labels.classes == Some(Classes::One(None)) {
            // spaCy learns nothing from a text without annotations.
        } else if document.labels.spans.is_some() {
            member("entities", out);
            out.push(b'[');
            let mut any = false;
            for (label, target) in aligned.targets() {
                next(4, any, out);
                any = true;
                out.push(b'[');
                line(5, out);
                number(target.start, out);
                next(5, true, out);
                number(target.end, out);
                next(5, true, out);
                string(&label.category, out);
                close(4, true, b']', out);
                relieve(out);
            }
            close(3, any, b']', out);
        } else if document.labels.classes.is_some() {
            member("cats", out);
            self.cats(document, out);
        }
        let mut behind = Vec::new();
        for entry in entries.iter().filter(|entry| entry.fact == Sort::Member) {
            if entry.pointer.tokens().count() == 1 {
                behind.push(entry);
            } else if member(&entry.pointer.last(), out) {
                kept_member(entry, 3, out);
            }
        }
        close(2, !names.is_empty(), b'}', out);
        for entry in behind {
            next(2, true, out);
            kept_member(entry, 2, out);
        }
        close(1, true, b']', out);
    }

    fn separator(&self) -> &'static [u8] {
        b","
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        close(0, any, b']', out);
        out.push(b'\n');
    }

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn needs_text(&self) -> bool {
        true
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        let extras = &document.extras;
        losses.add(Loss::Name, 1);
        losses.add(Loss::Split, u64::from(document.split.is_some()));
        losses.add(Loss::Contributor, extras.columns.len() as u64);
        losses.add(Loss::Unknown, extras.unknown + extras.carried.len() as u64);
        let odd = matches!(extras.confidence, Confidence::Absent | Confidence::Other(_));
        losses.add(Loss::Confidence, u64::from(odd));
        let container = document.address.container();
        let is_other = container.is_some_and(|container| container != CONTAINER);
        losses.add(Loss::Folder, u64::from(is_other));
        losses.add_language(aligned);
        losses.add_foreign(document);
        let is_regional = document.labels.is_regional() && !extras.unlabeled;
        let has_others = is_regional && aligned.has_one_whole_region() == Some(false);
        losses.add(Loss::Regions, u64::from(has_others));
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
