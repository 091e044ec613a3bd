//! Documents whose addresses may occur twice, for files that were not surveyed.

use crate::corpus::Suspect;
use crate::model::At;
use crate::model::fingerprints::fingerprint_folded;
use crate::pipeline::Error;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::pass::{FoundDocument, Pass};
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
        let look = |found: FoundDocument<'_, '_>, (), suspects: &mut Vec<(u64, Suspect)>| {
            let document = found.document;
            if repeated.contains(fingerprint_folded(&document.address)) {
                let suspect = Suspect::new(document, found.location(At::Address));
                suspects.push((document.index, suspect));
            }
            Ok(())
        };
        let suspects = &mut whole.sums.statistics.suspects;
        self.each_document(workers, |_| Some(()), look, |found| suspects.extend(found))
    }
}
