//! Checks a label file.

use crate::diagnostics::Looks;
use crate::formats::{Detected, Format, FormatName, HEAD_BYTES, detect};
use crate::input::{Source, Texts};
use crate::pipeline::pass::Pass;
use crate::pipeline::run::Ran;
use crate::pipeline::survey::{self, Purpose, Survey};
use crate::pipeline::visit::JudgeOnly;
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options, Outcome, resolve_format};

/// Checks a label file. `format` is what the user says it is; `None` asks its content.
/// Without `texts`, only what needs none is checked. What only several label files together can
/// tell is found by `unlisted`, once all of them were checked.
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
        Err(looks) => return Outcome::not_a_label_file(source, looks, options),
    };
    let workers = Workers::new(source, options)?;
    let mut survey = survey::survey(source, format, options, &workers, Purpose::Check)?;
    survey.tell(options);
    let mut outcome = judged(source, format, texts, options, &workers, &mut survey)?;
    outcome.finish(source, options)?;
    Ok(outcome)
}

/// Goes over a file that was surveyed, once more where the survey assumed what is not so.
pub(super) fn judged(
    source: &Source,
    format: &'static dyn Format,
    texts: Option<&Texts>,
    options: &Options,
    workers: &Workers,
    survey: &mut Survey,
) -> Result<Outcome, Error> {
    loop {
        let pass = Pass::for_check(source, format, texts, options, survey);
        let list = || {
            if let Some(texts) = texts.filter(|_| pass.rules.lists_files) {
                texts.list_early();
            }
        };
        let ran = workers.beside(list, || pass.run(workers, &JudgeOnly, |()| Ok(())));
        let refutation = match ran? {
            Ran::Through(whole) => return pass.conclude(workers, *whole),
            Ran::Refuted(refutation) => refutation,
        };
        refutation.correct(survey, source, format, options, workers, Purpose::Check)?;
    }
}

/// The format of a file, which is `given` or shows in its content; `None` of what is no label file of
/// it.
///
/// Fails where the file cannot be read.
pub fn format_of(
    source: &Source,
    given: Option<&'static dyn Format>,
) -> Result<Option<&'static dyn Format>, Error> {
    Ok(resolve_format(source, given)?.ok())
}

/// The format that a file's content shows, and the sign by which it is told, as a noun phrase; `None`
/// where it shows none.
///
/// Fails where the file cannot be read.
pub fn recognized(source: &Source) -> Result<Option<(FormatName, &'static str)>, Error> {
    let head = source.head(HEAD_BYTES);
    let head = head.map_err(|error| Error::read(source, error))?;
    Ok(match detect(&head) {
        Detected::Format(format, sign) => Some((FormatName::of(format), sign)),
        Detected::Undecided(_) | Detected::Other(_) => None,
    })
}

/// What a file looks like that no format knows; `None` of a label file.
///
/// Fails where the file cannot be read.
pub fn looks(source: &Source) -> Result<Option<Looks>, Error> {
    Ok(resolve_format(source, None)?.err())
}
