//! Offsets in each unit, there and back.

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
