//! What is said on the two streams, and what a command comes to.

use std::fmt::Display;
use std::io::{self, Write};

use crate::pipeline::Error;

/// What a command comes to, as the exit status says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Done, and nothing found that the user asked to be told about by the status.
    Clean,
    /// Findings, or a refused conversion.
    Findings,
    /// The work could not be done.
    Failed,
}

/// The end of the help texts of `check` and `merge`.
pub(super) const STATUS_HELP: &str = "Exit status: 0 done; 1 findings at or above --fail-on, or a \
    refused conversion; 2 the work could not be done.";

/// Why the work could not be done: a chain of reasons for stderr.
pub(super) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Tells stderr that something failed, with its causes.
pub(super) fn complain(error: &(dyn std::error::Error + 'static)) {
    say(format_args!("error: {}", reason(error)));
}

/// What failed, with its causes.
pub(super) fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    message
}

/// A line on stderr. That stderr cannot be written is nothing that could be said anywhere.
pub(super) fn say(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Whether a reader of stdout has gone, which is no error.
pub(super) fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut error = Some(error);
    while let Some(this) = error {
        if let Some(io) = this.downcast_ref::<io::Error>()
            && io.kind() == io::ErrorKind::BrokenPipe
        {
            return true;
        }
        error = this.source();
    }
    false
}

/// Writes to stdout and makes sure that it arrived.
pub(super) fn print(text: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text).and_then(|()| stdout.flush());
    written.map_err(|error| Box::new(unprinted(error)) as Failure)
}

/// That standard output could not be written.
pub(super) fn unprinted(source: io::Error) -> Error {
    Error::Write {
        path: "standard output".to_owned(),
        source,
    }
}
