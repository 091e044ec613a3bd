//! What parts the records of a label file from one another, and goes with one that is removed.

use std::io;
use std::ops::Range;

use super::source::Source;

/// How much is read at a time.
const PAGE: u64 = 4096;

/// Looks at what stands around records. Each byte that is looked at goes with a record, but for
/// one on each side; and records that follow one another are found in one page.
#[derive(Debug)]
pub struct Separators<'a> {
    source: &'a Source,
    /// Whether the records are items of an array, with commas between them, and not lines.
    in_array: bool,
    /// The bytes that were read last, and the place of the first of them.
    page: (u64, Vec<u8>),
}

impl<'a> Separators<'a> {
    /// Those of a file's records: items of an array, or lines.
    #[must_use]
    pub const fn new(source: &'a Source, in_array: bool) -> Self {
        Self {
            source,
            in_array,
            page: (0, Vec::new()),
        }
    }

    /// The bytes that go when a record is removed: a line with its end, an item with one comma.
    ///
    /// Fails where the file cannot be read.
    pub fn removal(&mut self, record: &Range<u64>) -> io::Result<Range<u64>> {
        if !self.in_array {
            let mut end = record.end;
            let returns = self.byte(end)? == Some(b'\r') && self.byte(end + 1)? == Some(b'\n');
            end += u64::from(returns);
            end += u64::from(self.byte(end)? == Some(b'\n'));
            return Ok(record.start..end);
        }
        let before = self.before(record.start)?;
        if let Some(comma) = before.checked_sub(1)
            && self.byte(comma)? == Some(b',')
        {
            return Ok(comma..record.end);
        }
        let after = self.after(record.end)?;
        if self.byte(after)? == Some(b',') {
            return Ok(record.start..self.after(after + 1)?);
        }
        Ok(record.clone())
    }

    /// The end of what stands before the white space that ends at a place.
    fn before(&mut self, mut place: u64) -> io::Result<u64> {
        while let Some(last) = place.checked_sub(1)
            && self.is_space(last)?
        {
            place = last;
        }
        Ok(place)
    }

    /// The start of what stands after the white space that begins at a place.
    fn after(&mut self, mut place: u64) -> io::Result<u64> {
        while self.is_space(place)? {
            place += 1;
        }
        Ok(place)
    }

    fn is_space(&mut self, place: u64) -> io::Result<bool> {
        let byte = self.byte(place)?;
        Ok(byte.is_some_and(|byte| byte.is_ascii_whitespace()))
    }

    /// The byte at a place; `None` past the end.
    fn byte(&mut self, place: u64) -> io::Result<Option<u8>> {
        let start = place - place % PAGE;
        if start != self.page.0 || self.page.1.is_empty() {
            self.page = (start, self.source.bytes(start..start + PAGE)?);
        }
        let at = usize::try_from(place - start).ok();
        Ok(at.and_then(|at| self.page.1.get(at).copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// The file without the record that is spelled so.
    fn without(text: &str, record: &str, in_array: bool) -> String {
        let source = Source::in_memory(text, Path::new("in.json"));
        let start = text.find(record).unwrap();
        let bytes = start as u64..(start + record.len()) as u64;
        let removal = Separators::new(&source, in_array).removal(&bytes).unwrap();
        let index = |place: u64| usize::try_from(place).unwrap();
        format!(
            "{}{}",
            &text[..index(removal.start)],
            &text[index(removal.end)..]
        )
    }

    #[test]
    fn an_item_goes_with_one_comma() {
        assert_eq!(without("[1, 2 , 3]", "1", true), "[2 , 3]");
        assert_eq!(without("[1, 2 , 3]", "2", true), "[1 , 3]");
        assert_eq!(without("[1, 2 , 3]", "3", true), "[1, 2 ]");
        assert_eq!(without("[ 1 ]", "1", true), "[  ]");
        let far = " ".repeat(9000);
        assert_eq!(without(&format!("[1,{far}2]"), "2", true), "[1]");
        assert_eq!(without(&format!("[1{far},{far}2]"), "1", true), "[2]");
    }

    #[test]
    fn a_line_goes_with_its_end_and_leaves_the_comma_of_the_line_before() {
        assert_eq!(without("1,\n2\n3\n", "2", false), "1,\n3\n");
        assert_eq!(without("1\r\n2\r\n3", "2", false), "1\r\n3");
        assert_eq!(without("1\r\n2", "2", false), "1\r\n");
    }
}
