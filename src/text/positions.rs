//! Where bytes of a text lie for people and for other programs: code points, lines, columns.

use memchr::memchr_iter;

/// How many bytes lie between two places that are remembered.
const STEP: usize = 4096;

/// Finds positions in a text in any order. Each byte of the text is counted once, and then no more than
/// `STEP` bytes for a position.
#[derive(Clone, Debug)]
pub struct Positions<'t> {
    text: &'t str,
    /// The positions of the bytes 0, `STEP`, 2 × `STEP` and so on, as far as they were asked for.
    known: Vec<Position>,
}

/// A position in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Code points before it.
    pub code_point: u64,
    /// Its line, from 1. A line ends with LF.
    pub line: u64,
    /// Its column, from 1, in code points.
    pub column: u64,
}

impl<'t> Positions<'t> {
    /// The positions of a text. Nothing is counted yet.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self {
            text,
            known: Vec::new(),
        }
    }

    /// The position of a byte. One inside of a character counts as the next; one behind the text
    /// as its end.
    pub fn at(&mut self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let wanted = byte / STEP;
        let start = Position {
            code_point: 0,
            line: 1,
            column: 1,
        };
        let mut position = self.known.last().copied().unwrap_or(start);
        if self.known.is_empty() {
            self.known.push(start);
        }
        for step in self.known.len()..=wanted {
            position = self.moved(position, (step - 1) * STEP, step * STEP);
            self.known.push(position);
        }
        self.moved(self.known[wanted], wanted * STEP, byte)
    }

    /// The position of `end`, from that of `start`.
    fn moved(&self, from: Position, start: usize, end: usize) -> Position {
        let bytes = &self.text.as_bytes()[start..end];
        let lines = memchr_iter(b'\n', bytes);
        let (mut count, mut after) = (0, None);
        for newline in lines {
            count += 1;
            after = Some(newline + 1);
        }
        let column = after.map_or(from.column, |_| 1);
        Position {
            code_point: from.code_point + code_points(bytes),
            line: from.line + count,
            column: column + code_points(&bytes[after.unwrap_or_default()..]),
        }
    }
}

/// Characters that begin in the bytes.
fn code_points(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_if_counted_from_the_start() {
        let line = "é😀 one\r\nline\n";
        let text = line.repeat(2 * STEP / line.len() + 3);
        let mut positions = Positions::new(&text);
        let edges = text.char_indices().map(|(byte, _)| byte);
        let edges: Vec<usize> = edges.chain([text.len()]).collect();
        for byte in edges
            .iter()
            .rev()
            .step_by(7)
            .chain(edges.iter().step_by(11))
        {
            let before = &text[..*byte];
            let last = before.rsplit('\n').next().unwrap_or_default();
            let expected = Position {
                code_point: before.chars().count() as u64,
                line: before.matches('\n').count() as u64 + 1,
                column: last.chars().count() as u64 + 1,
            };
            assert_eq!(positions.at(*byte), expected, "{byte}");
        }
        let end = positions.at(text.len());
        assert_eq!(positions.at(usize::MAX), end);
    }
}
