//! The names of the documents of a file.

use super::Corpus;
use crate::comparison::Name;
use crate::pipeline::Error;
use crate::pipeline::pass::FoundDocument;

impl Corpus<'_> {
    /// The names of its documents, each with its place among the records from 0; in their order. No text is
    /// read.
    ///
    /// Fails where the file cannot be read.
    pub(crate) fn paths(&self) -> Result<Vec<(u64, Name)>, Error> {
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
        self.each_document(|_| Some(()), look, |part| names.extend(part))?;
        Ok(names)
    }
}
