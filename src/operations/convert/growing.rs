//! A new file as it grows.

use std::io;

use super::conversion::{Conversion, FileTarget, Target};
use super::sums::WrittenSums;
use super::write::{Writing, WrittenBatch};
use crate::input::Spool;
use crate::pipeline::Error;

/// What was written of the batches, in their order.
pub(super) struct NewFile<'p, 'a> {
    pub(super) writing: &'p Writing<'a>,
    pub(super) out: Target<'p>,
    pub(super) ledger: Target<'p>,
    /// Where files beside the label file are written.
    pub(super) files: Option<&'p dyn FileTarget>,
    /// The name of the source, and the title of the target's format.
    between: (&'p str, &'static str),
    /// Whether a document was written.
    any: bool,
    pub(super) sums: WrittenSums,
}

impl<'p, 'a> NewFile<'p, 'a> {
    pub(super) fn new(
        writing: &'p Writing<'a>,
        source: &'p str,
        (out, ledger): (Target<'p>, Target<'p>),
        conversion: &Conversion<'p>,
    ) -> Self {
        Self {
            writing,
            out,
            ledger,
            files: conversion.files,
            between: (source, conversion.to.info().title),
            any: false,
            sums: WrittenSums::default(),
        }
    }

    /// Writes what came of the batch that follows.
    pub(super) fn add(&mut self, mut batch: WrittenBatch) -> Result<(), Error> {
        for (name, bytes) in batch.out.files.drain(..) {
            let Some(files) = self.files else {
                // Only here it shows that not all texts of the file are elsewhere.
                let (source, target) = self.between;
                return Err(Error::TextsInside(source.to_owned(), target));
            };
            let Err(source) = files.write(&name, &bytes) else {
                continue;
            };
            let is_taken = source.kind() == io::ErrorKind::AlreadyExists;
            let error = Error::Write { path: name, source };
            if !is_taken {
                return Err(error);
            }
            // Whether two documents have one name, and so what to do, shows when all are there.
            self.sums.clash = self.sums.clash.take().or(Some(error));
        }
        let main = std::mem::take(&mut batch.out.main);
        let written = self.join(batch.spilled.take(), &main);
        self.writing.buffers.give(main);
        written.map_err(Error::write)?;
        let saved = self.ledger.write_all(&batch.ledger);
        saved.map_err(Error::WriteLedger)?;
        self.sums.add(batch.sums);
        Ok(())
    }

    /// Where documents are written that come after those that were written before.
    pub(super) fn documents(&mut self) -> io::Result<&mut dyn io::Write> {
        if self.any {
            self.out.write_all(self.writing.writer.separator())?;
        }
        self.any = true;
        Ok(&mut *self.out)
    }

    /// Writes the documents that a ledger kept from behind the last of `count`, and what comes
    /// after all documents.
    pub(super) fn finish(&mut self, count: u64) -> Result<(), Error> {
        let rest = self.writing.restored;
        let rest = rest
            .map(|(ledger, _)| ledger.documents(None, count))
            .transpose()?;
        for entry in rest.unwrap_or_default() {
            let mut document = Vec::new();
            self.writing.kept_document(&entry, &mut document)?;
            self.join(None, &document).map_err(Error::write)?;
        }
        let mut tail = Vec::new();
        self.writing.writer.tail(self.any, &mut tail);
        self.out.write_all(&tail).map_err(Error::write)
    }

    /// Writes documents after those that were written before: what was put aside of them, and the
    /// rest.
    fn join(&mut self, spilled: Option<Spool>, documents: &[u8]) -> io::Result<()> {
        if documents.is_empty() {
            return Ok(());
        }
        let out = self.documents()?;
        if let Some(mut spilled) = spilled {
            spilled.copy_to(out)?;
        }
        out.write_all(documents)
    }
}
