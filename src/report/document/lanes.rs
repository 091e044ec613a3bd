//! Words of a document with the labels of two sides below them.

use std::fmt::Write;

use super::lines::{HEAVY, Mark, THIN, lines};
use super::rows::{Row, rows};
use crate::evaluation::{LaneMark, Window};
use crate::report::look::Paint;

/// How wide the margin is: a name of a side or a line, and what sets it off.
const MARGIN: usize = 12;

/// The colours of what is right and of what is wrong, as SGR codes.
const COLORS: [&str; 2] = ["32", "31"];

/// A window of a text in as many columns, each row with the labels of both sides below it.
/// What is wrong is drawn with a heavy line.
pub(in crate::report) fn lanes(
    window: &Window,
    sides: (&str, &str),
    width: usize,
    paint: Paint,
) -> String {
    let width = width.saturating_sub(MARGIN).max(20);
    let mut out = String::new();
    let all: Vec<Row> = rows(&window.text, width).collect();
    for (at, row) in all.iter().enumerate() {
        let number = row.line.map(|line| window.line + line - 1);
        let margin = number.map_or(String::new(), |number| number.to_string());
        let words: String = row.cells.iter().map(|cell| cell.shown.as_str()).collect();
        let before = if at == 0 && window.is_cut_before {
            "…"
        } else {
            ""
        };
        let is_last = at + 1 == all.len();
        let after = if is_last && window.is_cut_after {
            "…"
        } else {
            ""
        };
        // What is cut off stands in the margin, so that labels stay below their words.
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "{margin:>9} │{before:1}{}{after}",
            words.trim_end_matches(' ')
        );
        for (side, marks) in [(sides.0, &window.gold), (sides.1, &window.predicted)] {
            let marks = marks.iter().map(|mark| shown(mark));
            for line in lines(row, marks, width, paint) {
                let _ = writeln!(out, "{side:>9} │ {line}");
            }
        }
    }
    out
}

fn shown(mark: &LaneMark) -> Mark<'_> {
    Mark {
        bytes: &mark.bytes,
        label: &mark.label,
        color: COLORS[usize::from(mark.is_wrong)],
        pen: if mark.is_wrong { HEAVY } else { THIN },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_stand_below_their_words() {
        let mark = |start, end, label: &str| LaneMark {
            bytes: start..end,
            label: label.to_owned(),
            is_wrong: true,
        };
        let window = Window {
            line: 7,
            text: "lives in New York City".to_owned(),
            is_cut_before: true,
            is_cut_after: true,
            gold: vec![mark(9, 22, "City")],
            predicted: vec![mark(9, 17, "State")],
        };
        let want = "        7 │…lives in New York City…\n\
            \u{20}    gold │          ━━━━━━━━━━━━━ City\n\
            predicted │          ━━━━━━━━ State\n";
        let shown = lanes(&window, ("gold", "predicted"), 80, Paint::new(false, false));
        assert_eq!(shown, want);
    }
}
