//! The names of the documents of a file.

use super::read::Corpus;
use crate::comparison::Name;
use crate::pipeline::Error;
use crate::pipeline::pass::FoundDocument;

/// The names of the documents of a file, each with its place among the records from 0; in their order. No
/// text is read.
///
/// Fails where the file cannot be read.
pub(super) fn names(corpus: &Corpus<'_>) -> Result<Vec<(u64, Name)>, Error> {
    let look = |found: FoundDocument<'_, '_>, (), part: &mut Vec<(u64, Name)>| {
        let address = &found.document.address;
        let name = Name {
            path: address.path().into(),
            shortens: address.shortens,
        };
        part.push((found.document.index, name));
        Ok(())
    };
    let mut names = Vec::new();
    corpus.each_document(|_| Some(()), look, |part| names.extend(part))?;
    Ok(names)
}
