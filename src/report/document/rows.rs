//! A text as rows of a terminal: which characters stand in which columns.

use std::ops::Range;

use textwrap::core::display_width;

use crate::diagnostics::push_visible;

/// A row of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The line of the text, from 1, where the row is its first.
    pub(super) line: Option<u64>,
    /// Its characters, each as it is shown: first byte in the text, first column, what is printed.
    pub(super) cells: Vec<Cell>,
    /// The byte after its last character, the end of the line not counted.
    pub(super) end: usize,
    /// The byte that the next row begins with.
    pub(super) next: usize,
}

/// A character of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) byte: usize,
    pub(super) column: usize,
    pub(super) shown: String,
}

impl Row {
    /// The columns that a range of bytes takes in it; `None` where it has none of them.
    pub(super) fn columns(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let is_in = |cell: &&Cell| bytes.contains(&cell.byte);
        let first = self.cells.iter().find(is_in)?;
        let last = self.cells.iter().rev().find(is_in)?;
        let end = last.column + display_width(&last.shown);
        Some(first.column..end.max(first.column + 1))
    }
}

/// The rows of a text that are no wider than `width`. Lines are parted at blanks where they have some.
pub(super) fn rows(text: &str, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut start, mut number) = (0, 1);
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let end = start + line.len();
        let first = rows.len();
        part(content, start, width, &mut rows);
        if let Some(row) = rows.get_mut(first) {
            row.line = Some(number);
        }
        if let Some(row) = rows.last_mut() {
            row.next = end;
        }
        start = end;
        number += 1;
    }
    rows
}

/// Parts a line into rows.
fn part(line: &str, start: usize, width: usize, rows: &mut Vec<Row>) {
    let mut cells: Vec<Cell> = Vec::new();
    let mut column = 0;
    for (at, char) in line.char_indices() {
        let mut shown = String::new();
        if char == '\t' {
            shown.push_str("  ");
        } else {
            push_visible(&mut shown, char);
        }
        let own = display_width(&shown);
        if column + own > width && !cells.is_empty() {
            let blank = cells.iter().rposition(|cell| cell.shown == " ");
            let rest = cells.split_off(blank.map_or(cells.len(), |blank| blank + 1));
            let next = rest.first().map_or(start + at, |cell| cell.byte);
            rows.push(row(cells, next));
            column = 0;
            cells = rest;
            for cell in &mut cells {
                cell.column = column;
                column += display_width(&cell.shown);
            }
        }
        cells.push(Cell {
            byte: start + at,
            column,
            shown,
        });
        column += own;
    }
    rows.push(row(cells, start + line.len()));
}

fn row(cells: Vec<Cell>, end: usize) -> Row {
    Row {
        line: None,
        cells,
        end,
        next: end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: &[Row]) -> Vec<String> {
        let cells = |row: &Row| {
            row.cells
                .iter()
                .map(|cell| &*cell.shown)
                .collect::<String>()
        };
        rows.iter().map(cells).collect()
    }

    #[test]
    fn lines_are_parted_at_blanks_and_no_byte_is_lost() {
        let text = "one two three\r\n\r\n東京タワー\u{1b}x";
        let rows = rows(text, 8);
        assert_eq!(
            shown(&rows),
            ["one two ", "three", "", "東京タワ", "ー\\u{1b}", "x"]
        );
        let lines: Vec<_> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [Some(1), None, Some(2), Some(3), None, None]);
        let bytes = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.byte);
        let kept = text
            .char_indices()
            .filter(|(_, char)| !matches!(char, '\r' | '\n'));
        assert!(bytes.eq(kept.map(|(byte, _)| byte)));
        assert_eq!(rows.last().map(|row| row.next), Some(text.len()));
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let rows = rows("東 ab", 20);
        assert_eq!(rows[0].columns(&(0..3)), Some(0..2));
        assert_eq!(rows[0].columns(&(4..6)), Some(3..5));
        assert_eq!(rows[0].columns(&(6..9)), None);
    }
}
