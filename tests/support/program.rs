//! Running the program.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::reports::Report;

/// Where the program lies.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_labelwright");

/// What a run of the program came to.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Run {
    /// Insists on an exit status.
    #[track_caller]
    pub(crate) fn expect(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            status,
            "stdout: {}\nstderr: {}",
            self.text(),
            self.stderr
        );
        self
    }

    /// Insists on words on stderr.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        assert!(self.stderr.contains(words), "{}", self.stderr);
    }

    /// The last line on stderr, where it is a verdict.
    pub(crate) fn verdict(&self) -> &str {
        let last = self.stderr.lines().last().unwrap_or_default();
        let is_verdict = last.starts_with("ready: ") || last.starts_with("not ready: ");
        if is_verdict { last } else { "" }
    }

    /// stderr without the verdict.
    pub(crate) fn remarks(&self) -> &str {
        let stderr = self.stderr.trim_end_matches('\n');
        let before = stderr.strip_suffix(self.verdict());
        before.unwrap_or(&self.stderr)
    }

    /// stdout as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// stdout as a JSON report.
    #[track_caller]
    pub(crate) fn report(&self) -> Report {
        Report(serde_json::from_slice(&self.stdout).expect("stdout is a JSON report"))
    }
}

/// The program, to be run in a folder; nothing around the tests tells it to use colours.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}

/// Runs the program in a folder.
pub(crate) fn run<A: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = A>) -> Run {
    run_with(folder, args, b"")
}

/// Runs the program in a folder, with something on stdin.
pub(crate) fn run_with<A: AsRef<OsStr>>(
    folder: &Path,
    args: impl IntoIterator<Item = A>,
    stdin: &[u8],
) -> Run {
    let mut args: Vec<OsString> = args
        .into_iter()
        .map(|arg| arg.as_ref().to_owned())
        .collect();
    // A configuration file above the repository is none of the tests' business.
    if args
        .first()
        .is_some_and(|arg| CONFIGURED.iter().any(|name| arg == name))
    {
        args.push("--isolated".into());
    }
    run_configured(folder, args, stdin)
}

/// The commands that look for a configuration file.
const CONFIGURED: [&str; 6] = ["check", "convert", "merge", "plan", "split", "stats"];

/// Runs the program in a folder as the user does: with the configuration file that it finds.
pub(crate) fn run_configured<A: AsRef<OsStr>>(
    folder: &Path,
    args: impl IntoIterator<Item = A>,
    stdin: &[u8],
) -> Run {
    let mut child = command(folder)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end without reading all of it.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    Run {
        status: output.status.code().expect("the program was not killed"),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
