//! The command line. One file a subcommand; the only place that knows clap, and the only one
//! that prints.

mod check;
mod claims;
mod config;
mod convert;
mod fix;
mod input;
mod job;
mod many;
mod merge;
mod new_file;
mod numbers;
mod options;
mod output;
mod own_report;
mod panics;
mod presence;
mod progress;
mod rules;
mod schema;
mod search;
mod shard;
mod show;
mod terminal;
mod unfinished;
mod verdict;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::terminal::{Status, complain, is_closed_pipe, shown, unprinted};
use self::unfinished::outlive_the_file_limit;

/// Offline converter and validator for text labels of Azure Machine Learning and Azure AI Language.
#[derive(Parser)]
#[command(name = "labelwright", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Validate label files: what is wrong, where, and how to fix it
    Check(Box<check::Args>),
    /// Read one format, write another
    Convert(Box<convert::Args>),
    /// Put the results of `check --shard` together
    Merge(Box<merge::Args>),
    /// Show documents with their labels and findings
    Show(Box<show::Args>),
    /// List the rules
    Rules(rules::ListArgs),
    /// Explain one rule: what, why, example, how to fix, source
    Explain(rules::ExplainArgs),
    /// Print a published JSON Schema
    Schema(schema::Args),
}

/// Runs the program: status 0, 1 or 2, as `docs` and `--help` say.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    panics::told(|| {
        outlive_the_file_limit();
        obey(args)
    })
}

fn obey(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return print_usage(&shown(error)),
    };
    let result = match cli.command {
        Command::Check(args) => check::run(*args),
        Command::Convert(args) => convert::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Show(args) => show::run(&args),
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
    let printed = error.print().and_then(|()| io::stdout().flush());
    if error.use_stderr() {
        return ExitCode::from(2);
    }
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&unprinted(error));
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}
