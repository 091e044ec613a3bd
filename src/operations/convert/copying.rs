//! A folder of files written in its own format: copied.

use std::path::Path;

use super::attempt::{Attempt, breaks_around};
use super::conversion::{FileTarget, Target};
use crate::pipeline::Error;
use crate::pipeline::pass::Pass;
use crate::pipeline::run::Ran;
use crate::pipeline::visit::{Visit, Visitor};
use crate::pipeline::workers::Workers;

/// Copies records that are files, each with its text.
struct Copying {
    /// How their names end.
    extension: &'static str,
}

impl Visitor for Copying {
    type Part = Vec<(String, Vec<u8>)>;

    fn begin(&self) -> Self::Part {
        Vec::new()
    }

    fn document(&self, visit: Visit<'_, '_>, part: &mut Self::Part) -> Result<(), Error> {
        let aligned = visit.aligned;
        let document = aligned.document;
        let name = document.address.path();
        if let Some(text) = aligned.any_text() {
            let mark = if text.has_byte_order_mark() {
                "\u{feff}"
            } else {
                ""
            };
            part.push((name.to_owned(), format!("{mark}{}", text.as_str()).into()));
        }
        let record = Path::new(name).with_extension(self.extension);
        // A line end stands for a file that is empty.
        let source = document.source.trim_end_matches('\n');
        let source = if source.is_empty() {
            ""
        } else {
            document.source
        };
        let record = record.to_string_lossy().replace('\\', "/");
        part.push((record, source.into()));
        Ok(())
    }
}

/// Copies the files of a folder, and what stands once in it.
pub(super) fn copy(
    pass: &Pass<'_>,
    workers: &Workers,
    files: &dyn FileTarget,
    out: Target<'_>,
) -> Result<Attempt, Error> {
    let source = pass.source;
    if source.has_once() {
        let first = source.ranges().map(|ranges| ranges.into_iter().next());
        let first = first.and_then(|first| source.bytes(first.unwrap_or(0..0)));
        let first = first.map_err(|error| Error::read(source, error))?;
        out.write_all(&first).map_err(Error::write)?;
    }
    let copying = Copying {
        extension: pass.format.info().extension(),
    };
    let ran = pass.run(workers, &copying, |part: Vec<(String, Vec<u8>)>| {
        for (name, bytes) in part {
            let written = files.write(&name, &bytes);
            written.map_err(|source| Error::Write { path: name, source })?;
        }
        Ok(())
    })?;
    let whole = match ran {
        Ran::Through(whole) => *whole,
        Ran::Refuted(refutation) => return Ok(Attempt::Refuted(refutation)),
    };
    let refused = whole.sums.unreadable > 0 || breaks_around(pass.survey);
    let mut outcome = pass.outcome(whole)?;
    outcome.refused = refused;
    Ok(outcome.into())
}
