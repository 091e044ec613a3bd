//! Where files of one format become one file: what is put between them, and what stands once.

use crate::formats::{Format, Layout};
use crate::input::Source;
use crate::json::cut::Batch;
use crate::json::patch::Edit;
use crate::pipeline::pass::Pass;
use crate::pipeline::{Error, Options};

/// How much of a file is looked at to see how its documents end.
const HEAD: u64 = 1 << 12;

/// The byte-order mark in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

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
        let failed = |error| Error::read(source, error);
        let mut seams = Vec::new();
        if source.is_several() && layout.folder.is_none() {
            let ranges = source.ranges().map_err(failed)?;
            let ranges: Vec<_> = ranges.into_iter().filter(|it| !it.is_empty()).collect();
            for pair in ranges.windows(2) {
                let (before, after) = (&pair[0], &pair[1]);
                fit(
                    pass.format,
                    source,
                    ranges[0].start,
                    after.start,
                    pass.options,
                )?;
                let last = before.end.saturating_sub(3).max(before.start)..before.end;
                let last = source.bytes(last).map_err(failed)?;
                let is_apart = [&b"\n\n"[..], b"\n\r\n"]
                    .iter()
                    .any(|end| last.ends_with(end));
                let is_blocks = layout == Layout::BLOCKS;
                seams.push(Seam {
                    start: after.start,
                    before: if is_blocks && !is_apart { b"\n" } else { b"" },
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
        let mark = if batch.bytes.starts_with(MARK) {
            MARK.len()
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

/// Makes sure that a file can follow the first.
fn fit(
    format: &dyn Format,
    source: &Source,
    first: u64,
    later: u64,
    options: &Options,
) -> Result<(), Error> {
    let head = |start: u64| {
        let bytes = source.bytes(start..start + HEAD);
        bytes.map_err(|error| Error::read(source, error))
    };
    if format.can_follow(&head(first)?, &head(later)?, &options.told) {
        return Ok(());
    }
    let files = source.files();
    let name = |start: u64| {
        let file = files.iter().find(|(_, at)| *at == start);
        file.map_or_else(|| source.name().to_owned(), |(name, _)| name.clone())
    };
    Err(Error::NotOne(name(first), name(later)))
}
