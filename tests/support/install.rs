//! Programs of others that some tests need, and that are installed only where that was asked for.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The environment variable that lets tests install what they need: nothing here reaches a network without it.
pub(crate) const ASKED: &str = "LABELWRIGHT_INSTALL";

/// How long an installation may take.
const LIMIT: Duration = Duration::from_secs(240);

/// How often is looked whether a program has ended.
const STEP: Duration = Duration::from_millis(50);

/// Runs a program that installs something. `None` where that was not asked for or does not succeed; the
/// test is skipped then, and this says why.
pub(crate) fn install<A: AsRef<OsStr>>(
    name: &str,
    program: &Path,
    args: impl IntoIterator<Item = A>,
) -> Option<()> {
    if std::env::var_os(ASKED).is_none_or(|it| it != "1") {
        skipped(&format!(
            "{name} is not there, and {ASKED}=1 is not set, which installs it"
        ));
        return None;
    }
    let mut command = Command::new(program);
    command.args(args);
    let reason = match finished(&mut command, LIMIT) {
        Ok(done) if done.succeeded => return Some(()),
        Ok(done) => done.output,
        Err(reason) => reason,
    };
    let last = reason.trim_end().lines().last().unwrap_or_default();
    skipped(&format!("{name} cannot be installed: {last}"));
    None
}

/// Says what is skipped and why, also where the words of tests that pass are not shown.
pub(crate) fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// What a program came to.
pub(crate) struct Finished {
    pub(crate) succeeded: bool,
    /// What it wrote to standard output and then to standard error.
    pub(crate) output: String,
}

/// Runs a program to its end, and ends it where that takes too long.
///
/// Fails with a reason where it cannot be run, or was ended.
pub(crate) fn finished(command: &mut Command, limit: Duration) -> Result<Finished, String> {
    let begun = Instant::now();
    let piped = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = piped.spawn().map_err(|error| error.to_string())?;
    // A full pipe would hold it up.
    let mut streams: Vec<Box<dyn Read + Send>> = Vec::new();
    streams.extend(
        child
            .stdout
            .take()
            .map(|it| Box::new(it) as Box<dyn Read + Send>),
    );
    streams.extend(
        child
            .stderr
            .take()
            .map(|it| Box::new(it) as Box<dyn Read + Send>),
    );
    let readers = streams.into_iter().map(|mut stream| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = stream.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        })
    });
    let readers: Vec<_> = readers.collect();
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if begun.elapsed() > limit => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("it took longer than {} s", limit.as_secs()));
            }
            None => sleep(STEP),
        }
    };
    let outputs = readers.into_iter().filter_map(|reader| reader.join().ok());
    Ok(Finished {
        succeeded: status.success(),
        output: outputs.collect(),
    })
}

/// Where the first of some programs lies that can be run.
pub(crate) fn first_program(names: &[&str]) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let places = names.iter().flat_map(|name| {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(move |folder| folder.join(&name))
    });
    let runs = |place: &PathBuf| {
        let mut command = Command::new(place);
        command.arg("--version");
        let done = finished(&mut command, Duration::from_secs(20));
        done.is_ok_and(|done| done.succeeded)
    };
    places.filter(|place| place.is_file()).find(runs)
}
