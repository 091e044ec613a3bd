//! `labelwright split`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::claims::Claims;
use super::forms::{Form, FormParser, FormSpec, Forms};
use super::help::{Guide, heading};
use super::input::Input;
use super::look::{ColorFlag, Stream};
use super::new_file::{NewFile, is_stdout, name_of};
use super::reading::Reading;
use super::terminal::{Failure, Status, say};
use crate::diagnostics::count;
use crate::operations::{self, Assigned, Corpus, Division, SplitRequest};
use crate::pipeline::Error;
use crate::report::split;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Put a fifth of the documents into the test set",
            "labelwright split labels.json --texts docs -o split.json",
        ),
        (
            "See first what would come of it",
            "labelwright split labels.json --texts docs --test-count 40",
        ),
        (
            "Keep the documents of each folder together",
            "labelwright split labels.json --texts docs --group-by ^[^/]+/ -o split.json",
        ),
        (
            "Make five folds for cross-validation",
            "labelwright split labels.json --texts docs --folds 5 -o folds.csv",
        ),
    ],
    sections: &[
        (
            "What is kept",
            "In this order: groups stay whole, and the test set has its size; each label with four \
             documents has two in each set; documents, instances and pairs of labels are in the \
             test set as often as their share. Documents with the same name or text always stay \
             together. The answer depends on names, labels, texts and the seed, not on the order in \
             the file.",
        ),
        (
            "Exit status",
            "0: done.\n\
             1: the corpus cannot be split so; nothing was written.\n\
             2: the work could not be done.",
        ),
    ],
};

/// The forms of what is printed.
const FORMS: &[Form] = &[Form::Human, Form::Json];

/// Put documents into Train and Test
///
/// Each label is in the test set as often as its share of it. A Language project gets the member
/// `dataset` in each document, and every other byte stays. For other formats it is a table with the
/// columns `document` and `dataset`, which `convert --dataset-from` reads.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The label file, or `-` for standard input
    #[arg(value_name = "INPUT")]
    input: PathBuf,

    /// File to write, or `-` for standard output
    ///
    /// Without it nothing is written, and it is shown what would come of it.
    #[arg(short, long, value_name = "PATH", help_heading = heading::OUTPUT)]
    out: Option<PathBuf>,

    /// Write the table of a Language project too
    ///
    /// It takes the place of the project.
    #[arg(long, help_heading = heading::OUTPUT)]
    table: bool,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    wanted: Wanted,

    /// Print it in this form; may be repeated
    ///
    /// With `=PATH` it goes to a file, else to standard output.
    #[arg(long = "output", value_name = "FORM[=PATH]", help_heading = heading::REPORT,
        value_parser = FormParser(FORMS))]
    outputs: Vec<FormSpec>,

    #[command(flatten)]
    color: ColorFlag,

    /// Replace files that are there
    #[arg(long, help_heading = heading::GENERAL)]
    force: bool,

    /// Say less on standard error
    #[arg(short, long, help_heading = heading::GENERAL)]
    quiet: bool,
}

/// What is wanted of the sets.
#[derive(clap::Args)]
struct Wanted {
    /// Share of the test set, such as 0.2
    #[arg(long, value_name = "RATIO", default_value_t = 0.2, value_parser = ratio,
        help_heading = heading::SETS)]
    test_ratio: f64,

    /// Documents of the test set
    #[arg(long, value_name = "N", conflicts_with_all = ["test_ratio", "folds"],
        help_heading = heading::SETS)]
    test_count: Option<u64>,

    /// Make so many folds instead
    ///
    /// It is a table with the columns `document` and `fold`, from 1 on.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u16).range(2..),
        conflicts_with_all = ["test_ratio", "keep"], help_heading = heading::SETS)]
    folds: Option<u16>,

    /// Another seed gives another split
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = heading::SETS)]
    seed: u64,

    /// Leave documents that have a set in it
    #[arg(long, help_heading = heading::SETS)]
    keep: bool,

    /// Keep nearly equal texts together
    ///
    /// Those are as like as `split-near-leak` says.
    #[arg(long, help_heading = heading::SETS)]
    group_near: bool,

    /// Keep documents together by their names
    ///
    /// Those whose locations have the same match of a regular expression; where it has a group in
    /// parentheses, the same match of that. A document without a match stands for itself.
    #[arg(long, value_name = "REGEX", value_parser = Regex::new, help_heading = heading::SETS)]
    group_by: Option<Regex>,
}

/// A share of the test set.
fn ratio(text: &str) -> Result<f64, String> {
    let ratio = text
        .parse::<f64>()
        .ok()
        .filter(|ratio| *ratio > 0.0 && *ratio < 1.0);
    ratio.ok_or_else(|| "it must be above 0 and below 1, such as 0.2".to_owned())
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let forms = Forms {
        specs: &args.outputs,
        color: args.color,
    };
    let (source, job) = args.reading.open(&args.input)?;
    claim(args, &forms, &job)?;
    let texts = job.texts(&source)?;
    let corpus = operations::read_as(&source, args.reading.format(), texts.as_ref(), &job.options)?;
    let key = |name: &str| {
        let found = args.wanted.group_by.as_ref()?.captures(name)?;
        let part = found.get(1).or_else(|| found.get(0))?;
        Some(part.as_str().to_owned())
    };
    let wanted = &args.wanted;
    let near = job.options.settings.thresholds.near_leak;
    let request = SplitRequest {
        division: match (wanted.folds, wanted.test_count) {
            (Some(folds), _) => Division::Folds(usize::from(folds)),
            (None, Some(count)) => Division::TestCount(count),
            (None, None) => Division::TestRatio(wanted.test_ratio),
        },
        seed: wanted.seed,
        keep: wanted.keep,
        near: wanted.group_near.then_some(near),
        group_by: wanted
            .group_by
            .as_ref()
            .map(|_| &key as operations::GroupKey<'_>),
    };
    let assigned = match operations::split(&corpus, &request)? {
        Ok(assigned) => assigned,
        Err(refusal) => {
            say(format_args!(
                "error: {} cannot be split: {refusal}",
                source.name()
            ));
            if args.out.is_some() && !args.quiet {
                say("nothing was written");
            }
            return Ok(Status::Findings);
        }
    };
    let to_stdout = args.out.as_deref().is_some_and(is_stdout);
    let stream = if to_stdout {
        Stream::Stderr
    } else {
        Stream::Stdout
    };
    if let Some(out) = &args.out {
        let kept = made(args, out, &corpus, &assigned)?.keep();
        kept.map_err(|source| Error::Write {
            path: name_of(out),
            source,
        })?;
    }
    if !(args.quiet && to_stdout) {
        forms.write(stream, |form, look, out| {
            let text = match form {
                Form::Json => split::json(&assigned.outcome, source.name())?,
                _ => split::human(&assigned.outcome, look),
            };
            out.write_all(text.as_bytes())
        })?;
    }
    if !args.quiet {
        let documents = count(assigned.documents.len() as u64, "document");
        match &args.out {
            Some(out) => say(format_args!("split {documents}: {}", name_of(out))),
            None => say("nothing was written; `-o PATH` writes it"),
        }
    }
    Ok(Status::Clean)
}

fn claim(args: &Args, forms: &Forms<'_>, job: &super::job::Job) -> Result<(), Failure> {
    let mut claims = Claims::new(args.force);
    if args.input != Path::new("-") {
        claims.input(&Input::File(args.input.clone()));
    }
    claims.lookup(&job.lookup, &args.input);
    if let Some(config) = args.reading.config() {
        claims.read("the configuration file", config);
    }
    if let Some(out) = args.out.as_deref().filter(|out| !is_stdout(out)) {
        claims.write("-o ", out)?;
    }
    forms.claim(&mut claims)?;
    let to_stdout = args.out.as_deref().is_some_and(is_stdout);
    if to_stdout && !args.outputs.is_empty() && forms.take_stdout() {
        return Err("standard output has what `-o -` writes; give `--output` a file".into());
    }
    Ok(())
}

/// What is written, which is not there yet: the project with its sets, or a table.
fn made(
    args: &Args,
    out: &Path,
    corpus: &Corpus<'_>,
    assigned: &Assigned,
) -> Result<NewFile, Failure> {
    let unwritten = |source| Error::Write {
        path: name_of(out),
        source,
    };
    let mut file = NewFile::at(out, args.force).map_err(unwritten)?;
    let is_table = args.table || args.wanted.folds.is_some();
    if !is_table && operations::write_datasets(corpus, &datasets(assigned), &mut file)? {
        return Ok(file);
    }
    write_table(args, assigned, &mut file).map_err(unwritten)?;
    Ok(file)
}

/// The set of each document, by its place in the file.
fn datasets(assigned: &Assigned) -> Vec<(u64, &'static str)> {
    let set = |set: usize| if set == 0 { "Test" } else { "Train" };
    let documents = assigned.documents.iter();
    documents.map(|(index, _, of)| (*index, set(*of))).collect()
}

fn write_table(args: &Args, assigned: &Assigned, out: &mut dyn Write) -> std::io::Result<()> {
    let column = if args.wanted.folds.is_some() {
        "fold"
    } else {
        "dataset"
    };
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["document", column])?;
    let mut written = BTreeSet::new();
    for (_, document, set) in &assigned.documents {
        // A document that is listed twice is in one set, wherever it stands.
        if written.insert(document) {
            table.write_record([document, &assigned.outcome.sets[*set]])?;
        }
    }
    table.flush()
}
