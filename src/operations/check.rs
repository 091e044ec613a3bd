//! Checks a label file.

use crate::formats::Format;
use crate::input::{Source, Texts};
use crate::pipeline::survey::{self, Purpose};
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options, Outcome, pass, resolve_format};

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

/// Whether the content of a file is that of a label file.
pub fn is_label_file(source: &Source) -> Result<bool, Error> {
    Ok(resolve_format(source, None)?.is_ok())
}
