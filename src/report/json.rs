//! `--output json`: one object, described by `schemas/report.schema.json`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use serde::ser::SerializeSeq;

use super::contents::Report;
use super::emitter::{Audience, Emitter, ReportSettings};
use super::plain_json;
use super::walk::{Element, List, Range};
use crate::corpus::BySplit;
use crate::diagnostics::identity::spelled;
use crate::diagnostics::redact::mask;
use crate::diagnostics::{Diagnostic, Place, Severity};
use crate::pipeline::Outcome;

/// The machine-readable report.
pub(super) struct Json;

/// The program, as machine-readable outputs name it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Tool {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

impl Tool {
    /// This program.
    pub const THIS: Self = Self {
        name: "labelwright",
        version: env!("CARGO_PKG_VERSION"),
    };
}

#[derive(Serialize)]
struct Page<'a> {
    version: u32,
    tool: Tool,
    inputs: Vec<Input<'a>>,
    diagnostics: &'a List<'a, Whole>,
    summary: Summary,
}

/// A finding with all that is known of it.
struct Whole;

impl Element for Whole {
    fn add<S: SerializeSeq>(
        &self,
        outcome: &Outcome,
        found: &Diagnostic,
        list: &mut S,
    ) -> Result<(), S::Error> {
        list.serialize_element(&finding(outcome, found))
    }
}

#[derive(Serialize)]
struct Input<'a> {
    path: &'a str,
    format: Option<&'static str>,
    kind: Option<&'static str>,
    documents: u64,
    labels: u64,
    offsets: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_start: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_end: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    surface: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_start: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_end: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_column: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labeler: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Remedy<'a>>,
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<Vec<OtherPlace<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    places_total: Option<u64>,
}

#[derive(Serialize)]
struct Remedy<'a> {
    applicability: &'static str,
    description: &'a str,
}

#[derive(Serialize)]
struct OtherPlace<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Summary {
    errors: u64,
    warnings: u64,
    notes: u64,
    documents: u64,
    labels: u64,
    rules: BTreeMap<&'static str, u64>,
    categories: BTreeMap<String, SplitCounts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<Compared>,
}

/// How the findings compare with a baseline.
#[derive(Default, Serialize)]
struct Compared {
    new: u64,
    known: u64,
    fixed: u64,
}

#[derive(Default, Serialize)]
pub(super) struct SplitCounts {
    #[serde(rename = "Train")]
    pub(super) train: u64,
    #[serde(rename = "Dev", skip_serializing_if = "is_zero")]
    pub(super) dev: u64,
    #[serde(rename = "Test")]
    pub(super) test: u64,
    pub(super) unassigned: u64,
}

/// Whether nothing is in a set that few formats have.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature is serde's"
)]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Emitter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn audience(&self) -> Audience {
        Audience::Machines
    }

    fn is_own(&self, beginning: &str) -> bool {
        // The tool is named before the inputs.
        let before = beginning.split("\"inputs\"").next().unwrap_or(beginning);
        is_made_here(before, "\"tool\":{\"name\":\"labelwright\"")
    }

    fn emit(
        &self,
        report: &Report<'_>,
        _settings: &ReportSettings,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let (documents, labels) = report.sizes();
        let findings = List::new(report, Range::ALL, Whole);
        let whole = Page {
            version: 1,
            tool: Tool::THIS,
            inputs: report.outcomes.iter().map(input).collect(),
            diagnostics: &findings,
            summary: Summary {
                errors: report.count(Severity::Error),
                warnings: report.count(Severity::Warning),
                notes: report.count(Severity::Note),
                documents,
                labels,
                rules: report.by_rule(),
                categories: categories(report),
                baseline: known(report),
            },
        };
        let written = plain_json::write(&mut *out, &whole);
        findings.outcome(written)?;
        out.write_all(b"\n")
    }
}

fn input(outcome: &Outcome) -> Input<'_> {
    let input = &outcome.input;
    Input {
        path: &input.path,
        format: input.format,
        kind: input.kind.map(crate::model::Kind::name),
        documents: input.documents,
        labels: input.labels,
        offsets: input.unit.map(crate::text::Unit::name),
    }
}

/// Whether the beginning of a file of JSON has this, however it is laid out.
pub(super) fn is_made_here(beginning: &str, part: &str) -> bool {
    let bare = beginning.chars().filter(|char| !char.is_whitespace());
    beginning.starts_with('{') && bare.collect::<String>().contains(part)
}

/// A finding as a script reads it.
pub(super) fn finding<'a>(outcome: &'a Outcome, found: &'a Diagnostic) -> Finding<'a> {
    let (path, start) = outcome.file_of(found);
    let bytes = found.bytes.as_ref();
    let other = |place: &'a Place| OtherPlace {
        path: outcome.file_at(place.start).0,
        line: place.position.map(|position| position.0),
        column: place.position.map(|position| position.1),
        document: place.document.as_deref().map(mask),
    };
    let places = found.places.as_ref();
    let words = found.words();
    let remedy = found.remedy().map(|remedy| Remedy {
        applicability: remedy.applicability.name(),
        description: &remedy.description,
    });
    Finding {
        rule: found.rule,
        severity: found.severity.name(),
        message: &found.message,
        path,
        line: found.position.map(|position| position.0),
        column: found.position.map(|position| position.1),
        byte_start: bytes.map(|bytes| bytes.start - start),
        byte_end: bytes.map(|bytes| bytes.end - start),
        pointer: found.pointer.as_ref().map(|pointer| mask(pointer.as_str())),
        document: found.document.as_deref().map(mask),
        help: found.help.as_deref(),
        label: found.label().map(mask),
        surface: words.and_then(|words| words.surface.as_deref()),
        text_start: words.map(|words| words.start),
        text_end: words.map(|words| words.end),
        text_line: words.map(|words| words.line),
        text_column: words.map(|words| words.column),
        labeler: found.details.as_ref().and_then(|it| it.labeler.as_deref()),
        fix: remedy,
        fingerprint: spelled(found.fingerprint),
        places: places.map(|places| places.others.iter().map(other).collect()),
        places_total: places.map(|places| places.total),
    }
}

fn known(report: &Report<'_>) -> Option<Compared> {
    let compared = report
        .outcomes
        .iter()
        .filter_map(|it| it.compared.as_deref());
    compared.fold(None, |sum, compared| {
        let mut sum: Compared = sum.unwrap_or_default();
        sum.new += compared.new;
        sum.known += compared.unchanged;
        sum.fixed += compared.fixed.len() as u64;
        Some(sum)
    })
}

/// How many labels each category has, by its name without what no report may show.
pub(super) fn categories(report: &Report<'_>) -> BTreeMap<String, SplitCounts> {
    let mut categories: BTreeMap<String, SplitCounts> = BTreeMap::new();
    for (name, counts) in report
        .outcomes
        .iter()
        .flat_map(|outcome| &outcome.categories)
    {
        let BySplit {
            train,
            dev,
            test,
            unassigned,
        } = counts;
        let sum = categories.entry(mask(name).into_owned()).or_default();
        sum.train += train;
        sum.dev += dev;
        sum.test += test;
        sum.unassigned += unassigned;
    }
    categories
}
