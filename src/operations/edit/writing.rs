//! Documents written with changes, or left out.

use std::io::Write as _;

use serde_jsonlines::JsonLinesWriter;

use super::asked::{Edits, patched, unwritten};
use super::counts::EditCounts;
use crate::diagnostics::FixAction;
use crate::formats::ledger::{LedgerEntry, Sort, compact};
use crate::formats::{Editor, Layout};
use crate::input::Source;
use crate::json::change::{self, Change};
use crate::json::cut::Batch;
use crate::json::patch::Edit;
use crate::json::{Locator, Node, Pointer};
use crate::model::path;
use crate::model::{At, Document, Project};
use crate::operations::read::Corpus;
use crate::pipeline::Error;
use crate::pipeline::visit::{Visit, Visitor};

/// Writes the documents of a file with changes.
pub(super) struct Writing<'a> {
    edits: &'a Edits<'a>,
    /// Those around the records, in bytes of the file.
    around: &'a [Edit],
    editor: Option<&'static dyn Editor>,
    project: &'a Project,
    layout: Layout,
}

/// A batch with its changes.
#[derive(Default)]
pub(super) struct EditedBatch {
    /// Its bytes, where no document is left out.
    pub(super) out: Vec<u8>,
    /// Its records otherwise: place and end in the file, and the text of those that stay.
    pub(super) records: Vec<(u64, u64, Option<Vec<u8>>)>,
    /// Lines of a ledger.
    pub(super) left_out: Vec<u8>,
    pub(super) counts: EditCounts,
    /// The changes, in bytes of the file.
    edits: Vec<Edit>,
    /// The documents that go, by the places of their records.
    gone: Vec<u64>,
}

impl<'a> Writing<'a> {
    pub(super) fn new(corpus: &'a Corpus<'_>, edits: &'a Edits<'a>, around: &'a [Edit]) -> Self {
        Self {
            edits,
            around,
            editor: corpus.format_of().editor(),
            project: corpus.project(),
            layout: corpus.format_of().info().layout,
        }
    }

    /// Whether records may be left out.
    fn may_drop(&self) -> bool {
        self.edits.documents.is_some() || self.edits.touches_labels()
    }

    /// What joins the records, where some may be left out.
    pub(super) fn joint(&self) -> Option<Joint> {
        self.may_drop().then(|| Joint {
            is_lines: self.layout != Layout::ITEMS,
            separator: None,
            last: None,
            written: 0,
            held: None,
        })
    }

    /// What is to be done in a document.
    fn actions(&self, document: &Document<'_>, part: &mut EditedBatch) -> Vec<FixAction> {
        let mut actions = Vec::new();
        for (label, at) in document.categories() {
            part.counts.seen.insert(label.to_owned());
            if !self.edits.keeps(label) {
                *part.counts.dropped.entry(label.to_owned()).or_default() += 1;
                actions.push(FixAction::Remove(at));
            } else if let Some(new) = self.edits.rename.get(label) {
                *part.counts.renamed.entry(label.to_owned()).or_default() += 1;
                actions.push(FixAction::Rename(at, new.clone()));
            }
        }
        let name = document.address.path();
        let set = self.edits.datasets.get(name);
        let set = set.or_else(|| self.edits.datasets.get(path::last(name)));
        if let Some(set) = set
            && document.split.as_ref().is_none_or(|own| own.name() != *set)
        {
            part.counts.assigned += 1;
            actions.push(FixAction::Split(set));
        }
        actions
    }

    /// Notes in a ledger what goes: a label, or the whole document.
    fn note(
        document: &Document<'_>,
        pointer: Pointer,
        text: Option<&str>,
        part: &mut EditedBatch,
    ) -> Result<(), Error> {
        let entry = LedgerEntry {
            value: text.and_then(compact),
            ..LedgerEntry::new(path::last(document.address.path()), Sort::LeftOut, pointer)
        };
        let written = JsonLinesWriter::new(&mut part.left_out).write(&entry);
        written.map_err(Error::WriteLedger)
    }
}

impl Visitor for Writing<'_> {
    type Part = EditedBatch;

    fn begin(&self) -> EditedBatch {
        EditedBatch::default()
    }

    fn document(&self, visit: Visit<'_, '_>, part: &mut EditedBatch) -> Result<(), Error> {
        let document = visit.aligned.document;
        let stays = self
            .edits
            .documents
            .is_none_or(|stays| stays(document.index));
        if !stays {
            part.counts.documents += 1;
            part.gone.push(document.start);
            return Self::note(document, Pointer::root(), Some(document.source), part);
        }
        let actions = self.actions(document, part);
        let Some(editor) = self.editor.filter(|_| !actions.is_empty()) else {
            return Ok(());
        };
        let locator = Locator::new(document.source);
        let mut changes: Vec<Change> = Vec::new();
        for action in &actions {
            let made = editor.changes(self.project, (document, &locator), action);
            if made.is_empty() {
                if matches!(action, FixAction::Remove(At::Class(_))) {
                    // Without its class there is no such record.
                    part.counts.bare += 1;
                    part.gone.push(document.start);
                    return Self::note(document, Pointer::root(), Some(document.source), part);
                }
                part.counts.leave(document);
                return Ok(());
            }
            if let FixAction::Remove(at) = action {
                let place = (visit.location)(*at);
                let pointer = place.pointer.unwrap_or_else(Pointer::root);
                let value = made
                    .first()
                    .and_then(|change| locator.node(&change.pointer));
                Self::note(document, pointer, value.map(Node::raw), part)?;
            }
            changes.extend(made);
        }
        match change::all(&locator, &changes) {
            Some(edits) => {
                let placed = edits.into_iter().map(|edit| edit.shifted(document.start));
                part.edits.extend(placed);
            }
            None => part.counts.leave(document),
        }
        Ok(())
    }

    fn end(&self, batch: &Batch, _shape: Vec<Edit>, part: &mut EditedBatch) {
        if !self.may_drop() {
            part.edits.extend(self.around.iter().cloned());
            part.edits.sort_by_key(|edit| edit.bytes.start);
            part.out = patched(batch.start, &batch.bytes, &part.edits);
            return;
        }
        part.edits.sort_by_key(|edit| edit.bytes.start);
        for record in &batch.records {
            let bytes = &batch.bytes[record.clone()];
            let place = batch.start + record.start as u64;
            let blank = bytes.len() - bytes.trim_ascii_start().len();
            let (start, text) = if self.layout == Layout::ITEMS {
                (place + blank as u64, bytes.trim_ascii())
            } else {
                (place, bytes)
            };
            if text.is_empty() {
                continue;
            }
            let end = start + text.len() as u64;
            let from = part.edits.partition_point(|edit| edit.bytes.start < start);
            let to = part.edits.partition_point(|edit| edit.bytes.start < end);
            let stays = part.gone.binary_search(&place).is_err();
            let text = stays.then(|| patched(start, text, &part.edits[from..to]));
            part.records.push((start, end, text));
        }
    }
}

/// What joins the records that stay: what stood before the first, between two, and behind the last.
pub(super) struct Joint {
    is_lines: bool,
    separator: Option<Vec<u8>>,
    /// The end of the record that was seen last.
    last: Option<u64>,
    written: u64,
    /// What stood before the first record, until one is written.
    held: Option<Vec<u8>>,
}

impl Joint {
    /// The bytes of records that follow, joined to those before.
    pub(super) fn joined(
        &mut self,
        records: Vec<(u64, u64, Option<Vec<u8>>)>,
        source: &Source,
        around: &[Edit],
    ) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        for (start, end, text) in records {
            match self.last {
                None => {
                    let head = bytes(source, 0..start)?;
                    out.extend(patched(0, &head, around));
                }
                // What stands between the first two stands between all.
                Some(last) if self.separator.is_none() => {
                    self.separator = Some(bytes(source, last..start)?);
                }
                Some(_) => {}
            }
            self.last = Some(end);
            let Some(text) = text else {
                continue;
            };
            if self.is_lines {
                out.extend(text);
                // A line at the end of a file may have none.
                if out.last() != Some(&b'\n') {
                    out.push(b'\n');
                }
            } else {
                match self.held.replace(text) {
                    None => {}
                    Some(before) => {
                        out.extend(before);
                        out.extend(self.separator.as_deref().unwrap_or(b","));
                    }
                }
            }
            self.written += 1;
        }
        Ok(out)
    }

    /// What is left: the last record, and what stood behind all.
    pub(super) fn tail(self, source: &Source, around: &[Edit]) -> Result<Vec<u8>, Error> {
        let mut out = self.held.unwrap_or_default();
        let length = source
            .length()
            .map_err(|error| Error::read(source, error))?;
        let last = self.last.unwrap_or_default();
        if !self.is_lines || self.last.is_none() {
            let tail = bytes(source, last..length)?;
            out.write_all(&patched(last, &tail, around))
                .map_err(unwritten)?;
        }
        Ok(out)
    }
}

fn bytes(source: &Source, range: std::ops::Range<u64>) -> Result<Vec<u8>, Error> {
    source
        .bytes(range)
        .map_err(|error| Error::read(source, error))
}
