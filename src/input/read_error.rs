//! A text that could not be read for a reason that is not its own.

use std::path::PathBuf;
use std::{fmt, io};

/// That a text could not be read, and nothing is known of it: the disk failed, or there were too
/// many open files. It says nothing of the label file, so it is no finding.
#[derive(Debug)]
pub struct ReadError {
    /// The file, or the folder that could not be looked into.
    pub path: PathBuf,
    /// The system's reason.
    pub source: io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}", self.path.display())
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Whether an error tells how a file lies in its folder: what it is, who may read it, what its
/// name can be. Such an error is there again in the next run. All others are of the machine, or of a pack
/// that is damaged: then nothing is known of the text.
#[must_use]
pub fn is_of_the_file(error: &io::Error) -> bool {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput => true,
        io::ErrorKind::OutOfMemory | io::ErrorKind::InvalidData => false,
        _ => error.raw_os_error().is_none() || is_odd(error),
    }
}

/// Whether an error tells that there is no such file.
#[cfg(feature = "files")]
pub(super) fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | InvalidFilename)
}

/// Links that go round, sockets and devices without a driver, names that the file system cannot
/// have. There are no words of `std` for these.
#[cfg(all(unix, feature = "files"))]
fn is_odd(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let odd = [
        Errno::LOOP,
        Errno::NXIO,
        Errno::NODEV,
        Errno::OPNOTSUPP,
        Errno::ILSEQ,
    ];
    Errno::from_io_error(error).is_some_and(|error| odd.contains(&error))
}

#[cfg(not(all(unix, feature = "files")))]
fn is_odd(_: &io::Error) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_reason_of_the_machine_is_none_of_the_file() {
        // The disk, the memory, open files of the system and of the program.
        for number in [5, 12, 23, 24] {
            let error = io::Error::from_raw_os_error(number);
            assert!(!is_of_the_file(&error), "{error}");
        }
        // What may not be read, a socket, a name that cannot be.
        for number in [1, 6, 13, 22] {
            let error = io::Error::from_raw_os_error(number);
            assert!(is_of_the_file(&error), "{error}");
        }
        assert!(is_of_the_file(&io::Error::other("it is not a file")));
    }
}
