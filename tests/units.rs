//! Offsets against a naive model: for any text and any spans, in all five units.

use labelwright::internals::text::{ByteRange, Fault, Span, Text, Unit};
use proptest::prelude::*;

use crate::fuzz::{naive, naive_edges};

/// Text of all sorts of characters, with joiners, marks, flags and line ends among them.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => "[a-z ]{1,6}",
        1 => Just("\r\n".to_owned()),
        1 => Just("\n".to_owned()),
        1 => Just("\r".to_owned()),
        1 => Just("e\u{301}".to_owned()),
        1 => Just("👩\u{200d}🔧".to_owned()),
        1 => Just("🇵🇹🇫".to_owned()),
        1 => Just("\u{feff}".to_owned()),
        2 => any::<char>().prop_map(String::from),
        2 => "[東京𠮷אبé😀]{1,4}",
    ];
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(Unit::ALL.to_vec())
}

fn same(found: Result<ByteRange, Fault>, want: Result<(usize, usize), Fault>) -> bool {
    match (found, want) {
        (Ok(found), Ok(want)) => (found.start(), found.end()) == want,
        (Err(Fault::SplitsCharacter { .. }), Err(Fault::SplitsCharacter { .. })) => true,
        (Err(found), Err(want)) => found == want,
        _ => false,
    }
}

proptest! {
    #[test]
    fn resolve_is_the_naive_model(
        text in any_text(),
        unit in any_unit(),
        numbers in prop::collection::vec((-2_i64..80, -2_i64..80), 0..12),
    ) {
        let text = Text::new(&text);
        let edges = naive_edges(text.as_str(), unit);
        let spans: Vec<Span> = numbers
            .into_iter()
            .map(|(start, end)| Span { unit, start, end })
            .collect();
        prop_assert_eq!(text.len(unit), edges.len() as u64 - 1);
        for (span, found) in spans.iter().zip(text.resolve(&spans)) {
            let want = naive(&edges, *span);
            prop_assert!(same(found, want), "{:?}: {:?}, want {:?}", span, found, want);
        }
    }

    #[test]
    fn resolve_and_declare_are_inverse(
        text in any_text(),
        unit in any_unit(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..12),
    ) {
        let text = Text::new(&text);
        let edges = naive_edges(text.as_str(), unit);
        let good: Vec<usize> = (0..edges.len()).filter(|at| edges[*at].is_some()).collect();
        let spans: Vec<Span> = picks
            .into_iter()
            .map(|(a, b)| {
                let (a, b) = (good[a.index(good.len())], good[b.index(good.len())]);
                let signed = |at: usize| i64::try_from(at).unwrap();
                Span { unit, start: signed(a.min(b)), end: signed(a.max(b)) }
            })
            .collect();
        let ranges: Vec<ByteRange> = text.resolve(&spans).into_iter().map(Result::unwrap).collect();
        let back: Vec<Span> = text.declare(&ranges, unit).into_iter().map(Option::unwrap).collect();
        prop_assert_eq!(&back, &spans);
        let all: Vec<_> = spans.iter().copied().zip(ranges.iter().copied()).collect();
        for pair in all.windows(2) {
            let ((near, proved), (span, range)) = (pair[0], pair[1]);
            prop_assert_eq!(text.declare_near(near, proved, range), Some(span));
        }
        // By way of any other unit too, where it has a number for the edges.
        for other in Unit::ALL {
            for (range, declared) in ranges.iter().zip(text.declare(&ranges, other)) {
                if let Some(declared) = declared {
                    prop_assert_eq!(text.resolve(&[declared])[0], Ok(*range));
                } else {
                    prop_assert!(other.is_cluster());
                }
            }
        }
    }
}
