//! Documents written in another format, with what a ledger keeps of them.

use std::fs::File;
use std::io::{self, Write};

use serde_jsonlines::JsonLinesWriter;

use crate::alignment::AlignedDocument;
use crate::diagnostics::Location;
use crate::formats::ledger::{self, LabelKey, LedgerEntry, LedgerHead, Sort};
use crate::formats::losses::Loss;
use crate::formats::{self, Writer};
use crate::json::Locator;
use crate::json::patch::Edit;
use crate::model::fingerprints::fingerprint;
use crate::model::{At, Document};
use crate::operations::convert::place::Placing;
use crate::operations::convert::restore::Ledger;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::text::Span;

/// How the documents are written.
pub(crate) enum Writing<'a> {
    /// Not at all.
    None,
    /// As they stand, but for these edits around the documents and those that reading a
    /// document asks for. Sorted, in bytes of the file.
    Patch(Vec<Edit>),
    /// In another format.
    New {
        writer: &'a dyn Writer,
        placing: Placing,
        skip_invalid: bool,
        /// The head of the ledger that is written, if one is.
        saved: Option<&'a LedgerHead>,
        /// The ledger that is put back, if one is.
        restored: Option<&'a Ledger>,
        /// Whether the ledger's addresses are put back too.
        addresses: bool,
    },
}

impl Pass<'_> {
    /// Writes a document, as far as it can be written truthfully.
    pub(crate) fn write(
        &self,
        aligned: &AlignedDocument<'_>,
        locator: &Locator<'_>,
        part: &mut Aggregate,
    ) {
        if let Err(error) = self.try_write(aligned, locator, part) {
            part.failed.get_or_insert(error);
        }
    }

    fn try_write(
        &self,
        aligned: &AlignedDocument<'_>,
        locator: &Locator<'_>,
        part: &mut Aggregate,
    ) -> io::Result<()> {
        let Writing::New {
            writer,
            placing,
            skip_invalid,
            saved,
            restored,
            addresses,
        } = &self.writing
        else {
            return Ok(());
        };
        let document = aligned.document;
        let name = writer.target_name(document);
        let separate = |out: &mut Vec<u8>| {
            if !out.is_empty() {
                out.extend_from_slice(writer.separator());
            }
        };
        let mut entries = Vec::new();
        if let Some(ledger) = restored {
            for entry in ledger.documents(Some(document.index), 0)? {
                if let Some(value) = &entry.value {
                    separate(&mut part.out);
                    writer.kept_document(value, &mut part.out);
                }
            }
            entries = ledger.entries(name)?;
            if !addresses {
                entries.retain(|entry| entry.fact != Sort::Address);
            }
            let now = ledger::own_keys(document);
            let gone = |then: &Vec<LabelKey>| {
                let found = ledger::matches(&now, then).iter().flatten().count();
                (then.len() - found) as u64
            };
            let labels = entries.iter().filter_map(|entry| entry.labels.as_ref());
            part.unplaced_entries += labels.map(gone).sum::<u64>();
        }
        let print = fingerprint(name);
        let repeated = self.survey.repeated_names.as_ref();
        if repeated.is_none() {
            part.target_names.push(print);
        }
        if repeated.is_some_and(|repeated| repeated.contains(print)) {
            let location =
                formats::location(self.format, self.project(), locator, document, At::Address);
            let written = document.address.path().to_owned();
            part.names.push((name.to_owned(), written, location));
        }
        let location =
            |at: At| formats::location(self.format, self.project(), locator, document, at);
        if document.unreadable > 0 && !skip_invalid {
            part.unplaced.unreadable += document.unreadable;
        }
        if !writer.holds(document) {
            match saved {
                Some(head) => part.save(self, aligned, &[], name, head)?,
                None => writer.losses(aligned, &mut part.losses),
            }
            return Ok(());
        }
        let placed = placing.place(aligned, *skip_invalid, &location, &mut part.unplaced);
        let Some(mut placed) = placed else {
            if *skip_invalid {
                match saved {
                    Some(_) => part.leave_out(document, At::Document, &location, name)?,
                    None => part.losses.add(Loss::Document, 1),
                }
            }
            return Ok(());
        };
        let left_out = placed
            .spans
            .iter()
            .enumerate()
            .filter(|(_, span)| span.is_none());
        let left_out: Vec<usize> = left_out.map(|(index, _)| index).collect();
        if let Some(head) = saved {
            part.save(self, aligned, &placed.spans, name, head)?;
            for index in left_out {
                part.leave_out(document, At::Label(index), &location, name)?;
            }
            part.losses.add(Loss::Label, document.unreadable);
            if self.project().shape.is_foreign() {
                // The ledger has the document in today's shape, without these.
                part.losses.add(Loss::Unknown, document.extras.unknown);
            }
        } else {
            part.losses
                .add(Loss::Label, left_out.len() as u64 + document.unreadable);
            writer.losses(aligned, &mut part.losses);
        }
        placed.entries = entries;
        separate(&mut part.out);
        let (spilled, mut failed) = (&mut part.spilled, None);
        let mut relieve = |out: &mut Vec<u8>| {
            if out.len() > LONG {
                let error = spill(out, spilled).err();
                failed = failed.take().or(error.as_ref().map(in_temporary_folder));
            }
        };
        writer.document(document, placed.as_placed(), &mut part.out, &mut relieve);
        failed.map_or(Ok(()), Err)
    }
}

/// What a batch has written is put aside when it is longer than this, which takes a document of
/// some megabytes.
const LONG: usize = 16 << 20;

/// Puts what was written aside, in an unnamed temporary file, but for the last bytes: the writer
/// may still take back a comma.
fn spill(out: &mut Vec<u8>, file: &mut Option<File>) -> io::Result<()> {
    const KEPT: usize = 64;
    let file = match file {
        Some(file) => file,
        None => file.insert(tempfile::tempfile()?),
    };
    let end = out.len().saturating_sub(KEPT);
    file.write_all(&out[..end])?;
    out.drain(..end);
    Ok(())
}

fn in_temporary_folder(error: &io::Error) -> io::Error {
    let folder = tempfile::env::temp_dir();
    let reason = format!("the temporary folder {}: {error}", folder.display());
    io::Error::new(error.kind(), reason)
}

impl Aggregate {
    /// Adds the facts of a document to the ledger.
    fn save(
        &mut self,
        pass: &Pass<'_>,
        aligned: &AlignedDocument<'_>,
        spans: &[Option<Span>],
        name: &str,
        head: &LedgerHead,
    ) -> io::Result<()> {
        let mut entries = Vec::new();
        let project = pass.project();
        pass.format
            .ledger_entries(project, aligned, spans, name, head, &mut entries);
        self.saved += entries.len() as u64;
        JsonLinesWriter::new(&mut self.ledger).write_all(entries)
    }

    /// Adds to the ledger what is left out of the target: a label, or a document.
    fn leave_out(
        &mut self,
        document: &Document<'_>,
        at: At,
        location: &dyn Fn(At) -> Location,
        name: &str,
    ) -> io::Result<()> {
        let location = location(at);
        let index = |place: u64| usize::try_from(place - document.start).unwrap_or(usize::MAX);
        let text = document
            .source
            .get(index(location.bytes.start)..index(location.bytes.end));
        let entry = LedgerEntry {
            document: name.to_owned(),
            fact: Sort::LeftOut,
            pointer: location.pointer,
            value: text.and_then(ledger::compact),
            labels: None,
            nth: 0,
        };
        self.saved += 1;
        JsonLinesWriter::new(&mut self.ledger).write(&entry)
    }
}
