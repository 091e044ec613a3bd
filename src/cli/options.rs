//! Options that `check` and `convert` share.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Failure;
use super::output::{self, Spec};
use crate::diagnostic::Severity;
use crate::formats::{FORMATS, Format};
use crate::pipeline::Options;
use crate::rules::Levels;
use crate::settings::{Profile, Settings};
use crate::source::Source;
use crate::text::Unit;
use crate::texts::Texts;

/// Options that `check` and `convert` share.
#[derive(Args)]
pub(super) struct Common {
    /// What `-` (standard input) is called in reports; documents are looked for beside it
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,

    /// Folder that documents are looked up in; may be repeated, the first match wins
    /// [default: the label file's own folder]
    #[arg(long, value_name = "DIR")]
    texts: Vec<PathBuf>,

    /// Check what can be checked without the documents
    #[arg(long, conflicts_with = "texts")]
    no_texts: bool,

    /// Unit of the offsets in an Azure ML file (a Language file states its own)
    #[arg(long, value_name = "UNIT", default_value = "auto")]
    offsets: Offsets,

    /// Service flow that the file must be ready for
    #[arg(long, value_name = "PROFILE", default_value = "import")]
    profile: Flow,

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

    /// Lowest severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(super) fail_on: FailOn,

    /// Exit with status 1 above this many warnings
    #[arg(long, value_name = "N")]
    pub(super) max_warnings: Option<u64>,

    /// Report as FORMAT (human, json), to standard output or to a file; may be repeated
    /// [default: human]
    #[arg(long = "output", value_name = "FORMAT[=PATH]")]
    pub(super) outputs: Vec<Spec>,

    /// How many findings the human report prints
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) max_diagnostics: usize,

    /// Threads; the output never depends on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// Colours in the human report (`NO_COLOR` and `CLICOLOR_FORCE` are obeyed)
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,

    /// Say less on standard error
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,

    /// Say more on standard error
    #[arg(short, long)]
    pub(super) verbose: bool,
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
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

/// `--color`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl Common {
    /// The unit that the user gives, if one.
    pub(super) const fn unit(&self) -> Option<Unit> {
        match self.offsets {
            Offsets::Auto => None,
            Offsets::Utf16 => Some(Unit::Utf16),
            Offsets::Codepoint => Some(Unit::CodePoint),
            Offsets::Utf8 => Some(Unit::Utf8),
            Offsets::Grapheme => Some(Unit::Grapheme),
        }
    }

    /// What the pipeline is asked to do.
    pub(super) fn pipeline(&self) -> Result<Options, Failure> {
        let mut levels = Levels::default();
        levels.select(&self.select)?;
        levels.ignore(&self.ignore)?;
        levels.set(&self.deny, &self.warn)?;
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Options {
            levels,
            settings: Settings {
                profile: match self.profile {
                    Flow::Import => Profile::Import,
                    Flow::AmlConnect => Profile::AmlConnect,
                },
                ..Settings::default()
            },
            unit: self.unit(),
            jobs: self.jobs.map_or_else(cores, usize::from),
            // Only people are shown the lines.
            snippets: if output::has_human(&self.outputs) {
                self.max_diagnostics
            } else {
                0
            },
            ..Options::default()
        })
    }

    /// The folders that the documents of a label file are looked up in; `None` for
    /// `--no-texts`.
    pub(super) fn texts(&self, source: &Source) -> Result<Option<Texts>, Failure> {
        if self.no_texts {
            return Ok(None);
        }
        let given = !self.texts.is_empty();
        let own = [source.folder().to_owned()];
        let folders = if given { &self.texts[..] } else { &own };
        let texts = Texts::open(folders, given);
        texts.map(Some).map_err(|(path, source)| {
            Box::new(crate::pipeline::Error::Read {
                path: path.display().to_string(),
                source,
            }) as Failure
        })
    }
}

impl FailOn {
    /// Whether findings of this severity make the exit status 1.
    pub(super) fn covers(self, gravest: Option<Severity>) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
            Self::Never => return false,
        };
        gravest.is_some_and(|gravest| gravest >= least)
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
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
            format!("invalid value; possible values: {}", names.join(", "))
        })
    }
}
