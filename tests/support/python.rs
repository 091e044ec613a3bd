//! Programs of others that read what this one writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::fixtures::root;
use super::install::install;

/// The environments of this run, by what is in them.
static MADE: Mutex<BTreeMap<String, Option<PathBuf>>> = Mutex::new(BTreeMap::new());

/// A Python with packages, named with their versions as for pip. It is made once, below `target/`.
///
/// `None` where there is no Python, or pip reaches no index or is not to, see [`install`]: a test that needs it
/// is skipped then, and this says so.
pub(crate) fn python_with(packages: &[&str]) -> Option<PathBuf> {
    let name = packages.join("+");
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let made = made
        .entry(name.clone())
        .or_insert_with(|| make(&name, packages));
    made.clone()
}

fn make(name: &str, packages: &[&str]) -> Option<PathBuf> {
    let folder = root()
        .join("target/python")
        .join(name.replace(['=', '[', ']'], "-"));
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let done = folder.join("done");
    if done.exists() {
        return Some(python);
    }
    let starter = if cfg!(windows) { "python" } else { "python3" };
    let folder = folder.as_os_str();
    let venv = ["-m", "venv", "--clear"].map(AsRef::as_ref);
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    install(name, Path::new(starter), venv.into_iter().chain([folder]))?;
    let pip = pip.iter().chain(packages);
    install(name, &python, pip)?;
    std::fs::write(done, "").ok()?;
    Some(python)
}
