//! Reads the first row.

use std::ops::Range;

use super::cells::{cells, separator, without_line_end};
use super::reader::fault;
use super::wire::Columns;
use crate::diagnostics::{Issue, Location, quote};
use crate::formats::{Header, Told, byte_order_mark};
use crate::json::cut::Outline;
use crate::model::Table;

/// What the first row says; nothing where it has one cell only.
pub(super) fn table(first_row: &str) -> Option<Table> {
    let row = without_line_end(first_row);
    let separator = separator(row);
    let columns: Vec<String> = cells(row, separator)
        .into_iter()
        .map(|cell| cell.value.into_owned())
        .collect();
    let mut table = Table {
        separator,
        columns,
        has_splits: false,
        told: [None, None],
    };
    table.has_splits = Columns::of(&table).dataset.is_some();
    (table.columns.len() > 1).then_some(table)
}

/// The number of the column that the user names, if there is one.
fn column(table: &Table, name: &str) -> Option<usize> {
    let mut columns = table.columns.iter();
    columns.position(|column| column.trim() == name.trim())
}

/// The numbers of the columns that the user says hold the text and the name.
pub(super) fn told(table: &Table, told: &Told) -> [Option<usize>; 2] {
    let keys = [&told.text_key, &told.name_key];
    keys.map(|key| column(table, key.as_deref()?))
}

/// Reads the first row.
pub(super) fn header(outline: &Outline, told: &Told) -> Header {
    let mut header = Header::default();
    header.project.documents_unread = true;
    let mut note = |issue, bytes: Range<u64>| {
        let location = Location {
            bytes,
            pointer: None,
            document: None,
        };
        header.issues.push((issue, Some(location)));
    };
    if outline.byte_order_mark {
        note(Issue::ByteOrderMark, byte_order_mark().bytes);
    }
    if let Some((place, limit)) = outline.too_large {
        let length = None;
        note(Issue::TooLong { length, limit }, place..place + 1);
        return header;
    }
    let text = match std::str::from_utf8(&outline.bytes) {
        Ok(text) => text,
        Err(error) => {
            let place = outline.place(error.valid_up_to());
            note(Issue::InvalidUtf8, place..place + 1);
            return header;
        }
    };
    let row = without_line_end(text);
    let whole = outline.range(&(0..row.len()));
    let Some(mut table) = table(text) else {
        note(Issue::MissingMember("text"), whole.clone());
        note(Issue::MissingMember("label"), whole);
        return header;
    };
    table.told = self::told(&table, told);
    let keys = [
        ("`--text-key`", &told.text_key),
        ("`--name-key`", &told.name_key),
    ];
    for ((option, name), found) in keys.into_iter().zip(table.told) {
        if let (Some(name), None) = (name, found) {
            let issue = Issue::WrongType {
                name: option.to_owned(),
                expected: "the name of a column",
                found: quote(name),
                readable: false,
            };
            note(issue, whole.clone());
        }
    }
    let columns = Columns::of(&table);
    let tells = columns.tells(table.columns.len());
    for (name, found) in [
        ("text", columns.text.or(columns.url)),
        ("label", columns.label.or(tells.then_some(0))),
    ] {
        if found.is_none() {
            note(Issue::MissingMember(name), whole.clone());
        }
    }
    let mut extras = 0;
    for (index, cell) in cells(row, table.separator).into_iter().enumerate() {
        if let Some((issue, bytes)) = fault(&cell) {
            note(issue, outline.range(&bytes));
        }
        let bytes = outline.range(&cell.bytes);
        let is_same = |other: &String| other.trim().eq_ignore_ascii_case(cell.value.trim());
        if table.columns[..index].iter().any(is_same) {
            extras += 1;
            note(Issue::RepeatedColumn(cell.value.into_owned()), bytes);
        } else if !columns.knows(index) {
            extras += 1;
            note(Issue::UnknownMember(cell.value.into_owned()), bytes);
        }
    }
    header.project.documents_unread = !tells;
    header.project.extras = extras;
    header.project.table = Some(table);
    header
}
