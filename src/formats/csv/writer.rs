//! Writes rows.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::cells::push_cell;
use super::keep;
use super::list::push_list;
use super::wire::{Columns, WRITTEN, is_listlike};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Assumption;
use crate::formats::ledger::own_keys;
use crate::formats::losses::{CONTAINER, Loss, Losses};
use crate::formats::{Output, Plan, Relieve, Writer, Written};
use crate::model::{Classes, Document, Project, Split, Table};

/// The column of sets in a written file.
const DATASET: &str = "dataset";

pub(super) struct CsvWriter {
    plan: Plan,
    /// The table that is put back, if one is.
    kept: Option<Table>,
}

impl CsvWriter {
    pub(super) fn new(plan: Plan) -> Self {
        let kept = plan.restored.as_ref().and_then(keep::table);
        Self { plan, kept }
    }

    /// The set that a document is written with.
    fn set<'d>(&self, document: &'d Document<'_>) -> &'d str {
        let split = document.split.as_ref().map(Split::name);
        split.or(self.plan.dataset).unwrap_or_default()
    }

    /// A row of a table that is put back.
    fn kept_row(&self, table: &Table, written: Written<'_, '_>, out: &mut Vec<u8>) {
        let document = written.aligned.document;
        let columns = Columns::of(table);
        let now = own_keys(document);
        for number in 0..table.columns.len() {
            if number > 0 {
                out.push(table.separator);
            }
            let column = Some(number);
            let text = written.aligned.any_text();
            let own = || {
                if column == columns.label {
                    classes(document)
                } else if column == columns.name {
                    Cow::Borrowed(self.target_name(document))
                } else if column == columns.dataset {
                    Cow::Borrowed(self.set(document))
                } else {
                    Cow::Borrowed("")
                }
            };
            let value = if column == columns.text {
                Cow::Borrowed(text.map_or("", |text| text.as_str()))
            } else {
                keep::cell(written.entries, number, &now).unwrap_or_else(own)
            };
            push_cell(&value, table.separator, out);
        }
    }
}

/// The table that is written where none is put back.
pub(super) fn written_table(splits: bool) -> Table {
    let mut columns: Vec<String> = WRITTEN.split(',').map(str::to_owned).collect();
    columns.extend(splits.then(|| DATASET.to_owned()));
    Table {
        separator: b',',
        columns,
        has_splits: splits,
        told: [None, None],
    }
}

/// Whether a cell with this name is read as a class of this name.
fn is_class(name: &str) -> bool {
    !name.trim().is_empty() && !is_listlike(name)
}

/// The cell for the classes of a document.
pub(super) fn classes<'d>(document: &'d Document<'_>) -> Cow<'d, str> {
    match &document.labels.classes {
        Some(Classes::One(Some(class))) if is_class(&class.category) => {
            Cow::Borrowed(&class.category)
        }
        Some(Classes::Many(classes)) => {
            let mut list = String::new();
            push_list(classes.iter().map(|class| &*class.category), &mut list);
            Cow::Owned(list)
        }
        Some(Classes::One(_)) | None => Cow::Borrowed(""),
    }
}

impl Writer for CsvWriter {
    fn head(&self, out: &mut Vec<u8>) {
        let plain;
        let table = if let Some(kept) = &self.kept {
            kept
        } else {
            plain = written_table(self.plan.splits);
            &plain
        };
        for (number, column) in table.columns.iter().enumerate() {
            if number > 0 {
                out.push(table.separator);
            }
            push_cell(column, table.separator, out);
        }
        out.push(b'\n');
    }

    fn document(&self, written: Written<'_, '_>, out: &mut Output, _relieve: Relieve<'_>) {
        let out = &mut out.main;
        if let Some(table) = &self.kept {
            return self.kept_row(table, written, out);
        }
        let document = written.aligned.document;
        let text = written.aligned.any_text();
        push_cell(text.map_or("", |text| text.as_str()), b',', out);
        out.push(b',');
        push_cell(&classes(document), b',', out);
        out.push(b',');
        push_cell(self.target_name(document), b',', out);
        if self.plan.splits {
            out.push(b',');
            push_cell(self.set(document), b',', out);
        }
    }

    fn kept_document(&self, value: &RawValue, out: &mut Vec<u8>) {
        let separator = self.kept.as_ref().map_or(b',', |table| table.separator);
        for (number, cell) in keep::whole_row(value)
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            if number > 0 {
                out.push(separator);
            }
            push_cell(cell, separator, out);
        }
    }

    fn separator(&self) -> &'static [u8] {
        b"\n"
    }

    fn tail(&self, any: bool, out: &mut Vec<u8>) {
        if any {
            out.push(b'\n');
        }
    }

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn needs_text(&self) -> bool {
        true
    }

    fn holds_overlaps(&self) -> bool {
        false
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        losses.add_unheld(document);
        losses.add_language(aligned);
        if let Some(Classes::One(Some(class))) = &document.labels.classes {
            losses.add(Loss::Label, u64::from(!is_class(&class.category)));
        }
        let is_one = matches!(document.labels.classes, Some(Classes::One(_)));
        // An empty cell is a document without a class, and an empty list one with none.
        losses.add(
            Loss::Unlabeled,
            u64::from(document.extras.unlabeled && !is_one),
        );
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}
