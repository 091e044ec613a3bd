//! `labelwright diff`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::claims::Claims;
use super::forms::{Form, FormParser, FormSpec, Forms};
use super::help::{Guide, heading};
use super::input::{Input, Opened};
use super::look::{ColorFlag, Stream};
use super::reading::Reading;
use super::search::SearchFlags;
use super::terminal::{Failure, Status, say};
use crate::comparison::{Difference, Side};
use crate::operations;
use crate::report::{difference, difference_page};

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "See whether a project still has the labels of the export that it was made of",
            "labelwright diff export.jsonl project.json --texts docs",
        ),
        (
            "Show what a labeler has changed in a pull request",
            "labelwright diff old.json new.json --output markdown",
        ),
    ],
    sections: &[
        (
            "What is compared",
            "Documents are one where their names are. The address of an export is the name that it \
             ends with in a project.\n\
             Labels are compared by their places in the text, whatever their offsets count. The order \
             of documents and of labels is no difference, nor is what one of the formats cannot hold.",
        ),
        (
            "Exit status",
            "0: in sync.\n\
             1: something differs, or cannot be compared.\n\
             2: the work could not be done.",
        ),
    ],
};

/// Compare two label files, in labels rather than in lines
///
/// Formats and units may differ: labels are compared through their texts. A label that has another
/// name everywhere is one line.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The label file as it was, or a folder of them
    ///
    /// Of two folders the label files are compared that have one path but for their extensions.
    #[arg(value_name = "A")]
    before: PathBuf,

    /// The label file as it is now, or a folder of them
    #[arg(value_name = "B")]
    after: PathBuf,

    #[command(flatten)]
    reading: Reading,

    /// Form of the report; may be repeated
    ///
    /// Without a path it goes to standard output.
    #[arg(long = "output", value_name = "FORM[=PATH]", help_heading = heading::REPORT,
        value_parser = FormParser(&[Form::Human, Form::Json, Form::Markdown, Form::Html]))]
    outputs: Vec<FormSpec>,

    /// Documents in a list; json has all
    #[arg(long, value_name = "N", default_value_t = 20, help_heading = heading::REPORT)]
    max_documents: usize,

    /// Leave out the words of documents
    #[arg(long, help_heading = heading::REPORT)]
    redact: bool,

    #[command(flatten)]
    color: ColorFlag,

    /// Do not say what it comes to
    #[arg(short, long, help_heading = heading::GENERAL)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let forms = Forms {
        specs: &args.outputs,
        color: args.color,
    };
    if args.before == Path::new("-") && args.after == Path::new("-") {
        return Err("only one of the two can be standard input".into());
    }
    let pairs = pairs(args)?;
    let mut claims = Claims::default();
    let present = pairs.iter().flat_map(Pair::present);
    for path in present.filter(|path| *path != Path::new("-")) {
        claims.input(&Input::File(path.to_owned()));
        args.reading.claim(path, &mut claims)?;
    }
    forms.claim(&mut claims)?;
    let differences = pairs.iter().map(|pair| compared(args, pair));
    let differences = differences.collect::<Result<Vec<_>, _>>()?;
    forms.write(Stream::Stdout, |form, look, out| match form {
        Form::Json => difference::json(&differences, out),
        Form::Markdown => difference::markdown(&differences, args.max_documents, out),
        Form::Html => difference_page(&differences, args.max_documents, out),
        Form::Human | Form::Csv => difference::human(&differences, args.max_documents, look, out),
    })?;
    if !args.quiet {
        say(difference::verdict(&differences));
    }
    Ok(if differences.iter().all(Difference::is_empty) {
        Status::Clean
    } else {
        Status::Findings
    })
}

/// Two files that are compared with one another.
struct Pair {
    paths: [PathBuf; 2],
    /// The side (0 or 1) on which there is none, though a folder or another file may have its path.
    absent: Option<usize>,
}

impl Pair {
    /// The files that are there.
    fn present(&self) -> impl Iterator<Item = &Path> {
        let sides = self.paths.iter().enumerate();
        let present = sides.filter(|(side, _)| self.absent != Some(*side));
        present.map(|(_, path)| &**path)
    }
}

/// The files that are compared with one another. Those of two folders are found by their paths without
/// extensions, and one of a pair may not be there.
fn pairs(args: &Args) -> Result<Vec<Pair>, Failure> {
    let folders = [&args.before, &args.after];
    let both = vec![Pair {
        paths: folders.map(Clone::clone),
        absent: None,
    }];
    if !folders.iter().all(|path| path.is_dir()) {
        return Ok(both);
    }
    let mut configs = args.reading.configs()?;
    let mut pairs: BTreeMap<PathBuf, [Option<PathBuf>; 2]> = BTreeMap::new();
    for (side, folder) in folders.into_iter().enumerate() {
        let files = SearchFlags::default().search(&mut configs)?.files(folder)?;
        for path in files {
            let alone = false;
            let input = Input::Found { path, alone };
            if matches!(input.open()?, Opened::PassedOver(_)) {
                continue;
            }
            let path = input.path().to_owned();
            let key = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .with_extension("");
            let known = &mut pairs.entry(key).or_default()[side];
            if let Some(other) = known {
                return Err(format!(
                    "{} and {} have one name without their extensions, so it cannot be told which \
                     of them is compared",
                    other.display(),
                    path.display()
                )
                .into());
            }
            *known = Some(path);
        }
    }
    if pairs.is_empty() {
        // A folder can be a label file itself.
        return Ok(both);
    }
    let pairs = pairs.into_iter().map(|(key, files)| {
        let absent = files.iter().position(Option::is_none);
        let [before, after] = files;
        let in_folder =
            |folder: &Path, path: Option<PathBuf>| path.unwrap_or_else(|| folder.join(&key));
        let paths = [
            in_folder(&args.before, before),
            in_folder(&args.after, after),
        ];
        Pair { paths, absent }
    });
    Ok(pairs.collect())
}

/// What two label files differ in. Of two folders one may have no such file.
fn compared(args: &Args, pair: &Pair) -> Result<Difference, Failure> {
    let [before, after] = &pair.paths;
    if let Some(absent) = pair.absent {
        let side = |path: &Path| Side {
            path: path.display().to_string(),
            ..Side::default()
        };
        return Ok(Difference {
            sides: [side(before), side(after)],
            absent: Some(absent),
            ..Difference::default()
        });
    }
    let (one, mine) = args.reading.open(before)?;
    let (other, theirs) = args.reading.open(after)?;
    let (my_texts, their_texts) = (mine.texts(&one)?, theirs.texts(&other)?);
    let format = args.reading.format();
    let one = operations::read_alike(&one, format, my_texts.as_ref(), &mine.options)?;
    let other = operations::read_alike(&other, format, their_texts.as_ref(), &theirs.options)?;
    Ok(operations::diff(&one, &other, args.redact)?)
}
