//! Where spans lie under a hypothesis: one sweep over the text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::alignment::{CountedForm, HYPOTHESES, Hypothesis};
use crate::text::clusters::clusters;
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

/// Where a region lies if it was counted as the hypothesis says. One that begins with the text
/// begins with it still, also where a counted byte-order mark has no place there; one that ends with
/// the text, however that was counted, ends with it: a line end behind the last label tells which
/// way of counting it was only by the region.
#[must_use]
pub fn remap_region(text: &Text<'_>, region: Span, hypothesis: Hypothesis) -> Option<ByteRange> {
    let declared = Hypothesis {
        unit: region.unit,
        form: CountedForm::Plain,
    };
    let hypothesis = if hypothesis.form.is_of_numbers() {
        declared
    } else {
        hypothesis
    };
    let mut forms = HYPOTHESES.iter().filter(|one| !one.form.is_of_numbers());
    let is_whole = forms.any(|one| length(text, *one) == region.end);
    let moved = place(text, &[region], hypothesis).into_iter().next()?;
    let start = if region.start == 0 { 0 } else { moved?.0 };
    let end = if is_whole {
        text.as_str().len()
    } else {
        let whole = Span { start: 0, ..region };
        let from_start = place(text, &[whole], hypothesis).into_iter().next()?;
        moved.or(from_start)?.1
    };
    text.range(start..end)
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
    if let Some(change) = change(form) {
        let spans: Vec<Span> = spans.iter().map(|span| change(*span)).collect();
        let plain = Hypothesis {
            unit,
            form: CountedForm::Plain,
        };
        return place(text, &spans, plain);
    }
    let atoms = Atoms::new(text, unit, form);
    let shift = atoms.mark();
    let starts: Vec<i64> = spans.iter().map(|span| span.start).collect();
    let ends: Vec<i64> = spans.iter().map(|span| span.end).collect();
    let starts = edges(&atoms, &starts, shift, true);
    let ends = edges(&atoms, &ends, shift, false);
    let pairs = starts.into_iter().zip(ends);
    pairs
        .map(|(start, end)| Some((start?, end?)).filter(|(start, end)| start <= end))
        .collect()
}

/// The number of the text's end under a hypothesis.
pub(super) fn length(text: &Text<'_>, hypothesis: Hypothesis) -> i64 {
    let Hypothesis { unit, form } = hypothesis;
    if form == CountedForm::Plain || form.is_of_numbers() {
        return i64::try_from(text.len(unit)).unwrap_or(i64::MAX);
    }
    let atoms = Atoms::new(text, unit, form);
    atoms.mark() + atoms.iter().map(|(_, weight)| weight).sum::<i64>()
}

/// What makes the numbers of a span right, where they were changed.
fn change(form: CountedForm) -> Option<Box<dyn Fn(Span) -> Span>> {
    Some(match form {
        CountedForm::Shifted(by) => Box::new(move |span| Span {
            start: span.start.saturating_sub(i64::from(by)),
            end: span.end.saturating_sub(i64::from(by)),
            ..span
        }),
        CountedForm::LastAsEnd => Box::new(|span| Span {
            end: span.end.saturating_add(1),
            ..span
        }),
        CountedForm::EndAsLength => Box::new(|span| Span {
            end: span.end.saturating_sub(span.start),
            ..span
        }),
        CountedForm::LengthAsEnd => Box::new(|span| Span {
            end: span.end.saturating_add(span.start),
            ..span
        }),
        _ => return None,
    })
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

    /// What a counted byte-order mark adds to every number.
    const fn mark(&self) -> i64 {
        match (self.form.counts_mark(), self.unit) {
            (false, _) => 0,
            (true, Unit::Utf8) => 3,
            (true, _) => 1,
        }
    }

    /// The bytes of each character, and how much it counts.
    fn iter(&self) -> impl Iterator<Item = (Range<usize>, i64)> + '_ {
        // Whole clusters: a character may be composed with those around it.
        let normalized = matches!(self.form, CountedForm::Composed | CountedForm::Decomposed);
        let in_clusters = self.unit.is_cluster() || normalized;
        let graphemes = in_clusters
            .then(|| clusters(self.text, self.unit))
            .into_iter()
            .flatten()
            .map(|(start, cluster)| (start..start + cluster.len(), self.cluster(cluster)));
        let characters = (!in_clusters)
            .then(|| self.characters())
            .into_iter()
            .flatten();
        graphemes.chain(characters)
    }

    /// How much a grapheme cluster counts.
    fn cluster(&self, cluster: &str) -> i64 {
        let length = |chars: &mut dyn Iterator<Item = char>| match self.unit {
            Unit::Utf16 => chars.map(char::len_utf16).sum(),
            Unit::Utf8 => chars.map(char::len_utf8).sum(),
            Unit::CodePoint => chars.count(),
            Unit::Grapheme | Unit::Grapheme10 => 1,
        };
        let length = match self.form {
            CountedForm::Composed => length(&mut cluster.nfc()),
            CountedForm::Decomposed => length(&mut cluster.nfd()),
            _ => length(&mut cluster.chars()),
        };
        i64::try_from(length).unwrap_or(i64::MAX)
    }

    /// The bytes of each character, or of a CR LF that counts one, and how much it counts.
    fn characters(&self) -> impl Iterator<Item = (Range<usize>, i64)> + '_ {
        let one = matches!(
            self.form,
            CountedForm::LineEndsAsOne | CountedForm::ByteOrderMarkAndLineEndsAsOne
        );
        let two = self.form == CountedForm::LineEndsAsTwo;
        let mut before = '\0';
        let leading = self.text.len() - self.text.trim_start_matches(is_space).len();
        let uncounted = move |start: usize, char: char, before: char| {
            is_space(char)
                && match self.form {
                    CountedForm::BlanksOnly => char != ' ' || start < leading,
                    CountedForm::Trimmed => start < leading,
                    CountedForm::Collapsed => start < leading || is_space(before),
                    _ => false,
                }
        };
        let mut chars = self.text.char_indices().peekable();
        let unit = self.unit;
        std::iter::from_fn(move || {
            let (start, char) = chars.next()?;
            if one && char == '\r' && chars.next_if(|next| next.1 == '\n').is_some() {
                return Some((start..start + 2, 1));
            }
            let weight = match unit {
                _ if two && char == '\n' && before != '\r' => 2,
                _ if uncounted(start, char, before) => 0,
                Unit::Utf16 => char.len_utf16(),
                Unit::Utf8 => char.len_utf8(),
                Unit::CodePoint | Unit::Grapheme | Unit::Grapheme10 => 1,
            };
            before = char;
            let weight = i64::try_from(weight).unwrap_or(i64::MAX);
            Some((start..start + char.len_utf8(), weight))
        })
    }
}

/// White space as Python's `str.split` sees it.
pub(super) fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&char)
}

#[cfg(test)]
mod tests;
