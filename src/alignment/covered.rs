//! The unit of single spans, told by the text that they cover.

use crate::model::Label;
use crate::text::{Span, Text, Unit};

/// Settles the unit of each label whose file says what text it covers ([`Label::covered`]): the
/// first of `among` whose characters are that text. The unit that a label has stays where it is
/// among those that fit, or where none does; in that case the label says nothing of its unit, and
/// its covered text goes. Some tools have mixed units in one document, so a file does not have one
/// for all (Label Studio 1.4; brat 1.3 and its page).
///
/// `same` compares what a span covers with what the file says that it does, since some tools store
/// what they display rather than what stands there.
pub fn settle_units(
    labels: &mut [Label<'_>],
    text: &Text<'_>,
    among: &[Unit],
    same: impl Fn(&str, &str) -> bool,
) {
    if text.as_str().is_ascii() {
        // All units count alike, but for grapheme clusters and CR LF.
        return;
    }
    let open = labels.iter().enumerate();
    let open = open.filter(|(_, label)| label.covered.is_some());
    let mut open: Vec<usize> = open.map(|(index, _)| index).collect();
    // Of all labels at a time: to look for a place takes a sweep over the text.
    let mut settle = |unit: Option<Unit>, open: &mut Vec<usize>| {
        let span = |index: &usize| {
            let span = labels[*index].span;
            let unit = unit.unwrap_or(span.unit);
            Span { unit, ..span }
        };
        let spans: Vec<Span> = open.iter().map(span).collect();
        let mut places = text.resolve(&spans).into_iter();
        open.retain(|index| {
            let label = &mut labels[*index];
            let place = places.next().and_then(Result::ok);
            let covered = label.covered.as_deref().unwrap_or_default();
            let fits = place.is_some_and(|place| same(text.slice(place), covered));
            if let (true, Some(unit)) = (fits, unit) {
                label.span.unit = unit;
            }
            !fits
        });
    };
    settle(None, &mut open);
    for unit in among {
        if open.is_empty() {
            return;
        }
        settle(Some(*unit), &mut open);
    }
    for index in open {
        labels[index].covered = None;
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn label(covered: &str, start: i64, end: i64) -> Label<'_> {
        Label {
            category: Cow::Borrowed("Person"),
            span: Span {
                unit: Unit::CodePoint,
                start,
                end,
            },
            region: 0,
            index: 0,
            covered: Some(Cow::Borrowed(covered)),
        }
    }

    #[test]
    fn each_span_gets_the_unit_whose_characters_it_says_that_it_covers() {
        // As Label Studio 1.4 writes it: code points in the first node, UTF-16 behind it.
        let text = Text::new("😀 Ada met Émile");
        let mut labels = [label("Ada", 2, 5), label("Émile", 11, 16), label("?", 2, 5)];
        let among = [Unit::CodePoint, Unit::Utf16];
        settle_units(&mut labels, &text, &among, |one, other| one == other);
        let proved = labels.each_ref().map(|label| label.covered.is_some());
        assert_eq!(proved, [true, true, false]);
        let units = labels.map(|label| label.span.unit);
        assert_eq!(units, [Unit::CodePoint, Unit::Utf16, Unit::CodePoint]);
    }
}
