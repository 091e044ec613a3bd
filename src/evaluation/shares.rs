//! The confusion matrix of a document with spans: what part of each stretch was predicted as what.
//!
//! The service divides a document into units: each gold span is one, and so is each gap before, between
//! and after them. Each unit counts 1, and is shared out over what was predicted on its characters that
//! are not blank. So the diagonal does not count exact matches, although the service's documentation says
//! so: of the published model an address of 29 such characters, 13 of which were predicted, gives 13/29
//! to its own cell and 16/29 to `$none`; and the 13 gaps of each of 4 documents make the row of `$none`
//! add up to 52.

use super::counts::real;
use super::matrix::{Column, Sums};
use super::pairing::Mark;

/// A stretch of the text without an edge inside.
struct Piece {
    /// Its characters that are not blank.
    words: u32,
    /// All of its characters.
    all: u32,
    /// The labels that were predicted on it.
    predicted: Vec<u32>,
    /// Whether a gold label is on it.
    is_gold: bool,
}

/// Adds a document. Marks are in bytes of the text, on edges of characters.
pub(super) fn add(sums: &mut Sums, text: &str, gold: &[Mark], predicted: &[Mark]) {
    let marks = || gold.iter().chain(predicted);
    let mut edges: Vec<usize> = marks().flat_map(|mark| [mark.start, mark.end]).collect();
    edges.extend([0, text.len()]);
    edges.sort_unstable();
    edges.dedup();
    let place = |edge: usize| edges.partition_point(|at| *at < edge);
    let mut pieces: Vec<Piece> = edges
        .windows(2)
        .map(|pair| piece(text.get(pair[0]..pair[1]).unwrap_or_default()))
        .collect();
    for mark in predicted {
        for piece in &mut pieces[place(mark.start)..place(mark.end)] {
            // A label that was predicted twice is one.
            if !piece.predicted.contains(&mark.label) {
                piece.predicted.push(mark.label);
            }
        }
    }
    for mark in gold {
        let own = &mut pieces[place(mark.start)..place(mark.end)];
        for piece in own.iter_mut() {
            piece.is_gold = true;
        }
        if !share(sums, Some(mark.label), own, |piece| piece.words)
            && !share(sums, Some(mark.label), own, |piece| piece.all)
        {
            // A span without characters, and so nothing was predicted on it.
            sums.add(Some(mark.label), &[(None, 1.0)]);
        }
    }
    for gap in pieces.chunk_by(|one, next| one.is_gold == next.is_gold) {
        if gap.first().is_some_and(|piece| !piece.is_gold) {
            // A gap of white space alone is none.
            share(sums, None, gap, |piece| piece.words);
        }
    }
}

fn piece(words: &str) -> Piece {
    let mut piece = Piece {
        words: 0,
        all: 0,
        predicted: Vec::new(),
        is_gold: false,
    };
    for char in words.chars() {
        piece.all += 1;
        piece.words += u32::from(!char.is_whitespace());
    }
    piece
}

/// Shares a unit out over what was predicted on its characters; one with several labels is divided
/// among them. Answers whether it has any.
fn share(sums: &mut Sums, gold: Column, unit: &[Piece], count: impl Fn(&Piece) -> u32) -> bool {
    let all: u64 = unit.iter().map(|piece| u64::from(count(piece))).sum();
    if all == 0 {
        return false;
    }
    let mut parts: Vec<(Column, f64)> = Vec::new();
    let mut add = |column: Column, part: f64| match parts.iter_mut().find(|it| it.0 == column) {
        Some((_, sum)) => *sum += part,
        None => parts.push((column, part)),
    };
    for piece in unit {
        let own = f64::from(count(piece));
        if own == 0.0 {
            continue;
        }
        if piece.predicted.is_empty() {
            add(None, own);
        }
        for label in &piece.predicted {
            add(Some(*label), own / real(piece.predicted.len() as u64));
        }
    }
    for (_, part) in &mut parts {
        *part /= real(all);
    }
    sums.add(gold, &parts);
    true
}

#[cfg(test)]
mod tests {
    use super::super::names::Names;
    use super::*;
    use crate::evaluation::Matrix;

    fn matrix(text: &str, gold: &[(usize, usize)], predicted: &[(usize, usize, &str)]) -> Matrix {
        let mut names = Names::default();
        let gold: Vec<Mark> = gold
            .iter()
            .map(|&(start, end)| Mark {
                start,
                end,
                label: names.number("A"),
            })
            .collect();
        let predicted: Vec<Mark> = predicted
            .iter()
            .map(|&(start, end, label)| Mark {
                start,
                end,
                label: names.number(label),
            })
            .collect();
        let mut sums = Sums::default();
        add(&mut sums, text, &gold, &predicted);
        sums.matrix(&names)
    }

    /// The cells that are not 0, as `(row, column, raw)`.
    fn cells(matrix: &Matrix) -> Vec<(&str, &str, f64)> {
        let rows = matrix.rows.iter();
        let cells = rows.flat_map(|(row, cells)| {
            let cells = cells.iter();
            cells.map(move |(column, cell)| (row.as_str(), column.as_str(), cell.raw))
        });
        cells.collect()
    }

    #[test]
    fn blanks_do_not_count() {
        // Gold is `ab cd`, of which `cd` was predicted: two of four characters.
        let found = matrix("ab cd", &[(0, 5)], &[(3, 5, "A")]);
        assert_eq!(cells(&found), [("A", "A", 0.5), ("A", "$none", 0.5)]);
        assert_eq!(
            found.cell("A", "$none").normalized.to_bits(),
            50.0_f64.to_bits()
        );
    }

    #[test]
    fn gaps_are_units_and_those_of_white_space_are_none() {
        let text = "x ab yz cd \n";
        let found = matrix(text, &[(2, 4), (8, 10)], &[(2, 4, "A"), (5, 6, "B")]);
        let want = [
            ("A", "A", 1.0),
            ("A", "$none", 1.0),
            ("$none", "B", 0.5),
            ("$none", "$none", 1.5),
        ];
        assert_eq!(cells(&found), want);
    }

    #[test]
    fn a_document_without_gold_is_one_gap() {
        assert_eq!(cells(&matrix("abcd", &[], &[])), [("$none", "$none", 1.0)]);
        assert_eq!(cells(&matrix(" ", &[], &[])), []);
    }

    #[test]
    fn what_has_two_predictions_is_divided() {
        let found = matrix("abcd", &[(0, 4)], &[(0, 4, "A"), (2, 4, "B")]);
        assert_eq!(cells(&found), [("A", "A", 0.75), ("A", "B", 0.25)]);
        // A span of blanks alone is shared out by them.
        let found = matrix("a   ", &[(1, 4)], &[(1, 2, "A")]);
        assert!((found.cell("A", "A").raw - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(cells(&matrix("a", &[(1, 1)], &[]))[0], ("A", "$none", 1.0));
    }
}
