//! The evaluation summary: figures alone. `score --output json` has the same members.
//!
//! The documentation prints names such as `truePositivesCount`, the specification and its examples
//! `truePositiveCount`: both are read.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;

use super::predicted::{ServiceError, parse};
use crate::evaluation::{Cell, Counts, Figures, LabelScores, Matrix, NONE, Rates, Scores, Task};

#[derive(Deserialize)]
struct File {
    #[serde(
        rename = "customEntityRecognitionEvaluation",
        alias = "customNamedEntityRecognitionEvaluation",
        alias = "customHealthcareEvaluation"
    )]
    entities: Option<Evaluation>,
    #[serde(rename = "customTextSentimentEvaluation")]
    sentiment: Option<Sentiment>,
    #[serde(
        rename = "customSingleLabelClassificationEvaluation",
        alias = "customSingleClassificationEvaluation"
    )]
    class: Option<Evaluation>,
    #[serde(
        rename = "customMultiLabelClassificationEvaluation",
        alias = "customMultiClassificationEvaluation"
    )]
    classes: Option<Evaluation>,
}

#[derive(Deserialize)]
struct Sentiment {
    #[serde(rename = "spanSentimentsEvaluation")]
    spans: Evaluation,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Evaluation {
    #[serde(alias = "classes", alias = "sentiments")]
    entities: BTreeMap<String, Label>,
    confusion_matrix: Option<BTreeMap<String, BTreeMap<String, MatrixCell>>>,
    micro_f1: f64,
    micro_precision: f64,
    micro_recall: f64,
    macro_f1: f64,
    macro_precision: f64,
    macro_recall: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MatrixCell {
    normalized_value: f64,
    raw_value: f64,
}

#[derive(Deserialize)]
struct Label {
    f1: f64,
    precision: f64,
    recall: f64,
    #[serde(rename = "truePositiveCount", alias = "truePositivesCount")]
    true_positives: u64,
    #[serde(rename = "trueNegativeCount", alias = "trueNegativesCount", default)]
    true_negatives: u64,
    #[serde(rename = "falsePositiveCount", alias = "falsePositivesCount")]
    false_positives: u64,
    #[serde(rename = "falseNegativeCount", alias = "falseNegativesCount")]
    false_negatives: u64,
}

/// An evaluation summary.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The figures as its counts make them.
    pub scores: Scores,
    /// The figures as it states them.
    pub stated: Figures,
}

/// Reads an evaluation summary, or the JSON that `score` prints.
///
/// Fails where it cannot be read, or is not of its shape.
pub fn read_summary(input: impl Read) -> Result<Summary, ServiceError> {
    let file: File = parse(input)?;
    let spans = file.entities.or(file.sentiment.map(|it| it.spans));
    let found = [
        (Task::Spans, spans),
        (Task::OneClass, file.class),
        (Task::ClassSets, file.classes),
    ];
    let mut found = found.into_iter().filter_map(|(task, it)| Some((task, it?)));
    let Some((task, evaluation)) = found.next() else {
        let why = "it has no member such as `customEntityRecognitionEvaluation`";
        return Err(ServiceError::Content(why.to_owned()));
    };
    Ok(summary(task, evaluation))
}

fn summary(task: Task, evaluation: Evaluation) -> Summary {
    let mut stated = Figures {
        micro: Rates {
            precision: evaluation.micro_precision,
            recall: evaluation.micro_recall,
            f1: evaluation.micro_f1,
        },
        macro_means: Rates {
            precision: evaluation.macro_precision,
            recall: evaluation.macro_recall,
            f1: evaluation.macro_f1,
        },
        labels: BTreeMap::new(),
    };
    let mut labels = BTreeMap::new();
    for (name, label) in evaluation.entities {
        let rates = Rates {
            precision: label.precision,
            recall: label.recall,
            f1: label.f1,
        };
        stated.labels.insert(name.clone(), rates);
        let counts = Counts {
            true_positives: label.true_positives,
            true_negatives: label.true_negatives,
            false_positives: label.false_positives,
            false_negatives: label.false_negatives,
        };
        labels.insert(
            name,
            LabelScores {
                counts,
                ..LabelScores::default()
            },
        );
    }
    let scores = Scores {
        task,
        documents: 0,
        perfect: 0,
        without_text: 0,
        labels,
        matrix: evaluation.confusion_matrix.map(matrix),
        errors: None,
        confusions: Vec::new(),
        agreement: None,
        worst: Vec::new(),
    };
    Summary { scores, stated }
}

fn matrix(rows: BTreeMap<String, BTreeMap<String, MatrixCell>>) -> Matrix {
    let cells = |cells: BTreeMap<String, MatrixCell>| {
        let cell = |(name, cell): (String, MatrixCell)| {
            let cell = Cell {
                raw: cell.raw_value,
                normalized: cell.normalized_value,
            };
            (name, cell)
        };
        let mut cells: Vec<(String, Cell)> = cells.into_iter().map(cell).collect();
        cells.sort_by_key(|(name, _)| name == NONE);
        cells
    };
    let rows = rows.into_iter().map(|(name, row)| (name, cells(row)));
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|(name, _)| name == NONE);
    Matrix { rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The label `BorrowerAddress` of the published summary, with the counts named in two ways.
    fn file(plural: bool) -> String {
        let s = if plural { "s" } else { "" };
        format!(
            r#"{{"projectKind":"CustomEntityRecognition","customEntityRecognitionEvaluation":{{
            "confusionMatrix":{{"$none":{{"$none":{{"normalizedValue":99.8,"rawValue":51.9}}}},"A":{{"A":{{"normalizedValue":86.206894,"rawValue":3.4482758}}}}}},
            "entities":{{"A":{{"f1":0.6666666865348816,"precision":0.6000000238418579,"recall":0.75,
            "truePositive{s}Count":3,"trueNegative{s}Count":0,"falsePositive{s}Count":2,"falseNegative{s}Count":1}}}},
            "microF1":0.6666667,"microPrecision":0.6,"microRecall":0.75,"macroF1":0.6666667,"macroPrecision":0.6,"macroRecall":0.75}},
            "evaluationOptions":{{"kind":"percentage"}}}}"#
        )
    }

    #[test]
    fn both_spellings_are_read() {
        for plural in [false, true] {
            let summary = read_summary(file(plural).as_bytes()).unwrap();
            let counts = summary.scores.labels["A"].counts;
            assert_eq!((counts.gold(), counts.predicted()), (4, 5));
            assert!((summary.stated.micro.f1 - summary.scores.micro().f1).abs() < 1e-7);
            let matrix = summary.scores.matrix.unwrap();
            assert_eq!(matrix.names(), ["A", "$none"]);
        }
        assert!(read_summary(r#"{"projectKind":"x"}"#.as_bytes()).is_err());
    }
}
