//! Options that `check` and `convert` share.

use std::path::{Path, PathBuf};

use clap::Args;

use super::choices::{FailOnFlag, Flow, LeastSeverity, Offsets, RuleNames};
use super::claims::Claims;
use super::config::Configs;
use super::gate::{Author, Gate};
use super::help::heading;
use super::job::Job;
use super::look::ColorFlag;
use super::output::{Outputs, Spec, SpecParser};
use super::search::SearchFlags;
use super::terminal::Failure;
use crate::config::{Asked, FailOn, Lookup};
use crate::pipeline::Options;
use crate::report::EXAMPLES;

/// Options that `check` and `convert` share.
#[derive(Args)]
pub(super) struct Common {
    /// What `-` is called in reports
    ///
    /// Standard input has no name of its own. Documents are looked for beside this one.
    #[arg(long, value_name = "NAME", help_heading = heading::INPUT)]
    pub(super) stdin_filename: Option<PathBuf>,

    /// Folder of the documents; may be repeated
    ///
    /// The first folder that has a file of the document's name wins. Without this option the
    /// configuration file says where the documents are; where it does not say it, they are looked
    /// for in the label file's own folder.
    #[arg(long, value_name = "DIR", help_heading = heading::INPUT)]
    pub(super) texts: Vec<PathBuf>,

    /// Do without the documents
    ///
    /// Check what can be checked without them. No label is proved then.
    #[arg(long, conflicts_with = "texts", help_heading = heading::INPUT)]
    no_texts: bool,

    /// What offsets of Azure ML count [default: auto]
    ///
    /// Unit of the offsets in an Azure ML file. A Language file states its own.
    #[arg(long, value_name = "UNIT", help_heading = heading::INPUT)]
    offsets: Option<Offsets>,

    #[command(flatten)]
    pub(super) search: SearchFlags,

    /// What the files are for [default: import]
    ///
    /// Service flow that the label files must be ready for. Each has rules of its own.
    #[arg(long, value_name = "PROFILE", help_heading = heading::RULES)]
    profile: Option<Flow>,

    /// Run only these rules and groups
    ///
    /// `labelwright rules` lists them. Errors of syntax are always reported.
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = heading::RULES,
        value_parser = RuleNames, hide_possible_values = true)]
    select: Vec<String>,

    /// Do not run these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = heading::RULES,
        value_parser = RuleNames, hide_possible_values = true)]
    ignore: Vec<String>,

    /// Report their findings as errors
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = heading::RULES,
        value_parser = RuleNames, hide_possible_values = true)]
    deny: Vec<String>,

    /// Report their findings as warnings
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = heading::RULES,
        value_parser = RuleNames, hide_possible_values = true)]
    warn: Vec<String>,

    #[command(flatten)]
    pub(super) reporting: Reporting,
}

/// Options of every command that reports findings.
#[derive(Args)]
pub(super) struct Reporting {
    /// Form of the report; may be repeated
    ///
    /// With `=PATH` the report goes to a file, else to standard output. The forms for machines
    /// have all findings, whatever the other options of this section say.
    #[arg(long = "output", value_name = "FORMAT[=PATH]", help_heading = heading::REPORT,
        value_parser = SpecParser)]
    outputs: Vec<Spec>,

    /// How many blocks to print
    ///
    /// The findings of a rule are one block of the human report.
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = heading::REPORT)]
    max_diagnostics: usize,

    /// Lightest findings to print
    ///
    /// It is for the human report. The exit status does not depend on it.
    #[arg(long, value_name = "SEVERITY", default_value = "note", help_heading = heading::REPORT)]
    min_severity: LeastSeverity,

    #[command(flatten)]
    color: ColorFlag,

    /// Leave out the words of documents
    ///
    /// No report has them then, whatever its form.
    #[arg(long, help_heading = heading::REPORT)]
    pub(super) redact: bool,

    /// Say who labeled
    ///
    /// Those are names of people. Only the forms for machines have them.
    #[arg(long, help_heading = heading::REPORT)]
    show_labelers: bool,

    /// Lightest findings with status 1 [default: error]
    #[arg(long, value_name = "SEVERITY", help_heading = heading::STATUS)]
    fail_on: Option<FailOnFlag>,

    /// Status 1 above so many warnings
    ///
    /// The warnings of all inputs are added up for it.
    #[arg(long, value_name = "N", help_heading = heading::STATUS)]
    max_warnings: Option<u64>,

    #[command(flatten)]
    file: ConfigFile,

    /// How many threads to use [default: all cores]
    ///
    /// What is printed and written never depends on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..),
        help_heading = heading::GENERAL)]
    jobs: Option<u16>,

    /// Replace files that are there
    ///
    /// A report of labelwright is replaced also without it. An input or a text is never replaced.
    #[arg(long, help_heading = heading::GENERAL)]
    pub(super) force: bool,

    /// Say less on standard error
    #[arg(short, long, conflicts_with = "verbose", help_heading = heading::GENERAL)]
    pub(super) quiet: bool,

    /// Say more on standard error
    #[arg(short, long, help_heading = heading::GENERAL)]
    pub(super) verbose: bool,
}

/// Which configuration file is read.
#[derive(Args)]
struct ConfigFile {
    /// Configuration file to read
    ///
    /// Without this option each input has the nearest `labelwright.toml` in its folder or above.
    /// Flags win over the file.
    #[arg(long, value_name = "FILE", conflicts_with = "isolated",
        help_heading = heading::CONFIGURATION)]
    config: Option<PathBuf>,

    /// Read no configuration file
    #[arg(long, help_heading = heading::CONFIGURATION)]
    isolated: bool,
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
        }
    }

    /// How many findings of each rule are shown with the lines around them: only people are.
    pub(super) fn snippets(&self) -> usize {
        if self.outputs().any_for_people() && self.max_diagnostics > 0 {
            EXAMPLES
        } else {
            0
        }
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
        asked.settings.redact = self.reporting.redact;
        let gate = self.reporting.gate(&asked, file);
        Ok(Job {
            options: Options {
                levels: asked.levels,
                settings: asked.settings,
                unit: self.offsets.map_or(asked.unit, Offsets::unit),
                jobs: self.reporting.jobs(),
                labelers: self.reporting.show_labelers,
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
