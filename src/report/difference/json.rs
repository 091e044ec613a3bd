//! `diff --output json`: one object, with all that differs.

use std::io;

use serde::Serialize;

use crate::comparison::{
    ChangeKind, Difference, DocumentChange, LabelChange, LabelPlace, Listed, Rename, Shift, Side,
};
use crate::model::Kind;
use crate::report::json::Tool;
use crate::report::plain_json;
use crate::text::Unit;

#[derive(Serialize)]
struct Page<'a> {
    version: u32,
    tool: Tool,
    inputs: Vec<InputJson<'a>>,
    summary: Summary,
    comparisons: Vec<Comparison<'a>>,
}

#[derive(Serialize)]
pub(in crate::report) struct InputJson<'a> {
    path: &'a str,
    format: &'static str,
    kind: Option<&'static str>,
    documents: u64,
    labels: u64,
    offsets: Option<&'static str>,
    unread: u64,
}

#[derive(Default, Serialize)]
struct Summary {
    in_sync: bool,
    documents: Documents,
    labels: Labels,
}

#[derive(Default, Serialize)]
struct Documents {
    same: u64,
    changed: u64,
    added: u64,
    removed: u64,
    not_compared: u64,
}

#[derive(Default, Serialize)]
struct Labels {
    same: u64,
    renamed: u64,
    added: u64,
    removed: u64,
    relabeled: u64,
    boundary: u64,
    moved: u64,
}

#[derive(Serialize)]
struct Comparison<'a> {
    before: Option<&'a str>,
    after: Option<&'a str>,
    summary: Summary,
    renamed: Vec<RenameJson<'a>>,
    declared: Declared<'a>,
    project: Vec<OfProject<'a>>,
    members: Vec<Together<'a>>,
    added: Vec<Alone<'a>>,
    removed: Vec<Alone<'a>>,
    changed: Vec<ChangedJson<'a>>,
    not_compared: Vec<Refused<'a>>,
}

#[derive(Serialize)]
pub(in crate::report) struct RenameJson<'a> {
    before: &'a str,
    after: &'a str,
    labels: u64,
    documents: u64,
}

#[derive(Serialize)]
struct Declared<'a> {
    added: &'a [String],
    removed: &'a [String],
    reordered: bool,
}

#[derive(Serialize)]
struct OfProject<'a> {
    member: &'static str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

#[derive(Serialize)]
struct Together<'a> {
    member: &'static str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    documents: Vec<&'a str>,
}

#[derive(Serialize)]
struct Alone<'a> {
    document: &'a str,
    labels: u64,
    line: Option<u64>,
    column: Option<u64>,
}

#[derive(Serialize)]
pub(in crate::report) struct ChangedJson<'a> {
    document: &'a str,
    document_before: &'a str,
    before: Option<Spot>,
    after: Option<Spot>,
    text_changed: bool,
    regions: Option<Regions>,
    labels: Vec<Label<'a>>,
}

#[derive(Serialize)]
struct Spot {
    line: u64,
    column: u64,
}

#[derive(Serialize)]
struct Regions {
    before: Vec<Region>,
    after: Vec<Region>,
}

#[derive(Serialize)]
struct Region {
    offset: i64,
    length: i64,
}

#[derive(Serialize)]
struct Label<'a> {
    change: &'static str,
    before: Option<PlaceJson<'a>>,
    after: Option<PlaceJson<'a>>,
}

#[derive(Serialize)]
pub(in crate::report) struct PlaceJson<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_column: Option<u64>,
}

#[derive(Serialize)]
struct Refused<'a> {
    document: &'a str,
    reason: String,
}

/// All that files differ in, as JSON.
///
/// Fails where `out` does.
pub fn json(differences: &[Difference], out: &mut dyn io::Write) -> io::Result<()> {
    let page = Page {
        version: 1,
        tool: Tool::THIS,
        inputs: differences
            .iter()
            .flat_map(|it| {
                let sides = it.sides.iter().enumerate();
                let sides = sides.filter(|(side, _)| it.absent != Some(*side));
                sides.map(|(_, side)| InputJson::of(side))
            })
            .collect(),
        summary: summary(differences),
        comparisons: differences.iter().map(comparison).collect(),
    };
    plain_json::write(&mut *out, &page)?;
    writeln!(out)
}

impl<'a> InputJson<'a> {
    pub(in crate::report) fn of(side: &'a Side) -> Self {
        Self {
            path: &side.path,
            format: side.format,
            kind: side.kind.map(Kind::name),
            documents: side.documents,
            labels: side.labels,
            offsets: side.unit.map(Unit::name),
            unread: side.unread,
        }
    }
}

fn summary(differences: &[Difference]) -> Summary {
    let mut sum = Summary {
        in_sync: true,
        ..Summary::default()
    };
    for it in differences {
        sum.in_sync &= it.is_empty();
        let (documents, labels) = (&mut sum.documents, &mut sum.labels);
        documents.same += it.counts.same_documents;
        documents.changed += it.changed.len() as u64;
        documents.added += it.added.len() as u64;
        documents.removed += it.removed.len() as u64;
        documents.not_compared += it.not_compared.len() as u64;
        labels.same += it.counts.same_labels;
        labels.renamed += it.counts.renamed;
        labels.added += it.count(ChangeKind::Added);
        labels.removed += it.count(ChangeKind::Removed);
        labels.relabeled += it.count(ChangeKind::Relabeled);
        labels.boundary += it.count(ChangeKind::Boundary);
        labels.moved += it.count(ChangeKind::Moved);
    }
    sum
}

fn comparison(difference: &Difference) -> Comparison<'_> {
    let [before, after] = &difference.sides;
    let renamed = difference.renamed.iter().map(RenameJson::of);
    let project = difference.members.iter().map(|it| OfProject {
        member: it.member,
        before: it.before.as_deref(),
        after: it.after.as_deref(),
    });
    let refused = difference.not_compared.iter().map(|it| Refused {
        document: &it.name,
        reason: it.reason.to_string(),
    });
    Comparison {
        before: (difference.absent != Some(0)).then_some(&*before.path),
        after: (difference.absent != Some(1)).then_some(&*after.path),
        summary: summary(std::slice::from_ref(difference)),
        renamed: renamed.collect(),
        declared: Declared {
            added: &difference.declared.added,
            removed: &difference.declared.removed,
            reordered: difference.declared.reordered,
        },
        project: project.collect(),
        members: difference.shifts.iter().map(members).collect(),
        added: difference.added.iter().map(alone).collect(),
        removed: difference.removed.iter().map(alone).collect(),
        changed: difference.changed.iter().map(ChangedJson::of).collect(),
        not_compared: refused.collect(),
    }
}

fn members(shift: &Shift) -> Together<'_> {
    Together {
        member: shift.member,
        before: shift.before.as_deref(),
        after: shift.after.as_deref(),
        documents: shift.documents.iter().map(|name| &**name).collect(),
    }
}

fn alone(listed: &Listed) -> Alone<'_> {
    Alone {
        document: &listed.name,
        labels: listed.labels,
        line: listed.position.map(|(line, _)| line),
        column: listed.position.map(|(_, column)| column),
    }
}

impl<'a> RenameJson<'a> {
    pub(in crate::report) fn of(rename: &'a Rename) -> Self {
        Self {
            before: &rename.from,
            after: &rename.to,
            labels: rename.labels,
            documents: rename.documents,
        }
    }
}

impl<'a> ChangedJson<'a> {
    pub(in crate::report) fn of(change: &'a DocumentChange) -> Self {
        let spot = |position: Option<(u64, u64)>| {
            let (line, column) = position?;
            Some(Spot { line, column })
        };
        let regions = |regions: &Vec<(i64, i64)>| -> Vec<Region> {
            let regions = regions.iter().map(|(start, end)| Region {
                offset: *start,
                length: end.saturating_sub(*start),
            });
            regions.collect()
        };
        let [before, after] = &change.names;
        Self {
            document: after,
            document_before: before,
            before: spot(change.positions[0]),
            after: spot(change.positions[1]),
            text_changed: change.has_other_text,
            regions: change.regions.as_ref().map(|[before, after]| Regions {
                before: regions(before),
                after: regions(after),
            }),
            labels: change.labels.iter().map(label).collect(),
        }
    }
}

fn label(change: &LabelChange) -> Label<'_> {
    Label {
        change: change.kind.name(),
        before: change.before.as_ref().map(PlaceJson::of),
        after: change.after.as_ref().map(PlaceJson::of),
    }
}

impl<'a> PlaceJson<'a> {
    pub(in crate::report) fn of(place: &'a LabelPlace) -> Self {
        Self {
            label: &place.label,
            offset: place.span.map(|span| span.start),
            length: place.span.map(crate::text::Span::len),
            unit: place.span.map(|span| span.unit.name()),
            words: place.words.as_deref(),
            text_line: place.position.map(|(line, _)| line),
            text_column: place.position.map(|(_, column)| column),
        }
    }
}
