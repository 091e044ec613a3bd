//! Several inputs that are one corpus as they are: files of one format with their texts in them, such as
//! a training set and a test set of tokens.

use std::path::PathBuf;

use crate::cli::input::Input;
use crate::cli::terminal::Failure;
use crate::formats::Format;
use crate::input::Source;
use crate::operations;

/// The inputs, those that are parts of one corpus as one. To be united as projects are, each would have
/// to be made one first.
///
/// Fails where one cannot be read.
pub(super) fn joined(
    inputs: Vec<Input>,
    given: Option<&'static dyn Format>,
) -> Result<Vec<Input>, Failure> {
    if inputs.len() < 2 {
        return Ok(inputs);
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut known = None;
    for input in &inputs {
        let Input::File(path) = input else {
            return Ok(inputs);
        };
        // What cannot be opened is said where it is read.
        let Ok(source) = Source::open(path) else {
            return Ok(inputs);
        };
        let format = operations::format_of(&source, given)?;
        let joins = |info: &crate::formats::Info| info.layout.joins && info.texts.is_inside();
        let Some(info) = format.map(Format::info).filter(|info| joins(info)) else {
            return Ok(inputs);
        };
        if *known.get_or_insert(info.name) != info.name {
            return Ok(inputs);
        }
        paths.push(path.clone());
    }
    let first = paths.remove(0);
    Ok(vec![Input::Parts(first, paths)])
}
