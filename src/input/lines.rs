//! Lines and columns of places in a label file.

use std::collections::VecDeque;
use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::source::Source;
use crate::diagnostics::Diagnostic;

/// A sweep over a label file that tells the lines and columns of places, which come in order. It
/// reads no further than they lie, and nothing where there are none.
#[derive(Debug)]
pub struct LineCounter<'a> {
    source: &'a Source,
    /// Where a file begins, in the bytes of all, for those that are still to come: lines are
    /// counted from 1 again there.
    borders: VecDeque<u64>,
    chunk: Vec<u8>,
    /// The place of the chunk.
    at: u64,
    /// How much of the chunk was counted.
    counted: usize,
    /// The line there, from 1.
    line: u64,
    /// The characters before it on that line.
    before: u64,
    at_end: bool,
}

impl<'a> LineCounter<'a> {
    /// At the start of a file.
    #[must_use]
    pub fn new(source: &'a Source) -> Self {
        Self {
            borders: source.files().into_iter().map(|(_, start)| start).collect(),
            source,
            chunk: Vec::new(),
            at: 0,
            counted: 0,
            line: 1,
            before: 0,
            at_end: false,
        }
    }

    /// Fills in line and column of a finding that has a place. None may come before the last
    /// one's.
    ///
    /// Fails where the file cannot be read.
    pub fn place(&mut self, finding: &mut Diagnostic) -> io::Result<()> {
        if let Some(bytes) = &finding.bytes {
            finding.position = Some(self.position(bytes.start)?);
        }
        Ok(())
    }

    /// Line and column of a byte, both from 1. None may come before the last one's.
    ///
    /// Fails where the file cannot be read.
    pub fn position(&mut self, place: u64) -> io::Result<(u64, u64)> {
        while let Some(border) = self.borders.front().copied().filter(|it| *it <= place) {
            self.borders.pop_front();
            self.advance(border)?;
            (self.line, self.before) = (1, 0);
        }
        self.advance(place)?;
        Ok((self.line, self.before + 1))
    }

    /// Counts up to a place, or to the end of the file where that comes first.
    fn advance(&mut self, place: u64) -> io::Result<()> {
        loop {
            let here = usize::try_from(place.saturating_sub(self.at)).unwrap_or(usize::MAX);
            if here < self.chunk.len() || self.at_end {
                self.count_to(here.min(self.chunk.len()));
                return Ok(());
            }
            self.count_to(self.chunk.len());
            self.at += self.chunk.len() as u64;
            self.counted = 0;
            self.chunk.clear();
            // Somebody may have read elsewhere in the file since the last chunk.
            let rest = self.source.reader_at(self.at)?;
            rest.take(1 << 20).read_to_end(&mut self.chunk)?;
            self.at_end = self.chunk.is_empty();
        }
    }

    fn count_to(&mut self, end: usize) {
        let Some(stretch) = self.chunk.get(self.counted..end) else {
            return;
        };
        self.line += memchr_iter(b'\n', stretch).count() as u64;
        let tail = memrchr(b'\n', stretch).map_or(0, |newline| newline + 1);
        if tail > 0 {
            self.before = 0;
        }
        self.before += characters(&stretch[tail..]);
        self.counted = end;
    }
}

/// Unicode scalar values, counted by their first bytes; bytes that are not UTF-8 do no harm.
fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u64
}

#[cfg(test)]
pub(in crate::input) mod tests {
    use std::path::Path;

    use super::*;

    pub(in crate::input) fn finding(start: u64) -> Diagnostic {
        Diagnostic {
            rule: "invalid-json",
            severity: crate::diagnostics::Severity::Error,
            message: String::new(),
            help: None,
            bytes: Some(start..start + 1),
            position: None,
            pointer: None,
            document: None,
            excerpt: None,
            snippet: None,
            doubt: 0,
            fix: None,
            region: None,
            places: None,
            subject: None,
            details: None,
            is_of_corpus: false,
            fingerprint: 0,
        }
    }

    #[test]
    fn lines_are_those_of_the_file_that_a_place_stands_in() {
        let part = |text: &str, name: &str| Source::in_memory(text, Path::new(name));
        let sources = vec![
            part("one\ntwo", "a.jsonl"),
            part("", "b.jsonl"),
            part("x\nyz\n", "c.jsonl"),
        ];
        let joined = Source::joined(sources).unwrap();
        let mut bytes = Vec::new();
        joined
            .reader_at(4)
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        assert_eq!(bytes, b"two\nx\nyz\n");
        let files = [("a.jsonl", 0), ("b.jsonl", 8), ("c.jsonl", 8)];
        assert_eq!(
            joined.files(),
            files.map(|(name, start)| (name.to_owned(), start))
        );
        let mut findings = [0, 5, 8, 11].map(finding);
        let mut sweep = LineCounter::new(&joined);
        for finding in &mut findings {
            sweep.place(finding).unwrap();
        }
        let want = [(1, 1), (2, 2), (1, 1), (2, 2)];
        assert_eq!(findings.map(|finding| finding.position.unwrap()), want);
    }

    #[test]
    fn columns_count_characters() {
        let text = "aé\n😀x\n\nend";
        let source = Source::spooled(text.as_bytes(), Path::new("in.json")).unwrap();
        let mut findings = [0, 1, 4, 8, 10, 11, 14].map(finding);
        let mut sweep = LineCounter::new(&source);
        for finding in &mut findings {
            sweep.place(finding).unwrap();
            // Reading elsewhere does not lead the sweep astray.
            source.head(3).unwrap();
        }
        let want = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1), (4, 4)];
        assert_eq!(findings.map(|finding| finding.position.unwrap()), want);
    }
}
