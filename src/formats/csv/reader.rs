//! Reads rows.

use std::borrow::Cow;
use std::ops::Range;

use super::cells::{Cell, Fault, cells, without_line_end};
use super::list::list;
use super::wire::{Columns, is_listlike};
use crate::diagnostics::{Issue, Located, count, quote};
use crate::formats::names::address;
use crate::formats::sets;
use crate::formats::{Context, Reading, Record, RecordForm};
use crate::json::Pointer;
use crate::model::{
    Address, At, Body, Class, Document, Extras, Kind, Labels, Notation, Project, Split, Table,
};

/// Reads a row.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let row = without_line_end(record.text);
    let unread = |issues| Reading {
        document: None,
        form: RecordForm::Unreadable,
        issues,
        edits: Vec::new(),
    };
    let noted = |issue, bytes| Located {
        issue,
        pointer: Pointer::root(),
        bytes,
    };
    if row.is_empty() {
        return unread(vec![noted(Issue::BlankRow, 0..record.text.len())]);
    }
    let Some(table) = &context.project.table else {
        return unread(Vec::new());
    };
    let mut cells = cells(row, table.separator);
    let faults = cells.iter().filter_map(fault);
    let mut issues: Vec<Located> = faults.map(|(issue, bytes)| noted(issue, bytes)).collect();
    let columns = Columns::of(table);
    if issues.is_empty() && cells.len() != table.columns.len() {
        let issue = Issue::WrongType {
            name: "the row".to_owned(),
            expected: "a cell for each column",
            found: format!(
                "{} for {}",
                count(cells.len() as u64, "cell"),
                count(table.columns.len() as u64, "column")
            ),
            readable: false,
        };
        issues.push(noted(issue, 0..row.len()));
    }
    if !issues.is_empty() || !columns.tells(cells.len()) {
        return unread(issues);
    }
    let mut unreadable = 0;
    let (labels, form) = if let Some(label) = columns.label {
        // A list that is none of strings tells no class; to take it for the name of one would be
        // a guess.
        let cell = &cells[label];
        if is_listlike(&cell.value) && list(&cell.value).is_none() {
            let issue = Issue::WrongType {
                name: "the label".to_owned(),
                expected: "a class, or a list of strings such as `['Refund','Urgent']`",
                found: quote(&cell.value),
                readable: false,
            };
            issues.push(noted(issue, cell.bytes.clone()));
            unreadable = 1;
        }
        let cell = std::mem::take(&mut cells[label].value);
        labels(cell, columns.joins, context.kind)
    } else {
        let (classes, others) = marked(&cells, &columns, table);
        unreadable += others.len() as u64;
        issues.extend(others.into_iter().map(|(issue, bytes)| noted(issue, bytes)));
        let form = RecordForm::Classes { several: true };
        (Labels::classes(classes), form)
    };
    let mut take = |column: usize| std::mem::take(&mut cells[column].value);
    let body = match columns.text {
        Some(text) => Body::Inline(take(text)),
        None => Body::Elsewhere,
    };
    let name = columns.name.map(&mut take).unwrap_or_default();
    let split = columns.dataset.map(&mut take).and_then(split);
    let address = match columns.url.map(&mut take) {
        Some(url) => Address::location(path_of(url)),
        None => address(name, record.in_file.1, context.stem(&record)),
    };
    let document = Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address,
        body,
        language: None,
        split,
        labels,
        notation: Notation::Plain,
        extras: Extras::default(),
        unreadable,
    };
    Reading {
        document: Some(document),
        form,
        issues,
        edits: Vec::new(),
    }
}

/// The path in a datastore, or all that is told.
fn path_of(url: Cow<'_, str>) -> Cow<'_, str> {
    let path = url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'));
    match path {
        Some((_, path)) => Cow::Owned(path.to_owned()),
        None => url,
    }
}

/// The classes of a row that has a column for each, and what is wrong with the cells that are neither
/// 0 nor 1.
fn marked<'a>(
    cells: &[Cell<'_>],
    columns: &Columns,
    table: &Table,
) -> (Vec<Class<'a>>, Vec<(Issue, Range<usize>)>) {
    let (mut classes, mut issues) = (Vec::new(), Vec::new());
    let marks = cells.iter().enumerate();
    for (column, cell) in marks.filter(|(column, _)| columns.is_mark(*column)) {
        match cell.value.trim() {
            "1" => classes.push(Class {
                category: Cow::Owned(table.columns[column].trim().to_owned()),
                index: classes.len(),
                spelled: None,
            }),
            "0" => {}
            _ => {
                let issue = Issue::WrongType {
                    name: "the cell".to_owned(),
                    expected: "0 or 1, since no column is called `label` and each of the others is \
                               a class",
                    found: quote(&cell.value),
                    readable: false,
                };
                issues.push((issue, cell.bytes.clone()));
            }
        }
    }
    (classes, issues)
}

/// What is wrong with a cell, and the bytes that are.
pub(super) fn fault(cell: &Cell<'_>) -> Option<(Issue, Range<usize>)> {
    let wrong = |expected, found: &str| Issue::WrongType {
        name: "the cell".to_owned(),
        expected,
        found: found.to_owned(),
        readable: false,
    };
    let (fault, bytes) = cell.fault.clone()?;
    let issue = match fault {
        // A row goes on up to the quote that closes its cell, so the file is over.
        Fault::Unclosed => Issue::TruncatedFile,
        Fault::AfterQuote => wrong(
            "nothing behind the quote that closes it (a quote inside is doubled)",
            "more text",
        ),
        Fault::Return => wrong("quotes around a text with line ends", "a carriage return"),
    };
    Some((issue, bytes))
}

/// The classes that a cell names, as the kind of the project has them, and what the cell tells of
/// that kind.
fn labels(cell: Cow<'_, str>, joins: bool, kind: Option<Kind>) -> (Labels<'_>, RecordForm) {
    let class = |index, category| Class {
        category,
        index,
        spelled: None,
    };
    let joined = |cell: &str| cell.split('#').map(str::to_owned).collect();
    let several = if joins && cell.contains('#') {
        Some(joined(&cell))
    } else {
        list(&cell)
    };
    if let Some(names) = several {
        let names = names.into_iter().map(Cow::Owned).enumerate();
        let classes = names.map(|(index, name)| class(index, name)).collect();
        let form = RecordForm::Classes { several: true };
        return (Labels::classes(classes), form);
    }
    let (one, form) = if cell.trim().is_empty() || is_listlike(&cell) {
        (None, RecordForm::Undecided)
    } else {
        let form = RecordForm::Classes { several: false };
        (Some(class(0, cell)), form)
    };
    let labels = if kind == Some(Kind::MultiLabelClassification) {
        Labels::classes(one.into_iter().collect())
    } else {
        Labels::class(one)
    };
    (labels, form)
}

/// The set that a cell names.
fn split(cell: Cow<'_, str>) -> Option<Split<'_>> {
    if cell.trim().is_empty() {
        return None;
    }
    let set = sets::called(cell.trim());
    Some(set.unwrap_or(Split::Other(cell)))
}

/// The bytes of a place in a row.
pub(super) fn place(project: &Project, document: &Document<'_>, at: At) -> Range<usize> {
    let row = without_line_end(document.source);
    let whole = 0..row.len();
    let Some(table) = &project.table else {
        return whole;
    };
    let columns = Columns::of(table);
    let column = match at {
        At::Address => columns.name.or(columns.url),
        At::Split => columns.dataset,
        At::Class(index) => columns.label.or_else(|| {
            let class = document.classes().get(index)?;
            let named = |column: &String| column.trim() == class.category;
            table.columns.iter().position(named)
        }),
        At::Label(_) => columns.label,
        At::Document | At::Language | At::Region(_) | At::Summary => None,
    };
    let cell = column.and_then(|column| cells(row, table.separator).into_iter().nth(column));
    cell.map_or(whole, |cell| cell.bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Told;
    use crate::formats::csv::header::table;
    use crate::text::Unit;

    fn read_row(columns: &str, row: &str, kind: Option<Kind>) -> (Option<String>, RecordForm) {
        let project = Project {
            table: table(columns),
            ..Project::default()
        };
        let context = Context {
            project: &project,
            kind,
            unit: Unit::CodePoint,
            quick: true,
            stems: &["reviews".to_owned()],
            datasets: None,
            file_splits: true,
            told: Told::NOTHING,
            before: 0,
        };
        let record = Record {
            index: 6,
            in_file: (0, 6),
            start: 0,
            text: row,
            ends_file: false,
        };
        let reading = read(record, context);
        let shown = reading.document.map(|document| {
            let classes = document.classes().iter().map(|class| &*class.category);
            let classes: Vec<&str> = classes.collect();
            let split = document.split.as_ref().map(Split::name);
            let Body::Inline(text) = &document.body else {
                panic!("{:?}", document.body);
            };
            format!("{} {text:?} {classes:?} {split:?}", document.address.path())
        });
        (shown, reading.form)
    }

    #[test]
    fn a_row_is_a_document() {
        let columns = "id,Text,Label,split,more\r";
        let (shown, form) = read_row(columns, "1,\"a\r\n\"\"b\"\"\",Refund,val,x\r", None);
        let want = "1.txt \"a\\r\\n\\\"b\\\"\" [\"Refund\"] Some(\"Dev\")";
        assert_eq!(shown.as_deref(), Some(want));
        assert_eq!(form, RecordForm::Classes { several: false });
        let (shown, form) = read_row("label;text", "['a','b'];x", None);
        assert_eq!(
            shown.as_deref(),
            Some("reviews-0007.txt \"x\" [\"a\", \"b\"] None")
        );
        assert_eq!(form, RecordForm::Classes { several: true });
        let (shown, form) = read_row("label;text", ";x", None);
        assert_eq!(shown.as_deref(), Some("reviews-0007.txt \"x\" [] None"));
        assert_eq!(form, RecordForm::Undecided);
        assert_eq!(
            read_row("label;text", "a", None),
            (None, RecordForm::Unreadable)
        );
    }
}
