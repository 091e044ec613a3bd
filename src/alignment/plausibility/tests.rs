//! What the edges of a span speak for.

use super::*;

/// The text around a span, which stands between `[` and `]` in `marked`.
fn parts(marked: &str) -> (String, usize, usize) {
    let start = marked.find('⟦').unwrap();
    let end = marked.find('⟧').unwrap() - '⟦'.len_utf8();
    (marked.replace(['⟦', '⟧'], ""), start, end)
}

fn speaks(marked: &str) -> i32 {
    let (text, start, end) = parts(marked);
    plausibility(&Text::new(&text), Some((start, end)))
}

/// A span between two blanks speaks 150 for its start and 70 for its end.
#[test]
fn each_sort_of_edge_has_its_weight() {
    for (marked, want) in [
        ("saw ⟦Ann⟧ met", 150 + 70),
        // The start.
        ("saw⟦ Ann⟧ met", -400 + 70),
        ("saw⟦, Ann⟧ met", -300 + 70),
        ("saw ⟦)Ann⟧ met", -300 - 300 + 70),
        ("saw⟦-Ann⟧ met", -200 + 70),
        ("saw⟦.Ann⟧ met", -200 + 70),
        ("sa⟦wAnn⟧ met", -300 + 70),
        ("#⟦#Ann⟧ met", 70),
        ("東⟦京Ann⟧ met", 70),
        ("東⟦Ann⟧ met", 70),
        ("⟦Ann⟧ met", 150 + 70),
        // The end.
        ("saw ⟦Ann ⟧met", 150 - 400),
        ("saw ⟦Ann (⟧met", 150 - 300 - 300),
        ("saw ⟦Ann,⟧ met", 150 - 250),
        ("saw ⟦Ann-⟧ met", 150 - 200),
        ("saw ⟦Ann.⟧ met", 150),
        ("saw ⟦서울⟧에 met", 150),
        ("saw ⟦서울⟧t met", 150 - 200),
        ("saw ⟦An⟧n met", 150 - 200),
        ("saw ⟦Ann#⟧ met", 150),
        ("saw ⟦Ann東⟧京 met", 150),
        ("saw ⟦Ann⟧東 met", 150),
        ("saw ⟦Ann⟧", 150 + 70),
        // A bracket alone, and a pair.
        ("saw ⟦An(n⟧ met", 150 - 300 + 70),
        ("saw ⟦A(n)n⟧ met", 150 + 70),
        // No characters.
        ("saw ⟦⟧Ann met", -500),
    ] {
        assert_eq!(speaks(marked), want, "{marked}");
    }
    assert_eq!(plausibility(&Text::new("Ann"), None), -500);
}

#[test]
fn a_cluster_that_is_cut_speaks_against_each_edge_in_it() {
    // Two flags, each of two letters for regions.
    let flags = Text::new("🇳🇴🇸🇪");
    assert_eq!(plausibility(&flags, Some((0, 8))), 0);
    assert_eq!(plausibility(&flags, Some((4, 8))), -400);
    assert_eq!(plausibility(&flags, Some((8, 12))), -400);
    assert_eq!(plausibility(&flags, Some((4, 12))), -800);
}

#[test]
fn a_name_does_not_begin_or_end_with_some_signs() {
    for (marked, odd) in [
        ("saw ⟦Ann⟧ met", false),
        ("saw⟦,Ann⟧ met", true),
        ("saw⟦)Ann⟧ met", true),
        ("saw⟦-Ann⟧ met", true),
        ("saw⟦.Ann⟧ met", true),
        ("saw⟦(Ann)⟧ met", false),
        ("saw⟦ Ann⟧ met", false),
        ("saw ⟦東京⟧ met", false),
        ("saw ⟦Ann,⟧ met", true),
        ("saw ⟦Ann(⟧ met", true),
        ("saw ⟦Ann-⟧ met", true),
        ("saw ⟦Ann.⟧ met", false),
        ("saw ⟦Ann)⟧ met", false),
        ("saw ⟦東京、⟧ met", true),
        ("saw⟦、東京⟧ met", true),
        ("⟦⟧", false),
    ] {
        let (text, start, end) = parts(marked);
        assert_eq!(is_odd(&Text::new(&text), start, end), odd, "{marked}");
    }
}

#[test]
fn no_span_decides_more_than_its_part() {
    assert_eq!(tempered([100, -900, -700]), [100, -700, -700]);
    assert_eq!(tempered([0, -800]), [0, -800]);
    assert_eq!(tempered::<0>([]), [0_i32; 0]);
}

#[test]
fn twice_as_many_of_one_kind_count_half_as_much_more() {
    for (sum, count, want) in [
        (100, 0, 100),
        (100, 1, 100),
        (200, 2, 150),
        (300, 3, 150),
        (400, 4, 200),
        (-800, 8, -250),
    ] {
        assert_eq!(alike(sum, count), want, "{sum} of {count}");
    }
}

#[test]
fn kinds_are_those_of_four_characters() {
    let text = Text::new("a 7,東");
    assert_eq!(edge_kinds(&text, Some((2, 3))), Some([' ', '0', '0', ',']));
    assert_eq!(
        edge_kinds(&text, Some((0, 4))),
        Some(['\n', 'a', ',', '字'])
    );
    assert_eq!(edge_kinds(&text, None), None);
}
