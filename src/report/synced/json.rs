//! `sync --output json`: one object, with all that became of the project.

use std::io;

use serde::Serialize;

use crate::comparison::{ChangeKind, Clash, Listed, Prefer, Synced};
use crate::report::difference::{ChangedJson, InputJson, PlaceJson, RenameJson};
use crate::report::json::Tool;
use crate::report::plain_json;

#[derive(Serialize)]
struct Page<'a> {
    version: u32,
    tool: Tool,
    inputs: Vec<InputJson<'a>>,
    base: Option<&'a str>,
    summary: Summary,
    renamed: Vec<RenameJson<'a>>,
    changed: Vec<ChangedJson<'a>>,
    added: Vec<Named<'a>>,
    kept: Vec<Named<'a>>,
    pruned: Vec<Named<'a>>,
    left_out: Vec<Named<'a>>,
    declared: &'a [String],
    unused: &'a [String],
    conflicts: Vec<Conflict<'a>>,
    refusals: Vec<Refusal<'a>>,
}

#[derive(Serialize)]
struct Summary {
    written: bool,
    documents: Documents,
    labels: Labels,
}

#[derive(Serialize)]
struct Documents {
    same: u64,
    changed: u64,
    added: u64,
    kept: u64,
    pruned: u64,
    left_out: u64,
}

#[derive(Serialize)]
struct Labels {
    added: u64,
    removed: u64,
    relabeled: u64,
    boundary: u64,
    moved: u64,
    outside_regions: u64,
}

#[derive(Serialize)]
struct Named<'a> {
    document: &'a str,
    labels: u64,
    line: Option<u64>,
    column: Option<u64>,
}

#[derive(Serialize)]
struct Conflict<'a> {
    document: &'a str,
    base: Option<PlaceJson<'a>>,
    project: Option<PlaceJson<'a>>,
    export: Option<PlaceJson<'a>>,
    removed_document: bool,
    /// The side that has removed it.
    removed_by: Option<&'static str>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    document: Option<&'a str>,
    reason: &'a str,
}

/// All that became of a project, as JSON. `written` tells whether it is written.
///
/// Fails where `out` does.
pub fn json(synced: &Synced, written: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let page = Page {
        version: 1,
        tool: Tool::THIS,
        inputs: synced.sides.iter().map(InputJson::of).collect(),
        base: synced.base.as_deref(),
        summary: Summary {
            written,
            documents: Documents {
                same: synced.same,
                changed: synced.changed.len() as u64,
                added: synced.added.len() as u64,
                kept: synced.kept.len() as u64,
                pruned: synced.pruned.len() as u64,
                left_out: synced.stayed_out.len() as u64,
            },
            labels: Labels {
                added: synced.count(ChangeKind::Added),
                removed: synced.count(ChangeKind::Removed),
                relabeled: synced.count(ChangeKind::Relabeled),
                boundary: synced.count(ChangeKind::Boundary),
                moved: synced.count(ChangeKind::Moved),
                outside_regions: synced.outside,
            },
        },
        renamed: synced.renamed.iter().map(RenameJson::of).collect(),
        changed: synced.changed.iter().map(ChangedJson::of).collect(),
        added: documents(&synced.added),
        kept: documents(&synced.kept),
        pruned: documents(&synced.pruned),
        left_out: documents(&synced.stayed_out),
        declared: &synced.declared,
        unused: &synced.unused,
        conflicts: synced.conflicts.iter().map(conflict).collect(),
        refusals: synced
            .refusals
            .iter()
            .map(|it| Refusal {
                document: it.document.as_deref(),
                reason: &it.reason,
            })
            .collect(),
    };
    plain_json::write(&mut *out, &page)?;
    writeln!(out)
}

fn documents(list: &[Listed]) -> Vec<Named<'_>> {
    let documents = list.iter().map(|it| Named {
        document: &it.name,
        labels: it.labels,
        line: it.position.map(|(line, _)| line),
        column: it.position.map(|(_, column)| column),
    });
    documents.collect()
}

fn conflict(clash: &Clash) -> Conflict<'_> {
    let label = clash.label.as_ref();
    Conflict {
        document: &clash.document,
        base: label.and_then(|it| it.base.as_ref()).map(PlaceJson::of),
        project: label.and_then(|it| it.ours.as_ref()).map(PlaceJson::of),
        export: label.and_then(|it| it.theirs.as_ref()).map(PlaceJson::of),
        removed_document: label.is_none(),
        removed_by: clash.removed_by.map(|side| match side {
            Prefer::Project => "project",
            Prefer::Export => "export",
        }),
    }
}
