//! Where rows end.

use memchr::{memchr, memchr2};

use super::wire::SEPARATORS;

/// Follows rows, whatever the borders of what is read.
#[derive(Default)]
pub(super) struct Scan {
    /// What parts the cells. The first row is read without that: it is what tells it.
    separator: Option<u8>,
    state: State,
}

/// What the scanner knows at a byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// A cell begins here.
    #[default]
    Start,
    /// In a cell without quotes, or behind its closing quote.
    Plain,
    /// Inside quotes.
    Quoted,
    /// Behind a quote inside quotes: it closes them, or the next one is doubled by it.
    Quote,
}

impl Scan {
    /// Of the rows behind the first.
    pub(super) fn by(separator: u8) -> Self {
        Self {
            separator: Some(separator),
            state: State::Start,
        }
    }

    /// Where the row ends, behind its line feed; `None` where it goes on after the bytes.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            match self.state {
                State::Quoted => {
                    at += memchr(b'"', &bytes[at..])? + 1;
                    self.state = State::Quote;
                    continue;
                }
                State::Start | State::Quote if byte == b'"' => self.state = State::Quoted,
                State::Start | State::Quote | State::Plain => {
                    let Some(next) = self.cell_end(&bytes[at..]) else {
                        self.state = State::Plain;
                        return None;
                    };
                    at += next;
                    self.state = State::Start;
                    if bytes[at] == b'\n' {
                        return Some(at + 1);
                    }
                }
            }
            at += 1;
        }
        None
    }

    /// Where a cell without quotes ends.
    fn cell_end(&self, bytes: &[u8]) -> Option<usize> {
        match self.separator {
            Some(separator) => memchr2(separator, b'\n', bytes),
            None => bytes
                .iter()
                .position(|byte| *byte == b'\n' || SEPARATORS.contains(byte)),
        }
    }
}

/// The first row of a text, without its line feed, and what comes behind that; nothing where no
/// line feed ends the row.
pub(super) fn first_row(text: &str, mut scan: Scan) -> (&str, Option<&str>) {
    match scan.end(text.as_bytes()) {
        Some(end) => (&text[..end - 1], Some(&text[end..])),
        None => (text, None),
    }
}
