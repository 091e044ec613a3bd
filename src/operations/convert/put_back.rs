//! What a ledger puts back into the documents that are written.

use std::borrow::Cow;

use super::write::{Writing, WrittenBatch};
use super::{label_names, names};
use crate::alignment::AlignedDocument;
use crate::diagnostics::quote;
use crate::formats::ledger::{self, LedgerEntry, Sort};
use crate::model::Document;
use crate::pipeline::Error;

impl Writing<'_> {
    /// The document with the names of labels that it had, where the ledger has other ones.
    pub(super) fn named_back<'d>(&self, document: &Document<'d>) -> Option<Document<'d>> {
        let (ledger, _) = self.restored?;
        label_names::put_back(document, &ledger.head.label_names)
    }

    /// What a ledger keeps of a document; the documents that stood before it are written.
    pub(super) fn entries_of(
        &self,
        aligned: &AlignedDocument<'_>,
        part: &mut WrittenBatch,
    ) -> Result<Vec<LedgerEntry>, Error> {
        let document = aligned.document;
        let Some((ledger, _)) = self.restored else {
            return Ok(Vec::new());
        };
        for entry in ledger.documents(Some(document.index), 0)? {
            self.separate(&mut part.out);
            self.kept_document(&entry, &mut part.out.main)?;
        }
        let name = if self.has_names.0 {
            Cow::Borrowed(self.writer.target_name(document))
        } else {
            Cow::Owned(names::by_text(aligned))
        };
        let shared = &self.shared.restored;
        shared.note(
            || Cow::Borrowed(&*name),
            document.index,
            &mut part.sums.seen.restored,
        );
        let mut entries = ledger.facts(&name, shared.of(&name, document.index))?;
        if !self.addresses {
            entries.retain(|entry| entry.fact != Sort::Address);
        }
        let now = ledger::own_keys(document);
        part.sums.unplaced_entries += entries.iter().map(|entry| entry.gone(&now)).sum::<u64>();
        Ok(entries)
    }

    /// Writes a document that a ledger has as a whole.
    pub(super) fn kept_document(
        &self,
        entry: &LedgerEntry,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let (Some(value), Some((ledger, rewritten))) = (&entry.value, self.restored) else {
            return Ok(());
        };
        let start = out.len();
        self.writer.kept_document(value, out);
        let name = &entry.document;
        if rewritten.is_document(&out[start..], name) {
            return Ok(());
        }
        Err(ledger.fault(no_document(name)))
    }
}

/// Why a ledger cannot be put back: with what it has of a document, that is not what it was.
pub(super) fn no_document(name: &str) -> String {
    format!("what it has of {} does not make that document", quote(name))
}
