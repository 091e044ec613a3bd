//! Tables that give each document something: a set, or the file that it goes to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::cli::terminal::Failure;
use crate::diagnostics::quote;
use crate::model::path;
use crate::pipeline::Error;
use crate::text::nearest;

/// A table with a column `document` and another one.
pub(super) struct Table {
    path: String,
    /// What each document has, with its line.
    rows: BTreeMap<String, (String, u64)>,
}

impl Table {
    /// Reads a CSV file whose header names a column `document` and the one that is asked for; without a
    /// name that is the other of two.
    ///
    /// Fails where it cannot be read, has other columns, or names a document twice.
    pub(super) fn read(path: &Path, column: Option<&str>) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let unread = |error: csv::Error| {
            let line = error.position().map(|at| format!(" line {}", at.line()));
            let line = line.unwrap_or_default();
            match error.into_kind() {
                csv::ErrorKind::Io(source) => Box::new(Error::Read {
                    path: name.clone(),
                    source,
                }) as Failure,
                csv::ErrorKind::Utf8 { .. } => {
                    format!("{name}{line}: this is not UTF-8; save the table as UTF-8").into()
                }
                _ => format!("{name}{line}: the row has not as many cells as the header").into(),
            }
        };
        let mut reader = csv::Reader::from_path(path).map_err(unread)?;
        let header = reader.headers().map_err(unread)?.clone();
        let cell = |text: &str| {
            text.trim_start_matches('\u{feff}')
                .trim()
                .to_ascii_lowercase()
        };
        let header: Vec<String> = header.iter().map(cell).collect();
        let place = |wanted: &str| header.iter().position(|name| name == wanted);
        let other = || {
            (header.len() == 2)
                .then(|| place("document").map(|own| 1 - own))
                .flatten()
        };
        let value = column.map_or_else(other, place);
        let (Some(document), Some(value)) = (place("document"), value) else {
            let wanted = column.unwrap_or("set");
            return Err(format!(
                "{name} line 1: the columns must be `document` and `{wanted}`, and are {}",
                header
                    .iter()
                    .map(|name| quote(name))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
            .into());
        };
        let mut rows = BTreeMap::new();
        for row in reader.records() {
            let row = row.map_err(unread)?;
            let line = row.position().map_or(0, csv::Position::line);
            let cell = |at: usize| row.get(at).unwrap_or_default().trim();
            let (key, value) = (cell(document).to_owned(), cell(value).to_owned());
            if let Some((_, first)) = rows.insert(key.clone(), (value, line)) {
                let key = quote(&key);
                return Err(format!(
                    "{name} line {line}: {key} has a row already, in line {first}; leave one of the two"
                )
                .into());
            }
        }
        Ok(Self { path: name, rows })
    }

    /// Turns each value into what it means.
    ///
    /// Fails with the line of the first that means nothing.
    pub(super) fn values<T>(
        &self,
        wanted: &str,
        mut meaning: impl FnMut(&str) -> Option<T>,
    ) -> Result<BTreeMap<&str, T>, Failure> {
        let mut values = BTreeMap::new();
        for (document, (value, line)) in &self.rows {
            let Some(value) = meaning(value) else {
                let (path, value) = (&self.path, quote(value));
                return Err(format!("{path} line {line}: {value} is not {wanted}").into());
            };
            values.insert(document.as_str(), value);
        }
        Ok(values)
    }

    /// What documents of these names have, by their whole names. The table may have the last segments
    /// alone, where these are different.
    ///
    /// Fails where the table has a document that there is not, or where two fit.
    pub(super) fn of_documents<T: Clone>(
        &self,
        names: &BTreeSet<String>,
        values: &BTreeMap<&str, T>,
    ) -> Result<BTreeMap<String, T>, Failure> {
        let mut by_last: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for name in names {
            by_last.entry(path::last(name)).or_default().push(name);
        }
        let mut found = BTreeMap::new();
        for (document, value) in values {
            let line = self.rows.get(*document).map_or(0, |(_, line)| *line);
            let path = &self.path;
            let place = format!("{path} line {line}: {}", quote(document));
            // A location in a project is the last segment of what an export has.
            let fits = |name: &&&String| !document.contains('/') || !name.contains('/');
            let by_last = by_last.get(path::last(document)).into_iter().flatten();
            let fitting: Vec<&String> = by_last.filter(fits).copied().collect();
            let whole = match fitting.as_slice() {
                _ if names.contains(*document) => (*document).to_owned(),
                [only] => (*only).clone(),
                [one, other, ..] => {
                    let (one, other) = (quote(one), quote(other));
                    return Err(
                        format!("{place} may be {one} or {other}; give the whole name").into(),
                    );
                }
                [] => {
                    let near = nearest(document, names.iter().map(String::as_str));
                    let near = near.map(|near| format!("; did you mean {}?", quote(near)));
                    let near = near.unwrap_or_default();
                    return Err(format!("{place} is no document of the input{near}").into());
                }
            };
            if found.insert(whole, value.clone()).is_some() {
                return Err(
                    format!("{place} has a row already, by another form of its name").into(),
                );
            }
        }
        Ok(found)
    }
}
