//! The two help texts of a command: `-h` has a line for each option, `--help` all that there is to
//! say. The man pages are made of the same.

use std::fmt::Write;

use clap::{Arg, ArgAction, Command};

/// The headings that options stand under, in both help texts and in the man pages.
pub(super) mod heading {
    /// What is read.
    pub(in crate::cli) const INPUT: &str = "Input";
    /// What is asked of it.
    pub(in crate::cli) const RULES: &str = "Rules";
    /// What is changed in it.
    pub(in crate::cli) const FIXES: &str = "Fixes";
    /// What is written instead of it.
    pub(in crate::cli) const OUTPUT: &str = "Output";
    /// What the new project is to say of itself.
    pub(in crate::cli) const PROJECT: &str = "New project";
    /// What is left out, renamed or assigned on the way.
    pub(in crate::cli) const EDITS: &str = "Edits";
    /// What sets documents are put into.
    pub(in crate::cli) const SETS: &str = "Sets";
    /// What a conversion may lose.
    pub(in crate::cli) const LOSSES: &str = "Losses";
    /// What is told of the findings.
    pub(in crate::cli) const REPORT: &str = "Report";
    /// What the findings do to the exit status.
    pub(in crate::cli) const STATUS: &str = "Exit status";
    /// What `labelwright.toml` has to do with it.
    pub(in crate::cli) const CONFIGURATION: &str = "Configuration";
    /// Parts of a file.
    pub(in crate::cli) const SHARDS: &str = "Shards";
    /// What most commands have.
    pub(in crate::cli) const GENERAL: &str = "General";
}

/// What the long help text of a command ends with, and its man page too.
pub(super) struct Guide {
    /// What somebody may want, and the command line for it.
    pub(super) examples: &'static [(&'static str, &'static str)],
    /// Sections by their titles. Each paragraph is one line.
    pub(super) sections: &'static [(&'static str, &'static str)],
}

impl Guide {
    /// The end of the long help text.
    fn text(&self) -> String {
        let mut text = String::new();
        for (index, (what, line)) in self.examples.iter().enumerate() {
            let title = if index == 0 { "Examples:\n" } else { "" };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{title}  {what}:\n    $ {line}");
        }
        for (title, body) in self.sections {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{title}:");
            for paragraph in body.lines() {
                let _ = writeln!(text, "  {paragraph}");
            }
        }
        text
    }
}

/// The command with an option for help under the right heading, also in its subcommands.
pub(super) fn with_help_flag(command: Command) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .help("Print help: -h in short, --help in full")
        .help_heading(heading::GENERAL)
        .action(ArgAction::Help);
    command
        .disable_help_flag(true)
        .arg(help)
        .mut_subcommands(with_help_flag)
}

/// The command with its help texts: `-h` without the words that options take, `--help` with them
/// and with the command's guide, which `guide` finds by its name.
pub(super) fn with_texts(
    command: Command,
    guide: &impl Fn(&str) -> Option<&'static Guide>,
) -> Command {
    let guided = match guide(command.get_name()) {
        Some(guide) => command.after_long_help(guide.text()),
        None => command,
    };
    let told = guided.mut_args(told);
    told.mut_subcommands(|command| with_texts(command, guide))
}

/// The option with its words in the long text alone.
fn told(arg: Arg) -> Arg {
    let Some(help) = arg.get_long_help().or_else(|| arg.get_help()) else {
        return arg;
    };
    let mut text = help.to_string();
    if arg.get_action().takes_values() && !arg.is_hide_possible_values_set() {
        push_values(&mut text, &arg);
        return arg.hide_possible_values(true).long_help(text);
    }
    arg
}

/// Adds the words that an option takes, if it takes only some.
fn push_values(text: &mut String, arg: &Arg) {
    let values = arg.get_possible_values();
    let values = values.iter().filter(|value| !value.is_hide_set());
    let (told, bare): (Vec<_>, Vec<_>) = values.partition(|value| value.get_help().is_some());
    if !told.is_empty() || !bare.is_empty() {
        text.push_str("\n\nPossible values:");
    }
    for value in told {
        let help = value.get_help().map(ToString::to_string);
        let _ = write!(
            text,
            "\n- {}: {}",
            value.get_name(),
            help.unwrap_or_default()
        );
    }
    if !bare.is_empty() {
        let names: Vec<&str> = bare.iter().map(|value| value.get_name()).collect();
        let _ = write!(text, " {}", names.join(", "));
    }
}
