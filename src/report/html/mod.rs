//! `--output html`: one page that needs nothing else, for those who label and those who lead them.
//!
//! The page works without its script, which only filters. It may load nothing: its style and its
//! script stand in it, and its `Content-Security-Policy` knows them by their hashes.

mod findings;
mod markup;
mod pictures;

use std::io;

use data_encoding::BASE64;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use sha2::{Digest, Sha256};

use self::findings::Group;
use self::pictures::Pictures;
use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::json::Tool;
use crate::corpus::overview::Extent;
use crate::diagnostics::{Severity, count, visible};
use crate::model::Kind;
use crate::pipeline::Outcome;
use crate::text::Unit;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// How much a page shows of a corpus.
pub(super) const EXTENT: Extent = Extent {
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
        let mut environment = Environment::empty();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.add_filter("safe", minijinja::filters::safe);
        environment.add_filter("length", minijinja::filters::length);
        environment.add_filter("grouped", grouped);
        let failed = |error: minijinja::Error| io::Error::other(format!("{error:#}"));
        environment
            .add_template("page.html", PAGE)
            .map_err(failed)?;
        let page = environment.get_template("page.html").map_err(failed)?;
        let (errors, warnings, notes) = (
            report.count(Severity::Error),
            report.count(Severity::Warning),
            report.count(Severity::Note),
        );
        let whole = Page {
            tool: Tool::THIS,
            policy: policy(),
            style: STYLE,
            script: SCRIPT,
            verdict: verdict(report),
            is_ready: errors == 0,
            errors,
            warnings,
            notes,
            documents,
            labels,
            inputs,
            unchecked: unchecked(report),
            groups,
        };
        let rendered = page.render_captured_to(Serde(whole), out);
        rendered.map(|_| ()).map_err(failed)
    }
}

/// What the page may load: its own style and script, and nothing else.
fn policy() -> String {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

fn verdict(report: &Report<'_>) -> String {
    let errors = report.count(Severity::Error);
    if errors == 0 {
        "ready".to_owned()
    } else {
        format!("not ready: {}", count(errors, "error"))
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

/// A number with a comma between groups of three digits.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
