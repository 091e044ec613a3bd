//! A comparison for pull requests and pages.

use std::fmt::Write;

use super::figures::{changed, figure};
use crate::diagnostics::count;
use crate::diagnostics::redact::mask;
use crate::evaluation::{ErrorClass, Rates, Scheme, ScoreSheet};
use crate::report::entities::markdown as escaped;

/// How many rows of a table are shown.
const ROWS: usize = 200;

/// A comparison as Markdown.
#[must_use]
pub fn markdown(sheet: &ScoreSheet) -> String {
    let scores = &sheet.scores;
    let micro = scores.micro();
    let what = if sheet.is_agreement {
        "agreement"
    } else {
        "score"
    };
    let mut page = format!("## labelwright: {what}\n\nF1 {} (micro)", figure(micro.f1));
    // Writing to a String cannot fail.
    let _ = write!(page, ", {} (macro)", figure(scores.macro_means().f1));
    if scores.documents > 0 {
        let _ = write!(page, "; {}", count(scores.documents, "document"));
    }
    let paths: Vec<String> = sheet.predicted.iter().map(|path| code(path)).collect();
    let (one, other) = sheet.sides();
    let _ = write!(
        page,
        "\n\n{one}: {}, {other}: {}\n",
        code(&sheet.gold),
        paths.join(", ")
    );
    bounds(&mut page, sheet);
    labels(&mut page, sheet);
    measures(&mut page, sheet);
    errors(&mut page, sheet);
    baseline(&mut page, sheet);
    if !scores.worst.is_empty() {
        page.push_str("\n| document | wrong | the same |\n|---|--:|--:|\n");
        for document in &scores.worst {
            let name = code(&mask(&document.name));
            let counts = document.counts;
            let _ = writeln!(page, "| {name} | {} | {} |", counts.wrong(), counts.correct);
        }
    }
    if !sheet.notes.is_empty() {
        page.push('\n');
    }
    for note in &sheet.notes {
        let _ = writeln!(page, "- {}", escaped(note));
    }
    page
}

/// Data as code.
fn code(words: &str) -> String {
    format!("<code>{}</code>", escaped(words))
}

fn bounds(page: &mut String, sheet: &ScoreSheet) {
    if !sheet.bounds.is_empty() {
        page.push('\n');
    }
    for bound in &sheet.bounds {
        let met = if bound.is_met() { "met" } else { "**not met**" };
        let value = bound.value.map_or("unknown".to_owned(), figure);
        let measure = code(&bound.measure.to_string());
        let _ = writeln!(
            page,
            "- {met}: {measure} is {value}, at least {}",
            bound.least
        );
    }
}

fn row(rates: Rates) -> String {
    let figures = [rates.precision, rates.recall, rates.f1].map(figure);
    figures.join(" | ")
}

fn labels(page: &mut String, sheet: &ScoreSheet) {
    let (one, other) = sheet.sides();
    let _ = write!(
        page,
        "\n| label | precision | recall | F1 | {one} | {other} | same |\n\
         |---|--:|--:|--:|--:|--:|--:|\n"
    );
    let scores = &sheet.scores;
    for (name, label) in scores.labels.iter().take(ROWS) {
        let counts = label.counts;
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} |",
            code(name),
            row(counts.rates()),
            counts.gold(),
            counts.predicted(),
            counts.true_positives
        );
    }
    let total = scores.total();
    let _ = writeln!(
        page,
        "| **micro** | {} | {} | {} | {} |\n| **macro** | {} | | | |",
        row(total.rates()),
        total.gold(),
        total.predicted(),
        total.true_positives,
        row(scores.macro_means())
    );
    let more = scores.labels.len().saturating_sub(ROWS) as u64;
    if more > 0 {
        let _ = writeln!(page, "\nand {}", count(more, "more label"));
    }
}

fn measures(page: &mut String, sheet: &ScoreSheet) {
    if sheet.scores.errors.is_none() {
        return;
    }
    page.push_str("\n| SemEval | precision | recall | F1 |\n|---|--:|--:|--:|\n");
    for scheme in Scheme::ALL {
        if let Some(found) = sheet.scores.semeval(scheme) {
            let _ = writeln!(page, "| {} | {} |", scheme.name(), row(found.rates()));
        }
    }
}

fn errors(page: &mut String, sheet: &ScoreSheet) {
    let Some(errors) = sheet.scores.errors.filter(|errors| errors.wrong() > 0) else {
        return;
    };
    page.push_str("\n| error | labels |\n|---|--:|\n");
    for class in ErrorClass::ALL {
        let _ = writeln!(page, "| {} | {} |", class.name(), errors.of(class));
    }
}

fn baseline(page: &mut String, sheet: &ScoreSheet) {
    let Some((path, changes)) = &sheet.baseline else {
        return;
    };
    let _ = write!(
        page,
        "\n| F1 beside {} | before | now | change |\n|---|--:|--:|--:|\n",
        code(path)
    );
    for it in changes.iter().take(ROWS) {
        let _ = writeln!(page, "| {} | {} |", code(&it.name), changed(it).join(" | "));
    }
}
