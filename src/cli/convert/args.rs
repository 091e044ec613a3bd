//! What is asked of a conversion.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::edits::EditFlags;
use super::files::unwritten;
use super::shard_flags::ShardFlags;
use crate::cli::choices::FormatName;
use crate::cli::help::{Guide, heading};
use crate::cli::job::Job;
use crate::cli::options::Common;
use crate::cli::terminal::Failure;
use crate::formats::{ConllProfile, Format, HuggingfaceForm, Overlap, Wishes};
use crate::input::{NewTexts, Source, Texts};
use crate::operations::{self, Conversion, Corpus, FileTarget, Ledger, Metadata};
use crate::pipeline::Options;
use crate::rules::run;
use crate::text::Unit;

/// What the long help text ends with.
pub(in crate::cli) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Make a Language project of an Azure ML export",
            "labelwright convert export.jsonl --to language --texts docs -o project.json",
        ),
        (
            "Go back, and lose nothing on the way",
            "labelwright convert project.json --to aml --texts docs --losses lost.jsonl -o new.jsonl",
        ),
        (
            "Make a project of a table, with a file for each text",
            "labelwright convert reviews.csv --to language --texts-out docs -o project.json",
        ),
        (
            "Put the labels of two people into one project",
            "labelwright convert ada.jsonl bob.jsonl --to language --texts docs -o project.json",
        ),
        (
            "Convert all label files of a folder",
            "labelwright convert exports --to language --texts docs -o projects",
        ),
    ],
    sections: &[
        (
            "Folders",
            "Each label file in the folder becomes one at the same place in the folder of --out, \
             with the extension of its format: .jsonl for aml, .json for language, .csv for csv. \
             A file that is refused or cannot be worked on does not hold up the others.\n\
             .labelwright-manifest.jsonl in the folder of --out says what became of each, one JSON \
             object a line. --resume goes by it. It does not notice a text that was changed: use \
             --force then.",
        ),
        (
            "Exit status",
            "0: done.\n\
             1: findings at or above --fail-on, or a refused conversion.\n\
             2: the work, or the work on one of the files, could not be done.",
        ),
    ],
};

/// Read one format, write another
///
/// Or the same one, byte for byte, or an earlier shape in today's. A label whose place in the text
/// is not proved refuses the file; nothing is guessed.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    /// Label file, folder, or `-` for standard input
    ///
    /// In a folder the files that end in .json or .jsonl are looked at; a folder of brat is one input.
    /// Several files become one: documents that they share are united, and the first one's project is
    /// kept.
    #[arg(value_name = "INPUT", required = true)]
    pub(super) inputs: Vec<PathBuf>,

    /// Format of the input
    #[arg(long, value_name = "FORMAT", default_value = "auto", help_heading = heading::INPUT,
        value_parser = FormatName::or_auto())]
    pub(super) from: FormatName,

    /// Format to write
    #[arg(long, value_name = "FORMAT", help_heading = heading::OUTPUT,
        value_parser = FormatName::target())]
    pub(super) to: FormatName,

    /// File to write, or `-` for standard output
    ///
    /// It is written whole or not at all. For a folder as input, and for brat as the target, it is the
    /// folder to write to.
    #[arg(short, long, value_name = "PATH", default_value = "-", help_heading = heading::OUTPUT)]
    pub(super) out: PathBuf,

    #[command(flatten)]
    pub(super) old: Old,

    /// Begin locations with their file's stem
    ///
    /// It is for several inputs whose documents have the same names and are not the same.
    #[arg(long, help_heading = heading::OUTPUT)]
    pub(super) prefix_by_file: bool,

    /// Folder for texts that are inside the input
    ///
    /// It is needed where the target has texts in files of their own. A file of the same name and
    /// content is left as it is. One with other content refuses the conversion.
    #[arg(long, value_name = "DIR", help_heading = heading::OUTPUT)]
    pub(super) texts_out: Option<PathBuf>,

    /// Its name [default: the input's stem]
    ///
    /// It is not for a folder.
    #[arg(long, value_name = "NAME", help_heading = heading::PROJECT)]
    pub(super) project_name: Option<String>,

    /// Blob container [default: the datastore's name]
    #[arg(long, value_name = "NAME", help_heading = heading::PROJECT)]
    pub(super) container: Option<String>,

    /// Language of the project
    ///
    /// Without it the documents and the scripts of their texts tell, or it is en-us. Documents that
    /// give no language have this one, where the script of their text fits it.
    #[arg(long, value_name = "CODE", help_heading = heading::PROJECT)]
    pub(super) language: Option<String>,

    /// Description of the project [default: empty]
    #[arg(long, value_name = "TEXT", help_heading = heading::PROJECT)]
    pub(super) description: Option<String>,

    /// Whether it is multilingual
    ///
    /// Without it the documents and the scripts of their texts tell. With `false` every document
    /// that gives no language gets that of the project.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true",
        help_heading = heading::PROJECT)]
    pub(super) multilingual: Option<bool>,

    /// Split where documents have none
    #[arg(long, value_name = "SPLIT", default_value = "none", ignore_case = true,
        help_heading = heading::PROJECT)]
    pub(super) dataset: Dataset,

    /// Datastore [default: workspaceblobstore]
    ///
    /// It is NAME in `AmlDatastore://NAME/PREFIX/...`.
    #[arg(long, value_name = "NAME", help_heading = heading::PROJECT)]
    pub(super) datastore: Option<String>,

    /// Folder in the datastore [default: none]
    ///
    /// It is PREFIX in `AmlDatastore://NAME/PREFIX/...`.
    #[arg(long, value_name = "PATH", help_heading = heading::PROJECT)]
    pub(super) prefix: Option<String>,

    /// Whose CoNLL to write [default: aml]
    #[arg(long, value_name = "FORM", help_heading = heading::PROJECT)]
    pub(super) conll_profile: Option<Profile>,

    /// Form of Hugging Face files [default: spans]
    ///
    /// Tokens have no text and no offsets, and labels must not overlap in them. Classes are written
    /// the same in both forms.
    #[arg(long, value_name = "FORM", help_heading = heading::PROJECT)]
    pub(super) huggingface_form: Option<Form>,

    /// What becomes of overlapping spans
    ///
    /// It is for targets that have no form for them, such as CoNLL. Each span that is left out is
    /// counted as a loss.
    #[arg(long, value_name = "CHOICE", default_value = "refuse", help_heading = heading::LOSSES)]
    pub(super) overlap: OverlapFlag,

    /// Ledger for what would be lost
    ///
    /// What the target cannot hold is written there, one JSON object a line. For a folder as
    /// input it is the folder of the ledgers: that of a/b.json is a/b.losses.jsonl.
    #[arg(long, value_name = "PATH", help_heading = heading::LOSSES)]
    pub(super) losses: Option<PathBuf>,

    /// Ledger to put back
    ///
    /// For a folder as input it is the folder of the ledgers. A file that has none there is
    /// converted without one.
    #[arg(long, value_name = "PATH", help_heading = heading::LOSSES)]
    pub(super) restore: Option<PathBuf>,

    /// Refuse where anything would be lost
    #[arg(long, help_heading = heading::LOSSES)]
    pub(super) deny_loss: bool,

    /// Leave out what cannot be converted
    ///
    /// Those are labels that cannot be converted truthfully, and documents without a text.
    #[arg(long, help_heading = heading::LOSSES)]
    pub(super) skip_invalid: bool,

    #[command(flatten)]
    pub(super) edits: EditFlags,

    #[command(flatten)]
    pub(super) shards: ShardFlags,

    #[command(flatten)]
    pub(super) common: Common,
}

/// What is done about outputs that are there already.
#[derive(clap::Args)]
pub(super) struct Old {
    /// Go on where an earlier run ended
    ///
    /// It is for a folder. What has its output already and has not changed is passed over. Texts
    /// are not looked at for that.
    #[arg(long, help_heading = heading::OUTPUT)]
    pub(super) resume: bool,
}

/// `--dataset`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Dataset {
    /// They are for training
    #[value(name = "Train")]
    Train,
    /// They are for testing
    #[value(name = "Test")]
    Test,
    /// They stay without a split
    #[value(name = "none")]
    None,
}

/// `--conll-profile`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Profile {
    /// Azure ML's: token, blank, tag
    Aml,
    /// doccano's: token, tab, tag
    Doccano,
    /// That of CoNLL-2003: four columns and `-DOCSTART-` lines
    #[value(name = "2003")]
    Conll2003,
}

/// `--huggingface-form`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Form {
    /// The text, and spans in it
    Spans,
    /// Tokens, and a tag for each
    Tokens,
}

/// `--overlap`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum OverlapFlag {
    /// Refuse the conversion
    Refuse,
    /// Keep the longest of those that overlap
    Longest,
    /// Keep the one that begins first
    First,
}

impl Args {
    /// How the user wants the new file written.
    pub(super) fn wishes(&self, to: &dyn Format) -> Wishes {
        let of_conll = self.conll_profile.map(|_| "--conll-profile");
        let of_huggingface = self.huggingface_form.map(|_| "--huggingface-form");
        Wishes {
            form_option: match to.info().name {
                "conll" => of_conll,
                "huggingface" => of_huggingface,
                _ => None,
            },
            conll_profile: match self.conll_profile.unwrap_or(Profile::Aml) {
                Profile::Aml => ConllProfile::Aml,
                Profile::Doccano => ConllProfile::Doccano,
                Profile::Conll2003 => ConllProfile::Conll2003,
            },
            huggingface_form: match self.huggingface_form.unwrap_or(Form::Spans) {
                Form::Spans => HuggingfaceForm::Spans,
                Form::Tokens => HuggingfaceForm::Tokens,
            },
            overlap: match self.overlap {
                OverlapFlag::Refuse => Overlap::Refuse,
                OverlapFlag::Longest => Overlap::Longest,
                OverlapFlag::First => Overlap::First,
            },
        }
    }

    /// The first option that is given and is for one input alone, and for the whole of it.
    pub(super) fn for_a_whole_input(&self) -> Option<&'static str> {
        let given = [
            ("--losses", self.losses.is_some()),
            ("--restore", self.restore.is_some()),
            ("--texts-out", self.texts_out.is_some()),
            ("--resume", self.old.resume),
        ];
        let first = given.into_iter().find(|(_, given)| *given);
        first.map(|(option, _)| option)
    }

    /// The first input.
    pub(super) fn input(&self) -> &Path {
        self.inputs.first().map_or(Path::new(""), PathBuf::as_path)
    }

    /// What is asked of the conversion of one file.
    pub(super) fn conversion<'a>(
        &self,
        to: &'static dyn Format,
        unit: Option<Unit>,
        texts: Option<&'a Texts>,
        restore: Option<&'a Ledger>,
        new_texts: Option<&'a NewTexts>,
    ) -> Conversion<'a> {
        Conversion {
            from: self.from.0,
            to,
            texts,
            unit,
            metadata: self.metadata(),
            wishes: self.wishes(to),
            skip_invalid: self.skip_invalid,
            deny_loss: self.deny_loss,
            save_losses: self.losses.is_some(),
            restore,
            files: new_texts.map(|texts| texts as &dyn FileTarget),
            shards: None,
        }
    }

    /// An input as it is read to be edited.
    pub(super) fn corpus<'a>(
        &self,
        source: &'a Source,
        texts: Option<&'a Texts>,
        job: &Job,
    ) -> Result<Corpus<'a>, Failure> {
        let options = operations::editing(&job.options);
        Ok(operations::read_as(source, self.from.0, texts, &options)?)
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
