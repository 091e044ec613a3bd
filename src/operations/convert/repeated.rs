//! Names that documents share in the target.

use super::sums::{TargetName, WrittenSums};
use crate::formats::Writer;
use crate::model::At;
use crate::model::fingerprints::fingerprint;
use crate::pipeline::Error;
use crate::pipeline::pass::{FoundDocument, Pass};
use crate::pipeline::workers::Workers;

/// Finds the documents whose names in the target occur twice. The file is gone over again only
/// where there are any.
pub(super) fn find_names(
    pass: &Pass<'_>,
    workers: &Workers,
    writer: &dyn Writer,
    sums: &mut WrittenSums,
) -> Result<(), Error> {
    let repeated = std::mem::take(&mut sums.target_names).repeated();
    if repeated.is_empty() {
        return Ok(());
    }
    let look = |found: FoundDocument<'_, '_>, (), names: &mut Vec<TargetName>| {
        let name = writer.target_name(found.document);
        if repeated.contains(fingerprint(name)) {
            let place = found.location(At::Address);
            names.push(TargetName::new(name, &found.document.address, place));
        }
        Ok(())
    };
    let names = &mut sums.names;
    pass.each_document(workers, |_| Some(()), look, |found| names.extend(found))
}
