//! What is said of each record, and what it adds up to.

use super::Pass;
use super::aggregate::Aggregate;
use super::findings::{Quota, note_text};
use crate::alignment::AlignedDocument;
use crate::corpus::Uses;
use crate::corpus::surfaces::places;
use crate::diagnostics::{Issue, Located, Location};
use crate::formats::{self, Reading, Record, RecordForm, UnitRule};
use crate::json::Locator;
use crate::json::cut::Batch;
use crate::json::patch::Edit;
use crate::model::fingerprints::fingerprint_folded;
use crate::model::{At, Document};
use crate::pipeline::Error;
use crate::pipeline::records::each_reading;
use crate::pipeline::visit::{Visit, Visitor};
use crate::rules::{Said, run};
use crate::text::Text;

/// What a batch works with, from record to record.
struct Scratch<P> {
    /// The bytes of a document's text.
    text: Vec<u8>,
    /// Those of its summary.
    summary: Vec<u8>,
    /// What the rules have said of the document.
    said: Vec<Said<At>>,
    uses: Uses,
    quota: Quota,
    /// What would bring the records to today's shape, in bytes of the file.
    edits: Vec<Edit>,
    /// What the operation makes of the batch.
    made: P,
}

impl Pass<'_> {
    /// Judges the records of a batch, and has an operation visit them.
    pub(crate) fn work<V: Visitor>(&self, batch: &Batch, visitor: &V) -> (Aggregate, V::Part) {
        let mut aggregate = Aggregate::of_batch(self.options);
        aggregate.sums.records = batch.count();
        let mut scratch = Scratch {
            text: Vec::new(),
            summary: Vec::new(),
            said: Vec::new(),
            uses: Uses::default(),
            quota: Quota::new(self.options.snippets),
            edits: Vec::new(),
            made: visitor.begin(),
        };
        let all = |_: &Record<'_>| Some(());
        each_reading(
            batch,
            self.format,
            self.context(),
            Some(&self.texts),
            all,
            |found| match found {
                Ok((record, reading, ())) => {
                    self.record(record, &reading, visitor, &mut scratch, &mut aggregate);
                }
                Err(bad) => {
                    aggregate.unread_record();
                    let location = Location {
                        bytes: bad.bytes,
                        pointer: self.format.record_pointer(self.project(), bad.index),
                        document: None,
                    };
                    let said = run::say(&bad.issue, Some(location), &self.options.levels);
                    aggregate.diagnostics.extend(said);
                }
            },
        );
        let Scratch {
            uses,
            edits,
            mut made,
            ..
        } = scratch;
        aggregate.sums.statistics.add_uses(uses);
        visitor.end(batch, edits, &mut made);
        // Several batches wait for their turn.
        aggregate.diagnostics.shrink_to_fit();
        aggregate.searchable.shrink();
        (aggregate, made)
    }

    fn record<V: Visitor>(
        &self,
        record: Record<'_>,
        reading: &Reading<'_>,
        visitor: &V,
        scratch: &mut Scratch<V::Part>,
        batch: &mut Aggregate,
    ) {
        let line = || Location {
            bytes: record.start..record.start + record.text.len() as u64,
            pointer: self.format.record_pointer(self.project(), record.index),
            document: None,
        };
        let statistics = &mut batch.sums.statistics;
        match reading.form {
            RecordForm::Kind(kind) => {
                let kinds = &mut statistics.kinds;
                kinds.entry(kind).or_default().add(record.index, 1, line);
            }
            RecordForm::Image => statistics.images.add(record.index, 1, line),
            RecordForm::Prediction => statistics.predictions.add(record.index, 1, line),
            RecordForm::NotAccepted(why) => {
                let seen = statistics.not_accepted.entry(why).or_default();
                seen.add(record.index, 1, line);
            }
            RecordForm::Classes { .. } | RecordForm::Undecided | RecordForm::Unreadable => {}
        }
        let edits = reading.edits.iter();
        let edits = edits.map(|edit| edit.shifted(record.start));
        scratch.edits.extend(edits);
        let locator = Locator::new(record.text);
        let noted = batch.diagnostics.len();
        self.add_issues(&record, reading, &locator, batch);
        let Some(document) = &reading.document else {
            let blank = |found: &Located| matches!(found.issue, Issue::BlankLine | Issue::BlankRow);
            let lost = reading.form == RecordForm::Unreadable && !reading.issues.iter().all(blank);
            if lost {
                batch.unread_record();
            }
            if reading.issues.iter().any(|found| found.issue.breaks_json()) {
                batch.sums.first_broken.get_or_insert(record.start);
            }
            return;
        };
        if batch.failed.is_none() {
            let judged = self.document(document, noted, &locator, visitor, scratch, batch);
            batch.failed = judged.err();
        }
    }

    /// Judges and counts a document, and has it visited. What its reader noted are the findings of the batch
    /// from `noted` on.
    ///
    /// Fails where something that it takes cannot be read.
    fn document<V: Visitor>(
        &self,
        document: &Document<'_>,
        noted: usize,
        locator: &Locator<'_>,
        visitor: &V,
        scratch: &mut Scratch<V::Part>,
        batch: &mut Aggregate,
    ) -> Result<(), Error> {
        let Scratch {
            text,
            summary,
            said,
            uses,
            quota,
            made,
            ..
        } = scratch;
        let listed = self.listed(&mut batch.sums.listed);
        let state = self.texts.text_of(document, text, listed)?;
        let weighs = self.rules.weighs_units && self.format.info().unit != UnitRule::None;
        let mut aligned = AlignedDocument::new(document, state, self.survey.unit, weighs);
        let print = self.text_print(aligned.text().map(Text::as_str));
        for finding in batch.diagnostics.iter_mut().skip(noted) {
            note_text(finding, print);
        }
        if let Some(address) = &document.labels.summary {
            let listed = self.listed(&mut batch.sums.listed);
            aligned.summary = Some(self.texts.text_at(address, summary, listed)?);
        }
        aligned.sole_language = self.sole_language();
        aligned.project_language = self.project().language.as_deref();
        if self.assumes_unit()
            && let UnitRule::Inferred { among, .. } = self.format.info().unit
        {
            batch.sums.votes.add(&aligned, among);
        }
        let location =
            |at: At| formats::location(self.format, self.project(), locator, document, at);
        run::document(
            &self.rules.on_documents,
            &aligned,
            &self.options.settings,
            said,
            &mut |said| {
                self.add_findings(said, &aligned, locator, &location, quota, batch);
            },
        );
        self.add_findings(said, &aligned, locator, &location, quota, batch);
        self.count(&aligned, &location, uses, batch);
        let visit = Visit {
            aligned: &mut aligned,
            location: &location,
        };
        visitor.document(visit, made)
    }

    /// Counts a document.
    fn count(
        &self,
        aligned: &AlignedDocument<'_>,
        location: &dyn Fn(At) -> Location,
        uses: &mut Uses,
        batch: &mut Aggregate,
    ) {
        let document = aligned.document;
        let declared = |label: &str| !self.declares() || self.survey.declared.contains(label);
        let suspect = match &self.survey.repeated {
            Some(repeated) if repeated.is_empty() => false,
            Some(repeated) => repeated.contains(fingerprint_folded(&document.address)),
            None => {
                let addresses = &mut batch.sums.addresses;
                addresses.push(fingerprint_folded(&document.address));
                false
            }
        };
        let location = |_: &Document<'_>, at: At| location(at);
        let statistics = &mut batch.sums.statistics;
        statistics.add(aligned, suspect, location);
        uses.add(document, self.declares(), declared, location);
        statistics.add_text(aligned, &self.rules.asks);
        if self.rules.asks.iter().any(|ask| ask.is_of_surfaces()) {
            let places = places(aligned);
            batch.noted.add(aligned, &places);
            if self.rules.asks.iter().any(|ask| ask.searches()) {
                self.cache.add(aligned, &places, &mut batch.searchable);
            }
        }
    }

    /// The language that all documents must be in.
    fn sole_language(&self) -> Option<&str> {
        let project = self.project();
        let language = project.language.as_deref();
        language.filter(|_| project.multilingual == Some(false))
    }

    /// Whether the offsets' unit was assumed, so that the documents have to tell.
    pub(crate) fn assumes_unit(&self) -> bool {
        let is_found = matches!(self.survey.unit, crate::model::UnitChoice::Found(_));
        self.survey.is_assumed && is_found
    }
}
