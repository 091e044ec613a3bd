//! Where numbers lie under each way of counting.

use super::*;
use CountedForm::{
    BlanksOnly, ByteOrderMark, ByteOrderMarkAndLineEndsAsOne, Collapsed, Composed, Decomposed,
    EndAsLength, LastAsEnd, LengthAsEnd, LineEndsAsOne, LineEndsAsTwo, Plain, Shifted, Trimmed,
};

/// A mark (3 bytes), two blanks, `a`, CR LF, an emoji (4 bytes), LF, `é` as two, tab, blank, `b`.
const TEXT: &str = "\u{feff}  a\r\n😀\ne\u{301}\t b";

const fn way(unit: Unit, form: CountedForm) -> Hypothesis {
    Hypothesis { unit, form }
}

const fn span(start: i64, end: i64) -> Span {
    Span {
        unit: Unit::Utf16,
        start,
        end,
    }
}

/// The bytes of each number from 0 on, as a start and as an end.
fn numbers(unit: Unit, form: CountedForm) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let text = Text::new(TEXT);
    let atoms = Atoms::new(&text, unit, form);
    let positions: Vec<i64> = (0..=length(&text, way(unit, form))).collect();
    let found = |after| edges(&atoms, &positions, atoms.mark(), after);
    (found(true), found(false))
}

/// The text without its mark, which stands for itself alone in no form but those that count it.
#[test]
fn characters_that_count_nothing_stand_between_two_edges() {
    let text = Text::new("  a \t b");
    let atoms = Atoms::new(&text, Unit::CodePoint, Collapsed);
    let found = |after| edges(&atoms, &[0, 1, 2, 3, 4], 0, after);
    assert_eq!(found(true), [Some(2), Some(3), Some(6), Some(7), None]);
    assert_eq!(found(false), [Some(0), Some(3), Some(4), Some(7), None]);
    let atoms = Atoms::new(&text, Unit::CodePoint, Trimmed);
    assert_eq!(
        edges(&atoms, &[0, 1, 5, 6, -1], 0, true),
        [Some(2), Some(3), Some(7), None, None]
    );
    let atoms = Atoms::new(&text, Unit::CodePoint, BlanksOnly);
    assert_eq!(
        edges(&atoms, &[0, 1, 2, 3, 4], 0, true),
        [Some(2), Some(3), Some(5), Some(6), Some(7)]
    );
    assert_eq!(edges(&atoms, &[2], 0, false), [Some(4)]);
}

#[test]
fn numbers_stand_where_what_was_counted_stands() {
    let some = |bytes: &[usize]| bytes.iter().copied().map(Some).collect::<Vec<_>>();
    let mark = Text::new(TEXT).as_str().len() - (TEXT.len() - 3);
    let at = |bytes: &[usize]| some(&bytes.iter().map(|byte| byte + mark).collect::<Vec<_>>());
    // Blank, blank, a, CR LF, emoji, LF, e, accent, tab, blank, b.
    let one = [0, 1, 2, 3, 5, 9, 10, 11, 13, 14, 15, 16];
    assert_eq!(numbers(Unit::CodePoint, LineEndsAsOne).0, at(&one));
    let (starts, ends) = numbers(Unit::Utf16, LineEndsAsOne);
    assert_eq!(starts, ends);
    let mut utf16 = at(&one);
    utf16.insert(5, None);
    assert_eq!(starts, utf16);
    let mut two = at(&[0, 1, 2, 3, 4, 5, 9, 10, 11, 13, 14, 15, 16]);
    two.insert(7, None);
    assert_eq!(numbers(Unit::CodePoint, LineEndsAsTwo).0, two);
    let mut marked = at(&one);
    marked.insert(0, None);
    assert_eq!(
        numbers(Unit::CodePoint, ByteOrderMarkAndLineEndsAsOne).0,
        marked
    );
    let composed = at(&[0, 1, 2, 3, 5, 9, 10, 13, 14, 15, 16]);
    assert_eq!(numbers(Unit::Grapheme, LineEndsAsOne).0, composed);
}

#[test]
fn the_end_of_the_text_has_a_number_in_each_form() {
    let text = Text::new(TEXT);
    // 12 characters, of which one takes two code units; 16 bytes.
    for (unit, form, want) in [
        (Unit::CodePoint, Plain, 12),
        (Unit::Utf16, Plain, 13),
        (Unit::Utf8, Plain, 16),
        (Unit::Grapheme, Plain, 10),
        (Unit::Utf16, LastAsEnd, 13),
        (Unit::Utf16, Shifted(3), 13),
        (Unit::CodePoint, LineEndsAsOne, 11),
        (Unit::Utf16, LineEndsAsTwo, 14),
        (Unit::CodePoint, ByteOrderMark, 13),
        (Unit::Utf8, ByteOrderMark, 19),
        (Unit::Utf8, ByteOrderMarkAndLineEndsAsOne, 18),
        (Unit::Grapheme, ByteOrderMark, 11),
        (Unit::CodePoint, BlanksOnly, 6),
        (Unit::CodePoint, Trimmed, 10),
        (Unit::CodePoint, Collapsed, 8),
        (Unit::CodePoint, Composed, 11),
        (Unit::Utf16, Decomposed, 13),
    ] {
        assert_eq!(length(&text, way(unit, form)), want, "{unit:?} {form:?}");
    }
}

#[test]
fn numbers_that_were_changed_are_set_right() {
    let text = Text::new("saw Ann met Bob");
    for (form, numbers) in [
        (Shifted(2), (6, 9)),
        (Shifted(-2), (2, 5)),
        (LastAsEnd, (4, 6)),
        (EndAsLength, (4, 11)),
        (LengthAsEnd, (4, 3)),
    ] {
        let found = place(&text, &[span(numbers.0, numbers.1)], way(Unit::Utf16, form));
        assert_eq!(found, [Some((4, 7))], "{form:?}");
    }
}

#[test]
fn a_region_that_ends_with_the_text_still_does() {
    let text = Text::new("a\r\nb\r\nc");
    let one = way(Unit::Utf16, LineEndsAsOne);
    let place = |start, end, way| {
        remap_region(&text, span(start, end), way).map(|range| (range.start(), range.end()))
    };
    // Of the seven characters five are counted where line ends count one.
    assert_eq!(place(0, 5, one), Some((0, 7)));
    assert_eq!(place(0, 7, one), Some((0, 7)));
    assert_eq!(place(0, 4, one), Some((0, 6)));
    assert_eq!(place(2, 4, one), Some((3, 6)));
    assert_eq!(place(2, 5, one), Some((3, 7)));
    // What was done with the numbers of labels was not done with those of a region.
    assert_eq!(place(3, 4, way(Unit::Utf16, Shifted(1))), Some((3, 4)));
    // A mark that was counted stands before the text.
    let marked = Text::new("\u{feff}abc");
    let found = remap_region(&marked, span(0, 3), way(Unit::Utf16, ByteOrderMark));
    let whole = marked.as_str().len();
    assert_eq!(found.map(ByteRange::start), Some(0));
    assert!(found.is_some_and(|range| range.end() <= whole));
}

#[test]
fn a_span_whose_end_comes_before_its_start_has_no_place() {
    let text = Text::new("a  b");
    let found = place(
        &text,
        &[span(2, 1), span(1, 1)],
        way(Unit::Utf16, Collapsed),
    );
    assert_eq!(found[0], None);
    assert_eq!(
        place(&text, &[span(2, 3)], way(Unit::CodePoint, Collapsed)),
        [Some((3, 4))]
    );
}

#[test]
fn python_counts_four_controls_as_white_space() {
    for char in ['\u{1c}', '\u{1f}', ' ', '\u{a0}', '\u{85}'] {
        assert!(is_space(char), "{char:?}");
    }
    for char in ['\u{1b}', '\u{200b}', 'a'] {
        assert!(!is_space(char), "{char:?}");
    }
}
