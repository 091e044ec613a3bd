//! Documents whose addresses may occur twice, for files that were not surveyed.

use crate::corpus::Suspect;
use crate::diagnostics::Location;
use crate::formats::{self, Writer};
use crate::json::Locator;
use crate::json::cut::Batch;
use crate::model::fingerprints::{fingerprint, fingerprint_folded};
use crate::model::{At, Document};
use crate::pipeline::Error;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::records::for_each_record;
use crate::pipeline::workers::Workers;

impl Pass<'_> {
    /// Adds the suspects to the statistics. The file is gone over again only where there are any.
    pub(crate) fn find_suspects(
        &self,
        workers: &Workers,
        whole: &mut Aggregate,
    ) -> Result<(), Error> {
        let repeated = std::mem::take(&mut whole.sums.addresses).repeated();
        if repeated.is_empty() {
            return Ok(());
        }
        let is_one =
            |document: &Document<'_>| repeated.contains(fingerprint_folded(&document.address));
        let suspect =
            |document: &Document<'_>, location| (document.index, Suspect::new(document, location));
        let suspects = &mut whole.sums.statistics.suspects;
        self.find(workers, is_one, suspect, |found| suspects.extend(found))
    }

    /// Finds the documents whose names in the target occur twice. The file is gone over again only
    /// where there are any.
    pub(crate) fn find_names(
        &self,
        workers: &Workers,
        writer: &dyn Writer,
        whole: &mut Aggregate,
    ) -> Result<(), Error> {
        let repeated = std::mem::take(&mut whole.target_names).repeated();
        if repeated.is_empty() {
            return Ok(());
        }
        let is_one =
            |document: &Document<'_>| repeated.contains(fingerprint(writer.target_name(document)));
        let name = |document: &Document<'_>, location| {
            let written = document.address.path().to_owned();
            (writer.target_name(document).to_owned(), written, location)
        };
        self.find(workers, is_one, name, |found| whole.names.extend(found))
    }

    /// Goes over the file once more for some documents: what is `told` of each, and the place of
    /// its address.
    fn find<T: Send>(
        &self,
        workers: &Workers,
        is_one: impl Fn(&Document<'_>) -> bool + Sync,
        told: impl Fn(&Document<'_>, Location) -> T + Sync,
        take: impl FnMut(Vec<T>) + Send,
    ) -> Result<(), Error> {
        let work = |batch: &Batch| {
            let mut found = Vec::new();
            for_each_record(batch, |record| {
                let Ok(record) = record else {
                    return;
                };
                let reading = self.format.read(record, self.context());
                if let Some(document) = reading.document.filter(&is_one) {
                    let locator = Locator::new(record.text);
                    let at = At::Address;
                    let location =
                        formats::location(self.format, self.project(), &locator, &document, at);
                    found.push(told(&document, location));
                }
            });
            found
        };
        self.go_over(workers, work, take)
    }
}
