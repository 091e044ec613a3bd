//! What is said on the two streams, and what a command comes to.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::{self, BufWriter, Write};

use clap::error::{ContextKind, ContextValue};
use textwrap::{Options, WordSeparator, WordSplitter};

use super::look::width_of;
use crate::diagnostics::redact::redact_prose;
use crate::diagnostics::visible;
use crate::input::delivered;
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

/// What the help texts of `check` and `merge` say of the exit status.
pub(super) const EXIT_STATUS: (&str, &str) = (
    "Exit status",
    "0: done.\n\
     1: findings at or above --fail-on, too many warnings, or changes that --diff shows.\n\
     2: the work could not be done.",
);

/// The same for a command that judges nothing.
pub(super) const DONE_OR_FAILED: (&str, &str) = (
    "Exit status",
    "0: done.\n\
     2: the work could not be done.",
);

/// Why the work could not be done: a chain of reasons for stderr.
pub(super) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Several reasons of one rank.
#[derive(Debug)]
pub(super) struct Reasons(pub(super) Vec<String>);

impl Display for Reasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for Reasons {}

/// Tells stderr that something failed, with its causes.
pub(super) fn complain(error: &(dyn std::error::Error + 'static)) {
    if let Some(Reasons(all)) = error.downcast_ref() {
        for one in all {
            say(format_args!("error: {one}"));
        }
        return;
    }
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

/// A line on stderr. Whatever is in it, names of files or data, a terminal shows and does not act
/// on, and no signature is shown. That stderr cannot be written is nothing that could be said
/// anywhere.
pub(super) fn say(line: impl Display) {
    let line = line.to_string();
    let (line, []) = redact_prose(&line, []);
    let line = visible(&line);
    let shown = wrapped(&line, width_of(&io::stderr()));
    let _ = writeln!(io::stderr().lock(), "{shown}");
}

/// A line in as many columns, where there is a limit. Nothing is cut within a word: it may be a path.
fn wrapped(line: &str, width: Option<usize>) -> Cow<'_, str> {
    let Some(width) = width else {
        return Cow::Borrowed(line);
    };
    let options = Options::new(width)
        .subsequent_indent("  ")
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    Cow::Owned(textwrap::fill(line, options))
}

/// The same error of the command line, with what the user typed as a terminal can show it.
pub(super) fn shown(mut error: clap::Error) -> clap::Error {
    let safe = |text: &String| visible(text).into_owned();
    let mut changes = Vec::new();
    for (kind, value) in error.context() {
        let shown = match value {
            ContextValue::String(text) => ContextValue::String(safe(text)),
            ContextValue::Strings(texts) => ContextValue::Strings(texts.iter().map(safe).collect()),
            _ => continue,
        };
        if shown != *value {
            changes.push((kind, shown));
        }
    }
    if !changes.is_empty() {
        // Tips repeat what was typed, among colours of their own.
        changes.push((ContextKind::Suggested, ContextValue::StyledStrs(Vec::new())));
    }
    for (kind, value) in changes {
        error.insert(kind, value);
    }
    error
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
    let written = written.and_then(|()| delivered(&stdout));
    written.map_err(|error| Box::new(unprinted(error)) as Failure)
}

/// Has something written to stdout, a piece at a time, and makes sure that it arrived.
///
/// Fails where `write` does.
pub(super) fn print_by(
    write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut stdout = BufWriter::new(io::stdout().lock());
    write(&mut stdout)?;
    let written = stdout.flush().and_then(|()| delivered(stdout.get_ref()));
    written.map_err(|error| Box::new(unprinted(error)) as Failure)
}

/// That standard output could not be written.
pub(super) fn unprinted(source: io::Error) -> Error {
    Error::Write {
        path: "standard output".to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_a_terminal_and_nothing_else_is_wrapped() {
        let line =
            "not ready: 12 errors (span-out-of-bounds, label-undeclared); 3 warnings, 0 allowed";
        assert_eq!(wrapped(line, None), line);
        let want = "not ready: 12 errors\n  (span-out-of-bounds,\n  label-undeclared); 3 warnings, 0\n  \
            allowed";
        assert_eq!(wrapped(line, Some(40)), want);
        let path = "error: cannot read a-folder-with-a-long-name/and-another-one/labels.json";
        let want = "error: cannot read\n  a-folder-with-a-long-name/and-another-one/labels.json";
        assert_eq!(wrapped(path, Some(40)), want);
    }
}
