//! What is asked of a conversion.

use std::path::PathBuf;

use clap::ValueEnum;

use super::files::unwritten;
use crate::cli::job::Job;
use crate::cli::options::{Common, FormatName, formats_help};
use crate::cli::terminal::Failure;
use crate::formats::Format;
use crate::input::{NewTexts, Texts};
use crate::operations::{Conversion, FileTarget, Ledger, Metadata};
use crate::pipeline::Options;
use crate::rules::run;

/// The end of the help text of `convert`.
const HELP: &str = "\
Folders: `convert DIR --to FORMAT --out DIR2` converts each label file in DIR, found as `check DIR` \
finds them, to the same place in DIR2 with the extension of the format (.jsonl for aml, .json for \
language, .csv for csv). A file that is refused or cannot be worked on does not hold up the others. \
DIR2/.labelwright-manifest.jsonl says what became of each, one JSON object a line; `--resume` goes \
by it. A text that was changed since is not noticed: use `--force` then.

Exit status: 0 done; 1 findings at or above --fail-on, or a refused conversion; 2 the work, or \
that on one of the files, could not be done.";

/// Read one format, write another
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct Args {
    /// A label file, a folder (searched for .json and .jsonl), or `-` for standard input
    #[arg(value_name = "INPUT")]
    pub(super) input: PathBuf,

    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = FormatName::parse,
        help = formats_help("What the input is: auto, ", "; `auto` looks at the content"))]
    pub(super) from: FormatName,

    #[arg(long, value_name = "FORMAT", value_parser = FormatName::parse_target,
        help = formats_help("What to write: ", ""))]
    pub(super) to: FormatName,

    /// The file to write, or `-` for standard output; written whole or not at all. For a folder,
    /// the folder to write to
    #[arg(short, long, value_name = "PATH", default_value = "-")]
    pub(super) out: PathBuf,

    #[command(flatten)]
    pub(super) old: Old,

    /// Name of the new project; not for a folder [default: the input's stem]
    #[arg(long, value_name = "NAME")]
    pub(super) project_name: Option<String>,

    /// Blob container of the new project [default: the datastore's name]
    #[arg(long, value_name = "NAME")]
    pub(super) container: Option<String>,

    /// Language of the new project, and of documents that give none and whose script fits it
    /// [default: as documents and scripts tell, else en-us]
    #[arg(long, value_name = "CODE")]
    pub(super) language: Option<String>,

    /// Description of the new project [default: empty]
    #[arg(long, value_name = "TEXT")]
    pub(super) description: Option<String>,

    /// Whether the new project is multilingual: with `false` every document that gives no language
    /// gets that of the project [default: as documents and scripts tell]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub(super) multilingual: Option<bool>,

    /// Split of documents that have none
    #[arg(long, value_name = "SPLIT", default_value = "none", ignore_case = true)]
    pub(super) dataset: Dataset,

    /// Datastore in `AmlDatastore://NAME/PREFIX/…` [default: workspaceblobstore]
    #[arg(long, value_name = "NAME")]
    pub(super) datastore: Option<String>,

    /// Folder in `AmlDatastore://NAME/PREFIX/…` [default: none]
    #[arg(long, value_name = "PATH")]
    pub(super) prefix: Option<String>,

    /// Write what the target cannot hold into a ledger, one JSON object a line. For a folder,
    /// the folder of the ledgers: that of a/b.json is a/b.losses.jsonl
    #[arg(long, value_name = "PATH")]
    pub(super) losses: Option<PathBuf>,

    /// Put back what a ledger holds. For a folder, the folder of the ledgers, where there are any
    #[arg(long, value_name = "PATH")]
    pub(super) restore: Option<PathBuf>,

    /// Folder for texts that are inside the input, where the target has them in files of their
    /// own; an equal file is left as it is, another one of the name refused
    #[arg(long, value_name = "DIR")]
    pub(super) texts_out: Option<PathBuf>,

    /// Refuse where anything would be lost
    #[arg(long)]
    pub(super) deny_loss: bool,

    /// Leave out labels that cannot be converted truthfully, and documents without a text
    #[arg(long)]
    pub(super) skip_invalid: bool,

    #[command(flatten)]
    pub(super) common: Common,
}

/// What is done about outputs that are there already.
#[derive(clap::Args)]
pub(super) struct Old {
    /// Go on where an earlier run over the same folder ended: pass over what has its output
    /// already and has not changed. Texts are not looked at for that
    #[arg(long)]
    pub(super) resume: bool,
}

/// `--dataset`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Dataset {
    #[value(name = "Train")]
    Train,
    #[value(name = "Test")]
    Test,
    #[value(name = "none")]
    None,
}

impl Args {
    /// What is asked of the conversion of one file.
    pub(super) fn conversion<'a>(
        &self,
        to: &'static dyn Format,
        job: &Job,
        texts: Option<&'a Texts>,
        restore: Option<&'a Ledger>,
        new_texts: Option<&'a NewTexts>,
    ) -> Conversion<'a> {
        Conversion {
            from: self.from.0,
            to,
            texts,
            unit: job.options.unit,
            metadata: self.metadata(),
            skip_invalid: self.skip_invalid,
            deny_loss: self.deny_loss,
            save_losses: self.losses.is_some(),
            restore,
            files: new_texts.map(|texts| texts as &dyn FileTarget),
        }
    }

    /// The folder for texts that are inside the input.
    pub(super) fn new_texts(&self) -> Result<Option<NewTexts>, Failure> {
        let open = |path: &PathBuf| {
            let unwritten = |error| unwritten(&path.display().to_string(), error);
            NewTexts::open(path).map_err(unwritten)
        };
        Ok(self.texts_out.as_ref().map(open).transpose()?)
    }

    /// Judges what the user says of the new project as it would be judged in a file, unless the
    /// rules are off.
    ///
    /// Fails with what is wrong with it.
    pub(super) fn judge(&self, options: &Options) -> Result<(), Failure> {
        let (name, language) = (self.project_name.as_deref(), self.language.as_deref());
        for (option, name, language) in [
            ("--project-name", name, None),
            ("--language", None, language),
        ] {
            let found = run::project(name, language, &options.settings, &options.levels);
            if let Some(found) = found.first() {
                let help = found.help.as_deref().unwrap_or_default();
                return Err(format!("`{option}`: {}; {help}", found.message).into());
            }
        }
        Ok(())
    }

    /// What the user says of the new corpus.
    pub(super) fn metadata(&self) -> Metadata {
        Metadata {
            name: self.project_name.clone(),
            container: self.container.clone(),
            language: self.language.clone(),
            description: self.description.clone(),
            multilingual: self.multilingual,
            dataset: match self.dataset {
                Dataset::Train => Some("Train"),
                Dataset::Test => Some("Test"),
                Dataset::None => None,
            },
            datastore: self.datastore.clone(),
            prefix: self.prefix.clone(),
        }
    }
}
