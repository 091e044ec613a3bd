//! Whether files are there.

use std::path::Path;
use std::{fs, io};

use crate::input::is_of_the_file;

/// Whether there is a file.
///
/// Fails where the machine does not let it be told: what cannot be looked at is not absent.
pub(super) fn is_file(path: &Path) -> io::Result<bool> {
    use io::ErrorKind::{NotADirectory, NotFound};
    match fs::metadata(path) {
        Ok(found) => Ok(found.is_file()),
        Err(error)
            if matches!(error.kind(), NotFound | NotADirectory) || is_of_the_file(&error) =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
