//! Where paths lead.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// How many links one after the other are followed; systems stop about there.
const MOST_LINKS: usize = 40;

/// The place of a path in the file system, whether there is something or not. Links are followed,
/// also to what is not there yet.
///
/// Fails where the folder is not there, or links go round in circles.
pub(super) fn destination(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let error = match fs::canonicalize(&path) {
            Ok(real) => return Ok(real),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            // What is there and has no name of its own is a pipe behind a name of the system.
            Err(_) if fs::metadata(&path).is_ok() => return Ok(path),
            Err(error) => error,
        };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if let Ok(next) = fs::read_link(&path) {
            path = folder.join(next);
            continue;
        }
        let Some(name) = path.file_name() else {
            return Err(error);
        };
        return Ok(fs::canonicalize(folder)?.join(name));
    }
    Err(io::Error::other("too many links lead from one to the next"))
}

/// The same where even the folder may not be there yet.
pub(super) fn real(path: &Path) -> PathBuf {
    if let Ok(real) = destination(path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
            real(Path::new(".")).join(name)
        }
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => path.to_owned(),
    }
}
