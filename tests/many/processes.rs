//! Runs that are under way, and pipes that let them wait.

use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{PROGRAM, command, names};

/// Starts the program in a folder; what it says goes to files there.
pub(super) fn start(folder: &Path, args: &[&str]) -> Child {
    started(command(folder), folder, args)
}

/// The same after what a shell has done before.
pub(super) fn start_after(folder: &Path, shell: &str, args: &[&str]) -> Child {
    let mut command = Command::new("sh");
    let script = format!("{shell}; exec \"$0\" \"$@\"");
    command.current_dir(folder).args(["-c", &script, PROGRAM]);
    started(command, folder, args)
}

fn started(mut command: Command, folder: &Path, args: &[&str]) -> Child {
    let file = |name: &str| File::create(folder.join(name)).unwrap();
    command
        .args(args)
        .arg("--isolated")
        .stdin(Stdio::null())
        .stdout(file("stdout"))
        .stderr(file("stderr"))
        .spawn()
        .unwrap()
}

/// Sends a signal.
pub(super) fn send(signal: &str, to: &Child) {
    let sent = Command::new("kill")
        .args(["-s", signal, &to.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

/// Waits until something is so.
#[track_caller]
pub(super) fn wait_until(is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "nothing is written"
        );
        sleep(Duration::from_millis(1));
    }
}

/// Waits for the end, and tells the status and what was said on stderr.
pub(super) fn end(folder: &Path, mut child: Child) -> (Option<i32>, String) {
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
        }
        sleep(Duration::from_millis(5));
    };
    (status, fs::read_to_string(folder.join("stderr")).unwrap())
}

/// Whether a file is being written to a folder.
pub(super) fn has_temporary(folder: &Path) -> bool {
    if !folder.exists() {
        return false;
    }
    let names = names(folder);
    names
        .iter()
        .any(|name| name.starts_with(".labelwright-") && !name.contains("manifest"))
}

/// Makes a pipe with a name, where this system has them.
pub(super) fn pipe(path: &Path) -> bool {
    let made = Command::new("mkfifo").arg(path).status();
    let made = made.is_ok_and(|status| status.success());
    if !made {
        eprintln!("skipped: no named pipe can be made");
    }
    made
}

/// Opens a pipe for writing, which takes until somebody reads from it.
pub(super) fn writer(path: &Path) -> File {
    OpenOptions::new().write(true).open(path).unwrap()
}

/// Ends what was written to a pipe, which is opened once more by whoever read it.
pub(super) fn finish(pipe: File, path: &Path) {
    drop(pipe);
    let path = path.to_owned();
    // Nobody can tell when that is, so it is tried again and again; the last one waits in vain.
    std::thread::spawn(move || {
        while let Ok(again) = OpenOptions::new().write(true).open(&path) {
            sleep(Duration::from_millis(20));
            drop(again);
            sleep(Duration::from_millis(20));
        }
    });
}

/// The first line of a ledger, and the last.
pub(super) fn head(from: &str, to: &str) -> String {
    format!("{{\"ledger\":1,\"tool\":\"0.1.0\",\"from\":\"{from}\",\"to\":\"{to}\"}}\n")
}
