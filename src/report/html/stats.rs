//! `stats --output html`: the pictures of corpora, without a judgement.

use std::io;

use serde::Serialize;

use super::MOST_PICTURES;
use super::pictures::Pictures;
use super::template::{STYLE, policy, render};
use crate::diagnostics::visible;
use crate::model::Kind;
use crate::report::json::Tool;
use crate::report::markup::shown;
use crate::report::stats::facts::facts;
use crate::report::stats::{FileStats, Stats, View};
use crate::text::Unit;

#[derive(Serialize)]
struct Page {
    tool: Tool,
    policy: String,
    style: &'static str,
    documents: u64,
    labels: u64,
    inputs: Vec<Input>,
    /// What all inputs add up to, where there are several.
    total: Option<Facts>,
}

#[derive(Serialize)]
struct Input {
    path: String,
    format: &'static str,
    kind: &'static str,
    documents: u64,
    labels: u64,
    offsets: &'static str,
    facts: Facts,
    pictures: Option<Pictures>,
}

#[derive(Serialize)]
struct Facts {
    rows: Vec<Fact>,
    left_out: Vec<String>,
}

#[derive(Serialize)]
struct Fact {
    what: &'static str,
    number: String,
}

/// What label files add up to, as a page that needs nothing else.
///
/// Fails where `out` does.
pub fn stats_page(stats: &Stats, out: &mut dyn io::Write) -> io::Result<()> {
    let (documents, labels) = stats.sizes();
    let inputs = stats.files.iter().enumerate();
    let page = Page {
        tool: Tool::THIS,
        policy: policy(&[]),
        style: STYLE,
        documents,
        labels,
        inputs: inputs
            .map(|(at, file)| input(file, at < MOST_PICTURES))
            .collect(),
        total: stats.total().as_ref().map(told),
    };
    render("stats.html", page, out)
}

fn input(file: &FileStats, has_pictures: bool) -> Input {
    let input = &file.input;
    let overview = file.overview.as_deref().filter(|_| has_pictures);
    Input {
        path: visible(&input.path).into_owned(),
        format: input.format.unwrap_or("none"),
        kind: input.kind.map_or("unknown", Kind::name),
        documents: input.documents,
        labels: input.labels,
        offsets: input.unit.map_or("", Unit::name),
        facts: told(&file.view),
        pictures: overview.map(Pictures::of),
    }
}

fn told(view: &View) -> Facts {
    let rows = facts(view).into_iter().map(|(what, number)| Fact {
        what,
        number: shown(&number),
    });
    let left_out = view.left_out.iter();
    Facts {
        rows: rows.collect(),
        left_out: left_out.map(|line| visible(line).into_owned()).collect(),
    }
}
