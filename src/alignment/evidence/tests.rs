//! What it takes to believe a hypothesis, at the borders.

use super::*;

const LIMITS: MismatchLimits = MismatchLimits {
    spans: 5,
    fit: 0.9,
    misfit: 0.6,
};

/// The hypothesis that is as likely as any before something is known, and one that is less so by 500.
const PLAIN: usize = 0;
const GRAPHEMES: usize = 27;

/// Of spans that the hypothesis places otherwise those that fit as declared, and that fit it.
fn seen([differing, declared, supposed]: [u64; 3], gain: i64) -> Evidence {
    Evidence {
        spans: differing,
        declared,
        supposed,
        differing,
        differing_declared: declared,
        differing_supposed: supposed,
        gain,
        ..Evidence::default()
    }
}

fn spoken(gain: i64, regions: i64) -> Evidence {
    Evidence {
        gain,
        regions,
        ..Evidence::default()
    }
}

#[test]
fn documents_add_up() {
    let one = |by: u64| Evidence {
        spans: by,
        declared: 10 * by,
        supposed: 100 * by,
        differing: 1_000 * by,
        differing_declared: 10_000 * by,
        differing_supposed: 100_000 * by,
        gain: -1_000_000 * i64::try_from(by).unwrap(),
        regions: -10_000_000 * i64::try_from(by).unwrap(),
        places: u64::MAX - by + 1,
    };
    let mut sum = one(2);
    sum.merge(one(3));
    assert_eq!(
        sum,
        Evidence {
            places: u64::MAX - 4,
            ..one(5)
        }
    );
}

#[test]
fn regions_weigh_as_four_at_most_and_what_is_less_likely_weighs_less() {
    for (regions, weight) in [(0, 7), (1, 107), (4, 407), (5, 407), (-3, -293), (-9, -393)] {
        assert_eq!(spoken(7, regions).weight(PLAIN), weight, "{regions}");
        assert_eq!(spoken(7, regions).weight(GRAPHEMES), weight - 500);
    }
    assert_eq!(spoken(7, 0).weight(HYPOTHESES.len()), 7);
}

#[test]
fn a_document_leans_where_more_speaks_for_it() {
    for (gain, regions, leans) in [
        (0, 0, false),
        (1, 0, true),
        (-100, 1, false),
        (-99, 1, true),
        (50, -1, false),
        (101, -1, true),
    ] {
        assert_eq!(spoken(gain, regions).leans(), leans, "{gain} {regions}");
    }
}

#[test]
fn a_document_is_tolerated_where_little_speaks_against_it() {
    for (gain, regions, is_tolerated) in [
        (0, 0, true),
        (1 - MARGIN, 0, true),
        (-MARGIN, 0, false),
        (-MARGIN - 99, 1, true),
        (-MARGIN - 100, 1, false),
        (9 * MARGIN, -1, false),
    ] {
        let evidence = spoken(gain, regions);
        assert_eq!(evidence.tolerates(), is_tolerated, "{gain} {regions}");
    }
}

#[test]
fn other_places_are_those_of_spans_or_of_a_region() {
    assert!(!spoken(5, 0).differs());
    assert!(spoken(0, 1).differs());
    assert!(spoken(0, -1).differs());
    assert!(seen([1, 0, 0], 0).differs());
    assert!(seen([2, 0, 0], 0).differs());
}

#[test]
fn one_span_more_is_not_several() {
    for (declared, supposed, several) in [(3, 3, false), (3, 4, false), (3, 5, true), (0, 9, true)]
    {
        assert_eq!(seen([9, declared, supposed], 0).gains_several(), several);
    }
}

#[test]
fn a_hypothesis_is_believed_from_limit_to_limit() {
    let convinces = |spans, gain| seen(spans, gain).convinces(PLAIN, LIMITS);
    // Nothing fits as declared.
    assert!(convinces([10, 0, 10], MARGIN));
    assert!(!convinces([10, 0, 10], MARGIN - 1));
    assert!(convinces([10, 0, 9], MARGIN));
    assert!(!convinces([10, 0, 8], MARGIN));
    assert!(convinces([5, 0, 5], MARGIN));
    assert!(!convinces([4, 0, 4], MARGIN));
    // Some do.
    assert!(convinces([20, 11, 20], MARGIN));
    assert!(!convinces([20, 12, 20], MARGIN), "60 % fit as declared");
    assert!(!convinces([10, 5, 9], MARGIN), "four are gained");
    assert!(convinces([10, 5, 10], MARGIN), "five are gained");
    // All do, and so much speaks against that.
    assert!(convinces([5, 5, 5], 3 * MARGIN));
    assert!(!convinces([5, 5, 5], 3 * MARGIN - 1));
    assert!(!convinces([4, 4, 4], 3 * MARGIN));
    // What is less likely takes more.
    let graphemes = |gain| seen([10, 0, 10], gain).convinces(GRAPHEMES, LIMITS);
    assert!(graphemes(MARGIN + 500) && !graphemes(MARGIN + 499));
}

#[test]
fn nothing_is_believed_of_no_spans() {
    let limits = MismatchLimits { spans: 0, ..LIMITS };
    assert!(!seen([0, 0, 0], MARGIN).convinces(PLAIN, limits));
    assert!(seen([1, 0, 1], MARGIN).convinces(PLAIN, limits));
}

#[test]
fn a_hypothesis_is_worth_a_look_from_limit_to_limit() {
    let suggests = |spans, gain| seen(spans, gain).suggests(PLAIN, LIMITS);
    assert!(suggests([5, 3, 5], MARGIN));
    assert!(!suggests([5, 3, 5], MARGIN - 1));
    assert!(!suggests([5, 4, 5], MARGIN), "one more is none");
    assert!(!suggests([4, 2, 4], MARGIN), "too few spans");
    assert!(!suggests([5, 2, 4], MARGIN), "too few of them fit");
}

#[test]
fn the_leader_is_what_most_speaks_for() {
    let good = |gain| seen([10, 0, 10], gain);
    let all = BTreeMap::from([
        (0, good(MARGIN - 1)),
        (1, good(MARGIN)),
        (3, good(MARGIN + 5)),
        (4, good(MARGIN + 5)),
    ]);
    assert_eq!(leader(&all, 0, LIMITS), Some(3), "the first of equals");
    assert_eq!(leader(&all, 1 << 3, LIMITS), Some(4));
    assert_eq!(leader(&all, 0b11000, LIMITS), Some(1));
    assert_eq!(leader(&all, 0b11010, LIMITS), None);
    assert_eq!(leader(&all, 0b1, LIMITS), Some(3));
}

/// A count of the evidence.
type Count = fn(&mut Evidence) -> &mut u64;

#[test]
fn no_count_is_larger_than_the_stretch() {
    let bounds = Bounds {
        records: 1,
        bytes: 10..20,
    };
    let within = |change: &dyn Fn(&mut Evidence)| {
        let mut evidence = Evidence::default();
        change(&mut evidence);
        evidence.is_within(&bounds)
    };
    let counts: [Count; 6] = [
        |it| &mut it.spans,
        |it| &mut it.declared,
        |it| &mut it.supposed,
        |it| &mut it.differing,
        |it| &mut it.differing_declared,
        |it| &mut it.differing_supposed,
    ];
    for count in counts {
        assert!(within(&|it| *count(it) = 10));
        assert!(!within(&|it| *count(it) = 11));
    }
    for sign in [1, -1] {
        assert!(within(&|it| it.regions = 10 * sign));
        assert!(!within(&|it| it.regions = 11 * sign));
        assert!(within(&|it| it.gain = 1_099_999 * sign));
        assert!(!within(&|it| it.gain = 1_100_000 * sign));
    }
}
