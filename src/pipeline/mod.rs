//! Cut, read, check, write: a label file from its bytes to findings, and to bytes again.
//!
//! The survey learns what hangs on the whole file, from its header or its first records where
//! they tell, and from all of it where they do not. The pass then judges each document and, in a
//! conversion, writes it. Both work on batches of about 256 KiB in parallel and put the results
//! together in the order of the file, so nothing depends on the number of threads and memory
//! does not grow with the file.
//!
//! This is the only place where threads work on files.

pub(crate) mod buffers;
mod counted;
pub(crate) mod cutter;
mod error;
mod folding;
mod joining;
#[cfg(feature = "parallel")]
mod many;
mod meter;
mod options;
pub(crate) mod originals;
mod outcome;
mod overview;
pub(crate) mod pass;
mod reach;
pub(crate) mod recheck;
pub(crate) mod records;
mod regions;
pub(crate) mod run;
pub(crate) mod survey;
pub(crate) mod texts;
pub(crate) mod visit;
pub mod workers;

use crate::diagnostics::Looks;
use crate::formats::{Detected, Format, HEAD_BYTES, detect, folder_format, is_of};
use crate::input::Source;

pub use counted::{Counted, LeftOut};
pub use error::Error;
#[cfg(feature = "parallel")]
pub use many::side_by_side;
pub use meter::Meter;
pub use options::Options;
pub use outcome::{Input, Outcome};
pub use reach::{Reach, Reached};

/// The format to read a file with, or what it is instead of a label file.
pub(crate) fn resolve_format(
    source: &Source,
    given: Option<&'static dyn Format>,
) -> Result<Result<&'static dyn Format, Looks>, Error> {
    // The files of a folder are told by their names: a record may be empty.
    if let Some(format) = source.extension().and_then(folder_format) {
        return Ok(match given {
            Some(given) if given.info().name != format.info().name => Err(Looks::Broken(format!(
                "a folder of {}",
                format.info().title
            ))),
            _ => Ok(format),
        });
    }
    let head = source
        .head(HEAD_BYTES)
        .map_err(|error| Error::read(source, error))?;
    let found = match (detect(&head), given) {
        // What the user says decides between formats that fit.
        (_, Some(given)) if is_of(&head, given) => Ok(given),
        (Detected::Format(found, _), Some(given)) if found.info().name != given.info().name => {
            Err(Looks::Broken(format!(
                "a label file of {} (`{}`), not of {} as `--format` or `--from` says",
                found.info().title,
                found.info().name,
                given.info().title
            )))
        }
        // What is no known format at sight may still be a broken file of the one that is named.
        (Detected::Other(looks), Some(given)) if !looks.is_no_text() && given.may_be(&head) => {
            Ok(given)
        }
        (Detected::Format(found, _), _) => Ok(found),
        (Detected::Undecided(among), _) => {
            let names = among.iter().map(|format| format.info().name).collect();
            Err(Looks::Undecided(names))
        }
        (Detected::Other(looks), _) => Err(looks),
    };
    Ok(found.and_then(|format| {
        if source.is_several() && !format.info().layout.joins {
            return Err(Looks::Broken(format!(
                "several files of {}, which can only be read one by one",
                format.info().title
            )));
        }
        Ok(format)
    }))
}
