//! The options of `labelwright score`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::forms::{Form, FormParser, FormSpec};
use crate::cli::help::{Guide, heading};
use crate::cli::look::ColorFlag;
use crate::cli::reading::Reading;
use crate::evaluation::Measure;
use crate::operations;
use crate::text::Unit;

/// What the long help text ends with.
pub(in crate::cli) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Score the evaluation result of a model",
            "labelwright score labels.json result.json --texts docs",
        ),
        (
            "Fail where the test set is below 0.9, or a label below 0.8",
            "labelwright score labels.json job.json --dataset Test --fail-under micro-f1=0.9 \
             --fail-under f1:City=0.8",
        ),
        (
            "See what became of it since last time",
            "labelwright score labels.json new.json --baseline old-score.json",
        ),
        (
            "Know how far two labelers agree",
            "labelwright score --agreement ada.jsonl bob.jsonl",
        ),
    ],
    sections: &[
        (
            "PREDICTED",
            "A label file of any format, or what Azure AI Language answers: an evaluation result, its \
             summary, or a prediction job. Several files are taken together, such as the pages of a \
             result.\n\
             Documents are found by their names, of which folders and `.txt` may be absent on one side, \
             and those without a name by their texts.\n\
             Its format is told by its content: --format is about GOLD. Where a file can be of \
             doccano or of Hugging Face, --format says of which.",
        ),
        (
            "Figures for --fail-under",
            "micro, macro, strict, exact, partial, type, each with -f1, -precision or -recall.\n\
             f1:LABEL, precision:LABEL, recall:LABEL for one label.\n\
             kappa, alpha with --agreement.",
        ),
        (
            "Exit status",
            "0: done.\n\
             1: a figure below --fail-under or --fail-on-drop, or files that cannot be compared.\n\
             2: the work could not be done.",
        ),
    ],
};

/// Score predictions against gold labels
///
/// Prints precision, recall and F1 of each label and of all, equal to the figures of Azure AI Language;
/// what is wrong, by its kind; and the worst documents with the labels of both sides.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    /// The label file that is right
    #[arg(value_name = "GOLD")]
    pub(super) gold: PathBuf,

    /// What was predicted; may be several files
    #[arg(value_name = "PREDICTED", required = true)]
    pub(super) predicted: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) reading: Reading,

    /// What offsets of a job count
    ///
    /// Unit of the offsets in a prediction job that does not state its `stringIndexType`. The service
    /// counts grapheme clusters where the request asks for nothing else.
    #[arg(long, value_name = "UNIT", default_value = "grapheme", help_heading = heading::INPUT)]
    pub(super) job_offsets: JobUnit,

    /// Compare one set of GOLD, such as Test
    #[arg(long, value_name = "SET", help_heading = heading::INPUT)]
    pub(super) dataset: Option<String>,

    /// Documents without a prediction
    ///
    /// What becomes of documents of GOLD for which PREDICTED has nothing. Those outside the test set are
    /// always left out.
    #[arg(long, value_name = "HOW", default_value = "refuse", help_heading = heading::INPUT)]
    pub(super) missing: MissingFlag,

    /// Compare two labelers
    ///
    /// Neither side is right then: F1, which is the same from both sides, and how far they agree beyond
    /// chance. For one class a document that is Cohen's kappa, for sets of classes Krippendorff's alpha
    /// with the MASI distance.
    #[arg(long, help_heading = heading::REPORT)]
    pub(super) agreement: bool,

    /// Worst documents to show
    #[arg(long, value_name = "N", default_value_t = 3, help_heading = heading::REPORT)]
    pub(super) worst: usize,

    /// Show no words of documents
    #[arg(long, help_heading = heading::REPORT)]
    pub(super) redact: bool,

    /// How to print it; may be repeated
    ///
    /// `FORM=PATH` writes it to a file.
    #[arg(long, value_name = "FORM[=PATH]", help_heading = heading::REPORT,
        value_parser = FormParser(&[Form::Human, Form::Json, Form::Csv, Form::Markdown, Form::Html]))]
    pub(super) output: Vec<FormSpec>,

    /// Compare with the figures of another time
    ///
    /// The JSON that `score` printed then, or an evaluation summary of the service.
    #[arg(long, value_name = "FILE", help_heading = heading::REPORT)]
    pub(super) baseline: Option<PathBuf>,

    /// Fail where a figure is less; repeatable
    ///
    /// Such as `micro-f1=0.9`, or `recall:City=0.8` for one label.
    #[arg(long, value_name = "FIGURE=N", value_parser = bound, help_heading = heading::STATUS)]
    pub(super) fail_under: Vec<(Measure, f64)>,

    /// Fail where F1 fell since the baseline
    ///
    /// That of all labels (micro or macro) or of one of them, by more than N, by default 0.
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true,
        default_missing_value = "0", requires = "baseline", value_parser = amount,
        help_heading = heading::STATUS)]
    pub(super) fail_on_drop: Option<f64>,

    /// Replace files that are no reports
    #[arg(long, help_heading = heading::GENERAL)]
    pub(super) force: bool,

    #[command(flatten)]
    pub(super) color: ColorFlag,
}

/// `--job-offsets`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum JobUnit {
    /// Grapheme clusters: `TextElements_v8`
    Grapheme,
    /// UTF-16 code units: `Utf16CodeUnit`
    Utf16,
    /// Unicode code points: `UnicodeCodePoint`
    Codepoint,
}

impl From<JobUnit> for Unit {
    fn from(unit: JobUnit) -> Self {
        match unit {
            JobUnit::Grapheme => Self::Grapheme,
            JobUnit::Utf16 => Self::Utf16,
            JobUnit::Codepoint => Self::CodePoint,
        }
    }
}

/// `--missing`
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum MissingFlag {
    /// Compare nothing, with status 1
    Refuse,
    /// Count them as if nothing was predicted
    Score,
    /// Leave them out
    Skip,
}

impl From<MissingFlag> for operations::Missing {
    fn from(flag: MissingFlag) -> Self {
        match flag {
            MissingFlag::Refuse => Self::Refuse,
            MissingFlag::Score => Self::Score,
            MissingFlag::Skip => Self::Skip,
        }
    }
}

/// `FIGURE=N`. The name of a label may have an equals sign, a number has none.
fn bound(text: &str) -> Result<(Measure, f64), String> {
    let Some((figure, value)) = text.rsplit_once('=') else {
        return Err("write FIGURE=N, such as micro-f1=0.9".to_owned());
    };
    let measure: Measure = figure.parse().map_err(|error| format!("{error}"))?;
    Ok((measure, amount(value)?))
}

/// A number from 0 to 1.
fn amount(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "this is no number".to_owned())?;
    if (0.0..=1.0).contains(&number) {
        Ok(number)
    } else {
        Err("figures are from 0 to 1: write 0.9 for 90 %".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_labels_with_equals_signs() {
        let (measure, least) = bound("f1:a=b=0.5").unwrap();
        assert_eq!(
            (measure.to_string().as_str(), least.to_bits()),
            ("f1:a=b", 0.5_f64.to_bits())
        );
        for wrong in [
            "micro-f1",
            "micro-f1=90",
            "micro-f1=x",
            "f1=0.9",
            "micro-f1=NaN",
        ] {
            assert!(bound(wrong).is_err(), "{wrong}");
        }
    }
}
