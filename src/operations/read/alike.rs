//! Reads label files to compare them, where one option is about files of different formats.

use super::{Corpus, read_as};
use crate::formats::{Detected, Format, HEAD_BYTES, detect, is_of};
use crate::input::{Source, Texts};
use crate::pipeline::{Error, Options};

/// Formats between which nothing tells in a file of texts with classes.
const ALIKE: [&str; 2] = ["doccano", "huggingface"];

/// Reads a label file like [`read_as`]. A file that can be of several of the formats that are alike is read as
/// the one that is `given`, or else as the first; and one that is given for such a file is not held against
/// another file, which is clearly of another format.
///
/// Fails where that fails.
pub(crate) fn read_alike<'a>(
    source: &'a Source,
    given: Option<&'static dyn Format>,
    texts: Option<&'a Texts>,
    options: &Options,
) -> Result<Corpus<'a>, Error> {
    let is_hint = given.is_some_and(is_alike);
    let format = match chosen(source, given)? {
        Chosen::Open(format) => Some(format),
        Chosen::Clear if is_hint => None,
        Chosen::Clear | Chosen::Unknown => given,
    };
    read_as(source, format, texts, options)
}

/// The same where what is given is said of another file: it counts for nothing but a choice.
///
/// Fails where that fails.
pub(crate) fn read_beside<'a>(
    source: &'a Source,
    given: Option<&'static dyn Format>,
    texts: Option<&'a Texts>,
    options: &Options,
) -> Result<Corpus<'a>, Error> {
    let format = match chosen(source, given)? {
        Chosen::Open(format) => Some(format),
        Chosen::Clear | Chosen::Unknown => None,
    };
    read_as(source, format, texts, options)
}

/// What the beginning of a file says of its format.
enum Chosen {
    /// It can be of several that are alike: this one is taken.
    Open(&'static dyn Format),
    /// It is of one.
    Clear,
    /// It is of none that is known.
    Unknown,
}

fn chosen(source: &Source, given: Option<&'static dyn Format>) -> Result<Chosen, Error> {
    let head = source.head(HEAD_BYTES);
    let head = head.map_err(|error| Error::read(source, error))?;
    let fitting = given.filter(|given| is_of(&head, *given));
    Ok(match (detect(&head), fitting) {
        (Detected::Undecided(among), _) if among.iter().all(|it| is_alike(*it)) => {
            let first = || among.first().copied();
            fitting.or_else(first).map_or(Chosen::Unknown, Chosen::Open)
        }
        (Detected::Format(..), None) => Chosen::Clear,
        _ => Chosen::Unknown,
    })
}

fn is_alike(format: &dyn Format) -> bool {
    ALIKE.contains(&format.info().name)
}
