//! What is said of each record, and what it adds up to.

use std::cell::RefCell;

use crate::alignment::{AlignedDocument, TextState};
use crate::corpus::surfaces::places;
use crate::corpus::{Ask, Uses};
use crate::diagnostics::store::DiagnosticStore;
use crate::diagnostics::{Diagnostic, FixAction, Issue, Located, Location};
use crate::formats::{self, Record, RecordForm};
use crate::input::{Listed, Lookup};
use crate::json::cut::Batch;
use crate::json::{Locator, patch};
use crate::model::fingerprints::fingerprint_folded;
use crate::model::{Address, At, Document, Labels};
use crate::operations::convert::write::Writing;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::records::for_each_record;
use crate::rules::{DocumentContext, Quota, run};
use crate::text::Text;

/// What a batch works with, from record to record.
#[derive(Default)]
struct Scratch {
    /// The bytes of a document's text.
    text: Vec<u8>,
    /// Those of its summary.
    summary: Vec<u8>,
    uses: Uses,
}

impl Pass<'_> {
    /// Judges the records of a batch, and writes them where that is asked for.
    pub(crate) fn work(&self, batch: &Batch) -> Aggregate {
        let mut part = Aggregate::default();
        part.sums.records = batch.count();
        part.findings = DiagnosticStore::new(&self.options.budget.of_batch());
        if !matches!(self.writing, Writing::None) {
            part.out = self.buffers.take();
        }
        let excerpts = Quota::new(self.options.snippets);
        let mut scratch = Scratch::default();
        for_each_record(batch, |record| match record {
            Ok(record) => self.record(record, &excerpts, &mut scratch, &mut part),
            Err(bad) => {
                part.unread_record();
                let location = Location {
                    bytes: bad.bytes,
                    pointer: self.format.record_pointer(self.project(), bad.index),
                    document: None,
                };
                let said = run::say(&bad.issue, Some(location), &self.options.levels);
                part.diagnostics.extend(said);
            }
        });
        part.sums.statistics.add_uses(scratch.uses);
        match &self.writing {
            Writing::Patch(header) => {
                let mut edits = std::mem::take(&mut part.edits);
                edits.extend(header.iter().cloned());
                edits.sort_by_key(|edit| edit.bytes.start);
                patch::apply(batch.start, &batch.bytes, &edits, &mut part.out);
            }
            Writing::None | Writing::New { .. } => {}
        }
        // Several batches wait for their turn.
        part.diagnostics.shrink_to_fit();
        part
    }

    fn record(
        &self,
        record: Record<'_>,
        excerpts: &Quota,
        scratch: &mut Scratch,
        part: &mut Aggregate,
    ) {
        let reading = self.format.read(record, self.context());
        let line = || Location {
            bytes: record.start..record.start + record.text.len() as u64,
            pointer: self.format.record_pointer(self.project(), record.index),
            document: None,
        };
        match reading.form {
            RecordForm::Kind(kind) => {
                let kinds = &mut part.sums.statistics.kinds;
                kinds.entry(kind).or_default().add(record.index, 1, line);
            }
            RecordForm::Image => part.sums.statistics.images.add(record.index, 1, line),
            RecordForm::Prediction => part.sums.statistics.predictions.add(record.index, 1, line),
            RecordForm::Undecided | RecordForm::Unreadable => {}
        }
        part.edits
            .extend(reading.edits.iter().map(|edit| edit.shifted(record.start)));
        let locator = Locator::new(record.text);
        let document = reading.document.as_ref();
        let name = || document.map(|document| document.address.path().to_owned());
        for found in &reading.issues {
            let location = self.location_of(&record, found, name());
            let said = run::say(&found.issue, Some(location), &self.options.levels);
            part.diagnostics.extend(said.map(|mut finding| {
                if self.wants_fixes() {
                    let (issue, pointer) = (&found.issue, &found.pointer);
                    let fix = Self::fix_issue(&locator, &record, &reading, issue, pointer);
                    finding.fix = fix.map(Box::new);
                }
                finding
            }));
        }
        self.ask_schema(&record, &reading, &locator, part);
        let Some(document) = document else {
            let blank = |found: &Located| found.issue == Issue::BlankLine;
            let lost = reading.form == RecordForm::Unreadable && !reading.issues.iter().all(blank);
            if lost {
                part.unread_record();
            }
            if reading.issues.iter().any(|found| found.issue.breaks_json()) {
                part.sums.first_broken.get_or_insert(record.start);
            }
            return;
        };
        self.document(document, &locator, excerpts, scratch, part);
    }

    /// Judges, counts and writes a document.
    fn document(
        &self,
        document: &Document<'_>,
        locator: &Locator<'_>,
        excerpts: &Quota,
        scratch: &mut Scratch,
        part: &mut Aggregate,
    ) {
        let Scratch {
            text: buffer,
            summary: other,
            uses,
        } = scratch;
        let state = self.text_state(&document.address, buffer, Some(&mut part.sums.listed));
        let mut aligned = AlignedDocument::new(document, state, self.survey.unit, self.weighing());
        if let Some(address) = &document.labels.summary {
            aligned.summary = Some(self.text_state(address, other, Some(&mut part.sums.listed)));
        }
        aligned.sole_language = self.sole_language();
        if self.assumes_unit()
            && let Some(text) = aligned.text()
        {
            part.sums.votes.add(document, text);
        }
        let location = |document: &Document<'_>, at: At| {
            formats::location(self.format, self.project(), locator, document, at)
        };
        let fixer = |document: &Document<'_>, fixes: &[FixAction]| {
            self.fix_document(locator, document, fixes)
        };
        let Aggregate {
            diagnostics,
            findings,
            unkept,
            ..
        } = part;
        let before = RefCell::new((findings, unkept));
        let relieve = |many: &mut Vec<Diagnostic>| {
            let (findings, unkept) = &mut *before.borrow_mut();
            if let Err(error) = findings.extend(many.drain(..)) {
                unkept.get_or_insert(error);
            }
        };
        let around = DocumentContext {
            levels: &self.options.levels,
            settings: &self.options.settings,
            location: &location,
            fixer: self.wants_fixes().then_some(&fixer),
            excerpts: Some(excerpts),
            relieve: Some(&relieve),
        };
        run::document(&self.document_rules, &aligned, &around, diagnostics);
        let declared = |label: &str| !self.declares() || self.survey.declared.contains(label);
        let suspect = match &self.survey.repeated {
            Some(repeated) if repeated.is_empty() => false,
            Some(repeated) => repeated.contains(fingerprint_folded(&document.address)),
            None => {
                part.sums
                    .addresses
                    .push(fingerprint_folded(&document.address));
                false
            }
        };
        part.sums.statistics.add(&aligned, suspect, location);
        uses.add(document, self.declares(), declared, location);
        let unlabeled = self.asks.contains(&Ask::Unlabeled);
        let places = if unlabeled || self.asks.contains(&Ask::Conflicts) {
            places(&aligned)
        } else {
            Vec::new()
        };
        part.sums.statistics.add_text(&aligned, &self.asks, &places);
        if unlabeled {
            self.kept.add(&aligned, &places, &mut part.searchable);
        }
        self.write(&aligned, locator, part);
    }

    /// The language that all documents must be in.
    fn sole_language(&self) -> Option<&str> {
        let project = self.project();
        let language = project.language.as_deref();
        language.filter(|_| project.multilingual == Some(false))
    }

    pub(crate) fn text_state<'b>(
        &self,
        address: &Address<'_>,
        buffer: &'b mut Vec<u8>,
        listed: Option<&mut Listed>,
    ) -> TextState<'b> {
        let Some(texts) = self.texts else {
            return TextState::NotAsked;
        };
        let listed = listed.filter(|_| self.lists || self.survey.is_assumed);
        match texts.read_listed(address, &self.survey.contested, buffer, listed) {
            Lookup::Missing(near) => TextState::Missing(near),
            Lookup::Unsafe(reason) => TextState::Unsafe(reason),
            Lookup::Unreadable(reason) => TextState::Unreadable(reason),
            Lookup::Read(_) => decoded(buffer),
        }
    }
}

/// A text as its bytes have it.
fn decoded(bytes: &[u8]) -> TextState<'_> {
    let Ok(text) = simdutf8::basic::from_utf8(bytes) else {
        let error = std::str::from_utf8(bytes).err();
        return TextState::NotUtf8(error.map_or(0, |error| error.valid_up_to()));
    };
    let text = Text::new(text);
    if text.as_str().trim().is_empty() {
        TextState::Blank(text)
    } else {
        TextState::Read(text)
    }
}
