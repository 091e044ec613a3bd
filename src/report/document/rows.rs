//! A text as rows of a terminal: which characters stand in which columns.

use std::ops::Range;
use std::str::CharIndices;

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
    /// Whether it is the last of its line.
    pub(super) is_last: bool,
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

/// The rows of a text that are no wider than `width`. Lines are parted at blanks where they have some. Each row is
/// made when it is asked for: a long text has millions.
pub(super) fn rows(text: &str, width: usize) -> Rows<'_> {
    Rows {
        text,
        width,
        next: 0,
        line: 0,
        open: None,
    }
}

/// See [`rows`].
pub(super) struct Rows<'t> {
    text: &'t str,
    width: usize,
    /// The byte that the next line begins with.
    next: usize,
    /// The number of the line that was begun last, from 1.
    line: u64,
    open: Option<OpenLine<'t>>,
}

/// A line that is not parted to its end.
struct OpenLine<'t> {
    /// Its first byte in the text.
    start: usize,
    /// What is left of it, with places from its start on.
    chars: CharIndices<'t>,
    /// What begins the next row: what stood behind the blank that the last one was parted at, and the character
    /// that had no room there.
    held: Vec<Cell>,
    /// The byte behind its last character.
    end: usize,
    /// Its number, until a row has it.
    number: Option<u64>,
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let width = self.width;
        let mut line = match self.open.take() {
            Some(line) => line,
            None => self.line()?,
        };
        let mut cells = std::mem::take(&mut line.held);
        let mut column = 0;
        for cell in &mut cells {
            cell.column = column;
            column += display_width(&cell.shown);
        }
        let number = line.number.take();
        while let Some((at, char)) = line.chars.next() {
            let mut shown = String::new();
            if char == '\t' {
                shown.push_str("  ");
            } else {
                push_visible(&mut shown, char);
            }
            let own = display_width(&shown);
            let cell = Cell {
                byte: line.start + at,
                column,
                shown,
            };
            if column + own > width && !cells.is_empty() {
                let blank = cells.iter().rposition(|cell| cell.shown == " ");
                line.held = cells.split_off(blank.map_or(cells.len(), |blank| blank + 1));
                line.held.push(cell);
                let next = line.held.first().map_or(line.end, |cell| cell.byte);
                self.open = Some(line);
                return Some(Row {
                    line: number,
                    cells,
                    end: next,
                    next,
                    is_last: false,
                });
            }
            cells.push(cell);
            column += own;
        }
        Some(Row {
            line: number,
            cells,
            end: line.end,
            next: self.next,
            is_last: true,
        })
    }
}

impl<'t> Rows<'t> {
    /// Begins the next line.
    fn line(&mut self) -> Option<OpenLine<'t>> {
        let start = self.next;
        let line = self.text.get(start..)?.split_inclusive('\n').next()?;
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        self.next = start + line.len();
        self.line += 1;
        Some(OpenLine {
            start,
            chars: content.char_indices(),
            held: Vec::new(),
            end: start + content.len(),
            number: Some(self.line),
        })
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
        let rows: Vec<Row> = rows(text, 8).collect();
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
        let rows: Vec<Row> = rows("東 ab", 20).collect();
        assert_eq!(rows[0].columns(&(0..3)), Some(0..2));
        assert_eq!(rows[0].columns(&(4..6)), Some(3..5));
        assert_eq!(rows[0].columns(&(6..9)), None);
    }
}
