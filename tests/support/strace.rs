//! strace, which shows what the program asks of the system, and has the system refuse it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use super::install::{finished, first_program, install, skipped};
use super::program::PROGRAM;

/// strace, where it can be had and may look into programs.
static STRACE: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    if cfg!(not(target_os = "linux")) {
        return None;
    }
    let found = first_program(&["strace"]).or_else(|| {
        let args = ["install", "--yes", "--quiet", "strace"];
        install("strace", Path::new("apt-get"), args)?;
        first_program(&["strace"])
    })?;
    let mut tried = Command::new(&found);
    tried.args(["-qq", "-o", "/dev/null", "true"]);
    match finished(&mut tried, Duration::from_secs(20)) {
        Ok(done) if done.succeeded => Some(found),
        _ => {
            skipped("strace may not look into programs here");
            None
        }
    }
});

/// The program under strace, to be run in a folder. `None` where strace cannot be had; what needs it is
/// skipped then, and why was said.
pub(crate) fn traced(
    folder: &Path,
    trace: &Path,
    flags: &[&str],
    args: &[&str],
) -> Option<Command> {
    let mut command = Command::new(STRACE.as_ref()?);
    command
        .args(["-f", "-qq", "-y", "-s", "4096", "-e", "signal=none", "-o"])
        .arg(trace)
        .args(flags)
        .arg(PROGRAM)
        .args(args)
        .current_dir(folder)
        // Those who build this have libraries of their own before those of the system.
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("RUST_BACKTRACE");
    Some(command)
}

/// A call of the system, as strace shows it.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// How many calls of this name its thread has made, this one among them.
    pub(crate) nth: usize,
    /// The rest of the line.
    pub(crate) rest: String,
}

/// The calls of a trace, in order. The second halves of calls that another thread came between are left out.
pub(crate) fn calls(trace: &str) -> Vec<Call> {
    let mut counts = std::collections::BTreeMap::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(' ') else {
            continue;
        };
        let Some((name, rest)) = call.trim_start().split_once('(') else {
            continue;
        };
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !name.bytes().all(is_name) {
            continue;
        }
        let count: &mut usize = counts
            .entry((thread.to_owned(), name.to_owned()))
            .or_default();
        *count += 1;
        calls.push(Call {
            name: name.to_owned(),
            nth: *count,
            rest: rest.to_owned(),
        });
    }
    calls
}
