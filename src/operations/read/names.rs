//! The names and addresses of the documents of a file.

#[cfg(feature = "cli")]
use std::ops::Range;

use super::Corpus;
use crate::comparison::Name;
use crate::pipeline::Error;
use crate::pipeline::pass::FoundDocument;

/// What is known of a document without its text.
#[cfg(feature = "cli")]
pub(crate) struct Member {
    /// Its place among the records, from 0.
    pub index: u64,
    /// The path that the label file has for its text.
    pub name: String,
    /// The set that it belongs to.
    pub split: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The bytes of its record in the label file.
    pub bytes: Range<u64>,
}

/// A document and what its address names.
#[cfg(feature = "cli")]
pub(crate) struct Addressed {
    /// Its place among the records, from 0.
    pub index: u64,
    /// What a project calls it: a location, or the last segment of a URL's path.
    pub location: String,
    /// What its URL names, however that is spelled.
    pub identity: String,
}

impl Corpus<'_> {
    /// Calls `each` with each document, in their order. No text is read.
    ///
    /// Fails where the file cannot be read.
    #[cfg(feature = "cli")]
    pub(crate) fn each_member(&self, mut each: impl FnMut(Member) + Send) -> Result<(), Error> {
        let look = |found: FoundDocument<'_, '_>, (), part: &mut Vec<Member>| {
            let document = found.document;
            part.push(Member {
                index: document.index,
                name: document.address.path().to_owned(),
                split: document.split.as_ref().map(|split| split.name().to_owned()),
                language: document.language.as_deref().map(str::to_owned),
                bytes: document.start..document.start + document.source.len() as u64,
            });
            Ok(())
        };
        self.each_document(
            |_| Some(()),
            look,
            |part: Vec<Member>| part.into_iter().for_each(&mut each),
        )
    }

    /// Its documents that stand at URLs, in their order. No text is read.
    ///
    /// Fails where the file cannot be read.
    #[cfg(feature = "cli")]
    pub(crate) fn addresses(&self) -> Result<Vec<Addressed>, Error> {
        let look = |found: FoundDocument<'_, '_>, (), part: &mut Vec<Addressed>| {
            let address = &found.document.address;
            if !address.is_location() {
                part.push(Addressed {
                    index: found.document.index,
                    location: address.name().to_owned(),
                    identity: address.identity().into_owned(),
                });
            }
            Ok(())
        };
        let mut addresses = Vec::new();
        self.each_document(|_| Some(()), look, |part| addresses.extend(part))?;
        Ok(addresses)
    }

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
