//! Cut, read, check, write: a label file from its bytes to findings, and to bytes again.
//!
//! The survey learns what hangs on the whole file, from its header or its first records where
//! they tell, and from all of it where they do not. The pass then judges each document and, in a
//! conversion, writes it. Both work on batches of about 256 KiB in parallel and put the results
//! together in the order of the file, so nothing depends on the number of threads and memory
//! does not grow with the file.
//!
//! This is the only place where threads work on files.

mod batches;
mod convert;
mod disproof;
mod error;
mod facts;
mod fix;
mod header;
mod judge;
mod ledger;
mod many;
mod mending;
mod meter;
mod outcome;
mod part;
mod partial;
mod pass;
mod place;
mod plan;
mod records;
mod second_look;
mod shard;
mod spare;
mod survey;
mod suspects;
mod unlisted;
mod votes;
mod write;

use std::sync::Arc;

use crate::findings::Room;
use crate::json::cut::Sizes;
use crate::rules::Levels;
use crate::settings::Settings;
use crate::text::Unit;
use crate::texts::Texts;

pub use convert::{Conversion, Metadata, Product, Target, convert};
pub use error::Error;
pub use fix::{Fixed, fix};
pub use ledger::Ledger;
pub use many::side_by_side;
pub use meter::Meter;
pub use outcome::{Input, Outcome};
pub use shard::{merge, shard};
pub use unlisted::unlisted;

use crate::formats::{Detected, Format, HEAD_BYTES, detect};
use crate::source::Source;
use batches::Workers;
use survey::Purpose;

/// What a run is asked to do, whatever the file.
#[derive(Debug)]
pub struct Options {
    /// Which rules run, and at which severity.
    pub levels: Levels,
    /// Where the rules draw their lines.
    pub settings: Settings,
    /// The unit of offsets in files that do not say it; `None` lets the evidence decide.
    pub unit: Option<Unit>,
    /// Threads.
    pub jobs: usize,
    /// The size of a batch in bytes. Results do not depend on it.
    pub batch_bytes: usize,
    /// Whether records that are as they should be are read the quick way. Results do not
    /// depend on it.
    pub quick: bool,
    /// Whether the published schema is asked about every record too.
    pub schema_strict: bool,
    /// Whether findings say what mends them.
    pub mend: bool,
    /// How many findings of a file get the words of the label file around their place.
    pub snippets: usize,
    /// Is told how far the work has come.
    pub meter: Option<Arc<Meter>>,
    /// Where the findings are kept. Results do not depend on it; the files of one run should
    /// share it.
    pub room: Room,
}

impl Options {
    /// How much of a file is held at a time.
    const fn sizes(&self) -> Sizes {
        Sizes {
            batch: self.batch_bytes,
            record: self.settings.thresholds.record_bytes,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            levels: Levels::default(),
            settings: Settings::default(),
            unit: None,
            jobs: 1,
            batch_bytes: crate::json::cut::BATCH_BYTES,
            quick: true,
            schema_strict: false,
            mend: false,
            snippets: 0,
            meter: None,
            room: Room::default(),
        }
    }
}

/// Checks a label file. `format` is what the user says it is; `None` asks its content.
/// Without `texts`, only what needs none is checked. What only several label files together can
/// tell is found by [`unlisted`], once all of them were checked.
///
/// Fails where the file cannot be read.
pub fn check(
    source: &Source,
    format: Option<&'static dyn Format>,
    texts: Option<&Texts>,
    options: &Options,
) -> Result<Outcome, Error> {
    let format = match resolve_format(source, format)? {
        Ok(format) => format,
        Err(what) => return Outcome::not_a_label_file(source, &what, options),
    };
    let workers = Workers::new(options)?;
    let mut survey = survey::survey(source, format, options, &workers, Purpose::Check)?;
    survey.tell(options);
    let mut outcome = pass::check(source, format, texts, options, &workers, &mut survey)?;
    outcome.finish(source, options)?;
    Ok(outcome)
}

/// The format to read a file with, or what it is instead of a label file.
fn resolve_format(
    source: &Source,
    given: Option<&'static dyn Format>,
) -> Result<Result<&'static dyn Format, String>, Error> {
    let head = source
        .head(HEAD_BYTES)
        .map_err(|error| Error::read(source, error))?;
    Ok(match (detect(&head), given) {
        (Detected::Format(found), Some(given)) if found.name() != given.name() => Err(format!(
            "a label file of {} (`{}`), not of {} as `--format` or `--from` says",
            found.title(),
            found.name(),
            given.title()
        )),
        // What is no known format at sight may still be a broken file of the one that is named.
        (Detected::Other(_), Some(given)) if head.trim_ascii_start().starts_with(b"{") => Ok(given),
        (Detected::Format(found), _) => Ok(found),
        (Detected::Other(what), _) => Err(what),
    })
}

/// Whether the content of a file is that of a label file.
pub fn is_label_file(source: &Source) -> Result<bool, Error> {
    Ok(resolve_format(source, None)?.is_ok())
}
