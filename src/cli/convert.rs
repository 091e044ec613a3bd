//! `labelwright convert`

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::gate::{self, Gate};
use super::input::expand;
use super::options::{Common, FormatName, Job};
use super::output::{self, Stream};
use super::{Failure, Status, say};
use crate::diagnostic::count;
use crate::pipeline::{self, Conversion, Error, Ledger, Metadata, Outcome};
use crate::report::Report;
use crate::source::Source;

mod new_file;

pub(super) use new_file::NewFile;

/// The end of the help texts.
pub(super) const STATUS_HELP: &str = "Exit status: 0 done; 1 findings at or above --fail-on, or a \
    refused conversion; 2 the work could not be done.";

/// Read one format, write another
#[derive(clap::Args)]
#[command(after_help = STATUS_HELP)]
pub(super) struct Args {
    /// A label file, or `-` for standard input
    #[arg(value_name = "INPUT")]
    input: PathBuf,

    /// What the input is: auto, aml or language; `auto` looks at the content
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = FormatName::parse)]
    from: FormatName,

    /// What to write: aml or language
    #[arg(long, value_name = "FORMAT", value_parser = FormatName::parse_target)]
    to: FormatName,

    /// The file to write, or `-` for standard output; written whole or not at all
    #[arg(short, long, value_name = "PATH", default_value = "-")]
    out: PathBuf,

    /// Replace an existing file
    #[arg(long)]
    force: bool,

    /// Name of the new project [default: the input's stem]
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

    /// Write what the target cannot hold into a ledger, one JSON object a line
    #[arg(long, value_name = "FILE")]
    losses: Option<PathBuf>,

    /// Put back what a ledger holds
    #[arg(long, value_name = "FILE")]
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

pub(super) fn run(args: Args) -> Result<Status, Failure> {
    let to_stdout = args.out == Path::new("-");
    if to_stdout && args.common.outputs.iter().any(output::Spec::takes_stdout) {
        return Err(
            "standard output is taken by the converted file; name a file for one of the \
            two, as in `--output json=PATH` or `-o PATH`"
                .into(),
        );
    }
    let Some(to) = args.to.0 else {
        return Err("`--to` needs a format".into());
    };
    if args.input.is_dir() {
        return Err("converting a folder is not yet supported; name a label file".into());
    }
    let mut inputs = expand(
        std::slice::from_ref(&args.input),
        args.common.stdin_filename.as_deref(),
    )?;
    let Some(input) = inputs.pop() else {
        return Err("no label file found".into());
    };
    let job = args.common.job(&mut args.common.configs()?, input.path())?;
    let Some(source) = input.open(false)? else {
        return Err("no label file found".into());
    };
    let texts = job.texts(&source)?;
    let restore = args.restore.as_deref().map(Ledger::open).transpose()?;
    if let Some(ledger) = restore
        .as_ref()
        .filter(|ledger| ledger.head.from != to.name())
    {
        let head = &ledger.head;
        return Err(format!(
            "the ledger is of a conversion from {} to {}, so it can be put back by one to {} only",
            head.from, head.to, head.from
        )
        .into());
    }
    let conversion = Conversion {
        from: args.from.0,
        to,
        texts: texts.as_ref(),
        unit: job.options.unit,
        metadata: Metadata {
            name: args.project_name,
            container: args.container,
            language: args.language,
            description: args.description,
            multilingual: args.multilingual,
            dataset: match args.dataset {
                Dataset::Train => Some("Train"),
                Dataset::Test => Some("Test"),
                Dataset::None => None,
            },
            datastore: args.datastore,
            prefix: args.prefix,
        },
        skip_invalid: args.skip_invalid,
        deny_loss: args.deny_loss,
        save_losses: args.losses.is_some(),
        restore: restore.as_ref(),
    };
    let files = Files::create(&args.out, args.force, args.losses.as_deref())?;
    let stream = if to_stdout || args.common.outputs.is_empty() {
        Stream::Stderr
    } else {
        Stream::Stdout
    };
    files.convert(&source, &conversion, &job, &args.common, stream)
}

/// The files that a conversion makes.
struct Files {
    name: String,
    product: NewFile,
    ledger: Option<NewFile>,
}

impl Files {
    fn create(out: &Path, force: bool, ledger: Option<&Path>) -> Result<Self, Failure> {
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
            product,
            ledger: ledger.map(create).transpose()?,
            name,
        })
    }

    /// Converts, keeps the files or throws them away, and reports.
    fn convert(
        mut self,
        source: &Source,
        conversion: &Conversion<'_>,
        job: &Job,
        common: &Common,
        stream: Stream,
    ) -> Result<Status, Failure> {
        let mut nowhere = io::sink();
        let saving: pipeline::Target<'_> = match &mut self.ledger {
            Some(file) => file,
            None => &mut nowhere,
        };
        let outcome =
            pipeline::convert(source, conversion, &job.options, &mut self.product, saving);
        let name = &self.name;
        let outcome = outcome.map_err(|error| match error {
            Error::Write { source, .. } => unwritten(name, source),
            other => other,
        })?;
        if !outcome.refused {
            if let Some(ledger) = self.ledger {
                ledger
                    .keep()
                    .map_err(|error| unwritten("the ledger", error))?;
            }
            self.product
                .keep()
                .map_err(|error| unwritten(name, error))?;
        }
        report(&outcome, (common, &job.gate), stream, name)
    }
}

fn unwritten(path: &str, source: io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}

/// Writes the reports, and tells what became of the conversion.
fn report(
    outcome: &Outcome,
    (common, gate): (&Common, &Gate),
    stream: Stream,
    name: &str,
) -> Result<Status, Failure> {
    let report = Report {
        outcomes: std::slice::from_ref(outcome),
    };
    output::write(&report, common, stream, false)?;
    if outcome.refused {
        if !common.quiet {
            say("not converted: nothing was written");
        }
        return Ok(Status::Findings);
    }
    if !common.quiet {
        let documents = count(outcome.input.documents, "document");
        let labels = count(outcome.input.labels, "label");
        say(format_args!(
            "converted {documents} with {labels} to {name}"
        ));
    }
    Ok(gate::status([(outcome, gate)].into_iter()))
}
