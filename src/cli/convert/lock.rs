//! One run at a time writes to an output folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::cli::convert::files::unwritten;
use crate::cli::terminal::Failure;
use crate::cli::unfinished::Unfinished;

/// The name of the lock in the output folder. Hidden, so that it is never taken for an input.
const NAME: &str = ".labelwright.lock";

/// The output folder, held by this run. It is the lock of the system on the file that counts, not
/// that there is one: a run that was killed holds nothing any more. The file has the number of the
/// process, for people, and goes with the run.
pub(super) struct FolderLock {
    path: PathBuf,
    /// The lock goes with it.
    _file: File,
    _unfinished: Unfinished,
}

impl FolderLock {
    /// Takes the folder.
    ///
    /// Fails where another run has it, and where the file cannot be written. A file system without
    /// locks is written to as it is.
    pub(super) fn take(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join(NAME);
        let failed = |error| unwritten(&path.display().to_string(), error);
        loop {
            let mut file = open(&path).map_err(failed)?;
            if let Err(TryLockError::WouldBlock) = file.try_lock() {
                let folder = folder.display();
                let process = process(&mut file);
                return Err(format!(
                    "another run{process} is writing to {folder}; wait for its end, or give \
                     another folder"
                )
                .into());
            }
            // The run before may have taken the file away since it was opened.
            if !is_still(&file, &path).map_err(failed)? {
                continue;
            }
            let made = Unfinished::create(|| Ok(file), |_| path.clone());
            let (mut file, unfinished) = made.map_err(failed)?;
            // Whoever waits is told less where there is no room for a number.
            let _ = file.set_len(0);
            let _ = writeln!(file, "{}", std::process::id());
            return Ok(Self {
                path,
                _file: file,
                _unfinished: unfinished,
            });
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Where it cannot be told whether a file is still the one of its name, it stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    // A link would have another file written to.
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("it is not a file; remove it"));
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    options.open(path)
}

/// The process that holds the lock, as far as the file tells.
fn process(file: &mut File) -> String {
    let mut words = String::new();
    let read = file
        .rewind()
        .and_then(|()| file.take(20).read_to_string(&mut words));
    match (read, words.trim().parse::<u32>()) {
        (Ok(_), Ok(number)) => format!(" (process {number})"),
        _ => String::new(),
    }
}

/// Whether a file that was opened is the one of that name still.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let now = match fs::symlink_metadata(path) {
        Ok(now) => now,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let opened = file.metadata()?;
    Ok((opened.dev(), opened.ino()) == (now.dev(), now.ino()))
}

#[cfg(not(unix))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "elsewhere it is asked of the system"
)]
fn is_still(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_one_run_s_until_that_ends() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(NAME);
        // What a killed run has left holds nobody up.
        fs::write(&path, "4000000000\n").unwrap();
        let lock = FolderLock::take(place.path()).unwrap();
        let number = std::process::id();
        let refused = FolderLock::take(place.path()).err().unwrap().to_string();
        let want = format!("another run (process {number}) is writing to ");
        assert!(refused.starts_with(&want), "{refused}");
        drop(lock);
        assert_eq!(path.exists(), cfg!(not(unix)));
        drop(FolderLock::take(place.path()).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_written_through() {
        let place = tempfile::tempdir().unwrap();
        let precious = place.path().join("precious");
        fs::write(&precious, "words").unwrap();
        std::os::unix::fs::symlink(&precious, place.path().join(NAME)).unwrap();
        assert!(FolderLock::take(place.path()).is_err());
        assert_eq!(fs::read_to_string(precious).unwrap(), "words");
    }
}
