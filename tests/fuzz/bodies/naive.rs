//! A naive model of offsets.

use labelwright::internals::text::clusters::clusters;
use labelwright::internals::text::{Fault, Side, Span, Unit};
use unicode_segmentation::UnicodeSegmentation;

/// The byte of every position of a unit, the end included; `None` inside a character.
#[must_use]
pub fn naive_edges(text: &str, unit: Unit) -> Vec<Option<usize>> {
    let mut edges = Vec::new();
    match unit {
        Unit::Utf8 => {
            edges.extend((0..text.len()).map(|at| text.is_char_boundary(at).then_some(at)));
        }
        Unit::CodePoint => edges.extend(text.char_indices().map(|(at, _)| Some(at))),
        Unit::Utf16 => {
            for (at, char) in text.char_indices() {
                edges.push(Some(at));
                edges.extend((1..char.len_utf16()).map(|_| None));
            }
        }
        Unit::Grapheme => edges.extend(text.grapheme_indices(true).map(|(at, _)| Some(at))),
        Unit::Grapheme10 => edges.extend(clusters(text, unit).map(|(at, _)| Some(at))),
    }
    edges.push(Some(text.len()));
    edges
}

/// What a span names; which character is split is not told.
///
/// Fails as [`Text::resolve`](labelwright::internals::text::Text::resolve) does.
pub fn naive(edges: &[Option<usize>], span: Span) -> Result<(usize, usize), Fault> {
    let (Ok(start), Ok(end)) = (usize::try_from(span.start), usize::try_from(span.end)) else {
        return Err(Fault::Negative);
    };
    if end < start {
        return Err(Fault::Reversed);
    }
    let length = edges.len() - 1;
    if end > length {
        let (by, length) = ((end - length) as u64, length as u64);
        return Err(Fault::OutOfBounds { by, length });
    }
    match (edges[start], edges[end]) {
        (Some(start), Some(end)) => Ok((start, end)),
        _ => Err(Fault::SplitsCharacter {
            side: Side::Start,
            character: 0,
        }),
    }
}
