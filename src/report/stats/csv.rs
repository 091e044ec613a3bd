//! `stats --output csv`: a row for each label of each input.

use std::io;

use crate::report::csv::{cell, table};

use super::Stats;
use super::view::{Label, Lengths};

/// The names of the columns. New ones come at the end.
const COLUMNS: [&str; 19] = [
    "path",
    "label",
    "instances",
    "train",
    "dev",
    "test",
    "unassigned",
    "documents",
    "distinct_surfaces",
    "ambiguity",
    "characters_least",
    "characters_median",
    "characters_mean",
    "characters_most",
    "words_least",
    "words_median",
    "words_mean",
    "words_most",
    "top_surfaces",
];

/// What label files add up to, as a table.
///
/// Fails where `out` does.
pub fn csv(stats: &Stats, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = table(out);
    table.write_record(COLUMNS)?;
    for file in &stats.files {
        for label in &file.view.labels {
            table.write_record(row(&file.input.path, label))?;
        }
    }
    table.flush()
}

fn row(path: &str, label: &Label) -> Vec<String> {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let decimal = |number: Option<f64>| number.map(|it| it.to_string()).unwrap_or_default();
    let lengths = |lengths: &Lengths| {
        [
            number(lengths.least),
            number(lengths.median),
            decimal(lengths.mean),
            number(lengths.most),
        ]
    };
    let mut row = vec![cell(path), cell(&label.name), label.total.to_string()];
    row.extend(label.instances.all().map(|count| count.to_string()));
    row.push(label.documents.to_string());
    row.push(number(label.distinct_surfaces));
    row.push(decimal(label.ambiguity));
    row.extend(lengths(&label.characters));
    row.extend(lengths(&label.words));
    let top = label.top_surfaces.iter();
    let top = top.map(|it| format!("{} ({})", it.surface, it.count));
    row.push(cell(&top.collect::<Vec<_>>().join("; ")));
    row
}
