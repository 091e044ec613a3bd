//! One file over many machines: each goes over a stretch of its lines, and what comes of all
//! stretches is put together again.
//!
//! A shard judges its documents as a check of the whole file would. It reads the beginning of
//! the file for its kind, and its own lines; it says nothing yet. What hangs on the whole corpus
//! is left to [`merge`], which has what the shards add up to, and the label file and the texts
//! for what they suspect.

pub(crate) mod carried;
pub(crate) mod converted;
pub(crate) mod head;
pub(crate) mod partial;

use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use memchr::memchr_iter;

use self::head::PartialHead;
use self::partial::Partial;
use crate::formats::{self, Format, TextPlace};
use crate::input::{Source, Spool, Texts, ensure_file};
use crate::operations::check::judged;
use crate::pipeline::cutter::Stretch;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::run::Ran;
use crate::pipeline::survey::{self, Purpose, Survey};
use crate::pipeline::visit::JudgeOnly;
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options, Outcome, resolve_format};

/// The rules that need the texts once the corpus is known. Shards leave them out.
const LEFT_OUT: [&str; 3] = [
    "surface-unlabeled",
    "surface-unlabeled-in-document",
    "surface-seldom-labeled",
];

/// A part of a label file that is to be checked.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its bytes, end exclusive. The lines that begin in them are checked.
    pub bytes: Range<u64>,
    /// Whether the result carries these lines, so that who merges needs no label file.
    pub with_lines: bool,
}

/// A part of a file, with what is to be known before its documents are gone over.
pub(crate) struct Ready {
    pub(crate) workers: Workers,
    pub(crate) survey: Survey,
    /// Its lines.
    pub(crate) stretch: Stretch,
}

/// The format of a file, given or as its beginning looks.
///
/// Fails where it has no lines that could be shared out.
pub(crate) fn format_of_lines(
    source: &Source,
    given: Option<&'static dyn Format>,
) -> Result<&'static dyn Format, Error> {
    let failed = |error| Error::read(source, error);
    let beginning = source.beginning().map_err(failed)?;
    let beginning = beginning.as_ref().unwrap_or(source);
    if beginning.length().map_err(failed)? == 0 && source.length().map_err(failed)? > 0 {
        return Err(unknown(source));
    }
    let cannot = |what| Err(Error::NoShard(source.name().to_owned(), what));
    let format = match resolve_format(beginning, given)? {
        Ok(format) => format,
        Err(looks) => return cannot(looks.to_string()),
    };
    if source.is_several() {
        return cannot("several files".to_owned());
    }
    if !format.info().layout.is_lines {
        let title = format.info().title;
        return cannot(format!("a label file of {title}, which has no lines"));
    }
    Ok(format)
}

fn unknown(source: &Source) -> Error {
    let what = "what was given of its beginning does not tell what it labels; give more of it";
    Error::read(source, io::Error::other(what))
}

impl Ready {
    /// Looks at the beginning of a file of lines for its kind, and for the lines of the part.
    ///
    /// Fails where a file cannot be read, and where its beginning does not tell the kind.
    pub(crate) fn new(
        source: &Source,
        format: &'static dyn Format,
        options: &Options,
        asked: &Part,
    ) -> Result<Self, Error> {
        let failed = |error| Error::read(source, error);
        let beginning = source.beginning().map_err(failed)?;
        let beginning = beginning.as_ref().unwrap_or(source);
        let at_hand = beginning.length().map_err(failed)?;
        let workers = Workers::new(source, options)?;
        let mut survey = survey::survey(beginning, format, options, &workers, Purpose::Check)?;
        // What was gone over may be no more than the beginning of the file. Which addresses occur twice is found
        // once the shards are put together, which each notes its own for.
        survey.repeated = None;
        survey.repeated_names = None;
        if survey.kind.is_none() && at_hand < source.length().map_err(failed)? {
            return Err(unknown(source));
        }
        let start = line_from(source, asked.bytes.start).map_err(failed)?;
        let end = line_from(source, asked.bytes.end).map_err(failed)?;
        let before = match format.info().texts {
            // Their names stand in the file.
            TextPlace::Files | TextPlace::Addresses => 0,
            TextPlace::Inline | TextPlace::Tokens | TextPlace::InlineOrTokens => {
                lines_before(source, start).map_err(failed)?
            }
        };
        Ok(Self {
            workers,
            survey,
            stretch: Stretch::new(start..end.max(start), before),
        })
    }
}

/// Judges the documents of the lines that begin in a part of a file, and writes what comes of
/// it to `out`. Answers how many documents there are.
///
/// Fails where a file cannot be read or written, and where the format has no lines.
pub fn shard(
    source: &Source,
    format: Option<&'static dyn Format>,
    texts: Option<&Texts>,
    options: &Options,
    asked: &Part,
    out: &mut dyn io::Write,
) -> Result<u64, Error> {
    let mut levels = options.levels.clone();
    // The names are those of rules.
    let _ = levels.ignore(&LEFT_OUT.map(str::to_owned));
    let options = &Options {
        levels,
        fixes: false,
        ..options.clone()
    };
    let format = format_of_lines(source, format)?;
    let ready = Ready::new(source, format, options, asked)?;
    let mut pass = Pass::for_check(source, format, texts, options, &ready.survey);
    pass.stretch = Some(ready.stretch.clone());
    let part = pass.first_look(&ready.workers, &JudgeOnly, |()| Ok(()))?;
    let head = PartialHead::new(&pass, &ready.stretch, asked.with_lines);
    let head = head.map_err(|error| Error::read(source, error))?;
    partial::write(&head, source, &part, out)?;
    unchanged(source)?;
    Ok(part.sums.statistics.documents.total())
}

/// Makes sure that a label file is still the one that was read.
///
/// Fails where it is not.
pub(crate) fn unchanged(source: &Source) -> Result<(), Error> {
    let changed = source.has_changed();
    if changed.map_err(|error| Error::read(source, error))? {
        let path = source.name().to_owned();
        return Err(Error::Changed { path });
    }
    Ok(())
}

/// How many lines end before a place, which is all that a document without a name needs to know of
/// them.
fn lines_before(source: &Source, place: u64) -> io::Result<u64> {
    let mut input = source.reader()?.take(place);
    let mut chunk = Vec::new();
    let mut lines = 0;
    loop {
        chunk.clear();
        if (&mut input).take(1 << 16).read_to_end(&mut chunk)? == 0 {
            return Ok(lines);
        }
        lines += memchr_iter(b'\n', &chunk).count() as u64;
    }
}

/// The place of the first line that begins at `place` or after it; the length of the file where
/// there is none.
fn line_from(source: &Source, place: u64) -> io::Result<u64> {
    let length = source.length()?;
    if place == 0 || place >= length {
        return Ok(place.min(length));
    }
    // The line before ends with the byte before, or later.
    let mut input = BufReader::new(source.reader_at(place - 1)?);
    Ok(place - 1 + input.skip_until(b'\n')? as u64)
}

/// Where the label file and the texts of shards lie, where that is not where the shards found them.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// The label file.
    pub input: Option<PathBuf>,
    /// The folders of the texts; none for those of the shards.
    pub texts: Vec<PathBuf>,
}

/// What the shards of a file come to.
#[derive(Clone, Debug)]
pub struct Merged {
    /// What `check` says of the whole file, without the rules that are left out.
    pub outcome: Outcome,
    /// The path of the label file.
    pub path: PathBuf,
    /// The folders and packs that the shards have looked for texts in.
    pub texts: Vec<PathBuf>,
}

/// Puts the results of shards together: what `check` says of the whole file, without
/// the rules that are left out. Of `options` only the number of threads, the snippets, the room, and whether it is to say who labeled are
/// looked at; the rest is what the shards were asked.
///
/// The label file and the texts must lie where the shards found them, or where `moved` says; the label file is
/// not needed where all results carry their lines. Where the documents
/// together disprove what each shard had to assume (that offsets count code points, that no two
/// documents fall back to one file), the whole file is checked here, and `again` is called
/// before.
///
/// Fails where a file cannot be read, and where there are no shards, or they are not those of one
/// file, or do not cover it.
pub fn merge(
    paths: &[&Path],
    moved: &Moved,
    options: &Options,
    again: impl FnOnce(),
) -> Result<Merged, Error> {
    let mut partials = open_all(paths)?;
    let head = partials[0].head.clone();
    if head.converted.is_some() {
        let what = "it is a result of `convert --shard`; give it to `convert --partials`";
        return Err(partials[0].unfit(what.to_owned()));
    }
    if options.labelers && !head.says_labelers() {
        let what = "it does not say who labeled; give `--show-labelers` to `check --shard`";
        return Err(partials[0].unfit(what.to_owned()));
    }
    let source = label_file(&mut partials, moved, head.path())?;
    let failed = |error| Error::read(&source, error);
    are_of(&partials, &source)?;
    let Some(format) = formats::find(&head.format) else {
        return Err(partials[0].unfit(format!("`{}` is no format that is known", head.format)));
    };
    let (before, now) = (head.path().file_name(), source.path().file_name());
    if format.info().texts.is_inside() && before != now {
        let before = before.unwrap_or_default().display();
        let what = format!(
            "documents without names are called after their file, which was `{before}` for the \
             shards; give it that name"
        );
        return Err(failed(io::Error::other(what)));
    }
    let texts = head.texts(&source, &moved.texts)?;
    let options = &head.asked.options(options);
    let workers = Workers::new(&source, options)?;
    let mut whole = Aggregate::of(options);
    let mut records = 0;
    for mut partial in partials {
        let info = options.settings.redact.then(|| format.info());
        partial.add_to(&mut whole, &mut records, info)?;
    }
    let mut survey = survey::survey(&source, format, options, &workers, Purpose::Check)?;
    if survey.kind != head.kind {
        let error = io::Error::other("it is of another kind than when the shards read it");
        return Err(failed(error));
    }
    let pass = Pass::for_check(&source, format, texts.as_ref(), options, &survey);
    let mut outcome = match pass.settle(&workers, whole)? {
        Ran::Through(whole) => pass.conclude(&workers, *whole)?,
        Ran::Refuted(refutation) => {
            again();
            let purpose = Purpose::Check;
            refutation.correct(&mut survey, &source, format, options, &workers, purpose)?;
            judged(
                &source,
                format,
                texts.as_ref(),
                options,
                &workers,
                &mut survey,
            )?
        }
    };
    outcome.finish(&source, options)?;
    crate::operations::unlisted(std::slice::from_mut(&mut outcome), &[options])?;
    let path = source.path().to_owned();
    Ok(Merged {
        outcome,
        path,
        texts: head.asked.folders().collect(),
    })
}

/// The label file of shards that cover it: as their results carry it, or from where it lies.
fn label_file(partials: &mut [Partial], moved: &Moved, path: &Path) -> Result<Source, Error> {
    let path = moved.input.as_deref().unwrap_or(path);
    let failed = |source| Error::Read {
        path: path.display().to_string(),
        source,
    };
    let carried = partials.iter().all(|partial| partial.head.carries_lines);
    if moved.input.is_some() || !carried {
        let source = ensure_file(path).and_then(|()| Source::open(path));
        return source.map_err(failed);
    }
    let mut lines = Spool::new().map_err(failed)?;
    for partial in partials {
        partial.lines_to(&mut lines)?;
    }
    Ok(Source::put_aside(path, lines))
}

/// The results of shards that are of one file and one check, and cover it, in the order of the file: at
/// least one.
///
/// Fails where they are not.
pub(crate) fn open_all<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<Partial>, Error> {
    let mut partials = Vec::new();
    for path in paths {
        partials.push(Partial::open(path.as_ref())?);
    }
    if partials.is_empty() {
        return Err(Error::NoPartials);
    }
    partials.sort_by_key(|partial| (partial.head.lines.start, partial.head.lines.end));
    agree(&partials)?;
    Ok(partials)
}

/// Makes sure that a label file still holds what the shards have read of it.
///
/// Fails where it does not.
pub(crate) fn are_of(partials: &[Partial], source: &Source) -> Result<(), Error> {
    let failed = |error| Error::read(source, error);
    for partial in partials {
        if let Some(what) = partial.head.misfit(source).map_err(failed)? {
            return Err(failed(io::Error::other(what)));
        }
    }
    Ok(())
}

/// Whether the shards, in the order of the file, are of one file and one check, and cover it.
fn agree(partials: &[Partial]) -> Result<(), Error> {
    let mut end = 0;
    for pair in partials.windows(2) {
        if let Some(what) = pair[0].head.difference(&pair[1].head) {
            let other = pair[0].path().display();
            return Err(pair[1].unfit(format!("{what} differs from that of {other}")));
        }
    }
    for partial in partials {
        let lines = &partial.head.lines;
        if lines.start != end {
            let what = if lines.start > end {
                "miss"
            } else {
                "have twice"
            };
            let (from, to) = (end.min(lines.start), end.max(lines.start));
            return Err(partial.unfit(format!(
                "the shards {what} bytes {from} to {to} of {}",
                partial.head.path().display()
            )));
        }
        end = lines.end;
    }
    match partials.last() {
        Some(last) if end < last.head.length => Err(last.unfit(format!(
            "the shards miss bytes {end} to {} of {}",
            last.head.length,
            last.head.path().display()
        ))),
        _ => Ok(()),
    }
}
