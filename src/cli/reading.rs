//! How a command that judges nothing reads its label files.

use std::path::{Path, PathBuf};

use super::choices::{FormatName, Offsets};
use super::claims::Claims;
use super::config::{Configs, shown};
use super::help::heading;
use super::input::{Input, Opened};
use super::job::Job;
use super::options::cores;
use super::search::SearchFlags;
use super::terminal::Failure;
use super::told::ToldFlags;
use crate::config::Lookup;
use crate::formats::Format;
use crate::input::Source;
use crate::pipeline::Options;
use crate::report::Gate;

/// Options of every command that reads label files and judges none.
#[derive(clap::Args)]
pub(super) struct Reading {
    /// Format of the input
    #[arg(long, value_name = "FORMAT", default_value = "auto", help_heading = heading::INPUT,
        value_parser = FormatName::or_auto())]
    format: FormatName,

    /// Folder or pack of documents; may be repeated
    ///
    /// The first folder that has a file of the document's name wins; a file that `pack` has written stands
    /// for the folders in it. Without this option the
    /// configuration file says where the documents are, or they are looked for beside the label file.
    #[arg(long, value_name = "DIR", help_heading = heading::INPUT)]
    texts: Vec<PathBuf>,

    /// Do without the documents
    #[arg(long, conflicts_with = "texts", help_heading = heading::INPUT)]
    no_texts: bool,

    /// What offsets count [default: auto]
    ///
    /// Unit of the offsets in files that do not state it: those of Azure ML, Label Studio, doccano,
    /// spaCy, Prodigy and brat. Without it the labels tell. A Language file states its own.
    #[arg(long, value_name = "UNIT", help_heading = heading::INPUT)]
    offsets: Option<Offsets>,

    #[command(flatten)]
    told: ToldFlags,

    /// Configuration file to read
    ///
    /// Without this option it is the nearest `labelwright.toml` in the input's folder or above.
    #[arg(long, value_name = "FILE", conflicts_with = "isolated",
        help_heading = heading::CONFIGURATION)]
    config: Option<PathBuf>,

    /// Read no configuration file
    #[arg(long, help_heading = heading::CONFIGURATION)]
    isolated: bool,
}

impl Reading {
    /// The format that the user gives.
    pub(super) fn format(&self) -> Option<&'static dyn Format> {
        self.format.0
    }

    /// The configuration file that the user names.
    pub(super) fn config(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// The configuration files that hold.
    ///
    /// Fails where the one that the user names cannot be read.
    pub(super) fn configs(&self) -> Result<Configs, Failure> {
        Configs::new(self.config.as_deref(), self.isolated, false)
    }

    /// Notes the folders and packs that the texts of a label file are looked up in.
    ///
    /// Fails where the configuration file cannot be read.
    pub(super) fn claim(&self, path: &Path, claims: &mut Claims) -> Result<(), Failure> {
        let job = self.job(&mut self.configs()?, path)?;
        claims.lookup(&job.lookup, path);
        Ok(())
    }

    /// Opens a label file; `-` is standard input. The job has what is read with it: texts, unit,
    /// settings.
    pub(super) fn open(&self, path: &Path) -> Result<(Source, Job), Failure> {
        let mut configs = self.configs()?;
        let job = self.job(&mut configs, path)?;
        let mut search = SearchFlags::default().search(&mut configs)?;
        search.format = self.format();
        let whole = if path.is_dir() {
            search.whole(path)?
        } else {
            None
        };
        let input = match whole {
            Some(format) => Input::Folder(path.to_owned(), format),
            None if path == Path::new("-") => Input::Stdin(path.to_owned()),
            None if path.is_dir() => {
                let path = path.display();
                let why = "is a folder, and no label file that is one; name a label file";
                return Err(format!("{path} {why}").into());
            }
            None => Input::File(path.to_owned()),
        };
        match input.open()? {
            Opened::Source(source) => Ok((source, job)),
            Opened::PassedOver(looks) => {
                let path = path.display();
                Err(format!("{path} is no label file: it looks like {looks}").into())
            }
        }
    }

    /// How a label file is read: texts, unit, settings.
    pub(super) fn job(&self, configs: &mut Configs, path: &Path) -> Result<Job, Failure> {
        let (asked, file) = configs.asked(path)?;
        let has_own = self.no_texts || !self.texts.is_empty();
        Ok(Job {
            options: Options {
                levels: asked.levels,
                settings: asked.settings,
                unit: self.offsets.map_or(asked.unit, Offsets::unit),
                jobs: cores(),
                told: self.told.told()?,
                ..Options::default()
            },
            gate: Gate {
                fail_on: asked.fail_on,
                max_warnings: None,
            },
            is_alone: false,
            packs: configs.packs(),
            texts_by: file.as_deref().map(shown).filter(|_| !has_own),
            lookup: match (self.no_texts, self.texts.is_empty()) {
                (true, _) => Lookup::Nowhere,
                (false, false) => Lookup::Folders(self.texts.clone()),
                (false, true) => asked.texts,
            },
        })
    }
}
