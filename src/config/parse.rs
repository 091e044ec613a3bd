//! From the text of a configuration file to its meaning, or to all that is wrong with it.

mod reader;
mod tables;
mod values;
mod words;

use std::fmt;

use toml::de::DeTable;

use self::reader::Reader;
use super::file::Config;

/// Something wrong with a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
    /// What is wrong, a sentence without a full stop.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Config {
    /// Reads a configuration file.
    ///
    /// Fails with everything that is wrong with it, in the order of the text; where it is no
    /// TOML, with the first thing that the grammar forbids.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        // Some editors write a byte order mark; it is no part of the first line.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let message = error.message().lines().collect::<Vec<_>>().join(", ");
                return Err(vec![problem(text, at, message)]);
            }
        };
        let mut reader = Reader::default();
        let config = reader.config(table.get_ref());
        if reader.problems.is_empty() {
            return Ok(config);
        }
        let mut problems = reader.problems;
        problems.sort();
        let place = |(at, message)| problem(text, at, message);
        Err(problems.into_iter().map(place).collect())
    }
}

fn problem(text: &str, at: usize, message: String) -> Problem {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Problem {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message,
    }
}
