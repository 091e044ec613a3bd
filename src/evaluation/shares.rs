//! The confusion matrix of a document with spans: what part of each stretch was predicted as what.
//!
//! The service divides a document into units: each gold span is one, and so is each gap before, between
//! and after them. Each unit counts 1, and is shared out over what was predicted on its characters that
//! are not blank. So the diagonal does not count exact matches, although the service's documentation says
//! so: of the published model an address of 29 such characters, 13 of which were predicted, gives 13/29
//! to its own cell and 16/29 to `$none`; and the 13 gaps of each of 4 documents make the row of `$none`
//! add up to 52.

use std::collections::BTreeMap;
use std::ops::Range;

use super::counts::real;
use super::matrix::{Column, Sums};
use super::pairing::Mark;

/// The most labels that a character is divided among; more are only predicted on one where labels are
/// heaped upon one another.
const MOST_LABELS: usize = 64;

/// A share that is smaller than this is what rounding left.
const NOTHING: f64 = 1e-12;

/// Adds a document. Marks are in bytes of the text, on edges of characters. The text is gone over once,
/// however the marks overlap.
pub(super) fn add(sums: &mut Sums, text: &str, gold: &[Mark], predicted: &[Mark]) {
    let cut = Cut::new(text, gold, predicted);
    for mark in gold {
        let own = cut.place(mark.start)..cut.place(mark.end);
        let found = cut
            .shares(&own, Count::Words)
            // A span of white space alone is shared out by that.
            .or_else(|| cut.shares(&own, Count::All));
        // A span without characters has none that anything was predicted on.
        let found = found.unwrap_or_else(|| vec![(None, 1.0)]);
        sums.add(Some(mark.label), &found);
    }
    for gap in cut.gaps(gold) {
        // A gap of white space alone is none.
        if let Some(found) = cut.shares(&gap, Count::Words) {
            sums.add(None, &found);
        }
    }
}

/// Which characters count.
#[derive(Clone, Copy)]
enum Count {
    /// Those that are not blank.
    Words,
    /// All of them.
    All,
}

/// A text cut into pieces at all edges of marks.
struct Cut {
    /// The edges, in bytes.
    edges: Vec<usize>,
    /// The characters before each edge: those that are not blank, and all.
    before: Vec<[u32; 2]>,
    /// What was predicted, and where nothing was.
    columns: BTreeMap<Column, Cover>,
}

/// The pieces that have a label.
#[derive(Default)]
struct Cover {
    /// Their numbers.
    pieces: Vec<usize>,
    /// The shares of their characters up to each of them, counted in both ways.
    sums: Vec<[f64; 2]>,
}

impl Cover {
    fn add(&mut self, piece: usize, [words, all]: [f64; 2]) {
        let [sum, sum_of_all] = self.sums.last().copied().unwrap_or_default();
        self.pieces.push(piece);
        self.sums.push([sum + words, sum_of_all + all]);
    }

    /// The shares in a range of pieces.
    fn within(&self, range: &Range<usize>, count: Count) -> f64 {
        let until = |piece: usize| {
            let place = self.pieces.partition_point(|at| *at < piece);
            let sums = place.checked_sub(1).and_then(|last| self.sums.get(last));
            sums.map_or(0.0, |sums| sums[count as usize])
        };
        until(range.end) - until(range.start)
    }
}

impl Cut {
    fn new(text: &str, gold: &[Mark], predicted: &[Mark]) -> Self {
        let marks = gold.iter().chain(predicted);
        let mut edges: Vec<usize> = marks.flat_map(|mark| [mark.start, mark.end]).collect();
        edges.extend([0, text.len()]);
        edges.sort_unstable();
        edges.dedup();
        // Where labels begin and end, in the order of the text.
        let mut turns: Vec<(usize, bool, u32)> = Vec::with_capacity(2 * predicted.len());
        for mark in predicted.iter().filter(|mark| mark.start < mark.end) {
            turns.push((mark.start, true, mark.label));
            turns.push((mark.end, false, mark.label));
        }
        turns.sort_unstable();
        let mut turns = turns.into_iter().peekable();
        let mut before = vec![[0; 2]];
        let mut columns: BTreeMap<Column, Cover> = BTreeMap::new();
        // A label that was predicted twice is one.
        let mut active: BTreeMap<u32, usize> = BTreeMap::new();
        for (piece, pair) in edges.windows(2).enumerate() {
            while let Some((_, begins, label)) = turns.next_if(|turn| turn.0 <= pair[0]) {
                let number = active.entry(label).or_default();
                if begins {
                    *number += 1;
                } else {
                    *number = number.saturating_sub(1);
                }
                if *number == 0 {
                    active.remove(&label);
                }
            }
            let own = characters(text.get(pair[0]..pair[1]).unwrap_or_default());
            let last = before.last().copied().unwrap_or_default();
            before.push([last[0] + own[0], last[1] + own[1]]);
            let labels = active.len().clamp(1, MOST_LABELS);
            let part = own.map(|own| f64::from(own) / real(labels as u64));
            if active.is_empty() {
                columns.entry(None).or_default().add(piece, part);
            }
            for label in active.keys().take(MOST_LABELS) {
                let column = columns.entry(Some(*label)).or_default();
                column.add(piece, part);
            }
        }
        Self {
            edges,
            before,
            columns,
        }
    }

    /// The number of the piece that begins at an edge.
    fn place(&self, edge: usize) -> usize {
        self.edges.partition_point(|at| *at < edge)
    }

    /// The stretches without a gold label.
    fn gaps(&self, gold: &[Mark]) -> Vec<Range<usize>> {
        let mut spans: Vec<(usize, usize)> = gold
            .iter()
            .filter(|mark| mark.start < mark.end)
            .map(|mark| (self.place(mark.start), self.place(mark.end)))
            .collect();
        spans.sort_unstable();
        let mut gaps = Vec::new();
        let mut until = 0;
        for (start, end) in spans {
            gaps.push(until..start);
            until = until.max(end);
        }
        gaps.push(until..self.edges.len() - 1);
        gaps.retain(|gap| gap.start < gap.end);
        gaps
    }

    /// How a stretch is shared out over what was predicted on its characters; `None` where it has none.
    fn shares(&self, range: &Range<usize>, count: Count) -> Option<Vec<(Column, f64)>> {
        let before = |piece: usize| {
            self.before
                .get(piece)
                .map_or(0, |sums| sums[count as usize])
        };
        let all = before(range.end).checked_sub(before(range.start))?;
        if all == 0 {
            return None;
        }
        let columns = self.columns.iter();
        let shares = columns.map(|(column, cover)| {
            let part = cover.within(range, count);
            (*column, part / f64::from(all))
        });
        Some(shares.filter(|(_, share)| *share > NOTHING).collect())
    }
}

/// How many characters of some words are not blank, and how many there are.
fn characters(words: &str) -> [u32; 2] {
    let mut found = [0; 2];
    for char in words.chars() {
        found[0] += u32::from(!char.is_whitespace());
        found[1] += 1;
    }
    found
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
