//! `labelwright score`

mod args;
mod predicted;

use std::path::Path;

use self::predicted::Read;
use super::claims::Claims;
use super::forms::{Form, Forms};
use super::input::Input;
use super::look::Stream;
use super::terminal::{Failure, Status, say};
use crate::diagnostics::quote;
use crate::evaluation::{Bound, Change, Figures, ScoreSheet, Task};
use crate::formats::{HEAD_BYTES, service_file};
use crate::input::Source;
use crate::model::Kind;
use crate::operations::{self, ScoreOptions, Scored};
use crate::pipeline::Error;
use crate::report::scores;

pub(super) use args::{Args, GUIDE};

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let forms = Forms {
        specs: &args.output,
        color: args.color,
    };
    forms.claim(&mut claims(args)?)?;
    let baseline = args.baseline.as_deref().map(before).transpose()?;
    let (source, job) = args.reading.open(&args.gold)?;
    let texts = job.texts(&source)?;
    right_first(&source)?;
    let format = args.reading.format();
    let gold = operations::read_alike(&source, format, texts.as_ref(), &job.options)?;
    let wanted = gold.kind().and_then(task);
    let options = ScoreOptions {
        dataset: args.dataset.as_deref(),
        missing: args.missing.into(),
        worst: args.worst,
        words: !args.redact,
        sides: if args.agreement {
            ("the first file", "the second file")
        } else {
            ("GOLD", "PREDICTED")
        },
    };
    let scored = match predicted::read(args, wanted, source.folder())? {
        Err(refusal) => Err(refusal),
        Ok(Read::Labels(predictions)) => operations::score(&gold, *predictions, &options)?,
        Ok(Read::Summary(_)) if args.agreement => {
            return Err(
                "a summary is of no labeler; `--agreement` compares two label files".into(),
            );
        }
        Ok(Read::Summary(summary)) => operations::score_summary(&gold, *summary, &options)?,
    };
    let scored = match scored {
        Ok(scored) => scored,
        Err(refusal) => {
            for why in refusal.0 {
                say(format_args!("error: {why}"));
            }
            return Ok(Status::Findings);
        }
    };
    let sheet = sheet(args, &source, scored, baseline);
    forms.write(Stream::Stdout, |form, look, out| {
        let text = match form {
            Form::Human => scores::human(&sheet, look),
            Form::Json => scores::json(&sheet)?,
            Form::Markdown => scores::markdown(&sheet),
            Form::Csv => return scores::csv(&sheet, out),
            Form::Html => return scores::html(&sheet, out),
        };
        out.write_all(text.as_bytes())
    })?;
    Ok(verdict(args, &sheet))
}

/// Fails where the first file is none that can be right.
fn right_first(source: &Source) -> Result<(), Failure> {
    let head = source.head(HEAD_BYTES).map_err(|error| Error::Read {
        path: source.name().to_owned(),
        source: error,
    })?;
    match service_file(&head) {
        Some(file) => {
            let name = source.name();
            Err(format!("{name} is {file}; give the label file that is right first").into())
        }
        None => Ok(()),
    }
}

/// What a kind is labeled with, where it can be scored.
const fn task(kind: Kind) -> Option<Task> {
    match kind {
        Kind::EntityRecognition | Kind::TextSentiment | Kind::Healthcare => Some(Task::Spans),
        Kind::SingleLabelClassification => Some(Task::OneClass),
        Kind::MultiLabelClassification => Some(Task::ClassSets),
        Kind::AbstractiveSummarization => None,
    }
}

/// The files of the run.
///
/// Fails where the configuration file cannot be read.
fn claims(args: &Args) -> Result<Claims, Failure> {
    let mut claims = Claims::new(args.force);
    for path in std::iter::once(&args.gold).chain(&args.predicted) {
        if path != Path::new("-") {
            claims.input(&Input::File(path.clone()));
            args.reading.claim(path, &mut claims)?;
        }
    }
    if let Some(baseline) = &args.baseline {
        claims.read("the baseline", baseline);
    }
    if let Some(config) = args.reading.config() {
        claims.read("the configuration file", config);
    }
    Ok(claims)
}

/// The figures of a baseline, with its path.
fn before(path: &Path) -> Result<(String, Figures), Failure> {
    let name = path.display().to_string();
    let source = Source::open(path).map_err(|source| Error::Read {
        path: name.clone(),
        source,
    })?;
    let summary = predicted::summary(&source)?;
    Ok((name, summary.stated))
}

fn sheet(
    args: &Args,
    gold: &Source,
    scored: Scored,
    baseline: Option<(String, Figures)>,
) -> ScoreSheet {
    let Scored {
        kind,
        scores,
        notes,
    } = scored;
    let bounds = args.fail_under.iter().map(|(measure, least)| Bound {
        value: measure.value(&scores),
        measure: measure.clone(),
        least: *least,
    });
    let now = Figures::of(&scores);
    let paths = args.predicted.iter();
    ScoreSheet {
        kind,
        gold: gold.name().to_owned(),
        predicted: paths.map(|path| path.display().to_string()).collect(),
        is_agreement: args.agreement,
        bounds: bounds.collect(),
        baseline: baseline.map(|(path, before)| (path, before.changes(&now))),
        scores,
        notes,
    }
}

/// How far a figure may fall by rounding: baselines of the service have seven digits.
const ROUNDING: f64 = 1e-6;

/// Says which figures are not what is asked of them, and what that means for the status.
fn verdict(args: &Args, sheet: &ScoreSheet) -> Status {
    let mut status = Status::Clean;
    for bound in sheet.bounds.iter().filter(|bound| !bound.is_met()) {
        status = Status::Findings;
        let name = quote(&bound.measure.to_string());
        let least = bound.least;
        match bound.value {
            Some(value) => say(format_args!(
                "not met: {name} is {value:.4}, less than {least}"
            )),
            None => say(format_args!(
                "not met: there is no {name} in this comparison"
            )),
        }
    }
    let Some(most) = args.fail_on_drop else {
        return status;
    };
    let changes = sheet.baseline.iter().flat_map(|(_, changes)| changes);
    let fell = changes.filter(|change| change.drop() > most + ROUNDING);
    for Change {
        name, before, now, ..
    } in fell
    {
        status = Status::Findings;
        if let (Some(before), Some(now)) = (before, now) {
            let (name, before, now) = (quote(name), before.f1, now.f1);
            say(format_args!(
                "fell: F1 of {name} is {now:.4}, and was {before:.4}"
            ));
        }
    }
    status
}
