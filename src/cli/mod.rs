//! The command line. One file a subcommand; the only place that knows clap, and the only one
//! that prints.

mod baseline;
mod bug_report;
mod check;
mod choices;
mod claims;
mod command;
mod completions;
mod config;
mod convert;
mod diff;
mod fix;
mod forms;
mod help;
mod ignore_files;
mod init;
mod input;
mod job;
mod look;
mod man;
mod many;
mod merge;
mod new_file;
mod numbers;
mod options;
mod output;
mod own_report;
mod pack;
mod page;
mod panics;
mod places;
mod plan;
mod presence;
mod preview;
mod progress;
mod reading;
mod rules;
mod schema;
mod score;
mod search;
mod shard;
mod show;
mod split;
mod stats;
mod sync;
mod terminal;
mod told;
mod unfinished;
mod verdict;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use self::command::Command;
use self::terminal::{Status, complain, is_closed_pipe, shown, unprinted};
use self::unfinished::outlive_the_file_limit;

/// Runs the program: status 0, 1 or 2, as `docs` and `--help` say.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    panics::told(|| {
        outlive_the_file_limit();
        obey(args)
    })
}

fn obey(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match command::parse(args) {
        Ok(command) => command,
        Err(error) => return print_usage(&shown(error)),
    };
    let result = match command {
        Command::Check(args) => check::run(*args),
        Command::Convert(args) => convert::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Sync(args) => sync::run(&args),
        Command::Pack(args) => pack::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Split(args) => split::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Rules(args) => rules::list(&args),
        Command::Explain(args) => rules::explain(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Completions(args) => completions::run(&args, command::plain()),
        Command::Man(args) => man::run(&args, command::plain(), command::guide),
        Command::Page(args) => page::run(&args),
        Command::BugReport(args) => bug_report::run(&args),
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
