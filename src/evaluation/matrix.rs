//! The confusion matrix: what became of what gold has.

use std::collections::BTreeMap;

use super::names::Names;

/// What the service calls the absence of a label, in rows and in columns.
pub const NONE: &str = "$none";

/// A label, or the absence of one.
pub(super) type Column = Option<u32>;

/// A matrix that is being added up.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    cells: BTreeMap<(Column, Column), f64>,
}

impl Sums {
    /// Adds to the cell of a gold label and a predicted one.
    pub(super) fn add(&mut self, gold: Column, predicted: Column, share: f64) {
        *self.cells.entry((gold, predicted)).or_default() += share;
    }

    /// The matrix, by the names of the labels.
    pub(super) fn matrix(&self, names: &Names) -> Matrix {
        let name = |column: Column| match column {
            // What has no label comes last.
            None => (1, NONE),
            Some(label) => (0, names.name(label)),
        };
        let mut rows: BTreeMap<(u8, &str), BTreeMap<(u8, &str), f64>> = BTreeMap::new();
        for ((gold, predicted), share) in &self.cells {
            let row = rows.entry(name(*gold)).or_default();
            *row.entry(name(*predicted)).or_default() += share;
        }
        let row = |cells: BTreeMap<(u8, &str), f64>| {
            let sum: f64 = cells.values().sum();
            let cell = |((_, name), raw): ((u8, &str), f64)| {
                let normalized = if sum > 0.0 { 100.0 * raw / sum } else { 0.0 };
                (name.to_owned(), Cell { raw, normalized })
            };
            cells.into_iter().map(cell).collect()
        };
        let rows = rows.into_iter();
        Matrix {
            rows: rows
                .map(|((_, name), cells)| (name.to_owned(), row(cells)))
                .collect(),
        }
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
