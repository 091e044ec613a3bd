//! The lines of a file: rows of tokens, what stands between documents, and comments.

use std::ops::Range;

use super::wire::{DOCSTART, NAMES};
use crate::formats::tags;
use crate::json::cut::BYTE_ORDER_MARK;

/// A line, without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// White space, or nothing.
    Blank,
    /// The mark before a document.
    Docstart,
    /// A comment: its key and its value, which may be empty.
    Comment(&'a str, &'a str),
    /// Columns.
    Row(Row<'a>),
}

/// A line with columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// The line, without white space behind it.
    pub(super) line: &'a str,
    /// The place of its first byte in the record.
    pub(super) start: usize,
    /// The columns, in bytes of the line.
    pub(super) columns: Vec<Range<usize>>,
}

impl<'a> Row<'a> {
    pub(super) fn new(line: &'a str, start: usize) -> Self {
        let line = line.trim_end_matches(is_separator);
        let only_tabs = line.contains('\t');
        let parts = |char: char| char == '\t' || char == ' ' && !only_tabs;
        let mut columns = Vec::new();
        let mut from = 0;
        for column in line.split(parts) {
            let inner = column.trim_matches(' ');
            if !inner.is_empty() {
                let at = from + (column.len() - column.trim_start_matches(' ').len());
                columns.push(at..at + inner.len());
            }
            from += column.len() + 1;
        }
        Self {
            line,
            start,
            columns,
        }
    }

    /// A column; empty where there are not so many.
    pub(super) fn column(&self, index: usize) -> &'a str {
        let range = self.columns.get(index).cloned();
        range.map_or("", |range| &self.line[range])
    }

    /// The last column.
    pub(super) fn last(&self) -> &'a str {
        self.column(self.columns.len().saturating_sub(1))
    }

    /// The line from a column on.
    pub(super) fn rest(&self, index: usize) -> &'a str {
        let from = self.columns.get(index).map(|range| range.start);
        from.map_or("", |from| &self.line[from..])
    }

    /// The bytes of the line in the record.
    pub(super) const fn bytes(&self) -> Range<usize> {
        self.start..self.start + self.line.len()
    }

    /// The bytes of a column in the record; those of the line where there are not so many.
    pub(super) fn bytes_of(&self, index: usize) -> Range<usize> {
        match self.columns.get(index) {
            Some(range) => self.start + range.start..self.start + range.end,
            None => self.bytes(),
        }
    }

    /// The bytes of the line from a column on, in the record.
    pub(super) fn bytes_from(&self, index: usize) -> Range<usize> {
        self.bytes_of(index).start..self.bytes().end
    }
}

const fn is_separator(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\r')
}

/// Whether a line holds nothing but white space.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

/// The lines of a record, each with the place of its first byte. `in_sentence` of a line says
/// whether a row stands before it in its sentence: `#` is a token there.
pub(super) fn lines(record: &str) -> impl Iterator<Item = Line<'_>> {
    let (mut start, mut in_sentence) = (0, false);
    record.split('\n').map(move |line| {
        let at = start;
        start += line.len() + 1;
        let line = line_of(line, at, in_sentence);
        in_sentence = matches!(line, Line::Row(_));
        line
    })
}

fn line_of(line: &str, start: usize, in_sentence: bool) -> Line<'_> {
    if is_blank(line.as_bytes()) {
        return Line::Blank;
    }
    if is_docstart(line.as_bytes()) {
        return Line::Docstart;
    }
    if let (false, Some((key, value))) = (in_sentence, comment(line)) {
        return Line::Comment(key, value);
    }
    Line::Row(Row::new(line, start))
}

/// Whether the mark stands in a line: alone, or with columns behind it. In what Label Studio writes it
/// is a token where its columns are those of one, and everywhere where it has a label.
pub(super) fn is_docstart(line: &[u8]) -> bool {
    let columns = columns_behind_mark(line);
    columns.is_some_and(|columns| {
        let last = columns.last().map(|last| String::from_utf8_lossy(last));
        let is_labeled = last.is_some_and(|last| tags::has_prefix(&last));
        !is_labeled && !matches!(columns[..], [b"-X-", b"_", _])
    })
}

/// How the documents of a file end, by its first line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstMark {
    /// It begins with a row or a comment: at blank lines.
    None,
    /// With the mark of Label Studio: at blank lines.
    Once,
    /// With `-DOCSTART-`: at the next one.
    Docstart,
    /// With `# newdoc`: at the next one.
    Newdoc,
}

/// How the documents of a file end that begins with these bytes.
pub(super) fn first_mark(head: &[u8]) -> FirstMark {
    let head = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.find(|line| !is_blank(line)).unwrap_or_default();
    if is_only_docstart(first) {
        FirstMark::Once
    } else if is_docstart(first) {
        FirstMark::Docstart
    } else if is_newdoc(first) {
        FirstMark::Newdoc
    } else {
        FirstMark::None
    }
}

/// Whether a mark is that of Label Studio, which writes it once, at the top: blank lines end documents
/// below it (1.23.2, run).
pub(super) fn is_only_docstart(line: &[u8]) -> bool {
    matches!(columns_behind_mark(line).as_deref(), Some([b"-X-", b"O"]))
}

fn columns_behind_mark(line: &[u8]) -> Option<Vec<&[u8]>> {
    let rest = line.strip_prefix(DOCSTART.as_bytes())?;
    let is_apart = rest.first().is_none_or(u8::is_ascii_whitespace);
    let columns = rest
        .split(u8::is_ascii_whitespace)
        .filter(|column| !column.is_empty());
    is_apart.then(|| columns.collect())
}

/// Whether a line is a comment, where no row stands before it in its sentence.
pub(super) fn is_comment(line: &[u8]) -> bool {
    line.starts_with(b"#") && comment(&String::from_utf8_lossy(line)).is_some()
}

/// Whether a line is the comment of CoNLL-U that begins a document.
pub(super) fn is_newdoc(line: &[u8]) -> bool {
    if !line.starts_with(b"#") {
        return false;
    }
    let line = String::from_utf8_lossy(line);
    comment(&line).is_some_and(|(key, _)| key == "newdoc" || key == "newdoc id")
}

/// Key and value of a comment. `#` may be a token: `# O` is no comment, `# text = # O` is one.
pub(super) fn comment(line: &str) -> Option<(&str, &str)> {
    let body = line.strip_prefix('#')?.trim();
    let row = Row::new(line, 0);
    if tags::is_tag(row.rest(1)) && !row.rest(1).is_empty() {
        return None;
    }
    if let Some((key, value)) = body.split_once('=') {
        let key = key.trim();
        let is_key = |char: char| char.is_alphanumeric() || " _.:-".contains(char);
        if !key.is_empty() && key.chars().all(is_key) && key.split(' ').count() <= 2 {
            return Some((key, value.trim()));
        }
    }
    if body == "newdoc" || body == "newpar" {
        return Some((body, ""));
    }
    let is_row = row.columns.len() > 1 && tags::is_tag(row.last());
    let (key, value) = body.split_once(' ').unwrap_or((body, ""));
    (!is_row).then_some((key, value.trim()))
}

/// The name of the document that a comment gives, and how sure it is that it is one: 0 the surest.
pub(super) fn name_in(key: &str) -> Option<usize> {
    NAMES.iter().position(|name| name.eq_ignore_ascii_case(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(line: &str) -> Vec<&str> {
        let row = Row::new(line, 0);
        (0..row.columns.len())
            .map(|index| row.column(index))
            .collect()
    }

    #[test]
    fn columns_are_parted_by_blanks_or_by_tabs() {
        assert_eq!(
            columns("EU NNP  B-NP B-ORG\r"),
            ["EU", "NNP", "B-NP", "B-ORG"]
        );
        assert_eq!(
            columns("New York\tB-Full Name "),
            ["New York", "B-Full Name"]
        );
        assert_eq!(columns("a\t\tO"), ["a", "O"]);
        assert_eq!(columns("  Ada\u{a0}B O"), ["Ada\u{a0}B", "O"]);
        let row = Row::new("Ada B-Full Name", 10);
        assert_eq!((row.rest(1), row.bytes_from(1)), ("B-Full Name", 14..25));
    }

    #[test]
    fn a_number_sign_is_a_token_or_a_comment() {
        let all: Vec<Line<'_>> = lines("# id = doc-1\n# text = # O\n# O\nx O\n# y O").collect();
        assert_eq!(all[0], Line::Comment("id", "doc-1"));
        assert_eq!(all[1], Line::Comment("text", "# O"));
        for row in &all[2..] {
            assert!(matches!(row, Line::Row(_)), "{row:?}");
        }
        assert_eq!(comment("# newdoc"), Some(("newdoc", "")));
        assert_eq!(comment("# sent 5"), Some(("sent", "5")));
        assert_eq!(comment("#tag O"), None);
        assert!(is_newdoc(b"# newdoc id = a"));
        assert!(is_only_docstart(b"-DOCSTART- -X- O\r") && !is_docstart(b"-DOCSTART- -X- _ O"));
        assert!(is_docstart(b"-DOCSTART- -X- O O") && !is_only_docstart(b"-DOCSTART- -X- O O"));
        assert!(!is_docstart(b"-DOCSTART- B-x-y") && !is_docstart(b"-DOCSTART- -X- O I-x"));
        assert!(is_docstart(b"-DOCSTART-") && !is_docstart(b"-DOCSTART-2 O"));
    }
}
