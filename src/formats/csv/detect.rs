//! What tells a table of texts with classes.

use super::cells::{cells, without_line_end};
use super::header::table;
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
    if !columns.tells(table.columns.len()) {
        return None;
    }
    let is_mark = |column: usize| columns.is_mark(column);
    let (mut rows, mut ragged, mut others) = (0, 0, 0);
    // The last row may be cut.
    while rows < ROWS
        && let (row, Some(after)) = first_row(rest, Scan::by(table.separator))
    {
        let row = without_line_end(row);
        rows += 1;
        let cells = cells(row, table.separator);
        ragged += usize::from(!row.is_empty() && cells.len() != table.columns.len());
        // Columns that mark classes hold nothing else.
        let mut marks = cells
            .iter()
            .enumerate()
            .filter(|(column, _)| is_mark(*column));
        others += usize::from(marks.any(|(_, cell)| !matches!(cell.value.trim(), "0" | "1")));
        rest = after;
    }
    let has_marks = columns.label.is_none();
    let marks = (0..table.columns.len())
        .filter(|column| is_mark(*column))
        .count();
    (2 * ragged <= rows && !(has_marks && (others > 0 || rows == 0 || marks < 2))).then_some(2)
}

/// What keeps a text from being read that is such a table, or would be, as a noun phrase.
pub(super) fn obstacle(text: &str) -> Option<&'static str> {
    if tells_separator(text) {
        return Some(
            "a CSV table behind a line `sep=`, which spreadsheets alone read; remove that line",
        );
    }
    if text.starts_with("__label__") {
        return Some(
            "a file of fastText, which has no columns; write a table with the columns `text` and `label`",
        );
    }
    let header = text.lines().next().unwrap_or_default();
    if ["annotation_id", "lead_time"]
        .iter()
        .all(|column| header.contains(column))
    {
        return Some(
            "the CSV export of Label Studio, which leaves out what its JSON has; export JSON there",
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
        assert_eq!(weight("Url,Label\nx,y\n"), Some(2));
        assert_eq!(weight("text,Refund,Urgent\na,1,0\n"), Some(2));
        assert_eq!(weight("text,Refund,Urgent\na,1,maybe\n"), None);
        assert_eq!(weight("text,more"), None);
        assert_eq!(weight("text,read\na,1\n"), None);
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
        assert!(obstacle("__label__A b\n").is_some_and(|what| what.contains("fastText")));
        let exported = "annotation_id,annotator,id,lead_time,sentiment,text\n1,1,1,2,good,x\n";
        assert!(obstacle(exported).is_some_and(|what| what.contains("Label Studio")));
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
