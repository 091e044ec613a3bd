//! `labelwright convert`

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use self::stamp::Hashing;
use super::gate::{self, SeverityCounts};
use super::input::expand;
use super::many::{self, Done, Item};
use super::new_file::NewFile;
use super::options::{Common, FormatName, Job};
use super::output::{self, Stream};
use super::terminal::{Failure, Status, say};
use crate::diagnostics::count;
use crate::formats::Format;
use crate::input::{Source, Texts};
use crate::operations::{self, Conversion, Ledger, Metadata};
use crate::pipeline::{Error, Options, Outcome};
use crate::report::Report;

mod folder;
mod manifest;
mod paths;
mod stamp;

/// The end of the help text of `check`.
pub(super) const STATUS_HELP: &str = "Exit status: 0 done; 1 findings at or above --fail-on, or a \
    refused conversion; 2 the work could not be done.";

/// The end of the help text of `convert`.
const HELP: &str = "\
Folders: `convert DIR --to FORMAT --out DIR2` converts each label file in DIR, found as `check DIR` \
finds them, to the same place in DIR2 with the extension of the format (.jsonl for aml, .json for \
language). A file that is refused or cannot be worked on does not hold up the others. \
DIR2/.labelwright-manifest.jsonl says what became of each, one JSON object a line; `--resume` goes \
by it. A text that was changed since is not noticed: use `--force` then.

Exit status: 0 done; 1 findings at or above --fail-on, or a refused conversion; 2 the work, or \
that on one of the files, could not be done.";

/// Read one format, write another
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Args {
    /// A label file, a folder (searched for .json and .jsonl), or `-` for standard input
    #[arg(value_name = "INPUT")]
    input: PathBuf,

    /// What the input is: auto, aml or language; `auto` looks at the content
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = FormatName::parse)]
    from: FormatName,

    /// What to write: aml or language
    #[arg(long, value_name = "FORMAT", value_parser = FormatName::parse_target)]
    to: FormatName,

    /// The file to write, or `-` for standard output; written whole or not at all. For a folder,
    /// the folder to write to
    #[arg(short, long, value_name = "PATH", default_value = "-")]
    out: PathBuf,

    #[command(flatten)]
    old: Old,

    /// Name of the new project; not for a folder [default: the input's stem]
    #[arg(long, value_name = "NAME")]
    project_name: Option<String>,

    /// Blob container of the new project [default: the datastore's name]
    #[arg(long, value_name = "NAME")]
    container: Option<String>,

    /// Language of the new project and of its documents [default: en-us]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,

    /// Description of the new project [default: empty]
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,

    /// Whether the new project is multilingual [default: false]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    multilingual: Option<bool>,

    /// Split of documents that have none
    #[arg(long, value_name = "SPLIT", default_value = "none", ignore_case = true)]
    dataset: Dataset,

    /// Datastore in `AmlDatastore://NAME/PREFIX/…` [default: workspaceblobstore]
    #[arg(long, value_name = "NAME")]
    datastore: Option<String>,

    /// Folder in `AmlDatastore://NAME/PREFIX/…` [default: none]
    #[arg(long, value_name = "PATH")]
    prefix: Option<String>,

    /// Write what the target cannot hold into a ledger, one JSON object a line. For a folder,
    /// the folder of the ledgers: that of a/b.json is a/b.losses.jsonl
    #[arg(long, value_name = "PATH")]
    losses: Option<PathBuf>,

    /// Put back what a ledger holds. For a folder, the folder of the ledgers, where there are any
    #[arg(long, value_name = "PATH")]
    restore: Option<PathBuf>,

    /// Refuse where anything would be lost
    #[arg(long)]
    deny_loss: bool,

    /// Leave out labels that cannot be converted truthfully, and documents without a text
    #[arg(long)]
    skip_invalid: bool,

    #[command(flatten)]
    common: Common,
}

/// What is done about outputs that are there already.
#[derive(clap::Args)]
struct Old {
    /// Replace an existing file, or all that exist
    #[arg(long)]
    force: bool,

    /// Go on where an earlier run over the same folder ended: pass over what has its output
    /// already and has not changed. Texts are not looked at for that
    #[arg(long)]
    resume: bool,
}

/// `--dataset`
#[derive(Clone, Copy, ValueEnum)]
enum Dataset {
    #[value(name = "Train")]
    Train,
    #[value(name = "Test")]
    Test,
    #[value(name = "none")]
    None,
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let Some(to) = args.to.0 else {
        return Err("`--to` needs a format".into());
    };
    if args.input.is_dir() {
        return folder::run(args, to);
    }
    if args.old.resume {
        return Err("`--resume` is for folders: a single file is converted or it is not".into());
    }
    let common = &args.common;
    let to_stdout = args.out == Path::new("-");
    if to_stdout
        && common
            .reporting
            .outputs
            .iter()
            .any(output::Spec::takes_stdout)
    {
        return Err(
            "standard output is taken by the converted file; name a file for one of the \
            two, as in `--output json=PATH` or `-o PATH`"
                .into(),
        );
    }
    let given = std::slice::from_ref(&args.input);
    let Some(input) = expand(given, common.stdin_filename.as_deref())?.pop() else {
        return Err("no label file found".into());
    };
    let job = common.job(&mut common.reporting.configs()?, input.path())?;
    let work = |item: &Item| one(item, args, to);
    let mut made = None;
    let mut items = [Item::new(input, job)];
    let time = many::each(&mut items, &common.reporting, work, |result, _| {
        made = Some(result?);
        Ok(())
    })?;
    let Some((outcome, files, bytes)) = made else {
        return Err("no label file found".into());
    };
    let name = files.name.clone();
    if !outcome.refused {
        files.keep()?;
    }
    let stream = stream(common, to_stdout);
    let status = report(&outcome, common, stream, &name)?;
    let done = Done {
        verb: "converted",
        files: u64::from(!outcome.refused),
        documents: outcome.input.documents,
        bytes,
        time,
        others: vec![(u64::from(outcome.refused), "refused")],
    };
    done.say(&common.reporting);
    let judged = (SeverityCounts::of(&outcome), &items[0].job.gate);
    Ok(status.unwrap_or_else(|| gate::status([judged].into_iter())))
}

/// Converts one file. What it makes is not there yet.
fn one(
    item: &Item,
    args: &Args,
    to: &'static dyn Format,
) -> Result<(Outcome, Files, u64), Failure> {
    let Some(source) = item.input.open()? else {
        return Err("no label file found".into());
    };
    let texts = item.job.texts(&source)?;
    let restore = args.restore.as_deref();
    let restore = restore.map(|path| open_ledger(path, to)).transpose()?;
    let conversion = args.conversion(to, &item.job, texts.as_ref(), restore.as_ref());
    let mut files = Files::create(
        &args.out,
        args.old.force,
        args.losses.as_deref(),
        Hashing::unasked,
    )?;
    let outcome = files.make(&source, &conversion, &item.job.options)?;
    let bytes = source.length().unwrap_or_default();
    Ok((outcome, files, bytes))
}

/// Opens a ledger that is to be put back.
fn open_ledger(path: &Path, to: &'static dyn Format) -> Result<Ledger, Failure> {
    let ledger = Ledger::open(path)?;
    let head = &ledger.head;
    if head.from != to.info().name {
        return Err(format!(
            "the ledger is of a conversion from {} to {}, so it can be put back by one to {} only",
            head.from, head.to, head.from
        )
        .into());
    }
    Ok(ledger)
}

/// Where reports without a path go.
fn stream(common: &Common, to_stdout: bool) -> Stream {
    if to_stdout || common.reporting.outputs.is_empty() {
        Stream::Stderr
    } else {
        Stream::Stdout
    }
}

impl Args {
    /// What is asked of the conversion of one file.
    fn conversion<'a>(
        &self,
        to: &'static dyn Format,
        job: &Job,
        texts: Option<&'a Texts>,
        restore: Option<&'a Ledger>,
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
            files: None,
        }
    }

    /// What the user says of the new corpus.
    fn metadata(&self) -> Metadata {
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

/// The files that a conversion makes.
struct Files {
    name: String,
    product: Hashing<NewFile>,
    ledger: Option<NewFile>,
}

impl Files {
    /// Creates the files beside the places where they will appear. `hashing` tells whether
    /// somebody will ask for a stamp of the product.
    fn create(
        out: &Path,
        force: bool,
        ledger: Option<&Path>,
        hashing: fn(NewFile) -> Hashing<NewFile>,
    ) -> Result<Self, Failure> {
        let to_stdout = out == Path::new("-");
        let name = if to_stdout {
            "standard output".to_owned()
        } else {
            out.display().to_string()
        };
        let product = if to_stdout {
            NewFile::for_stdout()
        } else {
            NewFile::create(out, force)
        };
        let product = product.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => format!("{name} exists; `--force` replaces it").into(),
            _ => Box::new(unwritten(&name, error)) as Failure,
        })?;
        let create = |path: &Path| {
            let file = NewFile::create(path, true);
            file.map_err(|error| unwritten(&path.display().to_string(), error))
        };
        Ok(Self {
            product: hashing(product),
            ledger: ledger.map(create).transpose()?,
            name,
        })
    }

    /// Converts. The files are not there yet, and must not be kept where it was refused.
    fn make(
        &mut self,
        source: &Source,
        conversion: &Conversion<'_>,
        options: &Options,
    ) -> Result<Outcome, Failure> {
        let mut nowhere = io::sink();
        let saving: operations::Target<'_> = match &mut self.ledger {
            Some(file) => file,
            None => &mut nowhere,
        };
        let made = operations::convert(source, conversion, options, &mut self.product, saving);
        made.map_err(|error| match error {
            Error::Write { source, .. } => Box::new(unwritten(&self.name, source)) as Failure,
            other => Box::new(other),
        })
    }

    /// Makes the files appear.
    fn keep(self) -> Result<(), Failure> {
        if let Some(ledger) = self.ledger {
            ledger
                .keep()
                .map_err(|error| unwritten("the ledger", error))?;
        }
        let kept = self.product.inner.keep();
        kept.map_err(|error| Box::new(unwritten(&self.name, error)) as Failure)
    }
}

fn unwritten(path: &str, source: io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}

/// Writes the reports, and tells what became of the conversion. A refused one has its status.
fn report(
    outcome: &Outcome,
    common: &Common,
    stream: Stream,
    name: &str,
) -> Result<Option<Status>, Failure> {
    let report = Report {
        outcomes: std::slice::from_ref(outcome),
    };
    output::write(&report, &common.reporting, stream, false)?;
    if outcome.refused {
        if !common.reporting.quiet {
            say("not converted: nothing was written");
        }
        return Ok(Some(Status::Findings));
    }
    if !common.reporting.quiet {
        let documents = count(outcome.input.documents, "document");
        let labels = count(outcome.input.labels, "label");
        say(format_args!(
            "converted {documents} with {labels} to {name}"
        ));
    }
    Ok(None)
}
