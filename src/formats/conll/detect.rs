//! Tells files of tokens by their columns.

use super::lines::{Line, Row, comment, is_blank, is_docstart, lines};
use crate::formats::tags;

/// How many lines are looked at.
const LINES: usize = 200;

/// Whether a file begins as JSON does. A brace or a bracket may be a token too, with its tag at the end of
/// the line.
pub(super) fn is_json(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let row = Row::new(first, 0);
    let is_row = row.columns.len() > 1 && tags::is_tag(row.last());
    text.starts_with(['{', '[']) && !is_row
}

/// By what a file is told, as a noun phrase; nothing where it is none.
pub(super) fn sign(text: &str) -> Option<&'static str> {
    // The last line may be cut.
    let whole = match text.rfind('\n') {
        Some(end) if text.len() >= 1 << 16 => &text[..end],
        _ => text,
    };
    let first = whole.lines().find(|line| !is_blank(line.as_bytes()))?;
    if is_docstart(first.as_bytes()) {
        return Some("a first line with `-DOCSTART-`");
    }
    let rows = lines(whole).take(LINES).filter_map(|line| match line {
        Line::Row(row) => Some(row),
        _ => None,
    });
    let rows: Vec<Row<'_>> = rows.collect();
    let universal = |row: &Row<'_>| row.columns.len() == 10 && row.line.contains('\t');
    let is_number = |row: &Row<'_>| {
        row.column(0)
            .starts_with(|char: char| char.is_ascii_digit())
    };
    if rows.iter().all(|row| universal(row) && is_number(row)) && !rows.is_empty() {
        return Some("the ten columns of CoNLL-U");
    }
    // A few rows may be broken.
    let is_row = |row: &&Row<'_>| {
        row.columns.len() > 1 && (tags::is_tag(row.last()) || tags::has_prefix(row.rest(1)))
    };
    let tagged = rows.iter().filter(is_row).count();
    let is_sure = tagged > 0 && (tagged * 10 >= rows.len() * 9 || tagged + 1 == rows.len());
    let is_heading = comment(first).is_some();
    (is_sure && (is_heading || tags::is_tag(Row::new(first, 0).last()) || tagged > 1))
        .then_some("a tag at the end of each line")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brace_may_be_a_token() {
        for text in ["{ B-x\nAda O\n", "[ -X- _ O\nAda -X- _ B-x\n"] {
            assert!(!is_json(text), "{text:?}");
        }
        for text in ["{", "[\n{", "{ \"a\": 1 }\n", "[[\"x\", {}]]", "{ \"O\""] {
            assert!(is_json(text), "{text:?}");
        }
    }

    #[test]
    fn tags_tell() {
        for text in [
            "Ada B-PER\nmet O\n\n",
            "Ada\tS-PER",
            "Ada B-Full Name\nByron I-Full Name\n. O\n",
            "# id = a\n# text = x y\nAda B-PER\n",
            "-DOCSTART- -X- O O\n\n",
            "1\tAda\t_\t_\t_\t_\t0\troot\t_\tner=B-PER\n",
            "Ada B-PER\nmet\nBob B-PER\n",
        ] {
            assert!(sign(text).is_some(), "{text:?}");
        }
        for text in [
            "",
            "hello",
            "text,label\nx,y\n",
            "text\tlabel\nyes\tO-Ton\n",
            "a b\nc d\n",
            "text\tlabel\nGroup\tO\n",
            "Ada PER\nmet O\nBob PER\nof PER\n",
            "O\nO\n",
        ] {
            assert_eq!(sign(text), None, "{text:?}");
        }
    }
}
