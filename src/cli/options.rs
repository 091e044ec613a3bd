//! Options that `check` and `convert` share.

use std::path::{Path, PathBuf};

use clap::Args;

use super::choices::{FailOnFlag, Flow, LeastSeverity, Offsets, RuleNames};
use super::claims::Claims;
use super::config::{Configs, Told, shown};
use super::help::heading;
use super::job::Job;
use super::look::ColorFlag;
use super::output::{BLOCKS, Outputs, PROBLEMS, Spec, SpecParser};
use super::search::SearchFlags;
use super::terminal::Failure;
use super::told::ToldFlags;
use crate::config::{Asked, Lookup, Origin, Shown};
use crate::diagnostics::{FailOn, Severity};
use crate::pipeline::Options;
use crate::report::{Author, EXAMPLES, Gate};
use crate::rules::Choice;
use crate::text::Unit;

/// Options that `check` and `convert` share.
#[derive(Args)]
pub(super) struct Common {
    /// What `-` is called in reports
    ///
    /// Standard input has no name of its own. Documents are looked for beside this one.
    #[arg(long, value_name = "NAME", help_heading = heading::INPUT)]
    pub(super) stdin_filename: Option<PathBuf>,

    /// Folder or pack of documents; may be repeated
    ///
    /// The first folder that has a file of the document's name wins; a file that `pack` has written stands
    /// for the folders in it. Without this option the
    /// configuration file says where the documents are; where it does not say it, they are looked
    /// for in the label file's own folder.
    #[arg(long, value_name = "DIR", help_heading = heading::INPUT)]
    pub(super) texts: Vec<PathBuf>,

    /// Do without the documents
    ///
    /// Check what can be checked without them. No label is proved then.
    #[arg(long, conflicts_with = "texts", help_heading = heading::INPUT)]
    no_texts: bool,

    /// What offsets count [default: auto]
    ///
    /// Unit of the offsets in files that do not state it: those of Azure ML, Label Studio, doccano,
    /// spaCy, Prodigy and brat. Without it the labels tell. A Language file states its own. Of a
    /// conversion from one of these to another it is about the input, and Azure ML counts alike.
    #[arg(long, value_name = "UNIT", help_heading = heading::INPUT)]
    offsets: Option<Offsets>,

    #[command(flatten)]
    told: ToldFlags,

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
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
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
    #[arg(long, value_name = "N", default_value_t = BLOCKS, help_heading = heading::REPORT)]
    max_diagnostics: usize,

    /// Lightest findings to print
    ///
    /// It is for the human report. The exit status does not depend on it.
    #[arg(long, value_name = "SEVERITY", default_value = "note", help_heading = heading::REPORT)]
    min_severity: LeastSeverity,

    #[command(flatten)]
    color: ColorFlag,

    /// Most problems in the html report
    ///
    /// So many of each rule and severity.
    #[arg(long, value_name = "N", default_value_t = PROBLEMS, help_heading = heading::REPORT)]
    report_max: usize,

    /// Begin the csv report with a byte-order mark
    ///
    /// Excel reads letters beyond ASCII right then.
    #[arg(long, help_heading = heading::REPORT)]
    csv_bom: bool,

    /// Leave out the words of documents
    ///
    /// No report has them then, whatever its form.
    #[arg(long, help_heading = heading::REPORT)]
    pub(super) redact: bool,

    /// Say who labeled
    ///
    /// Those are names of people. Only the forms for machines have them.
    #[arg(long, help_heading = heading::REPORT)]
    pub(super) show_labelers: bool,

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
pub(super) struct ConfigFile {
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

impl ConfigFile {
    /// The configuration files that the flags allow.
    ///
    /// Fails where the one that the user names cannot be read.
    pub(super) fn configs(&self, verbose: bool) -> Result<Configs, Failure> {
        Configs::new(self.config.as_deref(), self.isolated, verbose)
    }
}

impl Reporting {
    /// The configuration files that the flags allow.
    pub(super) fn configs(&self) -> Result<Configs, Failure> {
        self.file.configs(self.verbose)
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

    /// Whether flags say what makes the status 1.
    pub(super) const fn has_gate(&self) -> bool {
        self.fail_on.is_some() || self.max_warnings.is_some()
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
    /// The unit that the user gives.
    pub(super) fn unit(&self) -> Option<Unit> {
        self.offsets.and_then(Offsets::unit)
    }

    /// What is to be done with an input. Flags win over the configuration file.
    pub(super) fn job(&self, configs: &mut Configs, input: &Path) -> Result<Job, Failure> {
        let (mut asked, file) = configs.asked(input)?;
        self.apply(&mut asked, |_, _| {})?;
        asked.settings.redact = self.reporting.redact;
        let has_own = self.no_texts || !self.texts.is_empty();
        let texts_by = file.as_deref().map(shown).filter(|_| !has_own);
        let gate = self.reporting.gate(&asked, file);
        Ok(Job {
            options: Options {
                levels: asked.levels,
                settings: asked.settings,
                unit: asked.unit,
                jobs: self.reporting.jobs(),
                told: self.told.told()?,
                regions: self.reporting.outputs().regions(),
                edits: self.reporting.outputs().regions() > 0,
                overview: self.reporting.outputs().overview(),
                labelers: self.reporting.show_labelers,
                snippets: self.reporting.snippets(),
                ..Options::default()
            },
            gate,
            lookup: asked.texts,
            texts_by,
            packs: configs.packs(),
            is_alone: false,
        })
    }

    /// Lets the flags win over what is asked. `won` is told of each that is given, by the key of the
    /// configuration file that it stands for, with what is asked from then on.
    fn apply(
        &self,
        asked: &mut Asked,
        mut won: impl FnMut(&'static str, &Asked),
    ) -> Result<(), Failure> {
        asked.levels.select(&self.select)?;
        won("select", asked);
        asked.levels.ignore(&self.ignore)?;
        won("ignore", asked);
        asked.levels.set(&self.deny, &self.warn)?;
        won("rules", asked);
        if let Some(profile) = self.profile {
            asked.settings.profile = profile.into();
            won("profile", asked);
        }
        if let Some(offsets) = self.offsets {
            asked.unit = offsets.unit();
            won("offsets", asked);
        }
        if self.no_texts {
            asked.texts = Lookup::Nowhere;
            won("no-texts", asked);
        } else if !self.texts.is_empty() {
            asked.texts = Lookup::Folders(self.texts.clone());
            won("texts", asked);
        }
        if let Some(fail_on) = self.reporting.fail_on {
            asked.fail_on = fail_on.into();
            won("fail-on", asked);
        }
        if let Some(most) = self.reporting.max_warnings {
            asked.max_warnings = Some(most);
            won("max-warnings", asked);
        }
        Ok(())
    }

    /// The settings that hold for an input, as TOML that says where each comes from.
    pub(super) fn settings(&self, configs: &mut Configs, input: &Path) -> Result<String, Failure> {
        let Told {
            mut asked,
            mut origins,
            exclude,
            exclude_above,
            file,
        } = configs.told(input)?;
        let mut before = asked.levels.clone();
        self.apply(&mut asked, |key, asked| {
            let flag = match key {
                "select" => "--select",
                "ignore" => "--ignore",
                "profile" => "--profile",
                "offsets" => "--offsets",
                "no-texts" => "--no-texts",
                "texts" => "--texts",
                "fail-on" => "--fail-on",
                _ => "--max-warnings",
            };
            if ["select", "ignore", "rules"].contains(&key) {
                origins.note_rules(&before, &asked.levels, |chosen| match (key, chosen) {
                    ("rules", Some(Choice::At(Severity::Warning))) => Origin::Flag("--warn"),
                    ("rules", _) => Origin::Flag("--deny"),
                    _ => Origin::Flag(flag),
                });
                before.clone_from(&asked.levels);
                return;
            }
            origins.note(
                if key == "no-texts" { "texts" } else { key },
                Origin::Flag(flag),
            );
        })?;
        let by_file = exclude.into_iter().map(|pattern| (pattern, Origin::File));
        let by_flag = self.search.patterns().iter().cloned();
        let by_flag = by_flag.map(|pattern| (pattern, Origin::Flag("--exclude")));
        let exclude: Vec<(String, Origin)> = by_file.chain(by_flag).collect();
        let file = file.map(|path| path.display().to_string());
        Ok(Shown {
            asked: &asked,
            origins: &origins,
            exclude: &exclude,
            exclude_above: &exclude_above,
            file: file.as_deref(),
        }
        .toml())
    }
}

/// How many threads can work at a time.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
