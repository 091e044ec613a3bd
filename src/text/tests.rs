//! Offsets in each unit, there and back.

use unicode_segmentation::UnicodeSegmentation;

use super::clusters::clusters;
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

/// The units before a byte, by a look at each; nothing where one lies over the byte.
fn number(text: &str, byte: usize, unit: Unit) -> Option<i64> {
    let before = &text[..byte];
    let edges = |starts: Vec<usize>| starts.iter().position(|start| *start == byte);
    let count = match unit {
        Unit::Utf16 => before.encode_utf16().count(),
        Unit::CodePoint => before.chars().count(),
        Unit::Utf8 => before.len(),
        Unit::Grapheme => {
            let starts = text.grapheme_indices(true).map(|(at, _)| at);
            edges(starts.chain([text.len()]).collect())?
        }
        Unit::Grapheme10 => {
            let starts = clusters(text, unit).map(|(at, _)| at);
            edges(starts.chain([text.len()]).collect())?
        }
    };
    i64::try_from(count).ok()
}

/// All ranges of a text that begin and end between characters.
fn ranges(text: &Text<'_>) -> Vec<ByteRange> {
    let edges = 0..=text.as_str().len();
    let pairs = edges
        .clone()
        .flat_map(|start| edges.clone().map(move |end| start..end));
    pairs.filter_map(|bytes| text.range(bytes)).collect()
}

#[test]
fn every_range_is_declared_and_found_again_in_every_unit() {
    for str in ["Ada\r\nmet", "\ré😀\n\r\ne\u{301} क्षि🇩🇪 a"] {
        let text = Text::new(str);
        let ranges = ranges(&text);
        for unit in Unit::ALL {
            let number = |byte: usize| number(str, byte, unit);
            let declared = |range: &ByteRange| {
                let (start, end) = (number(range.start)?, number(range.end)?);
                Some(span(unit, start, end))
            };
            let want: Vec<Option<Span>> = ranges.iter().map(declared).collect();
            assert_eq!(text.declare(&ranges, unit), want, "{unit}");
            let known = want.iter().zip(&ranges);
            let (spans, proved): (Vec<Span>, Vec<ByteRange>) = known
                .filter_map(|(span, range)| Some(((*span)?, *range)))
                .unzip();
            let found: Result<Vec<ByteRange>, Fault> = text.resolve(&spans).into_iter().collect();
            assert_eq!(found.as_ref(), Ok(&proved), "{unit}");
            assert_eq!(text.len(unit), number(str.len()).unwrap().unsigned_abs());
            for (span, proved) in spans.iter().zip(proved).step_by(5) {
                assert_eq!(text.resolve(&[*span]), [Ok(proved)], "{unit}");
                for (other, want) in ranges.iter().zip(&want) {
                    assert_eq!(text.declare_near(*span, proved, *other), *want, "{unit}");
                }
            }
        }
    }
}

#[test]
fn what_is_no_range_is_told_alike_in_every_unit() {
    for str in ["Ada\r\n", "aé😀e\u{301}"] {
        let text = Text::new(str);
        let mut all = Vec::new();
        for unit in Unit::ALL {
            let length = text.len(unit);
            let end = length.cast_signed();
            let past = |by| Err(Fault::OutOfBounds { by, length });
            for (start, end, want) in [
                (-1, 1, Err(Fault::Negative)),
                (-2, -1, Err(Fault::Negative)),
                (1, 0, Err(Fault::Reversed)),
                (0, end + 2, past(2)),
                (end + 1, end + 1, past(1)),
                (0, 1, Ok(0..1)),
                (end, end, Ok(str.len()..str.len())),
            ] {
                let span = span(unit, start, end);
                let found = text.resolve(&[span])[0].map(ByteRange::as_range);
                assert_eq!(found, want, "{span:?}");
                all.push((span, want));
            }
        }
        let spans: Vec<Span> = all.iter().map(|(span, _)| *span).collect();
        for (found, (span, want)) in text.resolve(&spans).into_iter().zip(all) {
            assert_eq!(found.map(ByteRange::as_range), want, "{span:?}");
        }
    }
    assert_eq!(Text::new("a").resolve(&[]), []);
}

#[test]
fn an_edge_in_a_long_run_of_flags_is_found_by_all_of_them() {
    let flags = "🇩🇪".repeat(40);
    let text = Text::new(&flags);
    for byte in (0..=flags.len()).step_by(4) {
        assert_eq!(text.is_grapheme_edge(byte), byte % 8 == 0, "{byte}");
    }
}

#[test]
fn spans_that_do_not_follow_one_another_are_found_too() {
    let letters = "é".repeat(200);
    let text = Text::new(&letters);
    for spans in [
        [(150, 155), (3, 5)],
        [(0, 150), (3, 5)],
        [(150, 3), (2, 4)],
        [(150, 3), (151, 4)],
        [(-5, 150), (3, 5)],
        [(3, 5), (150, 2)],
    ] {
        let spans = spans.map(|(start, end)| span(Unit::CodePoint, start, end));
        let byte = |position: i64| usize::try_from(position).unwrap() * 2;
        let want = spans.map(|it| {
            if it.start < 0 {
                return Err(Fault::Negative);
            }
            if it.end < it.start {
                return Err(Fault::Reversed);
            }
            Ok(byte(it.start)..byte(it.end))
        });
        let found = text.resolve(&spans).into_iter();
        let found: Vec<_> = found.map(|it| it.map(ByteRange::as_range)).collect();
        assert_eq!(found, want);
    }
}

#[test]
fn clusters_of_unicode_10_are_not_those_of_today() {
    let count = |unit| clusters("क्षि", unit).count();
    assert_eq!([Unit::Grapheme, Unit::Grapheme10].map(count), [1, 2]);
}

#[test]
fn a_mark_before_a_text_is_remembered_and_one_in_a_label_file_is_a_character() {
    let read = Text::new("\u{feff}Ann");
    assert!(read.has_byte_order_mark() && !Text::new("Ann").has_byte_order_mark());
    let inline = Text::inline("\u{feff}Ann");
    assert!(!inline.has_byte_order_mark());
    assert_eq!([read.len(Unit::Utf16), inline.len(Unit::Utf16)], [3, 4]);
    assert!(Text::new("\u{feff}").is_empty() && !inline.is_empty());
    assert!(read.is_ascii() && !inline.is_ascii());
}

#[test]
fn edges_of_characters_are_at_or_before_and_at_or_after_a_byte() {
    let text = "aé漢😀";
    for byte in 0..text.len() + 3 {
        let mut edges = (0..=text.len()).filter(|edge| text.is_char_boundary(*edge));
        let after = edges.clone().find(|edge| *edge >= byte);
        assert_eq!(ceil_char(text, byte), after.unwrap_or(text.len()), "{byte}");
        let before = edges.rfind(|edge| *edge <= byte);
        assert_eq!(Some(floor_char(text, byte)), before, "{byte}");
    }
}
