//! The command line. One file a subcommand; the only place that knows clap, and the only one
//! that prints.

mod check;
mod config;
mod convert;
mod fix;
mod gate;
mod input;
mod many;
mod merge;
mod options;
mod output;
mod progress;
mod rules;
mod schema;
mod shard;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Offline converter and validator for text labels of Azure Machine Learning and Azure AI Language.
#[derive(Parser)]
#[command(name = "labelwright", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Validate label files: what is wrong, where, and how to mend it
    Check(Box<check::Args>),
    /// Read one format, write another
    Convert(Box<convert::Args>),
    /// Put the results of `check --shard` together
    Merge(Box<merge::Args>),
    /// List the rules
    Rules(rules::ListArgs),
    /// Explain one rule: what, why, example, how to fix, source
    Explain(rules::ExplainArgs),
    /// Print a published JSON Schema
    Schema(schema::Args),
}

/// What a command comes to, as the exit status says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Done, and nothing found that the user asked to be told about by the status.
    Clean,
    /// Findings, or a refused conversion.
    Findings,
    /// The work could not be done.
    Failed,
}

/// Why the work could not be done: a chain of reasons for stderr.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the program: status 0, 1 or 2, as `docs` and `--help` say.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return print_usage(&error),
    };
    let result = match cli.command {
        Command::Check(args) => check::run(*args),
        Command::Convert(args) => convert::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Rules(args) => rules::list(&args),
        Command::Explain(args) => rules::explain(&args),
        Command::Schema(args) => schema::run(&args),
    };
    let status = match result {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&*error) => Status::Clean,
        Err(error) => {
            complain(&*error);
            Status::Failed
        }
    };
    match status {
        Status::Clean => ExitCode::SUCCESS,
        Status::Findings => ExitCode::from(1),
        Status::Failed => ExitCode::from(2),
    }
}

/// clap's own answers: help and version on stdout with status 0, complaints with status 2.
fn print_usage(error: &clap::Error) -> ExitCode {
    let printed = error.print();
    let closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    match printed {
        Err(error) if !closed(&error) => ExitCode::from(2),
        _ if error.use_stderr() => ExitCode::from(2),
        _ => ExitCode::SUCCESS,
    }
}

/// Tells stderr that something failed, with its causes.
fn complain(error: &(dyn std::error::Error + 'static)) {
    say(format_args!("error: {}", reason(error)));
}

/// What failed, with its causes.
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    message
}

/// A line on stderr. That stderr cannot be written is nothing that could be said anywhere.
fn say(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Whether a reader of stdout has gone, which is no error.
fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
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
fn print(text: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text).and_then(|()| stdout.flush());
    written.map_err(|source| {
        Box::new(crate::pipeline::Error::Write {
            path: "standard output".to_owned(),
            source,
        }) as Failure
    })
}
