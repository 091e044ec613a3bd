//! A table as it stands in the file: what its columns are called.

use crate::model::Table;

/// The columns of a written file, but for `dataset`.
pub(super) const WRITTEN: &str = "text,label,name";

/// What parts cells, the most usual first.
pub(super) const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

const TEXT: [&str; 5] = ["text", "sentence", "review", "content", "document"];
const LABEL: [&str; 6] = [
    "label",
    "labels",
    "category",
    "class",
    "target",
    "sentiment",
];
const NAME: [&str; 6] = ["name", "file", "filename", "location", "id", "document_id"];
const DATASET: [&str; 4] = ["dataset", "split", "set", "ml_use"];

/// The names of a development set.
pub(super) const DEV: [&str; 4] = ["dev", "val", "valid", "validation"];

/// Where the columns are that have a meaning, by their index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) text: Option<usize>,
    pub(super) label: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) dataset: Option<usize>,
}

impl Columns {
    /// Those of a table. The names of a column are tried in their order, so `name` is the name even
    /// where there is an `id`.
    pub(super) fn of(table: &Table) -> Self {
        let find = |names: &[&str]| {
            let is = |name: &str| {
                let mut columns = table.columns.iter();
                columns.position(|column| column.trim().eq_ignore_ascii_case(name))
            };
            names.iter().find_map(|name| is(name))
        };
        Self {
            text: find(&TEXT),
            label: find(&LABEL),
            name: find(&NAME),
            dataset: find(&DATASET),
        }
    }

    /// Whether the column has one of the meanings.
    pub(super) fn knows(self, column: usize) -> bool {
        [self.text, self.label, self.name, self.dataset].contains(&Some(column))
    }
}

/// Whether a cell looks like a list of classes: brackets around a comma or a quote.
pub(super) fn is_listlike(cell: &str) -> bool {
    let cell = cell.trim();
    let inner = cell
        .strip_prefix('[')
        .and_then(|cell| cell.strip_suffix(']'));
    inner.is_some_and(|inner| inner.is_empty() || inner.contains([',', '\'', '"']))
}
