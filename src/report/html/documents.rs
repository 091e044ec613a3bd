//! Documents with their labels and findings as a page: `labelwright show --output html`.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::markup::{COLORS, document};
use super::template::{STYLE, policy, render};
use crate::corpus::overview::Sample;
use crate::diagnostics::visible;
use crate::pipeline::Outcome;
use crate::report::document::DocumentView;
use crate::report::json::Tool;
use crate::report::markup::shown;
use crate::report::shown::{Finding, finding};

#[derive(Serialize)]
struct Page {
    tool: Tool,
    policy: String,
    style: &'static str,
    path: String,
    documents: Vec<Document>,
}

#[derive(Serialize)]
struct Document {
    name: String,
    summary: String,
    classes: Vec<String>,
    markup: Option<String>,
    unproved: Vec<String>,
    findings: Vec<Finding>,
}

/// Documents of a label file as a page that needs nothing else.
///
/// Fails where `out` does.
pub fn documents(
    outcome: &Outcome,
    views: &[DocumentView<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let labels = views.iter().flat_map(|view| &view.spans);
    let mut names: Vec<&str> = labels.map(|(_, label)| &**label).collect();
    names.sort_unstable();
    names.dedup();
    let colors: BTreeMap<&str, usize> = names
        .into_iter()
        .enumerate()
        .map(|(at, name)| (name, at % COLORS))
        .collect();
    let color = |name: &str| colors.get(name).copied().unwrap_or_default();
    let page = Page {
        tool: Tool::THIS,
        policy: policy(&[]),
        style: STYLE,
        path: visible(&outcome.input.path).into_owned(),
        documents: views
            .iter()
            .map(|view| one(outcome, view, &color))
            .collect(),
    };
    render("documents.html", page, out)
}

fn one(outcome: &Outcome, view: &DocumentView<'_>, color: &impl Fn(&str) -> usize) -> Document {
    let findings = view.findings.iter();
    let findings = findings
        .enumerate()
        .map(|(at, found)| finding(at, outcome, found));
    Document {
        name: shown(&view.name),
        summary: view.summary(),
        classes: view.classes.iter().map(|class| shown(class)).collect(),
        markup: view.text.as_ref().map(|text| {
            let sample = Sample {
                index: 0,
                name: view.name.clone(),
                split: None,
                text: text.clone().into_owned(),
                goes_on: false,
                spans: {
                    let spans = view.spans.iter();
                    let spans = spans.filter(|(bytes, _)| !bytes.is_empty());
                    spans
                        .map(|(bytes, label)| (bytes.start, bytes.end, label.clone()))
                        .collect()
                },
                classes: Vec::new(),
            };
            document(&sample, color)
        }),
        unproved: view
            .unproved
            .iter()
            .map(|(label, start, end)| {
                let label = shown(label);
                format!("{label} at {start}..{end} has no place in the text")
            })
            .collect(),
        findings: findings.collect(),
    }
}
