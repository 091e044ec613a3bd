//! `stats --output json`: one object. `summary` has the members that it has in a report of `check`, but
//! for those about findings.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::view::{Sets, View};
use super::{FileStats, Stats};
use crate::model::Kind;
use crate::report::json::Tool;
use crate::report::plain_json;
use crate::text::Unit;

#[derive(Serialize)]
struct Page<'a> {
    version: u32,
    tool: Tool,
    inputs: Vec<Input<'a>>,
    summary: Summary<'a>,
}

#[derive(Serialize)]
struct Input<'a> {
    path: &'a str,
    format: Option<&'static str>,
    kind: Option<&'static str>,
    documents: u64,
    labels: u64,
    offsets: Option<&'static str>,
    statistics: &'a View,
}

#[derive(Serialize)]
struct Summary<'a> {
    documents: u64,
    labels: u64,
    categories: BTreeMap<&'a str, Sets>,
    /// What all inputs add up to, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<View>,
}

/// What label files add up to, as JSON.
///
/// Fails where `out` does.
pub fn json(stats: &Stats, out: &mut dyn io::Write) -> io::Result<()> {
    let (documents, labels) = stats.sizes();
    let page = Page {
        version: 1,
        tool: Tool::THIS,
        inputs: stats.files.iter().map(input).collect(),
        summary: Summary {
            documents,
            labels,
            categories: stats.categories(),
            statistics: stats.total(),
        },
    };
    plain_json::write(&mut *out, &page)?;
    out.write_all(b"\n")
}

fn input(file: &FileStats) -> Input<'_> {
    let input = &file.input;
    Input {
        path: &input.path,
        format: input.format,
        kind: input.kind.map(Kind::name),
        documents: input.documents,
        labels: input.labels,
        offsets: input.unit.map(Unit::name),
        statistics: &file.view,
    }
}
