//! The cells of a row.

use std::borrow::Cow;
use std::ops::Range;

use super::wire::SEPARATORS;

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    /// What it says, without quotes.
    pub(super) value: Cow<'a, str>,
    /// Its bytes in the row, quotes included.
    pub(super) bytes: Range<usize>,
    /// What is wrong with how it is quoted, and the bytes that are.
    pub(super) fault: Option<(Fault, Range<usize>)>,
}

/// What is wrong with how a cell is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something stands behind the quote that closes it.
    AfterQuote,
    /// No quote closes it.
    Unclosed,
    /// It holds a carriage return without quotes around it. Many programs end the row there.
    Return,
}

/// The row without its carriage return, if it ends with one.
pub(super) fn without_line_end(row: &str) -> &str {
    row.strip_suffix('\r').unwrap_or(row)
}

/// The cells of a row, which holds no line end behind the last of them.
pub(super) fn cells(row: &str, separator: u8) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    let mut from = 0;
    loop {
        let cell = cell(row, from, separator);
        let end = cell.bytes.end;
        cells.push(cell);
        if end >= row.len() {
            return cells;
        }
        from = end + 1;
    }
}

/// The cell that begins at a byte.
fn cell(row: &str, from: usize, separator: u8) -> Cell<'_> {
    let bytes = row.as_bytes();
    let end_of = |from: usize| {
        let end = memchr::memchr(separator, &bytes[from..]);
        end.map_or(row.len(), |end| from + end)
    };
    if bytes.get(from) != Some(&b'"') {
        let bytes = from..end_of(from);
        let value = &row[bytes.clone()];
        let found = memchr::memchr(b'\r', value.as_bytes()).map(|found| from + found);
        return Cell {
            value: Cow::Borrowed(value),
            bytes,
            fault: found.map(|found| (Fault::Return, found..found + 1)),
        };
    }
    let opened = from + 1;
    let mut at = opened;
    let mut is_doubled = false;
    loop {
        let Some(quote) = memchr::memchr(b'"', &bytes[at..]) else {
            return Cell {
                value: unquoted(&row[opened..], is_doubled),
                bytes: from..row.len(),
                fault: Some((Fault::Unclosed, from..opened)),
            };
        };
        at += quote + 1;
        if bytes.get(at) == Some(&b'"') {
            is_doubled = true;
            at += 1;
            continue;
        }
        let end = end_of(at);
        return Cell {
            value: unquoted(&row[opened..at - 1], is_doubled),
            bytes: from..end,
            fault: (end > at).then_some((Fault::AfterQuote, at..end)),
        };
    }
}

fn unquoted(text: &str, is_doubled: bool) -> Cow<'_, str> {
    if is_doubled {
        Cow::Owned(text.replace("\"\"", "\""))
    } else {
        Cow::Borrowed(text)
    }
}

/// What parts the cells of a table: the sign that its first row has most of, outside of quotes.
pub(super) fn separator(first_row: &str) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut is_quoted = false;
    for byte in first_row.bytes() {
        is_quoted ^= byte == b'"';
        if let (false, Some(index)) = (is_quoted, SEPARATORS.iter().position(|it| *it == byte)) {
            counts[index] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let first = counts.iter().position(|count| *count == most);
    SEPARATORS[first.unwrap_or(0)]
}

/// Writes a cell, quoted where it has to be: where it holds what parts cells, a quote or a line end, or
/// has a blank at an edge.
pub(super) fn push_cell(value: &str, separator: u8, out: &mut Vec<u8>) {
    let needs_quotes = |byte: &u8| matches!(byte, b'"' | b'\n' | b'\r') || *byte == separator;
    let has_edge = value.starts_with([' ', '\t']) || value.ends_with([' ', '\t']);
    if !has_edge && !value.as_bytes().iter().any(needs_quotes) {
        out.extend_from_slice(value.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(value.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(row: &str, separator: u8) -> Vec<String> {
        let cells = cells(row, separator).into_iter();
        cells.map(|cell| cell.value.into_owned()).collect()
    }

    #[test]
    fn cells_are_as_rfc_4180_has_them() {
        assert_eq!(values("a,,b", b','), ["a", "", "b"]);
        assert_eq!(values("", b','), [""]);
        assert_eq!(values("a,", b','), ["a", ""]);
        assert_eq!(
            values("\"a,\"\"b\"\"\r\nc\";d", b';'),
            ["a,\"b\"\r\nc", "d"]
        );
        // A quote inside a plain cell is a quote.
        assert_eq!(values("5\" pipe,x", b','), ["5\" pipe", "x"]);
        let faults = |row| {
            cells(row, b',')
                .into_iter()
                .map(|cell| cell.fault)
                .collect::<Vec<_>>()
        };
        assert_eq!(faults("\"a\"b,c"), [Some((Fault::AfterQuote, 3..4)), None]);
        assert_eq!(faults("c,\"a"), [None, Some((Fault::Unclosed, 2..3))]);
        assert_eq!(faults("c,a\rb"), [None, Some((Fault::Return, 3..4))]);
        assert_eq!(faults("c,\"a\r\""), [None, None]);
    }

    #[test]
    fn the_most_frequent_sign_parts_cells() {
        assert_eq!(separator("text;label,or class;name"), b';');
        assert_eq!(separator("text\tlabel"), b'\t');
        assert_eq!(separator("\"a;b;c\",d"), b',');
        assert_eq!(separator("text"), b',');
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(values in prop::collection::vec("(?s)[ab'\"\\\\,;\r\n \u{e9}]{0,6}", 1..5)) {
            let mut row = Vec::new();
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    row.push(b',');
                }
                push_cell(value, b',', &mut row);
            }
            let row = String::from_utf8(row).unwrap();
            let read: Vec<String> = cells(&row, b',').into_iter().map(|cell| cell.value.into_owned()).collect();
            prop_assert_eq!(&read, &values);
        }
    }
}
