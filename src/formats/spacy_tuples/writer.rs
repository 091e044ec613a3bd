//! Writes pairs, two blanks a level.

use std::collections::BTreeSet;

use super::super::{Output, Plan, Relieve, Writer, Written};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::layout::{close, line, value};
use crate::formats::ledger::{LedgerEntry, Sort, are_same, find, own_keys};
use crate::formats::losses::{CONTAINER, Loss, Losses};
use crate::formats::write::{number, string};
use crate::json::Node;
use crate::model::{Classes, Document, Project};

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
        out.push(b'{');
        for name in all.chain(own.iter().copied()) {
            if !named.insert(name) {
                continue;
            }
            line(4, out);
            string(name, out);
            out.extend_from_slice(if own.contains(&name) {
                b": 1.0,"
            } else {
                b": 0.0,"
            });
        }
        close(3, b'}', out);
    }
}

/// The labels that a ledger keeps, where they are the same.
fn kept<'w>(entries: &'w [LedgerEntry], aligned: &AlignedDocument<'_>) -> Option<&'w LedgerEntry> {
    let entry = find(entries, Sort::Labels)?;
    let then = entry.labels.as_deref().unwrap_or_default();
    let is_same = are_same(&own_keys(aligned.document), then);
    (is_same && aligned.spans.iter().all(|span| span.target.is_some())).then_some(entry)
}

/// Writes a value as a ledger keeps it.
fn kept_value(entry: &LedgerEntry, level: usize, out: &mut Vec<u8>) {
    let raw = entry.value.as_deref().map_or("null", |value| value.get());
    if let Ok(node) = Node::parse(raw) {
        value(level, node, out);
    }
}

/// The names of the members that an object has so far.
struct Names(BTreeSet<String>);

impl Names {
    /// Begins a member, unless the object has one of that name.
    fn begin(&mut self, name: &str, out: &mut Vec<u8>) -> bool {
        let is_new = self.0.insert(name.to_owned());
        if is_new {
            line(3, out);
            string(name, out);
            out.extend_from_slice(b": ");
        }
        is_new
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
        out.push(b',');
        line(2, out);
        out.push(b'{');
        let mut names = Names(BTreeSet::new());
        // spaCy learns nothing from a text without annotations.
        let is_open =
            document.extras.unlabeled || document.labels.classes == Some(Classes::One(None));
        if let Some(entry) = kept(entries, aligned) {
            names.begin(&entry.pointer.last(), out);
            kept_value(entry, 3, out);
        } else if document.labels.spans.is_some() && !is_open {
            names.begin("entities", out);
            out.push(b'[');
            for (label, target) in aligned.targets() {
                line(4, out);
                out.push(b'[');
                for place in [target.start, target.end] {
                    line(5, out);
                    number(place, out);
                    out.push(b',');
                }
                line(5, out);
                string(&label.category, out);
                out.push(b',');
                close(4, b']', out);
                relieve(out);
            }
            close(3, b']', out);
        } else if document.labels.classes.is_some() && !is_open {
            names.begin("cats", out);
            self.cats(document, out);
        }
        let members = entries.iter().filter(|entry| entry.fact == Sort::Member);
        let (behind, inside): (Vec<_>, Vec<_>) =
            members.partition(|entry| entry.pointer.tokens().count() == 1);
        for entry in inside {
            if names.begin(&entry.pointer.last(), out) {
                kept_value(entry, 3, out);
            }
        }
        close(2, b'}', out);
        for entry in behind {
            line(2, out);
            kept_value(entry, 2, out);
        }
        close(1, b']', out);
        // The comma belongs to the next pair, if there is one.
        out.pop();
    }

    fn separator(&self) -> &'static [u8] {
        b","
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        if any {
            line(0, out);
        }
        out.extend_from_slice(b"]\n");
    }

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn needs_text(&self) -> bool {
        true
    }

    fn holds_overlaps(&self) -> bool {
        false
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        losses.add(Loss::Name, 1);
        losses.add(Loss::Split, u64::from(document.split.is_some()));
        losses.add_unheld(document);
        losses.add_language(aligned);
        losses.add_regions(aligned);
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
