//! The text that a file says its spans cover: evidence of their unit, and of their place.

use crate::alignment::span::{AlignedSpan, Claim};
use crate::model::{Covered, Document, Label};
use crate::text::{ByteRange, Fault, Span, Text, Unit};

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

/// Holds the spans of a document to what its file says that they cover: each gets the place that it
/// proves, or none where it proves that there is none.
pub(super) fn hear(document: &Document<'_>, text: &Text<'_>, spans: &mut [AlignedSpan]) {
    let Some(covered) = &document.extras.covered else {
        return;
    };
    let labels = document.spans();
    let told = labels.iter().enumerate();
    let told = told.filter_map(|(index, label)| Some((index, label.covered.as_deref()?)));
    let mut open: Vec<(usize, &str)> = told.collect();
    let mut units: Vec<Unit> = labels
        .first()
        .map(|label| label.span.unit)
        .into_iter()
        .collect();
    for unit in covered.among {
        if !units.contains(unit) {
            units.push(*unit);
        }
    }
    // Who writes down what a span covers has the text as it stands in its file, mark and all.
    let marks: &[i64] = if text.has_byte_order_mark() {
        &[1, 0]
    } else {
        &[0]
    };
    let ways = units
        .into_iter()
        .flat_map(|unit| marks.iter().map(move |mark| (unit, *mark)));
    for (unit, mark) in ways {
        // One sweep over the text for all of them: of each the stretches, and the whole.
        let mut asked = Vec::new();
        for (index, _) in &open {
            let label = &labels[*index];
            let stretch = |(start, end): &(i64, i64)| Span {
                unit,
                start: start - mark,
                end: end - mark,
            };
            if let Some(fragments) = covered.fragments_of(*index) {
                // What brat's page writes of white space at a line end names no characters.
                let named = fragments.iter().filter(|(start, end)| start < end);
                asked.extend(named.map(stretch));
            }
            asked.push(stretch(&(label.span.start, label.span.end)));
        }
        let mut found = text.resolve(&asked).into_iter();
        open.retain(|(index, claim)| {
            let fragments = covered.fragments_of(*index);
            let read = match fragments {
                None => one(text, claim, found.next()),
                Some(fragments) => several(text, claim, fragments, &mut found),
            };
            let Some((range, is_one)) = read else {
                return true;
            };
            let span = &mut spans[*index];
            if is_one {
                (span.proof, span.claim) = (Some(Ok(range)), Claim::Same(unit));
            } else {
                (span.proof, span.claim) = (None, Claim::Discontinuous(unit));
            }
            false
        });
    }
    for (index, _) in open {
        let span = &mut spans[index];
        span.claim = Claim::Differs;
        // What names no characters at all has a fault that says more.
        if matches!(span.proof, Some(Ok(_))) {
            span.proof = None;
        }
    }
}

type Found = Result<ByteRange, Fault>;

/// The place of a span, and that it is one stretch, if it covers the text that it claims.
fn one(text: &Text<'_>, claim: &str, found: Option<Found>) -> Option<(ByteRange, bool)> {
    let range = found?.ok()?;
    (text.slice(range) == claim).then_some((range, true))
}

/// The same of a span that is written as several stretches.
fn several(
    text: &Text<'_>,
    claim: &str,
    fragments: &[(i64, i64)],
    found: &mut impl Iterator<Item = Found>,
) -> Option<(ByteRange, bool)> {
    let mut stretches = Vec::new();
    for (start, end) in fragments {
        stretches.push(if start < end {
            Some(found.next().and_then(Result::ok))
        } else {
            None
        });
    }
    let whole = found.next().and_then(Result::ok);
    let (mut words, mut last, mut is_one) = (Vec::new(), None, true);
    for stretch in stretches {
        let Some(stretch) = stretch else {
            words.push("");
            continue;
        };
        let range = stretch?;
        if let Some(last) = last {
            let gap = text.as_str().get(last..range.start());
            is_one &= gap.is_some_and(|gap| gap.chars().all(is_white));
        }
        last = Some(range.end());
        words.push(text.slice(range));
    }
    let is_covered = words.join(" ") == claim || words.concat() == claim;
    is_covered.then_some((whole?, is_one))
}

/// White space as Python and brat have it: the separators of ASCII too.
#[must_use]
pub fn is_white(char: char) -> bool {
    char.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&char)
}

impl Covered {
    /// The stretches of a label that has several.
    fn fragments_of(&self, label: usize) -> Option<&[(i64, i64)]> {
        let found = self
            .fragments
            .binary_search_by_key(&label, |(index, _)| *index);
        let found = self.fragments.get(found.ok()?);
        found.map(|(_, fragments)| &**fragments)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::alignment::{AlignedDocument, TextState};
    use crate::model::{Address, Body, Extras, Labels, Notation, UnitChoice};

    const AMONG: &[Unit] = &[Unit::CodePoint, Unit::Utf16];

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
        settle_units(&mut labels, &text, AMONG, |one, other| one == other);
        let proved = labels.each_ref().map(|label| label.covered.is_some());
        assert_eq!(proved, [true, true, false]);
        let units = labels.map(|label| label.span.unit);
        assert_eq!(units, [Unit::CodePoint, Unit::Utf16, Unit::CodePoint]);
    }

    #[test]
    fn a_byte_order_mark_is_counted_where_that_fits() {
        let labels = vec![label("Ada", 1, 4), label("met", 4, 7), label("xyz", 1, 4)];
        let heard = heard("\u{feff}Ada met", labels, Vec::new());
        let same = Claim::Same(Unit::CodePoint);
        let want = [
            (same, Some(0..3)),
            (same, Some(4..7)),
            (Claim::Differs, None),
        ];
        assert_eq!(heard, want);
    }

    /// What comes of labels, and the bytes that are proved.
    fn heard(
        text: &str,
        labels: Vec<Label<'_>>,
        fragments: Vec<(usize, Vec<(i64, i64)>)>,
    ) -> Vec<(Claim, Option<std::ops::Range<usize>>)> {
        let covered = Covered {
            among: AMONG,
            fragments,
        };
        let document = Document {
            index: 0,
            start: 0,
            source: "",
            address: Address::location("1.txt"),
            body: Body::Elsewhere,
            language: None,
            split: None,
            labels: Labels::entities(labels, None),
            notation: Notation::StartEnd,
            extras: Extras {
                covered: Some(covered),
                ..Extras::default()
            },
            unreadable: 0,
        };
        let unit = UnitChoice::Ambiguous {
            taken: Unit::CodePoint,
            among: AMONG,
        };
        let state = TextState::Read(Text::new(text));
        let aligned = AlignedDocument::new(&document, state, unit, true);
        let heard = aligned.spans.iter().enumerate();
        heard
            .map(|(index, span)| {
                let range = aligned.range(index);
                (span.claim, range.map(ByteRange::as_range))
            })
            .collect()
    }

    #[test]
    fn what_a_span_covers_proves_its_place_or_that_it_has_none() {
        let text = "😀 Ada met Émile";
        let labels = vec![
            label("Ada", 2, 5),
            label("Émile", 11, 16),
            label("Bob", 2, 5),
            label("Bob", 2, 500),
        ];
        let heard = heard(text, labels, Vec::new());
        assert_eq!(
            heard,
            [
                (Claim::Same(Unit::CodePoint), Some(5..8)),
                (Claim::Same(Unit::Utf16), Some(13..19)),
                (Claim::Differs, None),
                (Claim::Differs, None),
            ]
        );
    }

    #[test]
    fn stretches_with_white_space_between_them_are_one() {
        let text = "Ada\r\nByron met 😀 Bob";
        let labels = vec![
            label("Ada Byron", 0, 10),
            label("AdaByron", 0, 10),
            label("Ada Bob", 0, 20),
            label("Ada Bob ", 0, 20),
            label("Ada Bob", 0, 21),
            label("Bob Ada", 0, 20),
        ];
        let line = vec![(0, 3), (5, 10)];
        let fragments = vec![
            (0, line.clone()),
            (1, line),
            (2, vec![(0, 3), (17, 20)]),
            // A reversed stretch, as brat's page writes it.
            (3, vec![(0, 3), (17, 20), (25, 24)]),
            (4, vec![(0, 3), (18, 21)]),
            (5, vec![(17, 20), (0, 3)]),
        ];
        let claims: Vec<Claim> = heard(text, labels, fragments)
            .into_iter()
            .map(|(claim, _)| claim)
            .collect();
        let (code, utf16) = (Unit::CodePoint, Unit::Utf16);
        assert_eq!(
            claims,
            [
                Claim::Same(code),
                Claim::Same(code),
                Claim::Discontinuous(code),
                Claim::Discontinuous(code),
                Claim::Discontinuous(utf16),
                Claim::Discontinuous(code),
            ]
        );
    }
}
