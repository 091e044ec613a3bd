//! Documents whose addresses may occur twice, for files that were not surveyed.

use super::Error;
use super::batches::Workers;
use super::part::Part;
use super::pass::Pass;
use super::records::for_each_record;
use crate::fingerprints::fingerprint;
use crate::formats::{self, Record, Writer};
use crate::json::Locator;
use crate::json::cut::Batch;
use crate::model::At;
use crate::tally::Suspect;
use crate::texts::fingerprint_folded;

impl Pass<'_> {
    /// Adds the suspects to the tally. The file is gone over again only where there are any.
    pub(super) fn find_suspects(&self, workers: &Workers, whole: &mut Part) -> Result<(), Error> {
        let repeated = std::mem::take(&mut whole.sums.addresses).repeated();
        if repeated.is_empty() {
            return Ok(());
        }
        let suspect = |record: Record<'_>| {
            let reading = self.format.read(record, self.context());
            let document = reading.document?;
            if !repeated.contains(fingerprint_folded(&document.address)) {
                return None;
            }
            let locator = Locator::new(record.text);
            let at = At::Address;
            let site = formats::site(self.format, self.project(), &locator, &document, at);
            Some((record.index, Suspect::new(&document, site)))
        };
        let work = |batch: &Batch| {
            let mut found = Vec::new();
            for_each_record(batch, |record| found.extend(record.ok().and_then(suspect)));
            found
        };
        self.go_over(workers, work, |found| {
            whole.sums.tally.suspects.extend(found);
        })
    }

    /// Finds the documents whose names in the target occur twice. The file is gone over again only
    /// where there are any.
    pub(super) fn find_names(
        &self,
        workers: &Workers,
        writer: &dyn Writer,
        whole: &mut Part,
    ) -> Result<(), Error> {
        let repeated = std::mem::take(&mut whole.locations).repeated();
        if repeated.is_empty() {
            return Ok(());
        }
        let name = |record: Record<'_>| {
            let reading = self.format.read(record, self.context());
            let document = reading.document?;
            let location = writer.location(&document);
            if !repeated.contains(fingerprint(location)) {
                return None;
            }
            let locator = Locator::new(record.text);
            let at = At::Address;
            let site = formats::site(self.format, self.project(), &locator, &document, at);
            let written = document.address.path().to_owned();
            Some((location.to_owned(), written, site))
        };
        let work = |batch: &Batch| {
            let mut found = Vec::new();
            for_each_record(batch, |record| found.extend(record.ok().and_then(name)));
            found
        };
        self.go_over(workers, work, |found| whole.names.extend(found))
    }
}
