//! That figures add up in any grouping.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::model::{Address, Body, Document, Extras, Label, Labels, Notation, Split, UnitChoice};
use crate::text::{Span, Text};

const TEXT: &str = "Ada met Ben in Oslo. Eva met Oslo in Ben.";

fn document(index: u64, split: u8, spans: &[(i64, i64, u8)]) -> Document<'static> {
    let labels = spans
        .iter()
        .enumerate()
        .map(|(index, (start, length, name))| Label {
            category: Cow::Borrowed(["A", "B", "C"][usize::from(*name) % 3]),
            span: Span {
                unit: Unit::Utf16,
                start: *start,
                end: start + length,
            },
            region: 0,
            index,
            covered: None,
        });
    Document {
        index,
        start: 0,
        source: "",
        address: Address::location("1.txt"),
        body: Body::Elsewhere,
        language: ["en-us", "de"]
            .get(usize::from(split))
            .map(|code| Cow::Borrowed(*code)),
        split: [None, Some(Split::Train), Some(Split::Test)][usize::from(split % 3)].clone(),
        labels: Labels::entities(labels.collect(), None),
        notation: Notation::OffsetLength,
        extras: Extras::default(),
        unreadable: 0,
    }
}

/// A split, and the spans: start, length, label.
type Made = (u8, Vec<(i64, i64, u8)>);

fn of(documents: &[Made], first: u64, cap: usize) -> Figures {
    let mut figures = Figures::with_cap(cap);
    for (index, (split, spans)) in (first..).zip(documents) {
        let document = document(index, *split, spans);
        let state = TextState::Read(Text::new(TEXT));
        let unit = UnitChoice::Given(Unit::Utf16);
        let aligned = AlignedDocument::new(&document, state, unit, false);
        figures.add(&aligned, (index % 2 == 0).then_some("Jo"));
    }
    figures
}

proptest! {
    #[test]
    fn parts_add_up_in_any_grouping(
        documents in prop::collection::vec(
            (0_u8..3, prop::collection::vec((0_i64..40, 0_i64..6, 0_u8..3), 0..6)),
            0..8,
        ),
        cut in 0_usize..8,
        cap in 1_usize..9,
    ) {
        let cut = cut.min(documents.len());
        let (left, right) = documents.split_at(cut);
        let whole = of(&documents, 0, cap);
        let mut forth = of(left, 0, cap);
        forth.merge(of(right, cut as u64, cap));
        let mut back = of(right, cut as u64, cap);
        back.merge(of(left, 0, cap));
        prop_assert_eq!(&forth, &whole);
        prop_assert_eq!(&back, &whole);
        let spans: usize = documents.iter().map(|(_, spans)| spans.len()).sum();
        prop_assert_eq!(whole.instances().total(), spans as u64);
        let lengths = whole.labels.values().map(|label| label.characters.count());
        prop_assert_eq!(lengths.sum::<u64>() + whole.unproved, spans as u64);
    }
}
