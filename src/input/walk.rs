//! Which files lie in a folder.

use std::io;
use std::path::{Path, PathBuf};

/// The files of one extension in a folder and below, sorted by path, without hidden ones and links.
///
/// Fails where there are none, and where a folder cannot be looked into.
pub(super) fn files_below(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let (mut paths, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(here) = waiting.pop() {
        for entry in std::fs::read_dir(here)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let (kind, path) = (entry.file_type()?, entry.path());
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|found| found == extension) {
                paths.push(path);
            }
        }
    }
    if paths.is_empty() {
        let reason = format!("there is no .{extension} file in {}", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, reason));
    }
    paths.sort();
    Ok(paths)
}
