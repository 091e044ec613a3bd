//! Where files of one format become one file: what is put between them, and what stands once.

use crate::formats::Layout;
use crate::input::Source;
use crate::json::cut::{BYTE_ORDER_MARK, Batch};
use crate::json::patch::Edit;
use crate::pipeline::Error;
use crate::pipeline::pass::Pass;

/// How much of a file is looked at to see how its documents end.
const HEAD: u64 = 1 << 12;

/// The beginnings of the files behind the first, where the source is of several.
pub(super) struct Seams {
    seams: Vec<Seam>,
    /// Whether each file has a heading, which the new one has once.
    has_heading: bool,
}

/// The beginning of a file.
struct Seam {
    /// Its first byte in the bytes of all.
    start: u64,
    /// What is put before it.
    before: &'static [u8],
}

impl Seams {
    /// Those of a source. None where it is one file, or a folder that is one label file.
    ///
    /// Fails where it cannot be read, and where the files cannot be one: their documents end otherwise.
    pub(super) fn of(pass: &Pass<'_>) -> Result<Self, Error> {
        let (source, layout) = (pass.source, pass.format.info().layout);
        let read = |bytes| {
            source
                .bytes(bytes)
                .map_err(|error| Error::read(source, error))
        };
        let head = |start| read(start..start + HEAD);
        let ranges = source
            .ranges()
            .map_err(|error| Error::read(source, error))?;
        let ranges: Vec<_> = ranges.into_iter().filter(|it| !it.is_empty()).collect();
        let mut seams = Vec::new();
        if let ([first, _, ..], None) = (&*ranges, layout.folder) {
            let beginning = head(first.start)?;
            for pair in ranges.windows(2) {
                let (before, start) = (&pair[0], pair[1].start);
                let told = &pass.options.told;
                if !pass.format.can_follow(&beginning, &head(start)?, told) {
                    return Err(Error::NotOne(
                        name(source, first.start),
                        name(source, start),
                    ));
                }
                let is_open = layout == Layout::BLOCKS && {
                    let last = before.end.saturating_sub(3).max(before.start)..before.end;
                    let last = read(last)?;
                    !last.ends_with(b"\n\n") && !last.ends_with(b"\n\r\n")
                };
                seams.push(Seam {
                    start,
                    before: if is_open { b"\n" } else { b"" },
                });
            }
        }
        Ok(Self {
            seams,
            has_heading: layout == Layout::ROWS,
        })
    }

    /// What is put before a batch, and the edit that takes away what the new file has already.
    pub(super) fn before(&self, batch: &Batch) -> Option<(&'static [u8], Edit)> {
        let at = self
            .seams
            .binary_search_by_key(&batch.start, |seam| seam.start);
        let seam = self.seams.get(at.ok()?)?;
        let mark = if batch.bytes.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        let passed = if self.has_heading {
            let first = batch.records.first();
            first.map_or(batch.bytes.len(), |record| record.start)
        } else {
            mark
        };
        let edit = Edit {
            bytes: batch.start..batch.start + passed as u64,
            text: String::new(),
        };
        Some((seam.before, edit))
    }
}

/// The file that begins at a byte of all.
fn name(source: &Source, start: u64) -> String {
    let files = source.files();
    let file = files.into_iter().find(|(_, at)| *at == start);
    file.map_or_else(|| source.name().to_owned(), |(name, _)| name)
}
