//! Whether a path that the user has not typed leads to a file.

use std::io;
use std::path::Path;

/// Makes sure that a path leads to a file. One that a file of others gives may lead to a pipe that nobody
/// writes to, or to a device that never ends.
///
/// Fails where it leads to something else or to nothing.
pub(crate) fn ensure_file(path: &Path) -> io::Result<()> {
    if std::fs::metadata(path)?.is_file() {
        return Ok(());
    }
    Err(io::Error::other("it is not a file"))
}
