//! `--output html`: one page that needs nothing else, for those who label and those who lead them.
//!
//! The page works without its script, which only filters. It may load nothing: its style and its
//! script stand in it, and its `Content-Security-Policy` knows them by their hashes.

mod difference;
mod documents;
mod findings;
mod markup;
mod pictures;
mod scores;
mod stats;
mod template;

use std::io;

use serde::Serialize;

use self::findings::Group;
use self::pictures::Pictures;
use self::template::{SCRIPT, STYLE, policy, render};
use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::json::Tool;
use crate::corpus::overview::Extent;
use crate::diagnostics::{Severity, count, visible};
use crate::model::Kind;
use crate::pipeline::Outcome;
use crate::text::Unit;

pub use self::difference::difference;
pub use self::documents::documents;
pub use self::scores::scores;
pub use self::stats::stats_page;

/// How much a page shows of a corpus.
pub const EXTENT: Extent = Extent {
    samples: 8,
    surfaces: 30,
    places: 6,
    pairs: 50,
};

/// The most inputs whose corpora are shown in pictures.
const MOST_PICTURES: usize = 10;

/// The report as a page.
pub(super) struct Html;

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    tool: Tool,
    policy: String,
    style: &'static str,
    script: &'static str,
    verdict: String,
    is_ready: bool,
    errors: u64,
    warnings: u64,
    notes: u64,
    documents: u64,
    labels: u64,
    inputs: Vec<Input>,
    unchecked: Vec<String>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Input {
    path: String,
    format: &'static str,
    kind: &'static str,
    documents: u64,
    labels: u64,
    offsets: &'static str,
    digest: String,
    pictures: Option<Pictures>,
}

impl Emitter for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        beginning.starts_with("<!doctype html>")
            && beginning.contains("<meta name=\"generator\" content=\"labelwright ")
    }

    fn overview(&self) -> Option<Extent> {
        Some(EXTENT)
    }

    fn emit(
        &self,
        report: &Report<'_>,
        settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let groups = findings::groups(report, settings.examples)?;
        let inputs = report.outcomes.iter().enumerate();
        let inputs: Vec<Input> = inputs
            .map(|(at, it)| input(it, at < MOST_PICTURES))
            .collect();
        let (documents, labels) = report.sizes();
        let (errors, warnings, notes) = (
            report.count(Severity::Error),
            report.count(Severity::Warning),
            report.count(Severity::Note),
        );
        let (verdict, is_ready) = verdict(report);
        let whole = Page {
            tool: Tool::THIS,
            policy: policy(&[SCRIPT]),
            style: STYLE,
            script: SCRIPT,
            verdict,
            is_ready,
            errors,
            warnings,
            notes,
            documents,
            labels,
            inputs,
            unchecked: unchecked(report),
            groups,
        };
        render("page.html", whole, out)
    }
}

/// Whether the label files are ready, and why not.
fn verdict(report: &Report<'_>) -> (String, bool) {
    if let Some(verdict) = report.verdict {
        return (visible(&verdict.line()).into_owned(), verdict.is_ready());
    }
    let errors = report.count(Severity::Error);
    if errors == 0 {
        ("ready".to_owned(), true)
    } else {
        (format!("not ready: {}", count(errors, "error")), false)
    }
}

fn input(outcome: &Outcome, has_pictures: bool) -> Input {
    let input = &outcome.input;
    let overview = outcome.overview.as_deref();
    Input {
        path: visible(&input.path).into_owned(),
        format: input.format.unwrap_or("none"),
        kind: input.kind.map_or("unknown", Kind::name),
        documents: input.documents,
        labels: input.labels,
        offsets: input.unit.map_or("", Unit::name),
        digest: overview
            .and_then(|overview| overview.digest.clone())
            .unwrap_or_default(),
        pictures: overview.filter(|_| has_pictures).map(Pictures::of),
    }
}

/// What was not checked, in sentences.
fn unchecked(report: &Report<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let known = report
        .outcomes
        .iter()
        .filter_map(|it| it.compared.as_deref());
    let known: u64 = known.map(|compared| compared.unchanged).sum();
    if known > 0 {
        let known = count(known, "finding");
        all.push(format!(
            "{known} of the baseline: known, and not shown here"
        ));
    }
    for outcome in report.outcomes {
        let Some(overview) = outcome.overview.as_deref() else {
            continue;
        };
        let path = visible(&outcome.input.path);
        let texts = overview.texts;
        if texts.not_asked > 0 {
            all.push(format!(
                "{path}: the texts were not read, so no label was compared with its text"
            ));
        } else if texts.unread > 0 {
            all.push(format!(
                "{path}: the text of {} could not be read, so the labels there were not compared \
                 with it",
                count(texts.unread, "document")
            ));
        }
        if overview.unproved > 0 && texts.not_asked == 0 {
            all.push(format!(
                "{path}: the place of {} is not proved",
                count(overview.unproved, "label")
            ));
        }
        if !overview.off.is_empty() {
            let off = format!("rules that are turned off: {}", overview.off.join(", "));
            if !all.contains(&off) {
                all.push(off);
            }
        }
    }
    all
}
