//! The text of a document.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::characters::floor_char;
use super::clusters::Clusters;
use super::count::count;
use super::span::ByteRange;
use super::unit::Unit;

/// How many bytes before a place are looked at before [`Clusters`] are asked.
const WINDOW: usize = 64;

/// A document's text, with what makes offsets cheap.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    str: &'a str,
    ascii: bool,
    mark: bool,
    clusters: Clusters,
    clusters10: Clusters,
}

impl<'a> Text<'a> {
    /// Takes the text as its bytes decode. A byte-order mark at its start is not part of it:
    /// whether the services count one is unknown, and .NET and JavaScript decoders drop it.
    #[must_use]
    pub fn new(str: &'a str) -> Self {
        let stripped = str.strip_prefix('\u{feff}');
        let mark = stripped.is_some();
        Self {
            mark,
            ..Self::inline(stripped.unwrap_or(str))
        }
    }

    /// Takes a text that stands in a label file. A byte-order mark at its start is a character of it,
    /// as it is to the tools that have their texts there.
    #[must_use]
    pub fn inline(str: &'a str) -> Self {
        Self {
            str,
            ascii: str.is_ascii(),
            mark: false,
            clusters: Clusters::default(),
            clusters10: Clusters::default(),
        }
    }

    /// Whether a byte-order mark came before the text.
    #[must_use]
    pub const fn has_byte_order_mark(&self) -> bool {
        self.mark
    }

    /// Proves a range of bytes: in bounds, and on character edges.
    #[must_use]
    pub fn range(&self, bytes: Range<usize>) -> Option<ByteRange> {
        self.str.get(bytes.clone())?;
        Some(ByteRange {
            start: bytes.start,
            end: bytes.end,
        })
    }

    /// The text itself.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.str
    }

    /// Whether every unit counts the same (but for grapheme clusters, where CR LF is one).
    #[must_use]
    pub const fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// The characters of a proved range, or nothing where the range is of another text.
    #[must_use]
    pub fn slice(&self, range: ByteRange) -> &'a str {
        self.str.get(range.as_range()).unwrap_or_default()
    }

    /// The length of the whole text in `unit`.
    #[must_use]
    pub fn len(&self, unit: Unit) -> u64 {
        let length = if self.counts_bytes(unit) {
            self.str.len()
        } else {
            count(self.str, unit)
        };
        length as u64
    }

    /// Whether the text has no characters.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.str.is_empty()
    }

    /// Whether the text stays the same number in every unit, grapheme clusters included.
    fn is_plain(&self) -> bool {
        self.ascii && memchr::memchr(b'\r', self.str.as_bytes()).is_none()
    }

    /// Whether numbers in that unit are numbers of bytes.
    pub(super) fn counts_bytes(&self, unit: Unit) -> bool {
        self.ascii && !unit.is_cluster() || unit == Unit::Utf8 || self.is_plain()
    }

    /// Whether the byte is an edge of the text or between two of the clusters that the unit counts;
    /// between any two characters, for one that counts none.
    pub(super) fn is_edge_in(&self, byte: usize, unit: Unit) -> bool {
        match unit {
            Unit::Grapheme => self.is_grapheme_edge(byte),
            Unit::Grapheme10 => {
                let length = self.str.len();
                byte == 0
                    || byte == length
                    || byte < length && self.clusters10.around(self.str, byte, unit).start == byte
            }
            _ => self.str.is_char_boundary(byte),
        }
    }

    /// Whether the byte is an edge of the text or between two grapheme clusters (UAX #29).
    #[must_use]
    pub fn is_grapheme_edge(&self, byte: usize) -> bool {
        let bytes = self.str.as_bytes();
        if byte == 0 || byte >= bytes.len() {
            return byte <= bytes.len();
        }
        let (before, after) = (bytes[byte - 1], bytes[byte]);
        if before.is_ascii() && after.is_ascii() {
            return !(before == b'\r' && after == b'\n');
        }
        // What comes before mostly tells after a character or two.
        let window = floor_char(self.str, byte.saturating_sub(WINDOW));
        let edge = GraphemeCursor::new(byte, self.str.len(), true)
            .is_boundary(&self.str[window..], window);
        edge.unwrap_or_else(|_| self.grapheme_at(byte).start == byte)
    }

    /// The grapheme cluster that the byte lies in, as a range of bytes.
    #[must_use]
    pub fn grapheme_at(&self, byte: usize) -> Range<usize> {
        if byte >= self.str.len() {
            return self.str.len()..self.str.len();
        }
        self.clusters.around(self.str, byte, Unit::Grapheme)
    }
}
