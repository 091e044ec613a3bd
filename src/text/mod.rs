//! Offsets: which characters of a text a span names.
//!
//! A [`Span`] is what a label file declares, in one of four units, and may be wrong.
//! A [`ByteRange`] is proved: it lies in its text and on character edges. Only a [`Text`]
//! makes one ([`Text::resolve`]; [`Text::range`] from bytes), and only a `ByteRange` can be written in another
//! unit, by [`Text::declare`]. So no label is ever moved by guessing.
//!
//! Both functions take all the spans of a document at once and sweep the text a
//! single time from edge to edge, however the spans are ordered.
//!
//! Ends are exclusive everywhere in this crate. CR LF is two characters (and one
//! grapheme cluster): a text is what its bytes say, never normalised.

pub(crate) mod classes;
mod clusters;
mod nearest;
mod sweep;
pub mod words;

use std::fmt;
use std::ops::Range;

use str_indices::{chars, utf16};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use self::clusters::Clusters;
use self::sweep::Sweep;

pub use nearest::nearest;

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// UTF-16 code units: the unit of every Azure AI Language file, and of JavaScript.
    Utf16,
    /// Unicode code points: the unit of Python strings, and of Microsoft's AML SDK.
    CodePoint,
    /// Bytes of the UTF-8 form.
    Utf8,
    /// Extended grapheme clusters (UAX #29): what a reader calls a character.
    Grapheme,
}

impl Unit {
    /// Every unit, in the order in which help texts name them.
    pub const ALL: [Self; 4] = [Self::Utf16, Self::CodePoint, Self::Utf8, Self::Grapheme];

    /// The name used on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "utf16",
            Self::CodePoint => "codepoint",
            Self::Utf8 => "utf8",
            Self::Grapheme => "grapheme",
        }
    }

    /// What one of them is called in a sentence, in the plural.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16 code units",
            Self::CodePoint => "code points",
            Self::Utf8 => "UTF-8 bytes",
            Self::Grapheme => "grapheme clusters",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A stretch of text as a label file declares it: half open, in `unit`, unproved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// What `start` and `end` count.
    pub unit: Unit,
    /// The first unit of the span. Negative in broken files.
    pub start: i64,
    /// The unit after the last one. Less than `start` in broken files.
    pub end: i64,
}

impl Span {
    /// The number of units, negative where the end comes before the start.
    #[must_use]
    pub const fn len(self) -> i64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing (or less).
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two have at least one unit in common. An empty span overlaps nothing.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end && !self.is_empty() && !other.is_empty()
    }

    /// Whether `other` lies in this span as a whole, edges included.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A proved stretch of one text: in bounds, on character edges, half open, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteRange {
    start: usize,
    end: usize,
}

impl ByteRange {
    /// The first byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start
    }

    /// The byte after the last one.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end
    }

    /// Whether the range covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range for indexing.
    #[must_use]
    pub const fn as_range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// One of the two edges of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where the span begins.
    Start,
    /// Where the span ends.
    End,
}

/// Why a span names no characters of its text. The deepest cause only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An edge below 0.
    Negative,
    /// The end comes before the start.
    Reversed,
    /// The end lies `by` units past the text, whose length is `length` units.
    OutOfBounds {
        /// Units between the end of the text and the end of the span.
        by: u64,
        /// The length of the text in the span's unit.
        length: u64,
    },
    /// An edge falls inside a code point: between two surrogates, or between two bytes.
    SplitsCharacter {
        /// Which of the edges; the start where both do.
        side: Side,
        /// The byte at which the split character begins.
        character: usize,
    },
}

/// Where an edge falls in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    At(usize),
    Inside(usize),
    Past,
}

/// How many bytes before a place are looked at before [`Clusters`] are asked.
const WINDOW: usize = 64;

/// A document's text, with what makes offsets cheap.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    str: &'a str,
    ascii: bool,
    mark: bool,
    clusters: Clusters,
}

impl<'a> Text<'a> {
    /// Takes the text as its bytes decode. A byte-order mark at its start is not part of it:
    /// whether the services count one is unknown, and .NET and JavaScript decoders drop it.
    #[must_use]
    pub fn new(str: &'a str) -> Self {
        let stripped = str.strip_prefix('\u{feff}');
        let mark = stripped.is_some();
        let str = stripped.unwrap_or(str);
        Self {
            str,
            ascii: str.is_ascii(),
            mark,
            clusters: Clusters::default(),
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
    fn counts_bytes(&self, unit: Unit) -> bool {
        self.ascii && unit != Unit::Grapheme || unit == Unit::Utf8 || self.is_plain()
    }

    /// Proves spans against the text: one answer a span, in their order.
    ///
    /// All spans must be in the same unit, that of the first. The cost is one sweep over
    /// the text, and a sort where the edges do not come in order.
    #[must_use]
    pub fn resolve(&self, spans: &[Span]) -> Vec<Result<ByteRange, Fault>> {
        let Some(unit) = spans.first().map(|span| span.unit) else {
            return Vec::new();
        };
        debug_assert!(spans.iter().all(|span| span.unit == unit));
        let position = |edge| u64::try_from(edge).unwrap_or(0);
        if self.counts_bytes(unit) {
            let edge = |edge| self.edge_at_byte(position(edge));
            let edges = |span: &Span| (edge(span.start), edge(span.end));
            let length = self.str.len() as u64;
            return spans
                .iter()
                .map(|span| prove(*span, edges(span), length))
                .collect();
        }
        let edges = spans.iter().flat_map(|span| [span.start, span.end]);
        let positions: Vec<u64> = edges.map(position).collect();
        let edges = if unit == Unit::Grapheme {
            self.find_clusters(&positions)
        } else {
            self.find_edges(&positions, unit)
        };
        // To count all of a text takes longer than to find what is near its start.
        let length = if edges.contains(&Edge::Past) {
            self.len(unit)
        } else {
            0
        };
        spans
            .iter()
            .zip(edges.chunks_exact(2))
            .map(|(span, edges)| prove(*span, (edges[0], edges[1]), length))
            .collect()
    }

    /// Writes proved ranges in `unit`: one span a range, in their order.
    ///
    /// `None` stands where a range has no number in that unit, which only happens for
    /// [`Unit::Grapheme`] and an edge inside a grapheme cluster.
    #[must_use]
    pub fn declare(&self, ranges: &[ByteRange], unit: Unit) -> Vec<Option<Span>> {
        let span = |start: Option<i64>, end: Option<i64>| {
            let (start, end) = (start?, end?);
            Some(Span { unit, start, end })
        };
        if self.counts_bytes(unit) {
            let span = |range: &ByteRange| span(signed(range.start), signed(range.end));
            return ranges.iter().map(span).collect();
        }
        let edges = ranges.iter().flat_map(|range| [range.start, range.end]);
        let bytes: Vec<usize> = edges.collect();
        let positions = if unit == Unit::Grapheme {
            self.count_clusters(&bytes)
        } else {
            self.count_units(&bytes, unit)
        };
        let pairs = positions.chunks_exact(2);
        pairs.map(|edges| span(edges[0], edges[1])).collect()
    }

    /// The UTF-16 code units or code points before bytes on character edges.
    fn count_units(&self, bytes: &[usize], unit: Unit) -> Vec<Option<i64>> {
        let mut positions = vec![None; bytes.len()];
        let mut sweep = Sweep::new(self.str, unit);
        for index in in_order(bytes) {
            let byte = bytes[index];
            if self.str.is_char_boundary(byte) {
                positions[index] = i64::try_from(sweep.units_before(byte)).ok();
            }
        }
        positions
    }

    /// The grapheme clusters before bytes, where no cluster is cut there.
    fn count_clusters(&self, bytes: &[usize]) -> Vec<Option<i64>> {
        let mut positions = vec![None; bytes.len()];
        let mut at = (0, 0);
        for index in in_order(bytes) {
            let byte = bytes[index];
            let Some(between) = self.str.get(at.0..byte) else {
                continue;
            };
            if !self.is_grapheme_edge(byte) {
                continue;
            }
            at = (byte, at.1 + count(between, Unit::Grapheme));
            positions[index] = signed(at.1);
        }
        positions
    }

    /// Writes a range in the unit of a span, of which it is known that it names `proved`: only
    /// what lies between the edges of the two is counted, so that many ranges near their spans
    /// cost no sweep over the text each.
    ///
    /// `None` where the range has no number in that unit, as in [`Self::declare`].
    #[must_use]
    pub fn declare_near(&self, span: Span, proved: ByteRange, range: ByteRange) -> Option<Span> {
        let unit = span.unit;
        let moved = |number: i64, from: usize, to: usize| {
            if unit == Unit::Grapheme && !self.is_grapheme_edge(to) {
                return None;
            }
            let between = self.str.get(from.min(to)..from.max(to))?;
            let count = i64::try_from(count(between, unit)).ok()?;
            Some(if to < from {
                number - count
            } else {
                number + count
            })
        };
        Some(Span {
            unit,
            start: moved(span.start, proved.start, range.start)?,
            end: moved(span.end, proved.end, range.end)?,
        })
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
        edge.unwrap_or_else(|_| self.clusters.around(self.str, byte).start == byte)
    }

    /// The grapheme cluster that the byte lies in, as a range of bytes.
    #[must_use]
    pub fn grapheme_at(&self, byte: usize) -> Range<usize> {
        if byte >= self.str.len() {
            return self.str.len()..self.str.len();
        }
        self.clusters.around(self.str, byte)
    }

    /// Where positions in UTF-16 code units or in code points fall, in their order.
    fn find_edges(&self, positions: &[u64], unit: Unit) -> Vec<Edge> {
        let mut edges = vec![Edge::Past; positions.len()];
        let mut sweep = Sweep::new(self.str, unit);
        for index in in_order(positions) {
            edges[index] = sweep.edge_at(positions[index]);
        }
        edges
    }

    /// Where positions in grapheme clusters fall, in their order.
    fn find_clusters(&self, positions: &[u64]) -> Vec<Edge> {
        let mut edges = vec![Edge::Past; positions.len()];
        // The sweep stands between two clusters, at a byte and its position.
        let (mut byte, mut at) = (0, 0);
        for index in in_order(positions) {
            let position = positions[index];
            let (rest, steps) = (&self.str[byte..], narrow(position - at));
            let next = rest.grapheme_indices(true).nth(steps);
            byte += match next {
                Some((start, _)) => start,
                None if count(rest, Unit::Grapheme) == steps => rest.len(),
                None => break,
            };
            at = position;
            edges[index] = Edge::At(byte);
        }
        edges
    }

    fn edge_at_byte(&self, position: u64) -> Edge {
        match usize::try_from(position) {
            Ok(byte) if byte <= self.str.len() => {
                if self.str.is_char_boundary(byte) {
                    Edge::At(byte)
                } else {
                    Edge::Inside(floor_char(self.str, byte))
                }
            }
            _ => Edge::Past,
        }
    }
}

/// How many units a piece of a text has.
fn count(piece: &str, unit: Unit) -> usize {
    match unit {
        Unit::Utf16 => utf16::count(piece),
        Unit::CodePoint => chars::count(piece),
        Unit::Utf8 => piece.len(),
        Unit::Grapheme => piece.graphemes(true).count(),
    }
}

fn prove(span: Span, edges: (Edge, Edge), length: u64) -> Result<ByteRange, Fault> {
    if span.start < 0 || span.end < 0 {
        return Err(Fault::Negative);
    }
    if span.end < span.start {
        return Err(Fault::Reversed);
    }
    let splits = |side, character| Fault::SplitsCharacter { side, character };
    match edges {
        (Edge::Past, _) | (_, Edge::Past) => Err(Fault::OutOfBounds {
            by: span.end.unsigned_abs().saturating_sub(length),
            length,
        }),
        (Edge::Inside(character), _) => Err(splits(Side::Start, character)),
        (_, Edge::Inside(character)) => Err(splits(Side::End, character)),
        (Edge::At(start), Edge::At(end)) => Ok(ByteRange { start, end }),
    }
}

/// The character edge at or before a byte of `text`, or its end for a byte past it.
#[must_use]
pub fn floor_char(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The character edge at or after a byte of `text`, or its end for a byte past it.
#[must_use]
pub fn ceil_char(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte += 1;
    }
    byte
}

/// The indices of `values` in ascending order of value; no sort where they are in order.
fn in_order<T: Ord>(values: &[T]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    if !values.is_sorted() {
        order.sort_by_key(|index| &values[*index]);
    }
    order
}

fn narrow(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

fn signed(value: usize) -> Option<i64> {
    i64::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(unit: Unit, start: i64, end: i64) -> Span {
        Span { unit, start, end }
    }

    fn slice(text: &str, unit: Unit, start: i64, end: i64) -> Result<String, Fault> {
        let text = Text::new(text);
        text.resolve(&[span(unit, start, end)])[0].map(|range| text.slice(range).to_owned())
    }

    #[test]
    fn each_unit_finds_the_same_words() {
        let text = "😀 Bob met Ann";
        for (unit, start, end) in [
            (Unit::CodePoint, 10, 13),
            (Unit::Utf16, 11, 14),
            (Unit::Utf8, 13, 16),
            (Unit::Grapheme, 10, 13),
        ] {
            assert_eq!(
                slice(text, unit, start, end).as_deref(),
                Ok("Ann"),
                "{unit}"
            );
        }
    }

    #[test]
    fn past_the_end_says_by_how_much() {
        let fault = Fault::OutOfBounds { by: 2, length: 4 };
        assert_eq!(slice("a😀b", Unit::Utf16, 1, 6), Err(fault));
        assert_eq!(slice("a😀b", Unit::Utf16, 4, 4).as_deref(), Ok(""));
    }

    #[test]
    fn an_edge_inside_a_surrogate_pair_is_a_fault() {
        let fault = |side| Err(Fault::SplitsCharacter { side, character: 1 });
        assert_eq!(slice("a😀b", Unit::Utf16, 2, 4), fault(Side::Start));
        assert_eq!(slice("a😀b", Unit::Utf16, 0, 2), fault(Side::End));
        assert_eq!(slice("aéb", Unit::Utf8, 0, 2), fault(Side::End));
    }

    #[test]
    fn a_sweep_goes_on_after_a_split_pair() {
        let text = Text::new("a😀b😀c");
        let spans: Vec<Span> = (0..7).map(|at| span(Unit::Utf16, at, at + 1)).collect();
        let found: Vec<Option<&str>> = text
            .resolve(&spans)
            .into_iter()
            .map(|range| range.ok().map(|range| text.slice(range)))
            .collect();
        assert_eq!(
            found,
            [Some("a"), None, None, Some("b"), None, None, Some("c")]
        );
    }

    #[test]
    fn cr_lf_counts_two_and_is_one_cluster() {
        assert_eq!(slice("a\r\nb", Unit::Utf16, 3, 4).as_deref(), Ok("b"));
        assert_eq!(slice("a\r\nb", Unit::Grapheme, 2, 3).as_deref(), Ok("b"));
        assert!(!Text::new("a\r\nb").is_grapheme_edge(2));
    }

    #[test]
    fn a_byte_order_mark_is_not_counted() {
        assert_eq!(
            slice("\u{feff}Ann", Unit::Utf16, 0, 3).as_deref(),
            Ok("Ann")
        );
    }

    #[test]
    fn an_edge_inside_a_cluster_has_no_grapheme_number() {
        let text = Text::new("e\u{301}a");
        let ranges = [
            ByteRange { start: 1, end: 4 },
            ByteRange { start: 3, end: 4 },
        ];
        let want = [None, Some(span(Unit::Grapheme, 1, 2))];
        assert_eq!(text.declare(&ranges, Unit::Grapheme), want);
    }

    #[test]
    fn the_cluster_around_a_byte() {
        let text = Text::new("x👩\u{200d}🔧y");
        assert_eq!(text.grapheme_at(5), 1..12);
    }
}
