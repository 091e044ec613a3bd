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
        let (choice, width) = match stream {
            Stream::Stdout => (
                anstream::AutoStream::choice(&io::stdout()),
                width_of(&io::stdout()),
            ),
            Stream::Stderr => (
                anstream::AutoStream::choice(&io::stderr()),
                width_of(&io::stderr()),
            ),
        };
        let color = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => choice != anstream::ColorChoice::Never,
        };
        let is_terminal = match stream {
            Stream::Stdout => io::stdout().is_terminal(),
            Stream::Stderr => io::stderr().is_terminal(),
        };
        Look {
            color,
            links: color && is_terminal && supports_hyperlinks::supports_hyperlinks(),
            width,
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

/// How many columns a stream has; `None` where it is no terminal.
#[cfg(unix)]
pub(super) fn width_of(stream: &impl std::os::fd::AsFd) -> Option<usize> {
    terminal_size::terminal_size_of(stream).map(|(width, _)| columns(width))
}

/// How many columns a stream has; `None` where it is no terminal.
#[cfg(windows)]
pub(super) fn width_of(stream: &impl std::os::windows::io::AsHandle) -> Option<usize> {
    terminal_size::terminal_size_of(stream).map(|(width, _)| columns(width))
}

/// The columns that are used: on very narrow terminals more than there are, and few enough on very
/// wide ones that lines can be read.
fn columns(width: terminal_size::Width) -> usize {
    usize::from(width.0).clamp(40, 160)
}
