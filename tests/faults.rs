//! What the system does to a run: it has no more room or open files, ends it, or runs it twice.

mod kills;
mod panics;
mod resources;
mod writes;

use std::path::Path;
use std::process::Command;

use crate::support::{PROGRAM, Run};

/// Runs the program in a folder, after what a shell has done before.
fn run_after(folder: &Path, shell: &str, args: &[&str]) -> Run {
    let done = Command::new("sh")
        .args(["-c", &format!("{shell}; exec \"$0\" \"$@\""), PROGRAM])
        .args(args)
        .arg("--isolated")
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
    Run {
        status: done.status.code().unwrap_or_else(|| panic!("{stderr}")),
        stdout: done.stdout,
        stderr,
    }
}
