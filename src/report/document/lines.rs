//! Labels as lines below the words of a row.

use std::ops::Range;

use textwrap::core::display_width;

use super::rows::Row;
use crate::diagnostics::visible;
use crate::report::look::Paint;

/// A label on a text.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    /// Its bytes in the text.
    pub(super) bytes: &'a Range<usize>,
    /// Its name.
    pub(super) label: &'a str,
    /// The colour of its line, as an SGR code.
    pub(super) color: &'static str,
    /// What its line is drawn with.
    pub(super) pen: &'static str,
}

/// What the line of a label is drawn with.
pub(super) const THIN: &str = "─";

/// What the line of a label is drawn with that is to be seen first.
pub(super) const HEAVY: &str = "━";

/// The labels of a row, in as many lines as they need to stand beside one another.
pub(super) fn lines<'a>(
    row: &Row,
    marks: impl Iterator<Item = Mark<'a>>,
    width: usize,
    paint: Paint,
) -> Vec<String> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for mark in marks {
        let Some(columns) = columns(row, mark.bytes) else {
            continue;
        };
        let goes_on = mark.bytes.end > row.next && mark.bytes.end > row.end;
        let name = if goes_on {
            "…".to_owned()
        } else {
            visible(mark.label).into_owned()
        };
        let line = mark.pen.repeat(columns.len());
        let room = display_width(&name) + 1;
        // Where there is no room after the line, the name stands before it.
        let is_full = columns.end + room > width;
        let is_before = is_full && columns.start >= room && !goes_on;
        let (start, end, words) = if is_before {
            (columns.start - room, columns.end, format!("{name} {line}"))
        } else if is_full && goes_on {
            (columns.start, columns.end, line)
        } else {
            (columns.start, columns.end + room, format!("{line} {name}"))
        };
        let free = lines.iter().position(|(until, _)| *until < start);
        let place = free.unwrap_or_else(|| {
            lines.push((0, String::new()));
            lines.len() - 1
        });
        let (until, line) = &mut lines[place];
        line.push_str(&" ".repeat(start - *until));
        line.push_str(&paint.painted(mark.color, &words));
        *until = end;
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The columns of a label in a row. One that is empty is shown where it is.
fn columns(row: &Row, bytes: &Range<usize>) -> Option<Range<usize>> {
    if bytes.is_empty() {
        let one = bytes.start..bytes.start + 1;
        return row
            .columns(&one)
            .map(|columns| columns.start..columns.start + 1);
    }
    row.columns(bytes)
}
