//! What label files differ in, as a page: `labelwright diff --output html`.

use std::io;

use serde::Serialize;

use super::template::{STYLE, policy, render};
use crate::comparison::Difference;
use crate::diagnostics::visible;
use crate::report::difference::{Line, Part, sections, verdict};
use crate::report::json::Tool;
use crate::report::markup::shown;

#[derive(Serialize)]
struct Page {
    tool: Tool,
    policy: String,
    style: &'static str,
    verdict: String,
    in_sync: bool,
    differences: Vec<Compared>,
}

#[derive(Serialize)]
struct Compared {
    before: String,
    after: String,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    title: Vec<Piece>,
    lines: Vec<Row>,
    more: Option<String>,
}

#[derive(Serialize)]
struct Row {
    tag: &'static str,
    way: &'static str,
    parts: Vec<Piece>,
}

#[derive(Serialize)]
struct Piece {
    code: bool,
    text: String,
}

/// What label files differ in, as a page that needs nothing else: of documents the first `most`.
///
/// Fails where `out` does.
pub fn difference(
    differences: &[Difference],
    most: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let differing = differences.iter().filter(|it| !it.is_empty());
    let page = Page {
        tool: Tool::THIS,
        policy: policy(&[]),
        style: STYLE,
        verdict: verdict(differences),
        in_sync: differences.iter().all(Difference::is_empty),
        differences: differing.map(|it| compared(it, most)).collect(),
    };
    render("difference.html", page, out)
}

fn compared(difference: &Difference, most: usize) -> Compared {
    let [before, after] = difference.sides.each_ref().map(|side| shown(&side.path));
    let sections = sections(difference, most).into_iter();
    Compared {
        before,
        after,
        sections: sections
            .map(|section| Section {
                title: pieces(&section.title),
                lines: section.lines.iter().map(row).collect(),
                more: section.more,
            })
            .collect(),
    }
}

fn row(line: &Line) -> Row {
    Row {
        tag: line.tag,
        way: line.way.name(),
        parts: pieces(&line.parts),
    }
}

fn pieces(parts: &[Part]) -> Vec<Piece> {
    let pieces = parts.iter().map(|part| match part {
        Part::Words(words) => Piece {
            code: false,
            text: visible(words).into_owned(),
        },
        Part::Path(path) => Piece {
            code: false,
            text: shown(path),
        },
        Part::Data(data) => Piece {
            code: true,
            text: shown(data),
        },
    });
    pieces.collect()
}
