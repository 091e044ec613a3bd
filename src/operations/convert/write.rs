//! Documents written in another format, with what a ledger keeps of them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_jsonlines::JsonLinesWriter;

use super::conversion::Conversion;
use super::names;
use super::occurrences::SharedNames;
use super::place::{MARK, Placing};
use super::proof::Rewritten;
use super::restore::Ledger;
use super::spilling::{LONG, spill};
use super::sums::{TargetName, WrittenSums};
use super::{label_names, left_out};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Location;
use crate::formats::ledger::{self, LedgerEntry, LedgerHead, Sort};
use crate::formats::losses::{Loss, Losses};
use crate::formats::{LedgerSource, Output, Writer, Written};
use crate::input::Spool;
use crate::model::fingerprints::{Repeated, fingerprint};
use crate::model::path::last;
use crate::model::{At, Body, Document, Foreign, Kind, Labels, Project};
use crate::pipeline::Error;
use crate::pipeline::buffers::BufferPool;
use crate::pipeline::pass::Pass;
use crate::pipeline::visit::{Visit, Visitor};
use crate::text::Unit;

/// Writes documents in another format.
pub(super) struct Writing<'a> {
    pub(super) project: &'a Project,
    /// The labels that the source declares.
    pub(super) declared: &'a BTreeSet<String>,
    pub(super) writer: &'a dyn Writer,
    pub(super) placing: Placing<'a>,
    pub(super) skip_invalid: bool,
    /// The head of the ledger that is written, and what notes its facts, if one is.
    pub(super) saved: Option<(&'a LedgerHead, &'static dyn LedgerSource)>,
    /// The ledger that is put back, if one is, and what proves that it makes what it should.
    pub(super) restored: Option<(&'a Ledger, &'a Rewritten)>,
    /// Whether the ledger's addresses are put back too.
    pub(super) addresses: bool,
    /// Fingerprints of names in the target that occur twice, where the survey has them.
    pub(super) repeated_names: Option<&'a Repeated>,
    /// What is known of documents that share what a ledger calls them.
    pub(super) shared: &'a SharedNames,
    /// The unit that the source is read with.
    pub(super) read_unit: Unit,
    /// Whether documents with classes alone have none in the target, which has spans.
    pub(super) spans_only: bool,
    /// Whether files of the source, and of the target, say what documents are called.
    pub(super) has_names: (bool, bool),
    pub(super) buffers: BufferPool,
}

/// What is written of a batch.
#[derive(Default)]
pub(super) struct WrittenBatch {
    pub(super) out: Output,
    /// What was put aside of it, before the rest.
    pub(super) spilled: Option<Spool>,
    /// Lines of the ledger.
    pub(super) ledger: Vec<u8>,
    pub(super) sums: WrittenSums,
}

impl<'a> Writing<'a> {
    /// Writes without a ledger. `to` is the unit of the target.
    pub(super) fn new(
        pass: &Pass<'a>,
        conversion: &'a Conversion<'a>,
        writer: &'a dyn Writer,
        to: Unit,
        shared: &'a SharedNames,
    ) -> Self {
        let survey = pass.survey;
        let (read_unit, given) = (survey.unit.unit(), &conversion.metadata);
        Self {
            project: &survey.header.project,
            declared: &survey.declared,
            writer,
            placing: Placing::new(writer, conversion, (read_unit, to)),
            skip_invalid: conversion.skip_invalid,
            saved: None,
            restored: None,
            addresses: given.datastore.is_none() && given.prefix.is_none(),
            repeated_names: survey.repeated_names.as_ref(),
            shared,
            read_unit,
            spans_only: survey.kind.is_some_and(Kind::has_spans) && !conversion.to.mixes_kinds(),
            has_names: (pass.format.has_names(), conversion.to.has_names()),
            buffers: BufferPool::default(),
        }
    }
}

impl Visitor for Writing<'_> {
    type Part = WrittenBatch;

    fn begin(&self) -> WrittenBatch {
        WrittenBatch {
            out: Output {
                main: self.buffers.take(),
                files: Vec::new(),
            },
            ..WrittenBatch::default()
        }
    }

    /// Writes a document, as far as it can be written truthfully.
    fn document(&self, visit: Visit<'_, '_>, part: &mut WrittenBatch) -> Result<(), Error> {
        let Visit { aligned, location } = visit;
        let without = self.without_classes(aligned.document);
        let document = without.as_ref().unwrap_or(aligned.document);
        let named = self.named_back(document).or(without);
        let Some(changed) = named else {
            return self.of_labels(aligned, location, part);
        };
        let mut again = AlignedDocument {
            document: &changed,
            ..aligned.clone()
        };
        self.of_labels(&mut again, location, part)
    }
}

impl Writing<'_> {
    /// The document without its classes, where the target has no place for them.
    fn without_classes<'d>(&self, document: &Document<'d>) -> Option<Document<'d>> {
        let number = document.classes().len() as u64;
        let is_alone = number > 0 && document.labels.spans.is_none();
        (is_alone && self.spans_only).then(|| {
            let mut without = document.clone();
            without.labels = Labels::entities(Vec::new(), None);
            without.extras.lost.push((Foreign::Class, number));
            without
        })
    }

    /// Writes a document whose labels have the names that they come back with.
    fn of_labels(
        &self,
        aligned: &mut AlignedDocument<'_>,
        location: &dyn Fn(At) -> Location,
        part: &mut WrittenBatch,
    ) -> Result<(), Error> {
        let entries = self.entries_of(aligned, part)?;
        let Some(renamed) = names::renamed(aligned.document, &entries) else {
            return self.known(aligned, location, &entries, part);
        };
        let mut again = AlignedDocument {
            document: &renamed,
            ..aligned.clone()
        };
        self.known(&mut again, location, &entries, part)
    }

    /// Writes a document, with what a ledger keeps of it.
    fn known(
        &self,
        aligned: &mut AlignedDocument<'_>,
        location: &dyn Fn(At) -> Location,
        entries: &[LedgerEntry],
        part: &mut WrittenBatch,
    ) -> Result<(), Error> {
        let document = aligned.document;
        let name = self.writer.target_name(document);
        self.note_name(document, name, location, &mut part.sums);
        if document.unreadable > 0 && !self.skip_invalid {
            part.sums.unplaced.unreadable += document.unreadable;
        }
        if !self.writer.holds(document) {
            self.writer.unheld(aligned, &mut part.out);
            match self.saved {
                Some(saved) => self.save_whole(saved, aligned, location, part)?,
                None => self.writer.losses(aligned, &mut part.sums.losses),
            }
            return Ok(());
        }
        // What the ledger has of the address takes the place of one that is made.
        if ledger::find(entries, Sort::Address).is_none()
            && let Some(reason) = self.writer.name_fault(document)
        {
            let first = || (location(At::Address), name.to_owned(), reason);
            part.sums.nameless.add(first);
            return Ok(());
        }
        let unplaced = &mut part.sums.unplaced;
        let placed = self
            .placing
            .place(aligned, self.skip_invalid, location, unplaced);
        let Some(length) = placed else {
            if self.skip_invalid {
                match self.saved {
                    Some(_) => {
                        let name = self.kept_name(aligned, name);
                        let entry = left_out::entry(document, At::Document, location, &name);
                        self.leave_out(entry, document, part)?;
                    }
                    None => part.sums.losses.add(Loss::Document, 1),
                }
            }
            return Ok(());
        };
        self.count_losses(aligned, location, name, part)?;
        let needs_script = self.writer.needs_script(document, entries);
        let text = aligned.text().filter(|_| needs_script);
        let script = text.and_then(|text| part.sums.add_script(text.as_str()));
        let written = Written {
            aligned,
            length,
            entries,
            script,
        };
        self.write(written, part)
    }

    /// Adds to the ledger what is left out of the target.
    pub(super) fn leave_out(
        &self,
        mut entry: LedgerEntry,
        document: &Document<'_>,
        part: &mut WrittenBatch,
    ) -> Result<(), Error> {
        entry.occurrence = self.shared.saved.of(&entry.document, document.index);
        part.sums.saved += 1;
        let written = JsonLinesWriter::new(&mut part.ledger).write(&entry);
        written.map_err(Error::WriteLedger)
    }

    /// Notes the name that a document has in the target, where two may have the same.
    fn note_name(
        &self,
        document: &Document<'_>,
        name: &str,
        location: &dyn Fn(At) -> Location,
        sums: &mut WrittenSums,
    ) {
        // The survey knows last segments only, and paths may share them without being the same.
        let is_last = !name.contains('/');
        match self.repeated_names {
            Some(repeated) if !repeated.contains(fingerprint(last(name))) => {}
            Some(_) if is_last => {
                let place = location(At::Address);
                let named = TargetName::new(name, &document.address, place);
                sums.names.push(named);
            }
            _ => sums.target_names.push(fingerprint(name)),
        }
    }

    /// Counts, or saves, what the target has no place for in a document that was placed.
    fn count_losses(
        &self,
        aligned: &AlignedDocument<'_>,
        location: &dyn Fn(At) -> Location,
        name: &str,
        part: &mut WrittenBatch,
    ) -> Result<(), Error> {
        let document = aligned.document;
        if let Some(saved) = self.saved {
            let others = document.spans().iter().map(|label| label.span.unit);
            for unit in others.filter(|unit| *unit != self.read_unit) {
                part.sums.add_unit(unit);
            }
            let mut lost = Losses::default();
            self.writer.losses(aligned, &mut lost);
            if lost.of(Loss::Document) > 0 {
                // The target has no place for it, so nothing is there to put facts back into.
                part.sums
                    .losses
                    .add(Loss::Document, lost.of(Loss::Document));
                let name = self.kept_name(aligned, name);
                let entry = left_out::entry(document, At::Document, location, &name);
                return self.leave_out(entry, document, part);
            }
            let names = label_names::lost(document, &saved.0.label_names, self.writer);
            part.sums.losses.add(Loss::LabelName, names);
            // A foreign shape is spelled anew from the document, so what is noted is all that it has.
            let is_spelled = !self.project.shape.is_foreign();
            let returned = left_out::returned(document, &lost).filter(|_| is_spelled);
            let returned = returned.as_ref().map(|document| AlignedDocument {
                document,
                ..aligned.clone()
            });
            let returned = returned.as_ref().unwrap_or(aligned);
            let keeps_labels = self.save(saved, returned, name, part)?;
            if !keeps_labels {
                part.sums.losses.add(Loss::Edge, lost.of(Loss::Edge));
            }
            for (index, span) in aligned.spans.iter().enumerate() {
                if span.target.is_none() {
                    let name = self.kept_name(aligned, name);
                    let entry = left_out::entry(document, At::Label(index), location, &name);
                    self.leave_out(entry, document, part)?;
                }
            }
            if document.unreadable > 0 {
                let name = self.kept_name(aligned, name);
                self.leave_out(left_out::unread(location, &name), document, part)?;
            }
            let losses = &mut part.sums.losses;
            losses.add(Loss::Label, document.unreadable);
            if self.project.shape.is_foreign() {
                // The ledger has the document in today's shape, without these.
                losses.add(Loss::Unknown, document.extras.unknown);
            }
        } else {
            let losses = &mut part.sums.losses;
            left_out::count(aligned, losses);
            losses.add_uses(document, self.declared);
            self.writer.losses(aligned, losses);
        }
        Ok(())
    }

    fn write(&self, written: Written<'_, '_>, part: &mut WrittenBatch) -> Result<(), Error> {
        let document = written.aligned.document;
        if document.body != Body::Elsewhere
            && !self.writer.needs_text()
            && let Some(text) = written.aligned.any_text()
        {
            let name = self.writer.target_name(document).to_owned();
            let bytes = text.as_str();
            let bare = bytes.strip_prefix(MARK).unwrap_or(bytes);
            let marks = u64::from(bare.len() < bytes.len());
            part.sums.losses.add(Loss::Mark, marks);
            part.out.files.push((name, bare.into()));
        }
        let (before, files) = (part.out.main.len(), part.out.files.len());
        self.separate(&mut part.out);
        let start = part.out.main.len();
        // What is put back is read again as a whole.
        let restored = self.restored.filter(|_| !written.entries.is_empty());
        let (spilled, mut failed) = (&mut part.spilled, None);
        let mut relieved = false;
        let mut relieve = |out: &mut Vec<u8>| {
            if out.len() > LONG && restored.is_none() {
                relieved = true;
                failed = failed.take().or(spill(out, spilled).err());
            }
        };
        self.writer.document(written, &mut part.out, &mut relieve);
        if !relieved && part.out.main.len() == start {
            // A document that has no place in the file has none between others either.
            part.out.main.truncate(before);
        }
        if let Some(error) = failed {
            return Err(Error::write(error));
        }
        let is_in_file = part.out.main.len() > start;
        let is_a_file = part.out.files.len() > files;
        if relieved || is_in_file || is_a_file {
            let name = self.writer.target_name(document);
            let seen = &mut part.sums.seen.saved;
            let kept = || self.kept_name(written.aligned, name);
            self.shared.saved.note(kept, document.index, seen);
        }
        if let Some((ledger, rewritten)) = restored {
            let name = self.writer.target_name(document);
            // What the ledger calls it.
            let known = written.entries.first().map(|entry| &entry.document);
            let left_out = known.is_some_and(|known| ledger.has_left_out(known));
            // A record may be a file beside the product, and is the last one then.
            let bytes = match part.out.files.last() {
                Some((_, bytes)) if part.out.main.len() == start => bytes,
                _ => &part.out.main[start..],
            };
            let marks = self.writer.counts_mark();
            match rewritten.returned(bytes, written.aligned, name, left_out, marks) {
                Some(returned) => part.sums.returned += returned,
                // Who shares a name may not be known yet, and then these are the facts of another.
                None => part.sums.unproved = part.sums.unproved.take().or(Some(name.to_owned())),
            }
        }
        Ok(())
    }

    pub(super) fn separate(&self, out: &mut Output) {
        if !out.main.is_empty() {
            out.main.extend_from_slice(self.writer.separator());
        }
    }

    /// What a ledger calls a document that is called so in the target.
    pub(super) fn kept_name<'n>(
        &self,
        aligned: &AlignedDocument<'_>,
        name: &'n str,
    ) -> Cow<'n, str> {
        if self.has_names.1 {
            Cow::Borrowed(name)
        } else {
            Cow::Owned(names::by_text(aligned))
        }
    }
}
