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

/// The column with the path of a text that stands elsewhere: that of the studio of Azure Machine
/// Learning.
const URL: [&str; 1] = ["url"];

/// The column by which doccano's export is told, where `#` joins several classes.
const COMMENTS: &str = "comments";

/// Where the columns are that have a meaning, by their index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) text: Option<usize>,
    pub(super) label: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) dataset: Option<usize>,
    /// The path of a text that stands elsewhere, where no column holds texts.
    pub(super) url: Option<usize>,
    /// Whether `#` joins several classes.
    pub(super) joins: bool,
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
        let [text, name] = table.told;
        let text = text.or_else(|| find(&TEXT));
        Self {
            text,
            label: find(&LABEL).filter(|label| Some(*label) != text),
            name: name.or_else(|| find(&NAME)),
            dataset: find(&DATASET),
            url: find(&URL).filter(|_| text.is_none()),
            joins: find(&[COMMENTS]).is_some(),
        }
    }

    /// Whether the column has one of the meanings.
    pub(super) fn knows(self, column: usize) -> bool {
        let known = [self.text, self.label, self.name, self.dataset, self.url];
        known.contains(&Some(column)) || self.is_mark(column)
    }

    /// Whether the column marks the documents of a class: no column has the classes of all.
    pub(super) fn is_mark(self, column: usize) -> bool {
        let known = [self.text, self.name, self.dataset, self.url];
        self.label.is_none() && self.text.is_some() && !known.contains(&Some(column))
    }

    /// Whether a row tells what its document is labeled with.
    pub(super) fn tells(self, columns: usize) -> bool {
        let has_text = self.text.or(self.url).is_some();
        has_text && (self.label.is_some() || (0..columns).any(|column| self.is_mark(column)))
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
