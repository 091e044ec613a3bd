//! The confusion matrix: what became of what gold has.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::counts::real;
use super::names::Names;

/// What the service calls the absence of a label, in rows and in columns.
pub const NONE: &str = "$none";

/// A label, or the absence of one.
pub(super) type Column = Option<u32>;

/// The name of a column, behind what puts the one without a label last.
type Place<'a> = (u8, Cow<'a, str>);

/// A matrix that is being added up.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    cells: BTreeMap<(Column, Column), f64>,
    /// How many units each row has: what its cells add up to, but for rounding.
    units: BTreeMap<Column, u64>,
}

impl Sums {
    /// Adds a unit of a gold label, with the shares of what was predicted, which add up to 1.
    pub(super) fn add(&mut self, gold: Column, shares: &[(Column, f64)]) {
        *self.units.entry(gold).or_default() += 1;
        for (predicted, share) in shares {
            *self.cells.entry((gold, *predicted)).or_default() += share;
        }
    }

    /// The matrix, by the names of the labels.
    pub(super) fn matrix(&self, names: &Names) -> Matrix {
        let name = |column: Column| match column {
            // What has no label comes last.
            None => (1, Cow::Borrowed(NONE)),
            Some(label) => (0, apart(names.name(label))),
        };
        let mut rows: BTreeMap<Place<'_>, BTreeMap<Place<'_>, Cell>> = BTreeMap::new();
        for ((gold, predicted), raw) in &self.cells {
            let units = self.units.get(gold).copied().unwrap_or_default();
            let cell = Cell {
                raw: *raw,
                normalized: 100.0 * raw / real(units),
            };
            let row = rows.entry(name(*gold)).or_default();
            row.insert(name(*predicted), cell);
        }
        let row = |cells: BTreeMap<Place<'_>, Cell>| {
            let cells = cells.into_iter();
            cells
                .map(|((_, name), cell)| (name.into_owned(), cell))
                .collect()
        };
        let rows = rows.into_iter();
        Matrix {
            rows: rows
                .map(|((_, name), cells)| (name.into_owned(), row(cells)))
                .collect(),
        }
    }
}

/// The name of a label in the matrix. A label that is called like the absence of one gets one more `$`
/// before it, and so does what would be called like that one.
fn apart(name: &str) -> Cow<'_, str> {
    let is_like = name.len() >= NONE.len() && name.trim_start_matches('$') == &NONE[1..];
    if is_like {
        Cow::Owned(format!("${name}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The confusion matrix of the service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// A row for each gold label by its name, [`NONE`] at the end: the cells that are not 0, by the name
    /// of what was predicted.
    pub rows: Vec<(String, Vec<(String, Cell)>)>,
}

/// A cell of the matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// How many labels of the row, or which part of them.
    pub raw: f64,
    /// The percentage of its row.
    pub normalized: f64,
}

impl Matrix {
    /// The cell of a gold label and a predicted one; zeros where there is none.
    #[must_use]
    pub fn cell(&self, gold: &str, predicted: &str) -> Cell {
        let row = self.rows.iter().find(|(name, _)| name == gold);
        let mut cells = row.into_iter().flat_map(|(_, cells)| cells);
        let cell = cells.find(|(name, _)| name == predicted);
        cell.map_or(Cell::default(), |(_, cell)| *cell)
    }

    /// The names that rows and columns have, in the order of the rows, [`NONE`] at the end.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (gold, cells) in &self.rows {
            names.push(gold);
            names.extend(cells.iter().map(|(name, _)| name.as_str()));
        }
        names.sort_unstable_by_key(|name| (*name == NONE, *name));
        names.dedup();
        names
    }
}
