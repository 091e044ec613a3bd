//! `labelwright sync`

use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::claims::Claims;
use super::fix;
use super::forms::{Form, FormParser, FormSpec, Forms};
use super::help::{Guide, heading};
use super::input::Input;
use super::job::Job;
use super::look::{ColorFlag, Stream};
use super::new_file::{NewFile, is_stdout, name_of};
use super::reading::Reading;
use super::terminal::{Failure, Status, print, say};
use crate::comparison::Prefer;
use crate::formats::Format;
use crate::input::{Source, Texts};
use crate::operations::{self, Corpus, Sewn, Sync};
use crate::pipeline::{Error, Options};
use crate::report::synced;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "See what the labels of an export would change in a project",
            "labelwright sync --project project.json --labels export.jsonl --texts docs --diff",
        ),
        (
            "Put them into a new file",
            "labelwright sync --project project.json --labels export.jsonl --texts docs -o new.json",
        ),
        (
            "Bring together what was changed in both since the project was made",
            "labelwright sync --project project.json --labels export.jsonl --base old.json -o new.json",
        ),
    ],
    sections: &[
        (
            "What changes",
            "The labels become those of the export. Metadata, declarations, languages, sets, regions \
             and members that others have added stay as they are, byte for byte.\n\
             New documents come at the end. What the export lacks stays, unless --prune is given.\n\
             With --base only what the export has changed since then is taken.",
        ),
        (
            "Exit status",
            "0: done.\n\
             1: refused because of the data, a conflict, or changes that --diff shows.\n\
             2: the work could not be done.",
        ),
    ],
};

/// Put the labels of an export into a project
///
/// Nothing else of the project changes. What cannot be placed in the text is refused, and then
/// nothing is written.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Args {
    /// The project, an Azure AI Language file
    #[arg(long, value_name = "FILE", help_heading = heading::INPUT)]
    project: PathBuf,

    /// The export with the labels
    #[arg(long, value_name = "FILE", help_heading = heading::INPUT)]
    labels: PathBuf,

    /// What both have come from
    ///
    /// A label file of any format, as it was before the project and the export were changed apart
    /// from one another.
    #[arg(long, value_name = "FILE", help_heading = heading::INPUT)]
    base: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// The new project; `-` prints it
    #[arg(short, long, value_name = "PATH", required_unless_present = "diff",
        help_heading = heading::OUTPUT)]
    out: Option<PathBuf>,

    /// Replace an existing file
    #[arg(long, help_heading = heading::OUTPUT)]
    force: bool,

    /// Print what would change, and write nothing
    ///
    /// It is a unified diff. The exit status is 1 if there is any.
    #[arg(long, conflicts_with = "out", help_heading = heading::OUTPUT)]
    diff: bool,

    /// Take out the documents that the export lacks
    #[arg(long, help_heading = heading::OUTPUT)]
    prune: bool,

    /// Set that new documents belong to
    ///
    /// It is for those of which the export does not say it. Without this option they belong to none.
    #[arg(long, value_name = "SET", help_heading = heading::OUTPUT)]
    dataset: Option<Dataset>,

    /// Side that wins where both have changed a label
    #[arg(long, value_name = "SIDE", requires = "base", help_heading = heading::OUTPUT)]
    prefer: Option<Side>,

    /// Form of the report; may be repeated
    ///
    /// Without a path it goes to standard error.
    #[arg(long = "output", value_name = "FORM[=PATH]", help_heading = heading::REPORT,
        value_parser = FormParser(&[Form::Human, Form::Json]))]
    outputs: Vec<FormSpec>,

    /// Documents in a list; json has all
    #[arg(long, value_name = "N", default_value_t = 20, help_heading = heading::REPORT)]
    max_documents: usize,

    /// Leave out the words of documents
    ///
    /// It is for the report. `--diff` shows lines of the project, which has none.
    #[arg(long, help_heading = heading::REPORT)]
    redact: bool,

    #[command(flatten)]
    color: ColorFlag,

    /// Do not say what it comes to
    #[arg(short, long, help_heading = heading::GENERAL)]
    quiet: bool,
}

/// `--dataset`
#[derive(Clone, Copy, ValueEnum)]
enum Dataset {
    /// For training
    #[value(name = "Train")]
    Train,
    /// For testing
    #[value(name = "Test")]
    Test,
}

/// `--prefer`
#[derive(Clone, Copy, ValueEnum)]
enum Side {
    /// What the project has
    Project,
    /// What the export has
    Export,
}

impl Args {
    /// Notes the files of the run.
    ///
    /// Fails where one would be written over another.
    fn claim(&self, forms: Forms<'_>) -> Result<(), Failure> {
        let inputs = [Some(&self.project), Some(&self.labels), self.base.as_ref()];
        let inputs = || inputs.into_iter().flatten();
        if inputs().filter(|path| is_stdin(path)).count() > 1 {
            return Err("only one of the files can be standard input".into());
        }
        let mut claims = Claims::new(self.force);
        for path in inputs().filter(|path| !is_stdin(path)) {
            claims.input(&Input::File(path.clone()));
            self.reading.claim(path, &mut claims)?;
        }
        if let Some(out) = self.out.as_ref().filter(|path| !is_stdout(path)) {
            claims.write("-o ", out)?;
        }
        forms.claim(&mut claims)
    }

    fn asked<'a>(&self, labels: &'a Corpus<'a>, base: Option<&'a Corpus<'a>>) -> Sync<'a> {
        Sync {
            labels,
            base,
            prefer: self.prefer.map(|side| match side {
                Side::Project => Prefer::Project,
                Side::Export => Prefer::Export,
            }),
            prune: self.prune,
            split: self.dataset.map(|set| match set {
                Dataset::Train => "Train",
                Dataset::Test => "Test",
            }),
            prefix: None,
            elsewhere: None,
            hides_words: self.redact,
        }
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let forms = Forms {
        specs: &args.outputs,
        color: args.color,
    };
    args.claim(forms)?;
    let project = File::open(args, &args.project)?;
    let labels = File::open(args, &args.labels)?;
    let base = args.base.as_ref().map(|path| File::open(args, path));
    let base = base.transpose()?;
    // A format that is given is that of the labels.
    let format = args.reading.format();
    let own = project.read(None, None, true)?;
    let theirs = labels.read(format, None, false)?;
    let old = base
        .as_ref()
        .map(|file| file.read(None, format, false))
        .transpose()?;
    let sewn = operations::sync(&own, &args.asked(&theirs, old.as_ref()))?;
    let synced = &sewn.report;
    let is_settled = args.prefer.is_some();
    let is_refused = !synced.refusals.is_empty() || (!synced.conflicts.is_empty() && !is_settled);
    let shows = if is_refused {
        false
    } else {
        args.deliver(&project.source, &sewn)?
    };
    let written = !is_refused && !args.diff;
    forms.write(Stream::Stderr, |form, look, out| match form {
        Form::Json => synced::json(synced, written, out),
        _ => synced::human(synced, args.max_documents, look, out),
    })?;
    if !args.quiet {
        say(synced::verdict(synced, is_settled, args.diff));
    }
    Ok(if is_refused || shows {
        Status::Findings
    } else {
        Status::Clean
    })
}

impl Args {
    /// Writes the new project, or shows what it would change. Answers whether that shows anything.
    fn deliver(&self, project: &Source, sewn: &Sewn) -> Result<bool, Failure> {
        let Some(out) = &self.out else {
            let mut new = Vec::new();
            sewn.write(project, &mut new)?;
            let changes = fix::changes(project, &new)?;
            print(changes.as_bytes())?;
            return Ok(!changes.is_empty());
        };
        let name = name_of(out);
        let unwritten = |source| Error::Write {
            path: name.clone(),
            source,
        };
        let mut file = NewFile::at(out, self.force).map_err(unwritten)?;
        sewn.write(project, &mut BufWriter::new(&mut file))
            .map_err(|error| match error {
                Error::Write { source, .. } => unwritten(source),
                other => other,
            })?;
        file.keep().map_err(unwritten)?;
        Ok(false)
    }
}

/// A label file with its texts.
struct File {
    source: Source,
    texts: Option<Texts>,
    job: Job,
}

impl File {
    fn open(args: &Args, path: &Path) -> Result<Self, Failure> {
        let (source, job) = args.reading.open(path)?;
        let texts = job.texts(&source)?;
        Ok(Self { source, texts, job })
    }

    /// Reads it in the format that is `given`, or in the one that is `said` of another file where it can be of
    /// both; with `edits` so that it can be edited.
    fn read(
        &self,
        given: Option<&'static dyn Format>,
        said: Option<&'static dyn Format>,
        edits: bool,
    ) -> Result<Corpus<'_>, Failure> {
        let options = Options {
            edits,
            ..self.job.options.clone()
        };
        let texts = self.texts.as_ref();
        let corpus = match given {
            Some(_) => operations::read_as(&self.source, given, texts, &options)?,
            None => operations::read_beside(&self.source, said, texts, &options)?,
        };
        Ok(corpus)
    }
}
