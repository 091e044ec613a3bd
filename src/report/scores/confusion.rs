//! The confusion matrix as lines of a terminal: for each label what part of it is itself, what part is
//! nothing, and what the rest is taken for.

use textwrap::core::display_width;

use super::grid::{cut, grid};
use crate::diagnostics::visible;
use crate::evaluation::{Cell, Matrix, NONE};
use crate::report::look::Paint;

/// Below this percentage a cell is not told.
const LEAST: f64 = 0.05;

/// The rows of a matrix that are not all on its diagonal; nothing where all are.
pub(super) fn confusion(matrix: &Matrix, first: &str, width: usize, paint: Paint) -> String {
    let mut rows = Vec::new();
    let mut taken = Vec::new();
    for (name, cells) in &matrix.rows {
        let own = matrix.cell(name, name).normalized;
        if own > 100.0 - LEAST {
            continue;
        }
        let mut others: Vec<&(String, Cell)> = cells
            .iter()
            .filter(|(other, cell)| other != name && other != NONE && cell.normalized >= LEAST)
            .collect();
        others.sort_by(|one, other| {
            let share = |it: &(String, Cell)| it.1.normalized;
            share(other)
                .total_cmp(&share(one))
                .then_with(|| one.0.cmp(&other.0))
        });
        let others = others
            .into_iter()
            .map(|(other, cell)| format!("{} {}", visible(other), percent(cell.normalized)));
        taken.push(others.collect::<Vec<_>>().join(", "));
        let nothing = if name == NONE {
            "-".to_owned()
        } else {
            percent(matrix.cell(name, NONE).normalized)
        };
        rows.push((name.clone(), vec![percent(own), nothing]));
    }
    if rows.is_empty() {
        return String::new();
    }
    let table = grid(&["confusion", first, NONE], &rows, width, paint);
    let mut lines = table.lines();
    let head = lines.next().unwrap_or_default();
    let mut out = format!("{head}  {}\n", paint.bold("taken for"));
    for (line, others) in lines.zip(taken) {
        let room = width.saturating_sub(display_width(line) + 2);
        let line = format!("{line}  {}", cut(&others, room));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// `87.5 %`
fn percent(part: f64) -> String {
    format!("{part:.1} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_confused_is_told() {
        let cell = |name: &str, normalized: f64| {
            let raw = normalized / 100.0;
            (name.to_owned(), Cell { raw, normalized })
        };
        let row = |name: &str, cells: &[(String, Cell)]| (name.to_owned(), cells.to_vec());
        let matrix = Matrix {
            rows: vec![
                row(
                    "A",
                    &[
                        cell("A", 80.0),
                        cell("B", 5.0),
                        cell("C", 12.5),
                        cell(NONE, 2.5),
                    ],
                ),
                row("B", &[cell("B", 100.0)]),
                row(NONE, &[cell(NONE, 99.0), cell("A", 1.0)]),
            ],
        };
        let want = "confusion  itself  $none  taken for\n\
                    A          80.0 %  2.5 %  C 12.5 %, B 5.0 %\n\
                    $none      99.0 %      -  A 1.0 %\n";
        let told = confusion(&matrix, "itself", 80, Paint::new(false, false));
        assert_eq!(told, want);
        let right = Matrix {
            rows: vec![row("B", &[cell("B", 100.0)])],
        };
        assert_eq!(
            confusion(&right, "itself", 80, Paint::new(false, false)),
            ""
        );
    }
}
