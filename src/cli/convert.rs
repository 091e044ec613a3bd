//! `labelwright convert`

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::input::expand;
use super::options::{Common, FormatName};
use super::output::{self, Stream};
use super::{Failure, Status, say};
use crate::diagnostic::count;
use crate::pipeline::{self, Conversion, Error, Metadata, Outcome};
use crate::report::Report;

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
    #[arg(
        long,
        value_name = "PATH",
        default_value = "",
        hide_default_value = true
    )]
    prefix: String,

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
    let source = inputs
        .pop()
        .map(|input| input.open(false))
        .transpose()?
        .flatten();
    let Some(source) = source else {
        return Err("no label file found".into());
    };
    let options = args.common.pipeline()?;
    let texts = args.common.texts(&source)?;
    let conversion = Conversion {
        from: args.from.0,
        to,
        texts: texts.as_ref(),
        unit: args.common.unit(),
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
    };
    let name = if to_stdout {
        "standard output".to_owned()
    } else {
        args.out.display().to_string()
    };
    let cannot_write = |source| Error::Write {
        path: name.clone(),
        source,
    };
    let mut file = if to_stdout {
        NewFile::for_stdout()
    } else {
        NewFile::create(&args.out, args.force)
    }
    .map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => format!("{name} exists; `--force` replaces it").into(),
        _ => Box::new(cannot_write(error)) as Failure,
    })?;
    let outcome = pipeline::convert(&source, &conversion, &options, &mut file);
    let outcome = outcome.map_err(|error| match error {
        Error::Write { source, .. } => cannot_write(source),
        other => other,
    })?;
    let stream = if to_stdout {
        Stream::Stderr
    } else {
        Stream::Stdout
    };
    let stream = if args.common.outputs.is_empty() {
        Stream::Stderr
    } else {
        stream
    };
    finish(&outcome, file, &args.common, stream, &cannot_write, &name)
}

/// Keeps the file or throws it away, and reports. The report comes first where nothing was
/// converted, and last where stdout could fail.
fn finish(
    outcome: &Outcome,
    file: NewFile,
    common: &Common,
    stream: Stream,
    cannot_write: &dyn Fn(io::Error) -> Error,
    name: &str,
) -> Result<Status, Failure> {
    if !outcome.refused {
        file.keep().map_err(cannot_write)?;
    }
    let report = Report {
        outcomes: std::slice::from_ref(outcome),
    };
    let status = output::write(&report, common, stream)?;
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
    Ok(status)
}
