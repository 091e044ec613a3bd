//! A comparison for machines. The figures stand under the names that the service's evaluation summary
//! has, so what reads that reads this.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use crate::diagnostics::redact::mask;
use crate::evaluation::{
    Bound, Cell, Change, Counts, ErrorClass, ErrorCounts, FoundError, Matrix, Rates, Scheme,
    ScoreSheet, Scores, Side, Task, WorstDocument,
};
use crate::model::Kind;
use crate::report::json::Tool;
use crate::report::plain_json;

/// A comparison as one JSON object.
///
/// Fails where the values have no form in JSON, which none has.
pub fn json(sheet: &ScoreSheet) -> serde_json::Result<String> {
    let scores = &sheet.scores;
    let evaluation = Evaluation(scores, sheet.kind);
    let member = match sheet.kind {
        Kind::SingleLabelClassification => "customSingleLabelClassificationEvaluation",
        Kind::MultiLabelClassification => "customMultiLabelClassificationEvaluation",
        Kind::TextSentiment => "customTextSentimentEvaluation",
        Kind::Healthcare => "customHealthcareEvaluation",
        Kind::EntityRecognition | Kind::AbstractiveSummarization => {
            "customEntityRecognitionEvaluation"
        }
    };
    let evaluation = serde_json::to_value(evaluation)?;
    let evaluation = if sheet.kind == Kind::TextSentiment {
        let mut outer = Map::new();
        for (name, value) in averages(scores) {
            outer.insert(name, json!(value));
        }
        outer.insert("spanSentimentsEvaluation".to_owned(), evaluation);
        Value::Object(outer)
    } else {
        evaluation
    };
    let page = Page {
        version: 1,
        tool: Tool::THIS,
        gold: &sheet.gold,
        predicted: &sheet.predicted,
        project_kind: sheet.kind.name(),
        evaluation: (member, evaluation),
        documents: (scores.documents > 0).then(|| {
            json!({
                "compared": scores.documents,
                "withoutError": scores.perfect,
                "withoutText": scores.without_text,
            })
        }),
        semeval: scores.errors.map(|_| semeval(scores)),
        errors: scores.errors.map(|errors| self::errors(scores, errors)),
        confusions: scores
            .confusions
            .iter()
            .map(|it| json!({ "gold": it.gold, "predicted": it.predicted, "count": it.count }))
            .collect(),
        agreement: scores.agreement.filter(|_| sheet.is_agreement).map(|it| {
            let (name, value) = match scores.task {
                Task::OneClass => ("cohenKappa", it.kappa),
                _ => ("krippendorffAlphaMasi", it.alpha),
            };
            json!({ "observed": it.observed, name: value })
        }),
        baseline: sheet.baseline.as_ref().map(|(path, changes)| {
            json!({ "path": path, "changes": changes.iter().map(changed).collect::<Vec<_>>() })
        }),
        bounds: sheet.bounds.iter().map(bound).collect(),
        worst: scores.worst.iter().map(worst).collect(),
        notes: &sheet.notes,
    };
    plain_json::text(&page)
}

struct Page<'a> {
    version: u32,
    tool: Tool,
    gold: &'a str,
    predicted: &'a [String],
    project_kind: &'static str,
    evaluation: (&'static str, Value),
    documents: Option<Value>,
    semeval: Option<Value>,
    errors: Option<Value>,
    confusions: Vec<Value>,
    agreement: Option<Value>,
    baseline: Option<Value>,
    bounds: Vec<Value>,
    worst: Vec<Value>,
    notes: &'a [String],
}

impl Serialize for Page<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", &self.version)?;
        map.serialize_entry("tool", &self.tool)?;
        map.serialize_entry("gold", self.gold)?;
        map.serialize_entry("predicted", self.predicted)?;
        map.serialize_entry("projectKind", self.project_kind)?;
        map.serialize_entry(self.evaluation.0, &self.evaluation.1)?;
        let known = [
            ("documents", &self.documents),
            ("semeval", &self.semeval),
            ("errors", &self.errors),
            ("agreement", &self.agreement),
            ("baseline", &self.baseline),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        map.serialize_entry("confusions", &self.confusions)?;
        map.serialize_entry("bounds", &self.bounds)?;
        map.serialize_entry("worst", &self.worst)?;
        map.serialize_entry("notes", self.notes)?;
        map.end()
    }
}

/// The figures under the service's names.
struct Evaluation<'a>(&'a Scores, Kind);

impl Serialize for Evaluation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scores = self.0;
        let mut map = serializer.serialize_map(None)?;
        if let Some(matrix) = &scores.matrix {
            map.serialize_entry("confusionMatrix", &rows(matrix))?;
        }
        let labels: BTreeMap<&String, Value> = scores
            .labels
            .iter()
            .map(|(name, label)| (name, self::label(label.counts)))
            .collect();
        let name = match (scores.task, self.1) {
            (Task::Spans, Kind::TextSentiment) => "sentiments",
            (Task::Spans, _) => "entities",
            (Task::OneClass | Task::ClassSets, _) => "classes",
        };
        map.serialize_entry(name, &labels)?;
        for (name, value) in averages(scores) {
            map.serialize_entry(&name, &value)?;
        }
        map.end()
    }
}

/// The figures of all labels, as the service names them.
fn averages(scores: &Scores) -> Vec<(String, f64)> {
    let families = [("micro", scores.micro()), ("macro", scores.macro_means())];
    let figures = families.into_iter().flat_map(|(family, rates)| {
        [
            (format!("{family}F1"), rates.f1),
            (format!("{family}Precision"), rates.precision),
            (format!("{family}Recall"), rates.recall),
        ]
    });
    figures.collect()
}

fn rows(matrix: &Matrix) -> Value {
    let cells = |cells: &Vec<(String, Cell)>| {
        let cell = |(name, cell): &(String, Cell)| {
            let value = json!({ "normalizedValue": cell.normalized, "rawValue": cell.raw });
            (name.clone(), value)
        };
        Value::Object(cells.iter().map(cell).collect())
    };
    let rows = matrix
        .rows
        .iter()
        .map(|(name, row)| (name.clone(), cells(row)));
    Value::Object(rows.collect())
}

fn label(counts: Counts) -> Value {
    let rates = counts.rates();
    json!({
        "f1": rates.f1,
        "precision": rates.precision,
        "recall": rates.recall,
        "truePositiveCount": counts.true_positives,
        "trueNegativeCount": counts.true_negatives,
        "falsePositiveCount": counts.false_positives,
        "falseNegativeCount": counts.false_negatives,
    })
}

fn semeval(scores: &Scores) -> Value {
    let measure = |scheme: Scheme| {
        let found = scores.semeval(scheme)?;
        let rates = found.rates();
        let value = json!({
            "correct": found.correct,
            "incorrect": found.incorrect,
            "partial": found.partial,
            "missed": found.missed,
            "spurious": found.spurious,
            "possible": found.possible(),
            "actual": found.actual(),
            "precision": rates.precision,
            "recall": rates.recall,
            "f1": rates.f1,
        });
        Some((scheme.name().to_owned(), value))
    };
    Value::Object(Scheme::ALL.into_iter().filter_map(measure).collect())
}

fn errors(scores: &Scores, errors: ErrorCounts) -> Value {
    let labels = scores.labels.iter();
    let labels: Map<String, Value> = labels
        .map(|(name, label)| (name.clone(), classes(label.errors)))
        .collect();
    let mut all = classes(errors);
    if let Value::Object(all) = &mut all {
        all.insert("labels".to_owned(), Value::Object(labels));
    }
    all
}

fn classes(errors: ErrorCounts) -> Value {
    let classes = ErrorClass::ALL.into_iter();
    let classes = classes.map(|class| (class.name().to_owned(), json!(errors.of(class))));
    Value::Object(classes.collect())
}

fn rates(rates: Option<Rates>) -> Value {
    rates.map_or(
        Value::Null,
        |rates| json!({ "f1": rates.f1, "precision": rates.precision, "recall": rates.recall }),
    )
}

fn changed(change: &Change) -> Value {
    json!({
        "name": change.name,
        "isLabel": change.is_label,
        "before": rates(change.before),
        "now": rates(change.now),
    })
}

fn bound(bound: &Bound) -> Value {
    json!({
        "measure": bound.measure.to_string(),
        "least": bound.least,
        "value": bound.value,
        "isMet": bound.is_met(),
    })
}

fn worst(document: &WorstDocument) -> Value {
    let mut value = json!({
        "document": mask(&document.name),
        "correct": document.counts.correct,
        "wrong": document.counts.wrong(),
    });
    let Value::Object(members) = &mut value else {
        return value;
    };
    if let Some((gold, predicted)) = &document.classes {
        members.insert("gold".to_owned(), json!(gold));
        members.insert("predicted".to_owned(), json!(predicted));
    } else {
        let errors: Vec<Value> = document.errors.iter().map(error).collect();
        members.insert("errors".to_owned(), Value::Array(errors));
    }
    value
}

fn error(error: &FoundError) -> Value {
    json!({
        "class": error.class.name(),
        "gold": error.gold.as_ref().map(side),
        "predicted": error.predicted.as_ref().map(side),
    })
}

fn side(side: &Side) -> Value {
    let mut value = json!({ "label": side.label, "start": side.start, "end": side.end });
    if let (Some(words), Value::Object(members)) = (&side.words, &mut value) {
        members.insert("words".to_owned(), json!(words));
    }
    value
}
