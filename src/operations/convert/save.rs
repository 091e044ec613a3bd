//! What a ledger keeps of the documents that are written.

use serde_jsonlines::JsonLinesWriter;

use super::write::{Writing, WrittenBatch};
use super::{left_out, names};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Location;
use crate::formats::LedgerSource;
use crate::formats::ledger::{self, LedgerEntry, LedgerHead, Sort};
use crate::model::At;
use crate::pipeline::Error;

impl Writing<'_> {
    /// The fact of what a document is called, where the target does not say it.
    fn name_entries(&self, aligned: &AlignedDocument<'_>, name: &str) -> Vec<LedgerEntry> {
        if self.has_names.1 {
            return Vec::new();
        }
        let name = self.kept_name(aligned, name);
        vec![names::entry(aligned.document, &name)]
    }

    /// Adds the facts of a document to the ledger; answers whether its labels are among them.
    pub(super) fn save(
        &self,
        (head, source): (&LedgerHead, &dyn LedgerSource),
        aligned: &AlignedDocument<'_>,
        name: &str,
        part: &mut WrittenBatch,
    ) -> Result<bool, Error> {
        let mut entries = self.name_entries(aligned, name);
        let name = &*self.kept_name(aligned, name);
        source.entries(self.project, aligned, name, head, &mut entries);
        let keeps_labels = ledger::find(&entries, Sort::Labels).is_some();
        let occurrence = self.shared.saved.of(name, aligned.document.index);
        for entry in &mut entries {
            entry.occurrence = occurrence;
        }
        Self::note(entries, part)?;
        Ok(keeps_labels)
    }

    /// Adds a document to the ledger that the target does not hold: to put it back, or for people.
    pub(super) fn save_whole(
        &self,
        (head, source): (&LedgerHead, &dyn LedgerSource),
        aligned: &AlignedDocument<'_>,
        location: &dyn Fn(At) -> Location,
        part: &mut WrittenBatch,
    ) -> Result<(), Error> {
        let name = self.writer.target_name(aligned.document);
        let mut entries = self.name_entries(aligned, name);
        let name = &*self.kept_name(aligned, name);
        if source.whole(self.project, aligned, name, head, &mut entries) {
            return Self::note(entries, part);
        }
        self.writer.losses(aligned, &mut part.sums.losses);
        let entry = left_out::entry(aligned.document, At::Document, location, name);
        self.leave_out(entry, aligned.document, part)
    }

    fn note(entries: Vec<LedgerEntry>, part: &mut WrittenBatch) -> Result<(), Error> {
        part.sums.saved += entries.len() as u64;
        let written = JsonLinesWriter::new(&mut part.ledger).write_all(entries);
        written.map_err(Error::WriteLedger)
    }
}
