//! A comparison as a page: `labelwright score --output html`.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::markup::{COLORS, document};
use super::template::{STYLE, policy, render};
use crate::corpus::overview::Sample;
use crate::diagnostics::quote;
use crate::evaluation::{
    ErrorClass, LabelScores, LaneMark, Matrix, NONE, Rates, Scheme, ScoreSheet, Task, Window,
    WorstDocument,
};
use crate::report::json::Tool;
use crate::report::markup::shown;
use crate::report::scores::figures::{changed, figure};

/// The most labels whose matrix is drawn; it has the square of their number.
const MOST_LABELS: usize = 60;

/// How many shades a cell can have, and how they are spread over percentages of a row.
const SHADES: [f64; 5] = [0.05, 5.0, 25.0, 60.0, 90.0];

#[derive(Serialize)]
struct Page {
    tool: Tool,
    policy: String,
    style: &'static str,
    title: String,
    gold: String,
    predicted: Vec<String>,
    first: &'static str,
    second: &'static str,
    is_agreement: bool,
    documents: u64,
    perfect: u64,
    labels: Vec<Row>,
    averages: Vec<Row>,
    measures: Vec<Row>,
    errors: Vec<(u64, &'static str, &'static str)>,
    confusions: Vec<(String, String, u64)>,
    agreement: Option<(&'static str, String)>,
    matrix: Option<Heat>,
    baseline: Option<(String, Vec<Row>)>,
    bounds: Vec<(bool, String)>,
    worst: Vec<Worst>,
    notes: Vec<String>,
}

/// A row of a table: a name, then cells.
#[derive(Serialize)]
struct Row {
    name: String,
    cells: Vec<String>,
}

/// The confusion matrix, as shades.
#[derive(Serialize)]
struct Heat {
    names: Vec<String>,
    rows: Vec<(String, Vec<Shade>)>,
    has_parts: bool,
}

#[derive(Serialize)]
struct Shade {
    level: usize,
    text: String,
    title: String,
}

/// A document with errors.
#[derive(Serialize)]
struct Worst {
    name: String,
    summary: String,
    classes: Option<(Vec<String>, Vec<String>)>,
    windows: Vec<Both>,
}

/// A stretch of a text as each side labels it.
#[derive(Serialize)]
struct Both {
    line: u64,
    gold: String,
    predicted: String,
}

/// A comparison as a page that needs nothing else.
///
/// Fails where `out` does.
pub fn scores(sheet: &ScoreSheet, out: &mut dyn io::Write) -> io::Result<()> {
    let scores = &sheet.scores;
    let (first, second) = sheet.sides();
    let micro = figure(scores.micro().f1);
    let title = if sheet.is_agreement {
        format!("Agreement: F1 {micro}")
    } else {
        format!("Micro F1 {micro}")
    };
    let labels = scores.labels.iter();
    let page = Page {
        tool: Tool::THIS,
        policy: policy(&[]),
        style: STYLE,
        title,
        gold: shown(&sheet.gold),
        predicted: sheet.predicted.iter().map(|path| shown(path)).collect(),
        first,
        second,
        is_agreement: sheet.is_agreement,
        documents: scores.documents,
        perfect: scores.perfect,
        labels: labels.map(|(name, label)| row(name, label)).collect(),
        averages: vec![
            averages("micro", scores.micro()),
            averages("macro", scores.macro_means()),
        ],
        measures: measures(sheet),
        errors: scores.errors.map_or_else(Vec::new, |errors| {
            let classes = ErrorClass::ALL.into_iter();
            classes
                .map(|it| (errors.of(it), it.name(), it.meaning()))
                .collect()
        }),
        confusions: scores
            .confusions
            .iter()
            .take(20)
            .map(|it| (shown(&it.gold), shown(&it.predicted), it.count))
            .collect(),
        agreement: agreement(sheet),
        matrix: scores.matrix.as_ref().and_then(|it| heat(it, scores.task)),
        baseline: sheet.baseline.as_ref().map(|(path, changes)| {
            let rows = changes.iter().map(|it| Row {
                name: shown(&it.name),
                cells: changed(it).to_vec(),
            });
            (shown(path), rows.collect())
        }),
        bounds: sheet
            .bounds
            .iter()
            .map(|it| {
                let value = it.value.map_or("unknown".to_owned(), figure);
                let name = shown(&it.measure.to_string());
                (
                    it.is_met(),
                    format!("{name} is {value}, at least {}", it.least),
                )
            })
            .collect(),
        worst: worst(sheet),
        notes: sheet.notes.iter().map(|note| shown(note)).collect(),
    };
    render("scores.html", page, out)
}

fn row(name: &str, label: &LabelScores) -> Row {
    let counts = label.counts;
    let mut row = averages(name, counts.rates());
    let numbers = [counts.gold(), counts.predicted(), counts.true_positives];
    row.cells
        .extend(numbers.map(crate::report::numbers::grouped));
    row
}

fn averages(name: &str, rates: Rates) -> Row {
    Row {
        name: shown(name),
        cells: [rates.precision, rates.recall, rates.f1]
            .map(figure)
            .to_vec(),
    }
}

fn measures(sheet: &ScoreSheet) -> Vec<Row> {
    let measure = |scheme: Scheme| {
        let found = sheet.scores.semeval(scheme)?;
        let mut row = averages(scheme.name(), found.rates());
        let counts = [
            found.correct,
            found.incorrect,
            found.partial,
            found.missed,
            found.spurious,
        ];
        row.cells
            .extend(counts.map(crate::report::numbers::grouped));
        Some(row)
    };
    Scheme::ALL.into_iter().filter_map(measure).collect()
}

fn agreement(sheet: &ScoreSheet) -> Option<(&'static str, String)> {
    let found = sheet.scores.agreement.filter(|_| sheet.is_agreement)?;
    let (name, value) = match sheet.scores.task {
        Task::OneClass => ("Cohen's kappa", found.kappa),
        Task::Spans | Task::ClassSets => ("Krippendorff's alpha (MASI)", found.alpha),
    };
    Some((name, value.map_or("not defined".to_owned(), figure)))
}

/// The matrix as shades of the percentages of its rows.
fn heat(matrix: &Matrix, task: Task) -> Option<Heat> {
    let names = matrix.names();
    if names.is_empty() || names.len() > MOST_LABELS {
        return None;
    }
    let shade = |gold: &str, predicted: &str| {
        let cell = matrix.cell(gold, predicted);
        let level = SHADES
            .iter()
            .filter(|from| cell.normalized >= **from)
            .count();
        let text = if level == 0 {
            String::new()
        } else if task == Task::Spans {
            format!("{:.1}", cell.raw)
        } else {
            format!("{:.0}", cell.raw)
        };
        let title = format!(
            "{} as {}: {:.3}, {:.1} % of the row",
            shown(gold),
            shown(predicted),
            cell.raw,
            cell.normalized
        );
        Shade { level, text, title }
    };
    let row = |gold: &&str| {
        let cells = names.iter().map(|predicted| shade(gold, predicted));
        (shown(gold), cells.collect())
    };
    let is_row = |name: &&&str| matrix.rows.iter().any(|(row, _)| row == *name);
    Some(Heat {
        rows: names.iter().filter(is_row).map(row).collect(),
        has_parts: task == Task::Spans,
        names: names
            .iter()
            .map(|name| {
                if *name == NONE {
                    NONE.to_owned()
                } else {
                    shown(name)
                }
            })
            .collect(),
    })
}

fn worst(sheet: &ScoreSheet) -> Vec<Worst> {
    let worst = &sheet.scores.worst;
    let windows = worst.iter().flat_map(|document| &document.windows);
    let marks = windows.flat_map(|window| window.gold.iter().chain(&window.predicted));
    let mut names: Vec<&str> = marks.map(|mark| mark.label.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let colors = names.into_iter().enumerate();
    let colors: BTreeMap<&str, usize> = colors.map(|(at, name)| (name, at % COLORS)).collect();
    let color = |name: &str| colors.get(name).copied().unwrap_or_default();
    worst.iter().map(|document| one(document, &color)).collect()
}

fn one(found: &WorstDocument, color: &impl Fn(&str) -> usize) -> Worst {
    let classes = ErrorClass::ALL.into_iter().filter_map(|class| {
        let number = found.counts.of(class);
        (number > 0).then(|| format!("{number} {}", class.name()))
    });
    let classes: Vec<String> = classes.collect();
    let quoted = |all: &[String]| all.iter().map(|class| quote(class)).collect();
    Worst {
        name: shown(&found.name),
        summary: format!("{}; {} the same", classes.join(", "), found.counts.correct),
        classes: found
            .classes
            .as_ref()
            .map(|(one, other)| (quoted(one), quoted(other))),
        windows: found.windows.iter().map(|it| both(it, color)).collect(),
    }
}

fn both(window: &Window, color: &impl Fn(&str) -> usize) -> Both {
    let side = |marks: &[LaneMark]| {
        let before = if window.is_cut_before { "…" } else { "" };
        let marks = marks.iter().filter(|mark| !mark.bytes.is_empty());
        let spans = marks.map(|mark| {
            let bytes = &mark.bytes;
            let at = |byte: usize| byte + before.len();
            (at(bytes.start), at(bytes.end), mark.label.clone())
        });
        let sample = Sample {
            index: 0,
            name: String::new(),
            split: None,
            text: format!("{before}{}", window.text),
            goes_on: window.is_cut_after,
            spans: spans.collect(),
            classes: Vec::new(),
        };
        document(&sample, color)
    };
    Both {
        line: window.line,
        gold: side(&window.gold),
        predicted: side(&window.predicted),
    }
}
