//! `--output`: which reports go where.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;

use super::new_file::NewFile;
use super::terminal::Failure;
use crate::diagnostics::store;
use crate::pipeline::Error;
use crate::report::{Human, Json, Looks, Output, Report};

/// `FORMAT[=PATH]`
#[derive(Clone, Debug)]
pub(super) struct Spec {
    format: ReportFormat,
    path: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReportFormat {
    Human,
    Json,
}

impl FromStr for Spec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, path) = match text.split_once('=') {
            Some((name, path)) => (name, Some(path)),
            None => (text, None),
        };
        let format = match name {
            "human" => ReportFormat::Human,
            "json" => ReportFormat::Json,
            _ => return Err("invalid value; possible values: human, json".to_owned()),
        };
        let path = path.map(PathBuf::from);
        if path
            .as_ref()
            .is_some_and(|path| path.as_os_str().is_empty())
        {
            return Err("the path after `=` is empty".to_owned());
        }
        Ok(Self { format, path })
    }
}

/// Where reports without a path go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output is free for them.
    Stdout,
    /// Standard output holds the product: reports for people go to stderr.
    Stderr,
}

impl Spec {
    /// Whether it is a report for machines.
    fn is_for_machines(&self) -> bool {
        self.format != ReportFormat::Human
    }
}

/// `--color`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// The reports that the user asks for.
#[derive(Clone, Copy)]
pub(super) struct Outputs<'a> {
    pub(super) specs: &'a [Spec],
    pub(super) color: Color,
    /// How many findings those for people print.
    pub(super) limit: usize,
}

impl Outputs<'_> {
    /// Whether none is named, so that one for people is written.
    pub(super) const fn is_default(&self) -> bool {
        self.specs.is_empty()
    }

    /// Whether one of them is for people.
    pub(super) fn any_for_people(&self) -> bool {
        self.is_default() || self.specs.iter().any(|spec| !spec.is_for_machines())
    }

    /// Whether one of them is for machines.
    pub(super) fn any_for_machines(&self) -> bool {
        self.specs.iter().any(Spec::is_for_machines)
    }

    /// Whether one for machines goes to standard output.
    pub(super) fn take_stdout(&self) -> bool {
        let mut specs = self.specs.iter();
        specs.any(|spec| spec.is_for_machines() && spec.path.is_none())
    }

    /// Writes them all. `statistics` makes those for people count findings by rule.
    pub(super) fn write(
        &self,
        report: &Report<'_>,
        stream: Stream,
        statistics: bool,
    ) -> Result<(), Failure> {
        let default = [Spec {
            format: ReportFormat::Human,
            path: None,
        }];
        let specs = if self.is_default() {
            &default[..]
        } else {
            self.specs
        };
        for spec in specs {
            let to_people = !spec.is_for_machines() && spec.path.is_none();
            let output = self.output(spec, stream, statistics);
            let (name, written) = match &spec.path {
                Some(path) => (path.display().to_string(), replace(path, report, &*output)),
                None if to_people && stream == Stream::Stderr => {
                    let written = stream_out(report, &*output, &mut Unheard(io::stderr().lock()));
                    ("standard error".to_owned(), written)
                }
                None => {
                    let written = stream_out(report, &*output, &mut io::stdout().lock());
                    ("standard output".to_owned(), written)
                }
            };
            written.map_err(|error| failure(name, error))?;
        }
        Ok(())
    }

    fn output(&self, spec: &Spec, stream: Stream, statistics: bool) -> Box<dyn Output> {
        match spec.format {
            ReportFormat::Json => Box::new(Json),
            ReportFormat::Human => Box::new(Human {
                looks: looks(spec, self.color, stream),
                limit: self.limit,
                statistics,
            }),
        }
    }
}

fn looks(spec: &Spec, color: Color, stream: Stream) -> Looks {
    /// The width where there is no terminal to ask.
    const WIDTH: usize = 100;
    let to_file = spec.path.is_some();
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
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !to_file && choice != anstream::ColorChoice::Never,
    };
    let width = if is_terminal && !to_file {
        terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
    } else {
        WIDTH
    };
    Looks {
        color,
        width: width.clamp(40, 160),
    }
}

/// Writes a report as it is made.
fn stream_out(report: &Report<'_>, output: &dyn Output, to: &mut dyn Write) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(1 << 16, to);
    output.write(report, &mut to)?;
    to.flush()
}

/// Replaces a report file; the old one stays whole where that fails.
fn replace(path: &Path, report: &Report<'_>, output: &dyn Output) -> io::Result<()> {
    let mut file = NewFile::create(path, true)?;
    stream_out(report, output, &mut file)?;
    file.keep()
}

/// Why a report could not be written to `path`: the output's reason, or that of the findings.
fn failure(path: String, error: io::Error) -> Failure {
    match error.downcast::<store::SpillError>() {
        Ok(error) => Box::new(Error::Findings(error)),
        Err(source) => Box::new(Error::Write { path, source }),
    }
}

/// Writes what can be written: that stderr is full or closed is nothing that could be said
/// anywhere.
struct Unheard<W>(W);

impl<W: Write> Write for Unheard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.write_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = self.0.flush();
        Ok(())
    }
}
