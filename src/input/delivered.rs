//! Whether what was written has arrived.

use std::io;

/// Has the file system say now what became of the bytes that it took. Some, such as those over a network,
/// keep them for a while and tell only where a file is closed that they found no room.
///
/// Another handle on the file is closed for that, so this one keeps its lock.
#[cfg(unix)]
pub(crate) fn delivered(file: &impl std::os::fd::AsFd) -> io::Result<()> {
    use nix::errno::Errno;
    let file = file.as_fd();
    match nix::unistd::close(file.try_clone_to_owned()?) {
        Ok(()) => Ok(()),
        // It is closed, and the answer was lost. This one waits for it.
        Err(Errno::EINTR) => std::fs::File::from(file.try_clone_to_owned()?).sync_all(),
        Err(error) => Err(error.into()),
    }
}

/// Elsewhere a file is closed without an answer.
#[cfg(not(unix))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "elsewhere it is asked of the system"
)]
pub(crate) const fn delivered<F>(_: &F) -> io::Result<()> {
    Ok(())
}
