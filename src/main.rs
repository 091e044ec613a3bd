//! The `labelwright` program: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    labelwright::cli::run(std::env::args_os())
}
