//! `labelwright stats`

use std::fs;
use std::path::{Path, PathBuf};

use super::claims::Claims;
use super::forms::{Form, FormParser, FormSpec, Forms};
use super::help::{Guide, heading};
use super::input::{Input, Opened, expand};
use super::job::{Job, try_texts};
use super::look::{ColorFlag, Stream};
use super::many::Skipped;
use super::options::cores;
use super::reading::Reading;
use super::search::SearchFlags;
use super::terminal::{DONE_OR_FAILED, Failure, Status, complain, say};
use crate::diagnostics::{Looks, count as counted};
use crate::operations;
use crate::pipeline::{Counted, side_by_side};
use crate::report::stats::{Show, Stats, csv, human, json, markdown};
use crate::report::{EXTENT, stats_page};

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Look at a corpus whose documents are in docs",
            "labelwright stats labels.json --texts docs",
        ),
        (
            "Keep a table of all labels, and print the rest",
            "labelwright stats labels.json --output human --output csv=labels.csv",
        ),
        (
            "Count the label files of a folder, for a script",
            "labelwright stats exports --output json",
        ),
    ],
    sections: &[DONE_OR_FAILED],
};

/// The forms that there are.
const FORMS: &[Form] = &[
    Form::Human,
    Form::Json,
    Form::Csv,
    Form::Markdown,
    Form::Html,
];

/// Files of this size and more get all threads, one after another.
const LARGE: u64 = 2 << 20;

/// Count labels, documents, words and lengths
///
/// Tells what label files hold, one by one and together: labels by set, the words that they stand on,
/// their lengths, languages and scripts. Nothing is judged; `check` does that.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Label files, folders, patterns, or `-` [default: .]
    ///
    /// In folders the files that end in .json or .jsonl are looked at; one without label files among
    /// them and with .ann files is one of brat as a whole. A pattern such as `labels*.json` stands
    /// for the files that it matches, and `-` for standard input.
    #[arg(value_name = "INPUT", default_value = ".", hide_default_value = true)]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    search: SearchFlags,

    /// How many words of each label to show
    #[arg(long, value_name = "N", default_value_t = 5, help_heading = heading::REPORT)]
    top: usize,

    /// How to print it; may be repeated
    ///
    /// With `=PATH` it goes to a file, else to standard output.
    #[arg(long = "output", value_name = "FORM[=PATH]", help_heading = heading::REPORT,
        value_parser = FormParser(FORMS))]
    outputs: Vec<FormSpec>,

    #[command(flatten)]
    color: ColorFlag,

    /// Leave out the words of documents
    #[arg(long, help_heading = heading::REPORT)]
    redact: bool,

    /// Say who labeled
    ///
    /// Those are names of people. Without this option it is only said how many they are.
    #[arg(long, help_heading = heading::REPORT)]
    show_labelers: bool,

    /// How many threads to use [default: all cores]
    ///
    /// What is printed never depends on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..),
        help_heading = heading::GENERAL)]
    jobs: Option<u16>,

    /// Replace files that are there
    ///
    /// An input or a text is never replaced.
    #[arg(long, help_heading = heading::GENERAL)]
    force: bool,
}

/// A label file, and how it is read.
struct Item {
    input: Input,
    job: Job,
    is_large: bool,
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let forms = Forms {
        specs: &args.outputs,
        color: args.color,
    };
    let mut items = items(args, &forms)?;
    claim(args, &forms, &items)?;
    try_texts(items.iter().map(|item| &item.job))?;
    let jobs = args.jobs.map_or_else(cores, usize::from);
    for item in &mut items {
        item.job.options.jobs = if item.is_large { jobs } else { 1 };
    }
    let mut stats = Stats::new(Show {
        top: args.top,
        redact: args.redact,
        labelers: args.show_labelers,
    });
    let (mut failed, mut skipped) = (false, Skipped::default());
    let work = |item: &Item| count(item, args);
    let mut taken = items.iter();
    side_by_side(
        &items,
        jobs,
        |item| item.is_large,
        work,
        |result| {
            let item = taken.next();
            match result {
                Ok(Ok(counted)) => stats.add(counted),
                Ok(Err(looks)) => {
                    let path = item.map_or(Path::new(""), |item| item.input.path());
                    skipped.note(path, &looks);
                }
                Err(error) => {
                    complain(&*error);
                    failed = true;
                }
            }
            Ok::<(), Failure>(())
        },
    )?;
    if failed {
        // A sum without some of its parts would be believed.
        return Ok(Status::Failed);
    }
    if stats.files.is_empty() {
        return Err(skipped.nothing_found());
    }
    if skipped.unknown > 0 {
        let skipped = counted(skipped.unknown, "file");
        say(format_args!("{skipped} of the folders are no label files"));
    }
    if !forms.show_people() {
        for (path, line) in stats.left_out() {
            say(format_args!("{path}: {line}"));
        }
    }
    forms.write(Stream::Stdout, |form, look, to| match form {
        Form::Human => to.write_all(human(&stats, look).as_bytes()),
        Form::Json => json(&stats, to),
        Form::Csv => csv(&stats, to),
        Form::Markdown => markdown(&stats, to),
        Form::Html => stats_page(&stats, to),
    })?;
    Ok(Status::Clean)
}

/// The label files, each with how it is read.
fn items(args: &Args, forms: &Forms<'_>) -> Result<Vec<Item>, Failure> {
    let mut configs = args.reading.configs()?;
    let mut search = args.search.search(&mut configs)?;
    search.format = args.reading.format();
    let inputs = expand(&args.inputs, None, &mut search)?;
    let mut items = Vec::new();
    let alone = inputs.len() == 1;
    for input in inputs {
        let mut job = args.reading.job(&mut configs, input.path())?;
        job.options.settings.redact = args.redact;
        job.options.overview = forms.has(Form::Html).then_some(EXTENT);
        let size = fs::metadata(input.path()).map_or(0, |file| file.len());
        items.push(Item {
            input,
            job,
            is_large: alone || size >= LARGE,
        });
    }
    Ok(items)
}

/// Makes sure that nothing is written over an input or a text.
fn claim(args: &Args, forms: &Forms<'_>, items: &[Item]) -> Result<(), Failure> {
    let mut claims = Claims::new(args.force);
    if let Some(config) = args.reading.config() {
        claims.read("the configuration file", config);
    }
    for item in items {
        claims.input(&item.input);
        claims.lookup(&item.job.lookup, item.input.path());
    }
    forms.claim(&mut claims)
}

/// Counts one file; what it looks like where it is passed over.
fn count(item: &Item, args: &Args) -> Result<Result<Counted, Looks>, Failure> {
    let source = match item.input.open()? {
        Opened::Source(source) => source,
        Opened::PassedOver(looks) => return Ok(Err(looks)),
    };
    let texts = item.job.texts(&source)?;
    let format = args.reading.format();
    let counted = operations::stats(&source, format, texts.as_ref(), &item.job.options)?;
    Ok(Ok(counted))
}
