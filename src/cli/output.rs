//! `--output`: which reports go where.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Command};
use clap_lex::OsStrExt;

use super::claims::Claims;
use super::look::{ColorFlag, Stream};
use super::new_file::{NewFile, report_path};
use super::terminal::Failure;
use crate::corpus::overview::Extent;
use crate::diagnostics::{Severity, store};
use crate::input::delivered;
use crate::pipeline::Error;
use crate::report::{self, Audience, DEFAULT, Emitter, REPORTS, Report, ReportSettings};

/// How many blocks of findings people get where they do not say it.
pub(super) const BLOCKS: usize = 100;

/// How many findings of each rule and severity a page shows where nobody says it.
pub(super) const PROBLEMS: usize = 25;

/// `FORMAT[=PATH]`
#[derive(Clone)]
pub(super) struct Spec {
    emitter: &'static dyn Emitter,
    path: Option<PathBuf>,
}

/// The names of all formats of reports.
fn names() -> String {
    let names: Vec<&str> = REPORTS.iter().map(|emitter| emitter.name()).collect();
    names.join(", ")
}

/// Reads [`Spec`]s. The names of the formats are for help texts and shells.
#[derive(Clone)]
pub(super) struct SpecParser;

impl TypedValueParser for SpecParser {
    type Value = Spec;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Spec, clap::Error> {
        let parser = OsStringValueParser::new().try_map(|text| Spec::parse(&text));
        parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = REPORTS.iter().map(|emitter| emitter.name());
        Some(Box::new(names.map(PossibleValue::new)))
    }
}

impl Spec {
    /// Reads an argument. The path in it may be no Unicode.
    fn parse(text: &OsStr) -> Result<Self, String> {
        let (name, path) = match text.split_once("=") {
            Some((name, path)) => (name, Some(path)),
            None => (text, None),
        };
        let emitter = name
            .to_str()
            .and_then(report::find)
            .ok_or_else(|| format!("invalid value; possible values: {}", names()))?;
        let path = report_path(path, &name.to_string_lossy())?;
        Ok(Self { emitter, path })
    }
}

impl Spec {
    /// Whether it is a report for machines.
    fn is_for_machines(&self) -> bool {
        self.emitter.audience() == Audience::Machines
    }
}

/// What a command has reports for people tell.
#[derive(Clone, Copy, Default)]
pub(super) struct Telling {
    /// Whether findings are counted by rule.
    pub(super) statistics: bool,
    /// Whether it is said how many of them could be fixed.
    pub(super) fixable: bool,
}

/// The reports that the user asks for.
#[derive(Clone, Copy)]
pub(super) struct Outputs<'a> {
    pub(super) specs: &'a [Spec],
    pub(super) color: ColorFlag,
    /// How many blocks of findings those for people print.
    pub(super) limit: usize,
    /// The lightest findings that they print.
    pub(super) least: Severity,
    /// How many findings of each rule and severity a page shows.
    pub(super) examples: usize,
    /// Whether a table begins with a byte-order mark.
    pub(super) mark: bool,
}

impl Outputs<'_> {
    /// Notes the files that they go to.
    ///
    /// Fails where one of them is another file of the run.
    pub(super) fn claim(&self, claims: &mut Claims) -> Result<(), Failure> {
        for spec in self.specs {
            if let Some(path) = &spec.path {
                claims.report(&format!("--output {}=", spec.emitter.name()), path)?;
            }
        }
        Ok(())
    }

    /// Whether any goes to a file.
    pub(super) fn any_to_files(&self) -> bool {
        self.specs.iter().any(|spec| spec.path.is_some())
    }

    /// The first option that asks for another report than the usual one, where there is one.
    pub(super) fn option(&self) -> Option<&'static str> {
        let asked = [
            (!self.is_default(), "--output"),
            (self.limit != BLOCKS, "--max-diagnostics"),
            (self.least != Severity::Note, "--min-severity"),
            (self.examples != PROBLEMS, "--report-max"),
            (self.mark, "--csv-bom"),
        ];
        let mut asked = asked.into_iter().filter(|(is_asked, _)| *is_asked);
        asked.next().map(|(_, option)| option)
    }

    /// Whether none is named, so that the usual one is written.
    pub(super) const fn is_default(&self) -> bool {
        self.specs.is_empty()
    }

    /// The name of the only report, where there is one and it goes to standard output.
    pub(super) fn sole_on_stdout(&self) -> Option<&'static str> {
        match &*self.specs() {
            [
                Spec {
                    emitter,
                    path: None,
                },
            ] => Some(emitter.name()),
            _ => None,
        }
    }

    /// What is written: the usual report where none is named.
    fn specs(&self) -> Cow<'_, [Spec]> {
        if self.is_default() {
            let usual = Spec {
                emitter: DEFAULT,
                path: None,
            };
            return Cow::Owned(vec![usual]);
        }
        Cow::Borrowed(self.specs)
    }

    /// Whether one of them is for machines.
    pub(super) fn any_for_machines(&self) -> bool {
        self.specs().iter().any(Spec::is_for_machines)
    }

    /// Whether one for machines goes to standard output.
    pub(super) fn take_stdout(&self) -> bool {
        let specs = self.specs();
        let mut specs = specs.iter();
        specs.any(|spec| spec.is_for_machines() && spec.path.is_none())
    }

    /// Whether one of them shows the words around findings.
    pub(super) fn show_words(&self) -> bool {
        self.specs().iter().any(|spec| spec.emitter.shows_words())
    }

    /// Of how many findings of each severity of a file they show where they end.
    pub(super) fn regions(&self) -> usize {
        let specs = self.specs();
        let regions = specs.iter().map(|spec| spec.emitter.regions());
        regions.max().unwrap_or_default()
    }

    /// How much they show of a corpus in pictures.
    pub(super) fn overview(&self) -> Option<Extent> {
        let specs = self.specs();
        specs.iter().find_map(|spec| spec.emitter.overview())
    }

    /// Writes them all.
    pub(super) fn write(
        &self,
        report: &Report<'_>,
        stream: Stream,
        telling: Telling,
    ) -> Result<(), Failure> {
        let folder = std::env::current_dir().ok();
        let report = &Report {
            folder: folder.as_deref(),
            ..*report
        };
        for spec in &*self.specs() {
            let to_people = !spec.is_for_machines() && spec.path.is_none();
            let settings = self.settings(spec, stream, telling);
            let emit = |to: &mut dyn Write| {
                let mut to = BufWriter::with_capacity(1 << 16, to);
                spec.emitter.emit(report, &settings, &mut to)?;
                to.flush()
            };
            let (name, written) = match &spec.path {
                Some(path) => (path.display().to_string(), replace(path, emit)),
                None if to_people && stream == Stream::Stderr => {
                    let written = emit(&mut Unheard(io::stderr().lock()));
                    ("standard error".to_owned(), written)
                }
                None => {
                    let written = emit(&mut io::stdout().lock());
                    let written = written.and_then(|()| delivered(&io::stdout()));
                    ("standard output".to_owned(), written)
                }
            };
            written.map_err(|error| failure(name, error))?;
        }
        Ok(())
    }

    /// How a report looks, and what it shows.
    fn settings(&self, spec: &Spec, stream: Stream, telling: Telling) -> ReportSettings {
        /// The width where there is no terminal to ask.
        const WIDTH: usize = 100;
        let look = match spec.path {
            Some(_) => self.color.in_file(),
            None => self.color.on(stream),
        };
        ReportSettings {
            color: look.color,
            links: look.links,
            width: look.width.unwrap_or(WIDTH),
            limit: self.limit,
            least: self.least,
            statistics: telling.statistics,
            fixable: telling.fixable,
            examples: self.examples,
            mark: self.mark,
        }
    }
}

/// Replaces a report file; the old one stays whole where that fails.
fn replace(path: &Path, emit: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut file = NewFile::create(path, true)?;
    emit(&mut file)?;
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
