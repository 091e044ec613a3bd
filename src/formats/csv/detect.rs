//! What tells a table of texts with classes.

use super::cells::{cells, without_line_end};
use super::reader::table;
use super::scan::{Scan, first_row};
use super::wire::Columns;

/// How many rows are looked at to tell a table.
const ROWS: usize = 20;

/// How much a text looks like such a table: it has the two columns, and its rows have as many cells
/// as the first. Nothing where it does not.
pub(super) fn weight(text: &str) -> Option<u32> {
    let (first, rest) = first_row(text, Scan::default());
    let mut rest = rest.unwrap_or_default();
    let table = table(first)?;
    let columns = Columns::of(&table);
    columns.text?;
    columns.label?;
    let (mut rows, mut ragged) = (0, 0);
    // The last row may be cut.
    while rows < ROWS
        && let (row, Some(after)) = first_row(rest, Scan::by(table.separator))
    {
        let row = without_line_end(row);
        rows += 1;
        let cells = cells(row, table.separator).len();
        ragged += usize::from(!row.is_empty() && cells != table.columns.len());
        rest = after;
    }
    (2 * ragged <= rows).then_some(2)
}

/// What keeps a text from being read that is such a table, or would be, as a noun phrase.
pub(super) fn obstacle(text: &str) -> Option<&'static str> {
    if tells_separator(text) {
        return Some(
            "a CSV table behind a line `sep=`, which spreadsheets alone read; remove that line",
        );
    }
    let is_old = !text.contains('\n') && text.contains('\r');
    (is_old && weight(&text.replace('\r', "\n")).is_some()).then_some(
        "a CSV table whose rows end with a carriage return alone; save it with LF or CR LF",
    )
}

/// Whether a text begins with the line by which a spreadsheet is told what parts the cells.
fn tells_separator(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let line = line.trim().trim_matches('"');
    let told = line
        .get(..4)
        .filter(|told| told.eq_ignore_ascii_case("sep="));
    told.is_some() && line.chars().count() == 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_told_by_its_columns_and_rows() {
        assert_eq!(weight("text,label\n\"a\nb\",x\n"), Some(2));
        assert_eq!(weight("Review\tSentiment\na\tgood\nb\tbad\ncut"), Some(2));
        assert_eq!(weight("text,label"), Some(2));
        assert_eq!(weight("Url,Label\nx,y\n"), None);
        assert_eq!(weight("text,label\na\nb\nc\n"), None);
        assert_eq!(weight("This text has a label"), None);
        // A quote in a plain cell hides no line end.
        assert_eq!(weight("text,label\n5\" pipe,x\na\nb\nc\n"), None);
        assert_eq!(weight("\"text\n\";\"label\"\na;b\n"), Some(2));
    }

    #[test]
    fn what_keeps_a_table_from_being_read_is_named() {
        let old = "text,label\ra,x\rb,y\r";
        assert!(obstacle(old).is_some_and(|what| what.contains("carriage return")));
        assert!(obstacle("sep=;\ntext;label").is_some_and(|what| what.contains("sep=")));
        for none in ["text,label\r\na,x\r\n", "text,label", "a\rb", ""] {
            assert_eq!(obstacle(none), None, "{none:?}");
        }
    }

    #[test]
    fn spreadsheets_are_told_the_separator() {
        for text in ["sep=;\r\ntext;label", "SEP=,\n", "\"sep=\t\"\n", "sep=|"] {
            assert!(tells_separator(text), "{text:?}");
        }
        for text in ["sep=\ntext", "sep=ab", "separator", "", "\u{e9}sep=;"] {
            assert!(!tells_separator(text), "{text:?}");
        }
    }
}
