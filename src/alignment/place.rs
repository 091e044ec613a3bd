//! Where spans lie under a hypothesis: one sweep over the text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::alignment::{CountedForm, Hypothesis};
use crate::text::{ByteRange, Span, Text, Unit};

/// The edges of a span in a text: bytes, or `None` where the span names no characters.
pub(super) type Edges = Option<(usize, usize)>;

/// Where the spans lie if they were counted as the hypothesis says; `None` for those that it
/// places nowhere. The ends of a span are moved apart from white space that is not counted.
#[must_use]
pub fn remap(text: &Text<'_>, spans: &[Span], hypothesis: Hypothesis) -> Vec<Option<ByteRange>> {
    let places = place(text, spans, hypothesis).into_iter();
    let ranges = places.map(|place| place.and_then(|(start, end)| text.range(start..end)));
    ranges.collect()
}

/// The edges of all spans under a hypothesis, in one sweep over the text.
pub(super) fn place(text: &Text<'_>, spans: &[Span], hypothesis: Hypothesis) -> Vec<Edges> {
    let Hypothesis { unit, form } = hypothesis;
    if form == CountedForm::Plain {
        let spans: Vec<Span> = spans.iter().map(|span| Span { unit, ..*span }).collect();
        let proofs = text.resolve(&spans).into_iter();
        let place = |range: ByteRange| (range.start(), range.end());
        return proofs.map(|proof| proof.ok().map(place)).collect();
    }
    let marked = matches!(
        form,
        CountedForm::ByteOrderMark | CountedForm::ByteOrderMarkAndLineEndsAsOne
    );
    let shift = match (marked, unit) {
        (false, _) => 0,
        (true, Unit::Utf8) => 3,
        (true, _) => 1,
    };
    let atoms = Atoms::new(text, unit, form);
    let starts: Vec<i64> = spans.iter().map(|span| span.start).collect();
    let ends: Vec<i64> = spans.iter().map(|span| span.end).collect();
    let starts = edges(&atoms, &starts, shift, true);
    let ends = edges(&atoms, &ends, shift, false);
    let pairs = starts.into_iter().zip(ends);
    pairs
        .map(|(start, end)| Some((start?, end?)).filter(|(start, end)| start <= end))
        .collect()
}

/// The bytes of positions. Where characters without a number stand at a position, `after` takes
/// the byte behind them, and the byte before them otherwise.
fn edges(atoms: &Atoms<'_>, positions: &[i64], shift: i64, after: bool) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..positions.len()).collect();
    order.sort_by_key(|index| positions[*index]);
    let mut found = vec![None; positions.len()];
    let mut waiting = order.into_iter().peekable();
    let mut at = shift;
    let mut settle = |at: i64, byte: usize, next: i64| {
        while let Some(index) = waiting.peek().copied() {
            let position = positions[index];
            if position > at {
                return;
            }
            if position == at {
                if after && next == at {
                    // More at this position follows.
                    return;
                }
                found[index] = Some(byte);
            }
            waiting.next();
        }
    };
    let mut end = 0;
    for (bytes, weight) in atoms.iter() {
        settle(at, bytes.start, at + weight);
        at += weight;
        end = bytes.end;
    }
    settle(at, end, at + 1);
    found
}

/// The characters of a text as a hypothesis counts them.
struct Atoms<'a> {
    text: &'a str,
    unit: Unit,
    form: CountedForm,
}

impl<'a> Atoms<'a> {
    const fn new(text: &Text<'a>, unit: Unit, form: CountedForm) -> Self {
        Self {
            text: text.as_str(),
            unit,
            form,
        }
    }

    /// The bytes of each character, and how much it counts.
    fn iter(&self) -> impl Iterator<Item = (Range<usize>, i64)> + '_ {
        let one = matches!(
            self.form,
            CountedForm::LineEndsAsOne | CountedForm::ByteOrderMarkAndLineEndsAsOne
        );
        let two = self.form == CountedForm::LineEndsAsTwo;
        let mut before = '\0';
        let leading = self.text.len() - self.text.trim_start().len();
        let uncounted = move |start: usize, char: char| {
            self.form == CountedForm::BlanksOnly
                && is_space(char)
                && (char != ' ' || start < leading)
        };
        let graphemes = (self.unit == Unit::Grapheme)
            .then(|| self.text.grapheme_indices(true))
            .into_iter()
            .flatten()
            .map(|(start, cluster)| (start..start + cluster.len(), 1));
        let mut chars = (self.unit != Unit::Grapheme)
            .then(|| self.text.char_indices())
            .into_iter()
            .flatten()
            .peekable();
        let unit = self.unit;
        let characters = std::iter::from_fn(move || {
            let (start, char) = chars.next()?;
            if one && char == '\r' && chars.next_if(|next| next.1 == '\n').is_some() {
                return Some((start..start + 2, 1));
            }
            let weight = match unit {
                _ if two && char == '\n' && before != '\r' => 2,
                _ if uncounted(start, char) => 0,
                Unit::Utf16 => char.len_utf16(),
                Unit::Utf8 => char.len_utf8(),
                Unit::CodePoint | Unit::Grapheme => 1,
            };
            before = char;
            let weight = i64::try_from(weight).unwrap_or(i64::MAX);
            Some((start..start + char.len_utf8(), weight))
        });
        graphemes.chain(characters)
    }
}

/// White space as Python's `str.split` sees it.
pub(super) fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&char)
}
