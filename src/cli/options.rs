//! Options that `check` and `convert` share.

use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::claims::Claims;
use super::config::Configs;
use super::job::Job;
use super::output::{self, Color, Outputs, Spec};
use super::search::SearchFlags;
use super::terminal::Failure;
use crate::config::{Asked, Lookup};
use crate::diagnostics::{FailOn, Severity};
use crate::formats::{FORMATS, Format};
use crate::pipeline::Options;
use crate::report::{Author, EXAMPLES, Gate};
use crate::rules::settings::Profile;
use crate::text::Unit;

/// Options that `check` and `convert` share.
#[derive(Args)]
pub(super) struct Common {
    /// What `-` (standard input) is called in reports; documents are looked for beside it
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,

    /// Folder that documents are looked up in; may be repeated, the first match wins
    /// [default: the label file's own folder]
    #[arg(long, value_name = "DIR")]
    pub(super) texts: Vec<PathBuf>,

    /// Check what can be checked without the documents
    #[arg(long, conflicts_with = "texts")]
    no_texts: bool,

    /// Unit of the offsets in an Azure ML file (a Language file states its own) [default: auto]
    #[arg(long, value_name = "UNIT")]
    offsets: Option<Offsets>,

    /// Service flow that the file must be ready for [default: import]
    #[arg(long, value_name = "PROFILE")]
    profile: Option<Flow>,

    /// Run these rules and groups only
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    select: Vec<String>,

    /// Do not run these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    ignore: Vec<String>,

    /// Make errors of the findings of these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    deny: Vec<String>,

    /// Make warnings of the findings of these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    warn: Vec<String>,

    #[command(flatten)]
    pub(super) search: SearchFlags,

    #[command(flatten)]
    pub(super) reporting: Reporting,
}

/// Options of every command that reports findings.
#[derive(Args)]
pub(super) struct Reporting {
    /// Lowest severity that makes the exit status 1 [default: error]
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOnFlag>,

    /// Exit with status 1 above this many warnings
    #[arg(long, value_name = "N")]
    max_warnings: Option<u64>,

    #[command(flatten)]
    file: ConfigFile,

    #[arg(long = "output", value_name = "FORMAT[=PATH]", help = output::help(),
        value_parser = OsStringValueParser::new().try_map(|text| Spec::parse(&text)))]
    outputs: Vec<Spec>,

    #[command(flatten)]
    pub(super) private: Private,

    /// Replace files that are there, also those that are no reports of labelwright
    #[arg(long)]
    pub(super) force: bool,

    /// How many blocks the human report prints: the findings of a rule are one
    #[arg(long, value_name = "N", default_value_t = 100)]
    max_diagnostics: usize,

    /// How many problems of each rule and severity the html report shows
    #[arg(long, value_name = "N", default_value_t = 25)]
    report_max: usize,

    /// Begin the csv report with a byte-order mark, so that Excel reads its letters right
    #[arg(long)]
    csv_bom: bool,

    /// Lightest findings that the human report prints; the exit status does not depend on it
    #[arg(long, value_name = "SEVERITY", default_value = "note")]
    min_severity: LeastSeverity,

    /// Threads; the output never depends on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// Colours in the human report (`NO_COLOR` and `CLICOLOR_FORCE` are obeyed)
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,

    /// Say less on standard error
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,

    /// Say more on standard error
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// What reports show of data that is somebody's.
#[derive(Args)]
pub(super) struct Private {
    /// Leave the words of documents out of every report
    #[arg(long)]
    pub(super) redact: bool,

    /// Say in machine-readable reports who labeled (the names of people)
    #[arg(long)]
    show_labelers: bool,
}

/// Which configuration file is read.
#[derive(Args)]
struct ConfigFile {
    /// Configuration file; flags win over it
    /// [default: the nearest labelwright.toml in the input's folder or above]
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    config: Option<PathBuf>,

    /// Read no configuration file
    #[arg(long)]
    isolated: bool,
}

/// `--offsets`
#[derive(Clone, Copy, ValueEnum)]
enum Offsets {
    Auto,
    Utf16,
    Codepoint,
    Utf8,
    Grapheme,
}

/// `--profile`
#[derive(Clone, Copy, ValueEnum)]
enum Flow {
    Import,
    AmlConnect,
}

/// `--fail-on`
#[derive(Clone, Copy, ValueEnum)]
enum FailOnFlag {
    Error,
    Warning,
    Note,
    Never,
}

/// `--min-severity`
#[derive(Clone, Copy, ValueEnum)]
enum LeastSeverity {
    Error,
    Warning,
    Note,
}

impl Reporting {
    /// The configuration files that the flags allow.
    pub(super) fn configs(&self) -> Result<Configs, Failure> {
        let file = &self.file;
        Configs::new(file.config.as_deref(), file.isolated, self.verbose)
    }

    /// The files of a run, of which only the configuration file is known so far. What is read must
    /// be there before what is written, and [`Outputs::claim`] adds the reports.
    pub(super) fn claims(&self) -> Claims {
        let mut claims = Claims::new(self.force);
        if let Some(config) = &self.file.config {
            claims.read("the configuration file", config);
        }
        claims
    }

    /// How many threads there may be.
    pub(super) fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.jobs.map_or_else(cores, usize::from)
    }

    /// The reports that are written.
    pub(super) fn outputs(&self) -> Outputs<'_> {
        Outputs {
            specs: &self.outputs,
            color: self.color,
            limit: self.max_diagnostics,
            least: self.min_severity.into(),
            examples: self.report_max,
            mark: self.csv_bom,
        }
    }

    /// How many findings of each rule are shown with the lines around them: only people are.
    pub(super) fn snippets(&self) -> usize {
        let outputs = self.outputs();
        let people = outputs.show_words() && self.max_diagnostics > 0;
        let pages = outputs.overview().is_some();
        let most = [(people, EXAMPLES), (pages, self.report_max)];
        let most = most.into_iter().filter(|(is_asked, _)| *is_asked);
        most.map(|(_, each)| each).max().unwrap_or_default()
    }

    /// What the findings of an input have to stay below, by the flags, and where they say nothing
    /// by what is `asked` in a file.
    pub(super) fn gate(&self, asked: &Asked, file: Option<PathBuf>) -> Gate {
        let max_warnings = match (self.max_warnings, asked.max_warnings.zip(file)) {
            (Some(most), _) => Some((Author::Flag, most)),
            (None, Some((most, file))) => Some((Author::File(file), most)),
            (None, None) => None,
        };
        Gate {
            fail_on: self.fail_on.map_or(asked.fail_on, FailOn::from),
            max_warnings,
        }
    }
}

impl Common {
    /// What is to be done with an input. Flags win over the configuration file.
    pub(super) fn job(&self, configs: &mut Configs, input: &Path) -> Result<Job, Failure> {
        let (mut asked, file) = configs.asked(input)?;
        let levels = &mut asked.levels;
        levels.select(&self.select)?;
        levels.ignore(&self.ignore)?;
        levels.set(&self.deny, &self.warn)?;
        if let Some(profile) = self.profile {
            asked.settings.profile = profile.into();
        }
        asked.settings.redact = self.reporting.private.redact;
        let gate = self.reporting.gate(&asked, file);
        Ok(Job {
            options: Options {
                levels: asked.levels,
                settings: asked.settings,
                unit: self.offsets.map_or(asked.unit, Offsets::unit),
                jobs: self.reporting.jobs(),
                regions: self.reporting.outputs().regions(),
                edits: self.reporting.outputs().regions() > 0,
                overview: self.reporting.outputs().overview(),
                labelers: self.reporting.private.show_labelers,
                snippets: self.reporting.snippets(),
                ..Options::default()
            },
            gate,
            lookup: if self.no_texts {
                Lookup::Nowhere
            } else if self.texts.is_empty() {
                asked.texts
            } else {
                Lookup::Folders(self.texts.clone())
            },
        })
    }
}

impl Offsets {
    /// The unit, or `None` where the evidence is to decide.
    const fn unit(self) -> Option<Unit> {
        match self {
            Self::Auto => None,
            Self::Utf16 => Some(Unit::Utf16),
            Self::Codepoint => Some(Unit::CodePoint),
            Self::Utf8 => Some(Unit::Utf8),
            Self::Grapheme => Some(Unit::Grapheme),
        }
    }
}

impl From<Flow> for Profile {
    fn from(flow: Flow) -> Self {
        match flow {
            Flow::Import => Self::Import,
            Flow::AmlConnect => Self::AmlConnect,
        }
    }
}

impl From<LeastSeverity> for Severity {
    fn from(flag: LeastSeverity) -> Self {
        match flag {
            LeastSeverity::Error => Self::Error,
            LeastSeverity::Warning => Self::Warning,
            LeastSeverity::Note => Self::Note,
        }
    }
}

impl From<FailOnFlag> for FailOn {
    fn from(flag: FailOnFlag) -> Self {
        match flag {
            FailOnFlag::Error => Self::From(Severity::Error),
            FailOnFlag::Warning => Self::From(Severity::Warning),
            FailOnFlag::Note => Self::From(Severity::Note),
            FailOnFlag::Never => Self::Never,
        }
    }
}

/// A help text that names every format.
pub(super) fn formats_help(before: &str, after: &str) -> String {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.info().name).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("{before}{} or {last}{after}", others.join(", "))
        }
        _ => format!("{before}{}{after}", names.concat()),
    }
}

/// A format by its name, for `--format`, `--from` and `--to`.
#[derive(Clone, Copy)]
pub(super) struct FormatName(pub(super) Option<&'static dyn Format>);

impl FormatName {
    /// `auto`, or a format.
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        if name == "auto" {
            return Ok(Self(None));
        }
        Self::parse_target(name).map_err(|names| format!("{names}, auto"))
    }

    /// A format.
    pub(super) fn parse_target(name: &str) -> Result<Self, String> {
        let found = crate::formats::find(name);
        found.map(|format| Self(Some(format))).ok_or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|format| format.info().name).collect();
            format!("invalid value; possible values: {}", names.join(", "))
        })
    }
}
