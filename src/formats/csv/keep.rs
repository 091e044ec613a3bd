//! What other formats cannot hold of a row, and how it is put back.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::cells::{cells, without_line_end};
use super::header::told;
use super::wire::{Columns, SEPARATORS};
use crate::alignment::AlignedDocument;
use crate::formats::ledger::{LabelKey, LedgerEntry, LedgerHead, Sort, are_same, noted_keys};
use crate::formats::whole;
use crate::json::Pointer;
use crate::model::{Document, Project, Split, Table};

/// The first row, as the head of a ledger has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    separator: char,
    columns: Vec<String>,
}

/// Notes the first row, if one like it can be written: with a column for texts and one for classes.
pub(super) fn head(project: &Project, head: &mut LedgerHead) {
    let Some(table) = &project.table else {
        return;
    };
    let columns = Columns::of(table);
    if columns.text.is_none() || columns.label.is_none() {
        return;
    }
    let kept = Kept {
        separator: char::from(table.separator),
        columns: table.columns.clone(),
    };
    let spelled = serde_json::to_string(&kept).ok();
    head.project = spelled.and_then(|spelled| RawValue::from_string(spelled).ok());
}

/// Whether this can be a head that [`head`] has filled.
pub(super) fn may_head(head: &LedgerHead) -> bool {
    head.project.is_none() || table(head).is_some()
}

/// The table whose first row a ledger has.
pub(super) fn table(head: &LedgerHead) -> Option<Table> {
    let kept: Kept = serde_json::from_str(head.project.as_deref()?.get()).ok()?;
    let separator = u8::try_from(kept.separator).ok()?;
    let table = Table {
        separator,
        has_splits: false,
        told: [None, None],
        columns: kept.columns,
    };
    // Which column is the text may be what the user has said, and not what it is called.
    let table = Table {
        told: told(&table, &head.told),
        ..table
    };
    let columns = Columns::of(&table);
    let is_written = columns.text.is_some() && columns.label.is_some();
    (SEPARATORS.contains(&separator) && is_written).then(|| Table {
        has_splits: columns.dataset.is_some(),
        ..table
    })
}

/// Notes the cells of a row that would be written otherwise: `label` is what its classes are written as.
pub(super) fn entries(
    project: &Project,
    aligned: &AlignedDocument<'_>,
    name: &str,
    label: &str,
    out: &mut Vec<LedgerEntry>,
) {
    let document = aligned.document;
    let Some(table) = &project.table else {
        return;
    };
    let columns = Columns::of(table);
    let split = document.split.as_ref().map(Split::name).unwrap_or_default();
    for (number, cell) in cells(without_line_end(document.source), table.separator)
        .into_iter()
        .enumerate()
    {
        let column = Some(number);
        let (is_written, fact, labels) = if column == columns.text {
            (true, Sort::Member, None)
        } else if column == columns.label {
            (
                *cell.value == *label,
                Sort::Labels,
                Some(noted_keys(aligned)),
            )
        } else if column == columns.name {
            (*cell.value == *name, Sort::Member, None)
        } else if column == columns.dataset {
            (*cell.value == *split, Sort::Member, None)
        } else {
            (cell.value.is_empty(), Sort::Member, None)
        };
        if is_written {
            continue;
        }
        let spelled = serde_json::to_string(&*cell.value).ok();
        out.push(LedgerEntry {
            value: spelled.and_then(|spelled| RawValue::from_string(spelled).ok()),
            labels,
            ..LedgerEntry::new(name, fact, Pointer::root().item(number))
        });
    }
}

/// Notes a row as a whole, by its cells; answers whether it could. It comes back under the first row of its
/// own table only.
pub(super) fn note_whole(
    (project, head): (&Project, &LedgerHead),
    document: &Document<'_>,
    name: &str,
    out: &mut Vec<LedgerEntry>,
) -> bool {
    let Some(table) = project.table.as_ref().filter(|_| head.project.is_some()) else {
        return false;
    };
    let cells = cells(without_line_end(document.source), table.separator);
    let cells: Vec<&str> = cells.iter().map(|cell| &*cell.value).collect();
    let spelled = serde_json::to_string(&cells).ok();
    let value = spelled.and_then(|spelled| RawValue::from_string(spelled).ok());
    let is_noted = value.is_some();
    out.extend(value.map(|value| whole::entry(document, name, value)));
    is_noted
}

/// The cells of a row that a ledger has as a whole.
pub(super) fn whole_row(value: &RawValue) -> Option<Vec<String>> {
    serde_json::from_str(value.get()).ok()
}

/// Whether this can be an entry that [`entries`] or [`note_whole`] has noted.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    let is_cell = number(entry).is_some() && value(entry).is_some();
    match entry.fact {
        Sort::Member => is_cell,
        Sort::Labels => is_cell && entry.labels.is_some(),
        Sort::Document => {
            let row = entry.value.as_deref().and_then(whole_row);
            row.is_some() && whole::is_placed(entry)
        }
        Sort::LeftOut => true,
        _ => false,
    }
}

fn number(entry: &LedgerEntry) -> Option<usize> {
    entry.pointer.last().parse().ok()
}

fn value(entry: &LedgerEntry) -> Option<String> {
    serde_json::from_str(entry.value.as_deref()?.get()).ok()
}

/// What a ledger has of the cell in a column; of classes only where these are the classes `now`.
pub(super) fn cell<'a>(
    entries: &[LedgerEntry],
    column: usize,
    now: &[LabelKey],
) -> Option<Cow<'a, str>> {
    let is_meant = |entry: &&LedgerEntry| {
        let is_cell = matches!(entry.fact, Sort::Member | Sort::Labels);
        let is_same = entry
            .labels
            .as_deref()
            .is_none_or(|then| are_same(now, then));
        is_cell && is_same && number(entry) == Some(column)
    };
    let found = entries.iter().find(is_meant)?;
    value(found).map(Cow::Owned)
}
