//! What must not stay behind when a run is ended from outside: files that are not finished.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

/// The files that must go when the program is asked to end.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file that goes when the program is asked to end (Ctrl-C, a request to terminate, a terminal
/// that is closed), which drops nothing: the files are removed, and the program ends with the
/// status that shells expect. A signal that the program was started to ignore stays ignored.
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    /// Creates the file. No signal comes between the file and its being known.
    pub(super) fn create<T>(
        file: impl FnOnce() -> io::Result<T>,
        path: impl FnOnce(&T) -> PathBuf,
    ) -> io::Result<(T, Self)> {
        static HANDLER: Once = Once::new();
        HANDLER.call_once(on_end);
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let file = file()?;
        let path = path(&file);
        unfinished.push(path.clone());
        Ok((file, Self(path)))
    }

    /// A file that is there, and must go too.
    pub(super) fn known(path: &Path) -> Self {
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        unfinished.push(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        unfinished.retain(|known| *known != self.0);
    }
}

/// Removes the files, and ends the program. Nobody makes one meanwhile.
fn end(status: i32) -> ! {
    let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in unfinished.iter() {
        let _ = fs::remove_file(path);
    }
    std::process::exit(status)
}

/// Has the program end as a whole when it is asked to. Where no thread can be had for that, it
/// ends as any program does, and the files stay; nothing worse.
#[cfg(unix)]
fn on_end() {
    use std::io::Read;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::{flag, low_level::pipe};

    let mut asked = vec![SIGINT, SIGTERM, SIGHUP];
    match ignored() {
        Some(ignored) => asked.retain(|signal| ignored & (1 << (signal - 1)) == 0),
        // `nohup` is what has signals ignored as a rule. Without a handler it keeps its promise.
        None => asked.retain(|signal| *signal != SIGHUP),
    }
    // A pipe, since what signal_hook would make itself is a pair of sockets, and this program has none.
    let Ok((mut waiting, waking)) = io::pipe() else {
        return;
    };
    let came = Arc::new(AtomicUsize::new(0));
    let which = Arc::clone(&came);
    let watch = move || {
        if waiting.read_exact(&mut [0]).is_ok() {
            // The numbers of signals are small.
            end(128 + i32::try_from(which.load(Ordering::SeqCst)).unwrap_or_default());
        }
    };
    if std::thread::Builder::new().spawn(watch).is_err() {
        return;
    }
    for signal in asked {
        let Ok(waking) = waking.try_clone() else {
            return;
        };
        // The number is there before the pipe has anything: the first that is asked for comes first.
        let number = usize::try_from(signal).unwrap_or_default();
        if let Ok(id) = flag::register_usize(signal, Arc::clone(&came), number)
            && pipe::register(signal, waking).is_err()
        {
            signal_hook::low_level::unregister(id);
        }
    }
}

/// The signals that this program was started to ignore, each as the bit of its number less one.
/// `None` where the system does not tell.
#[cfg(unix)]
fn ignored() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let mut lines = status.lines();
    let mask = lines.find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

#[cfg(not(unix))]
fn on_end() {
    let _ = ctrlc::set_handler(|| end(130));
}

/// Has a file that grows past the limit of the system fail to be written, which can be told and
/// leaves nothing behind. As it is, the signal of that would end the program.
pub(super) fn outlive_the_file_limit() {
    #[cfg(unix)]
    {
        let seen = std::sync::Arc::default();
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

/// The beginning and the end of the name of a temporary file.
pub(super) const TEMPORARY: (&str, &str) = (".labelwright-", ".tmp");

/// Removes the temporary files of runs that were killed. Whoever writes to one holds its lock,
/// and the system frees that of a process that is gone; so nobody's work is taken away.
pub(super) fn remove_abandoned(folder: &std::path::Path) {
    let (begin, end) = TEMPORARY;
    // What cannot be looked at or removed is in nobody's way.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_one = name.starts_with(begin) && name.ends_with(end);
        if !is_one || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let file = fs::OpenOptions::new().write(true).open(entry.path());
        if file.is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn what_somebody_writes_to_is_not_abandoned() {
        let place = tempfile::tempdir().unwrap();
        let path = |name: &str| place.path().join(name);
        let names = [".labelwright-1.tmp", ".labelwright-2.tmp", "3.tmp"];
        let [held, _, _] = names.map(|name| File::create(path(name)).unwrap());
        held.try_lock().unwrap();
        std::fs::create_dir(path(".labelwright-4.tmp")).unwrap();
        remove_abandoned(place.path());
        let left = |name: &str| path(name).exists();
        assert_eq!(names.map(left), [true, false, true]);
        assert!(left(".labelwright-4.tmp"));
        drop(held);
        remove_abandoned(place.path());
        assert_eq!(names.map(left), [false, false, true]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_tells_what_is_ignored() {
        // Of every Rust program that is SIGPIPE.
        assert!(ignored().is_some_and(|mask| mask & (1 << 12) != 0));
    }
}
