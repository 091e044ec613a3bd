//! Reads a label file to compare it with another one.

use super::{Corpus, read_as};
use crate::formats::{Detected, Format, HEAD_BYTES, detect, is_of};
use crate::input::{Source, Texts};
use crate::pipeline::{Error, Options};

/// Formats that mean the same where a file can be of each: a text with its classes.
const ALIKE: [&str; 2] = ["doccano", "huggingface"];

/// Reads a label file like [`read_as`]. A file that nothing tells the format of, among formats that mean the
/// same in it, is read as the one that is `given`, or else as the first.
///
/// Fails where that fails.
pub(crate) fn read_alike<'a>(
    source: &'a Source,
    given: Option<&'static dyn Format>,
    texts: Option<&'a Texts>,
    options: &Options,
) -> Result<Corpus<'a>, Error> {
    let head = source.head(HEAD_BYTES);
    let head = head.map_err(|error| Error::read(source, error))?;
    let fits = given.is_some_and(|given| is_of(&head, given));
    let given = match detect(&head) {
        Detected::Undecided(among) if !fits && among.iter().all(|it| is_alike(*it)) => {
            among.first().copied()
        }
        _ => given,
    };
    read_as(source, given, texts, options)
}

fn is_alike(format: &dyn Format) -> bool {
    ALIKE.contains(&format.info().name)
}
