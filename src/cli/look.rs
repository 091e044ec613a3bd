//! How what is printed looks: colours, links and width, by where it goes and what the user asks.

use std::io::{self, IsTerminal};

use clap::ValueEnum;

use super::help::heading;
use crate::report::Look;

/// Where reports without a path go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output is free for them.
    Stdout,
    /// Standard output holds the product: reports for people go to stderr.
    Stderr,
}

/// `--color`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set; elsewhere with `CLICOLOR_FORCE`
    Auto,
    /// Also in files and pipes
    Always,
    /// Nowhere
    Never,
}

/// The option of every command that can print in colours.
#[derive(Clone, Copy, clap::Args)]
pub(super) struct ColorFlag {
    /// When to print in colours
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = heading::REPORT)]
    color: Color,
}

impl ColorFlag {
    /// The look of what goes to a stream.
    pub(super) fn on(self, stream: Stream) -> Look {
        let (choice, is_terminal) = match stream {
            Stream::Stdout => (
                anstream::AutoStream::choice(&io::stdout()),
                io::stdout().is_terminal(),
            ),
            Stream::Stderr => (
                anstream::AutoStream::choice(&io::stderr()),
                io::stderr().is_terminal(),
            ),
        };
        let color = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => choice != anstream::ColorChoice::Never,
        };
        let size = terminal_size::terminal_size().filter(|_| is_terminal);
        Look {
            color,
            links: color && is_terminal && supports_hyperlinks::supports_hyperlinks(),
            width: size.map(|(width, _)| usize::from(width.0)),
        }
    }

    /// The look of what goes to a file.
    pub(super) fn in_file(self) -> Look {
        Look {
            color: self.color == Color::Always,
            links: false,
            width: None,
        }
    }
}
