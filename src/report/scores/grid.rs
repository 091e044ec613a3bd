//! Tables in a terminal: names at the left, numbers at the right.

use textwrap::core::display_width;

use crate::diagnostics::visible;
use crate::report::look::Paint;

/// What parts two columns.
const GAP: usize = 2;

/// The least columns of names, however narrow the terminal is.
const LEAST: usize = 8;

/// A table whose first column has names from data, which are cut where they have no room, and whose other
/// columns have numbers.
pub(super) fn grid(
    head: &[&str],
    rows: &[(String, Vec<String>)],
    width: usize,
    paint: Paint,
) -> String {
    let widths: Vec<usize> = (1..head.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|(_, cells)| cells.get(column - 1));
            let widest = cells.map(|cell| display_width(cell)).max().unwrap_or(0);
            widest.max(display_width(head[column]))
        })
        .collect();
    let numbers: usize = widths.iter().map(|width| width + GAP).sum();
    let names: Vec<String> = rows
        .iter()
        .map(|(name, _)| visible(name).into_owned())
        .collect();
    let longest = names
        .iter()
        .map(|name| display_width(name))
        .max()
        .unwrap_or(0);
    let longest = longest.max(head.first().map_or(0, |name| display_width(name)));
    let room = longest.min(width.saturating_sub(numbers).max(LEAST));
    let line = |name: &str, cells: &mut dyn Iterator<Item = &str>| {
        let name = cut(name, room);
        let gap = " ".repeat(room - display_width(&name));
        let mut line = format!("{name}{gap}");
        for (cell, width) in cells.zip(&widths) {
            let gap = GAP + width.saturating_sub(display_width(cell));
            line.push_str(&" ".repeat(gap));
            line.push_str(cell);
        }
        line
    };
    let title = head.first().copied().unwrap_or_default();
    let head = line(title, &mut head.iter().skip(1).copied());
    let mut out = format!("{}\n", paint.bold(&head));
    for (name, (_, cells)) in names.iter().zip(rows) {
        out.push_str(&line(name, &mut cells.iter().map(String::as_str)));
        out.push('\n');
    }
    out
}

/// Words in as many columns at most.
pub(super) fn cut(name: &str, room: usize) -> String {
    if display_width(name) <= room {
        return name.to_owned();
    }
    let mut short = String::new();
    for char in name.chars() {
        let mut longer = short.clone();
        longer.push(char);
        if display_width(&longer) >= room {
            break;
        }
        short = longer;
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_too_long_are_cut_and_numbers_are_not() {
        let rows = [
            ("Short".to_owned(), vec!["1".to_owned(), "0.5".to_owned()]),
            (
                "東京タワー\u{1b}".to_owned(),
                vec!["12".to_owned(), "1".to_owned()],
            ),
        ];
        let shown = grid(&["label", "n", "f1"], &rows, 18, Paint::new(false, false));
        let want = "label       n   f1\nShort       1  0.5\n東京タワ…  12    1\n";
        assert_eq!(shown, want);
    }
}
