//! The command line as a whole: its commands, and what they are told apart by.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use super::help::{Guide, with_help_flag, with_texts};
use super::{
    check, completions, convert, diff, init, man, merge, rules, schema, score, show, split, stats,
    sync,
};

/// Offline converter and validator for text labels of Azure Machine Learning and Azure AI Language
///
/// It proves every label against its text before the upload does, and converts label files in all
/// directions. It never touches a network.
#[derive(Parser)]
#[command(
    name = "labelwright",
    version,
    max_term_width = 100,
    bin_name = "labelwright"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// A command with its arguments.
#[derive(Subcommand)]
pub(super) enum Command {
    Check(Box<check::Args>),
    Convert(Box<convert::Args>),
    Diff(Box<diff::Args>),
    Sync(Box<sync::Args>),
    Merge(Box<merge::Args>),
    Split(Box<split::Args>),
    Show(Box<show::Args>),
    Stats(Box<stats::Args>),
    Score(Box<score::Args>),
    Rules(rules::ListArgs),
    Explain(rules::ExplainArgs),
    Schema(schema::Args),
    Init(init::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// What the long help text of the program ends with.
const GUIDE: Guide = Guide {
    examples: &[
        (
            "Check a label file whose documents are in docs",
            "labelwright check labels.json --texts docs",
        ),
        (
            "Make a Language project of an Azure ML export",
            "labelwright convert export.jsonl --to language --texts docs -o project.json",
        ),
        (
            "Know why a rule exists, and how to fix what it finds",
            "labelwright explain span-cuts-word",
        ),
    ],
    sections: &[(
        "Exit status",
        "0: done.\n\
         1: findings, a refused conversion, or changes that --diff shows.\n\
         2: the work could not be done.",
    )],
};

/// What the long help text of a command ends with, by the command's name.
pub(super) fn guide(command: &str) -> Option<&'static Guide> {
    Some(match command {
        "labelwright" => &GUIDE,
        "check" => &check::GUIDE,
        "convert" => &convert::GUIDE,
        "diff" => &diff::GUIDE,
        "sync" => &sync::GUIDE,
        "merge" => &merge::GUIDE,
        "split" => &split::GUIDE,
        "show" => &show::GUIDE,
        "stats" => &stats::GUIDE,
        "score" => &score::GUIDE,
        "rules" => &rules::RULES_GUIDE,
        "explain" => &rules::EXPLAIN_GUIDE,
        "schema" => &schema::GUIDE,
        "init" => &init::GUIDE,
        "completions" => &completions::GUIDE,
        "man" => &man::GUIDE,
        _ => return None,
    })
}

/// The command line by itself, for what is made from it.
pub(super) fn plain() -> clap::Command {
    with_help_flag(Cli::command())
}

/// Reads the arguments, the first of which is the program.
///
/// Fails with what clap has to say: an error, or a help text or the version that was asked for.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    let mut command = plain();
    let mut matches = match command.try_get_matches_from_mut(&args) {
        // The long texts are put together for those alone who want to read them.
        Err(error) if shows_help(error.kind()) => {
            command = with_texts(plain(), &guide);
            command.try_get_matches_from_mut(&args)
        }
        parsed => parsed,
    }?;
    let cli = Cli::from_arg_matches_mut(&mut matches);
    Ok(cli.map_err(|error| error.format(&mut command))?.command)
}

/// Whether an error is the help text that was asked for.
fn shows_help(kind: ErrorKind) -> bool {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand};
    matches!(kind, DisplayHelp | DisplayHelpOnMissingArgumentOrSubcommand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        plain().debug_assert();
        with_texts(plain(), &guide).debug_assert();
    }

    #[test]
    fn every_command_has_examples_that_can_be_typed() {
        let commands = plain();
        let commands = commands.get_subcommands().map(clap::Command::get_name);
        for name in commands.chain(["labelwright"]) {
            let guide = guide(name).unwrap_or_else(|| panic!("`{name}` has a guide"));
            assert!(!guide.examples.is_empty(), "`{name}` has an example");
            for (what, line) in guide.examples {
                let words = line.split_whitespace().map(OsString::from);
                let words = words.take_while(|word| word != ">");
                let parsed = parse(words);
                assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
                assert!(!what.ends_with(['.', ':']), "{what}");
            }
        }
    }
}
