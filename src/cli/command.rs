//! The command line as a whole: its commands, and what they are told apart by.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Args, FromArgMatches, Subcommand};

use super::help::{Guide, with_help_flag, with_texts};
use super::{
    bug_report, check, completions, convert, diff, init, man, merge, pack, page, plan, rules,
    schema, score, show, split, stats, sync,
};

/// Offline converter and validator for text labels of Azure Machine Learning and Azure AI Language
///
/// It proves every label against its text before the upload does, and converts label files in all
/// directions. It never touches a network.
#[derive(Args)]
#[command(
    version,
    max_term_width = 100,
    bin_name = NAME
)]
struct Program {}

const NAME: &str = "labelwright";

/// A command with its arguments.
#[derive(Subcommand)]
pub(super) enum Command {
    Check(Box<check::Args>),
    Convert(Box<convert::Args>),
    Diff(Box<diff::Args>),
    Sync(Box<sync::Args>),
    Plan(Box<plan::Args>),
    Merge(Box<merge::Args>),
    Pack(pack::Args),
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
    Page(page::Args),
    BugReport(Box<bug_report::Args>),
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

/// What is known of a command by its name alone.
struct Entry {
    name: &'static str,
    /// Gives the command its arguments.
    arguments: fn(clap::Command) -> clap::Command,
    /// What its long help text ends with.
    guide: &'static Guide,
}

const fn entry<A: Args>(name: &'static str, guide: &'static Guide) -> Entry {
    Entry {
        name,
        arguments: A::augment_args,
        guide,
    }
}

/// The commands, in the order of [`Command`].
const ENTRIES: [Entry; 19] = [
    entry::<check::Args>("check", &check::GUIDE),
    entry::<convert::Args>("convert", &convert::GUIDE),
    entry::<diff::Args>("diff", &diff::GUIDE),
    entry::<sync::Args>("sync", &sync::GUIDE),
    entry::<plan::Args>("plan", &plan::GUIDE),
    entry::<merge::Args>("merge", &merge::GUIDE),
    entry::<pack::Args>("pack", &pack::GUIDE),
    entry::<split::Args>("split", &split::GUIDE),
    entry::<show::Args>("show", &show::GUIDE),
    entry::<stats::Args>("stats", &stats::GUIDE),
    entry::<score::Args>("score", &score::GUIDE),
    entry::<rules::ListArgs>("rules", &rules::RULES_GUIDE),
    entry::<rules::ExplainArgs>("explain", &rules::EXPLAIN_GUIDE),
    entry::<schema::Args>("schema", &schema::GUIDE),
    entry::<init::Args>("init", &init::GUIDE),
    entry::<completions::Args>("completions", &completions::GUIDE),
    entry::<man::Args>("man", &man::GUIDE),
    entry::<page::Args>("page", &page::GUIDE),
    entry::<bug_report::Args>("bug-report", &bug_report::GUIDE),
];

/// What is known of a command, if there is one of that name.
fn find(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
}

/// What the long help text of a command ends with, by the command's name.
pub(super) fn guide(command: &str) -> Option<&'static Guide> {
    if command == NAME {
        return Some(&GUIDE);
    }
    find(command).map(|entry| entry.guide)
}

/// The command line by itself, for what is made from it.
pub(super) fn plain() -> clap::Command {
    let command = Command::augment_subcommands(clap::Command::new(NAME));
    let command = command.subcommand_required(true);
    program(command.arg_required_else_help(true))
}

/// What all commands have in common. It comes last, since the help text begins with what comes last.
fn program(commands: clap::Command) -> clap::Command {
    with_help_flag(Program::augment_args(commands))
}

/// Reads the arguments, the first of which is the program.
///
/// Fails with what clap has to say: an error, or a help text or the version that was asked for.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(parsed) = parse_alone(&args) {
        return parsed;
    }
    let mut command = plain();
    let mut matches = match command.try_get_matches_from_mut(&args) {
        // The long texts are put together for those alone who want to read them.
        Err(error) if shows_help(error.kind()) => {
            command = with_texts(plain(), &guide);
            command.try_get_matches_from_mut(&args)
        }
        parsed => parsed,
    }?;
    Command::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// The same by a command line that knows the named command only, which is made in a tenth of the time.
/// `None` where clap has something to say beside the version: it may be about the other commands.
fn parse_alone(args: &[OsString]) -> Option<Result<Command, clap::Error>> {
    let named = find(args.get(1)?.to_str()?);
    let named = named.map(|entry| (entry.arguments)(clap::Command::new(entry.name)));
    let command = program(clap::Command::new(NAME).subcommands(named));
    match command.try_get_matches_from(args) {
        Ok(mut matches) => Command::from_arg_matches_mut(&mut matches).ok().map(Ok),
        Err(error) if error.kind() == ErrorKind::DisplayVersion => Some(Err(error)),
        Err(_) => None,
    }
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
    fn the_program_says_of_itself_what_it_is_for() {
        let about = plain().get_about().map(ToString::to_string);
        assert!(about.is_some_and(|about| about.starts_with("Offline converter")));
        let version = parse(["labelwright", "--version"].map(OsString::from)).err();
        let version = version.map(|error| error.to_string());
        let want = format!("labelwright {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!(version, Some(want));
    }

    #[test]
    fn a_command_alone_is_as_among_the_others() {
        let all = plain();
        let names = all.get_subcommands().map(clap::Command::get_name);
        let known = ENTRIES.map(|entry| entry.name);
        assert_eq!(names.collect::<Vec<_>>(), known);
        for (entry, among) in ENTRIES.iter().zip(all.get_subcommands()) {
            let alone = with_help_flag((entry.arguments)(clap::Command::new(entry.name)));
            let shown = |command: &clap::Command| {
                let arguments = command.get_arguments().map(|arg| format!("{arg:?}"));
                arguments.collect::<Vec<_>>()
            };
            assert_eq!(shown(&alone), shown(among), "{}", entry.name);
        }
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
