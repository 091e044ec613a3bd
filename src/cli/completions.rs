//! `labelwright completions`

use clap_complete::{Shell, generate};

use super::help::Guide;
use super::terminal::{Failure, Status, print};

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "For bash, in the file that its completions are loaded from",
            "labelwright completions bash > ~/.local/share/bash-completion/completions/labelwright",
        ),
        (
            "For zsh, in a folder of $fpath",
            "labelwright completions zsh > ~/.zfunc/_labelwright",
        ),
        (
            "For fish",
            "labelwright completions fish > ~/.config/fish/completions/labelwright.fish",
        ),
        (
            "For PowerShell, in a file that the profile names",
            "labelwright completions powershell > labelwright.ps1",
        ),
    ],
    sections: &[],
};

/// Print the completions of a shell
///
/// The shell then completes commands and options. All but PowerShell also complete the words that
/// options take, the names of rules among them.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &Args, mut command: clap::Command) -> Result<Status, Failure> {
    let mut script = Vec::new();
    generate(args.shell, &mut command, "labelwright", &mut script);
    print(&script)?;
    Ok(Status::Clean)
}
