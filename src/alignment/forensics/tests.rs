//! Tests of the forensics.

use super::*;
use crate::alignment::evidence::MismatchLimits;
use crate::alignment::mismatches::Mismatches;
use crate::alignment::{CountedForm, Hypothesis, members, remap};
use crate::diagnostics::Location;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

mod features;

const TEXT: &str = "😀😀 Ann\nmet Bob, Rene\u{301} too.\r\nÉva saw Zoë in Rome,\r\nand 東京 was far; Ann\r\nwent\nhome with Bob\n";

/// The words of the text under a way of counting, each by its first place.
fn count(text: &str, words: &[&str], hypothesis: Hypothesis) -> Vec<Span> {
    let text = Text::new(text);
    let mark = i64::from(text.has_byte_order_mark());
    let form = hypothesis.form;
    let counted = |end: usize| {
        let head = &text.as_str()[..end];
        let (mut head, mut more) = (head.to_owned(), 0);
        match form {
            CountedForm::LineEndsAsOne => head = head.replace("\r\n", "\n"),
            CountedForm::LineEndsAsTwo => {
                head = head.replace("\r\n", "\n").replace('\n', "\r\n");
            }
            CountedForm::ByteOrderMark => more = mark,
            CountedForm::ByteOrderMarkAndLineEndsAsOne => {
                (head, more) = (head.replace("\r\n", "\n"), mark);
            }
            CountedForm::BlanksOnly => {
                let trimmed = head.trim_start();
                head = trimmed.replace(|char: char| char != ' ' && is_space(char), "");
            }
            CountedForm::Trimmed => head = head.trim_start().to_owned(),
            CountedForm::Collapsed => {
                let words: Vec<&str> = head.split_whitespace().collect();
                let open = head.ends_with(is_space) && !words.is_empty();
                head = words.join(" ") + if open { " " } else { "" };
            }
            CountedForm::Composed => head = head.nfc().collect(),
            CountedForm::Decomposed => head = head.nfd().collect(),
            CountedForm::Shifted(by) => more = i64::from(by),
            _ => {}
        }
        let (length, mark) = match hypothesis.unit {
            Unit::Utf16 => (head.encode_utf16().count(), more),
            Unit::CodePoint => (head.chars().count(), more),
            Unit::Utf8 => (head.len(), more * 3),
            Unit::Grapheme | Unit::Grapheme10 => (head.graphemes(true).count(), more),
        };
        i64::try_from(length).unwrap() + mark
    };
    let span = |word: &&str| {
        let start = text.as_str().find(word).unwrap();
        let (start, end) = (counted(start), counted(start + word.len()));
        Span {
            unit: hypothesis.unit,
            start,
            end: match form {
                CountedForm::LastAsEnd => end - 1,
                CountedForm::EndAsLength => start + end,
                CountedForm::LengthAsEnd => end - start,
                _ => end,
            },
        }
    };
    words.iter().map(span).collect()
}

fn weigh(text: &str, spans: &[Span], declared: Unit) -> (Assessment, HypothesisSet) {
    let spans: Vec<Span> = spans
        .iter()
        .map(|span| Span {
            unit: declared,
            ..*span
        })
        .collect();
    let text = Text::new(text);
    let places = text.resolve(&spans).into_iter().map(Result::ok);
    let found = examine(&text, &spans, None, &places.collect::<Vec<_>>());
    let mut all = Mismatches::default();
    let location = || Location {
        bytes: 0..1,
        pointer: None,
        document: None,
    };
    all.add(&found, 0, "1.txt", location);
    let decisions = all.decide(MismatchLimits::default()).into_iter();
    let believed = decisions.map(|decision| decision.hypotheses);
    (found, believed.fold(0, |set, one| set | one))
}

const WORDS: [&str; 8] = ["Ann", "Bob", "Éva", "Zoë", "Rome", "far", "went", "home"];

#[test]
fn every_way_of_counting_is_recognized() {
    let text = format!("\u{feff}     {TEXT}");
    for hypothesis in HYPOTHESES {
        for declared in [Unit::Utf16, Unit::CodePoint] {
            let spans = count(&text, &WORDS, hypothesis);
            let (found, believed) = weigh(&text, &spans, declared);
            let plain = Hypothesis {
                unit: declared,
                form: CountedForm::Plain,
            };
            let as_declared = count(&text, &WORDS, plain).into_iter();
            let pairs = spans.iter().zip(as_declared);
            let numbers = |span: &Span| (span.start, span.end);
            let differing = pairs.filter(|(span, plain)| numbers(span) != numbers(plain));
            let differing = differing.count();
            assert!(differing > 0 || !found.doubt(), "{hypothesis:?}");
            if differing < 5 {
                continue;
            }
            let believed: Vec<Hypothesis> = members(believed).collect();
            let text = Text::new(&text);
            let want: Vec<&str> = WORDS.to_vec();
            let first = *believed.first().unwrap_or_else(|| panic!("{hypothesis:?}"));
            let read = remap(&text, &spans, first).into_iter();
            let read: Vec<&str> = read.map(|range| text.slice(range.unwrap())).collect();
            assert_eq!(read, want, "{hypothesis:?} as {first:?}");
            assert_eq!(believed.len(), 1, "{hypothesis:?}: {believed:?}");
        }
    }
}

#[test]
fn a_slip_is_no_mismatch() {
    let mut spans = count(TEXT, &WORDS, HYPOTHESES[0]);
    spans[3].start += 1;
    spans[5].end += 2;
    assert_eq!(weigh(TEXT, &spans, Unit::Utf16).1, 0);
}

#[test]
fn few_spans_convince_nobody() {
    let spans = count(TEXT, &WORDS[..4], HYPOTHESES[1]);
    let (found, believed) = weigh(TEXT, &spans, Unit::Utf16);
    assert_eq!(believed, 0);
    assert!(found.gaining() & 2 != 0, "but they count in the corpus");
}

/// Spans of the text, and where they stand as declared.
fn declared(text: &Text<'_>, spans: &[(i64, i64)]) -> (Vec<Span>, Vec<Option<ByteRange>>) {
    let span = |(start, end): &(i64, i64)| Span {
        unit: Unit::Utf16,
        start: *start,
        end: *end,
    };
    let spans: Vec<Span> = spans.iter().map(span).collect();
    let places = text.resolve(&spans).into_iter().map(Result::ok);
    let places = places.collect();
    (spans, places)
}

fn examined(text: &str, spans: &[(i64, i64)], region: Option<(i64, bool)>) -> Assessment {
    let text = Text::new(text);
    let (spans, places) = declared(&text, spans);
    examine(&text, &spans, region, &places)
}

/// The bit of a hypothesis.
fn bit(unit: Unit, form: CountedForm) -> HypothesisSet {
    let index = HYPOTHESES
        .iter()
        .position(|one| *one == Hypothesis { unit, form });
    1 << index.unwrap()
}

#[test]
fn a_document_that_looks_well_is_not_asked() {
    let nothing = Assessment::default();
    assert_eq!(examined("Zoë saw Ann", &[(0, 3), (8, 11)], None), nothing);
    assert_eq!(
        examined("Zoë saw Ann", &[(0, 3)], Some((11, true))),
        nothing
    );
    assert_ne!(examined("Zoë\r\nsaw", &[(0, 3)], Some((7, false))), nothing);
    assert_ne!(examined("😀 saw Ann", &[(6, 9)], None), nothing);
    // A comma is told of in scripts without blanks, where else nothing tells.
    assert_ne!(examined("東京、大阪", &[(2, 5)], None), nothing);
    assert_eq!(examined("a , b", &[(2, 5)], None), nothing);
    assert_eq!(examined("Zoë", &[], Some((9, false))), nothing);
}

#[test]
fn spans_that_have_a_place_and_do_not_fit_it_are_misplaced() {
    // The first fits, the second cuts a word, the third has a blank at its edge, the fourth has no place.
    let found = examined("Ann saw Bob", &[(0, 3), (5, 7), (3, 7), (9, 99)], None);
    assert_eq!(found.misplaced, 2);
    assert_eq!(
        examined("Ann saw Bob", &[(0, 3), (9, 99)], None).misplaced,
        0
    );
}

#[test]
fn numbers_are_asked_about_where_many_spans_do_not_fit() {
    let text = "a ".repeat(25);
    let asked = |misfits: i64, more: &str| {
        let text = format!("{text}{more}");
        let spans: Vec<(i64, i64)> = (0..20)
            .map(|at| {
                (
                    2 * at + i64::from(at < misfits),
                    2 * at + 2 - i64::from(at >= misfits),
                )
            })
            .collect();
        let found = examined(&text, &spans, None);
        let all = found.gaining() | found.refuted;
        all & bit(Unit::Utf16, CountedForm::Shifted(1)) != 0
    };
    assert!(!asked(1, ""));
    assert!(!asked(2, ""), "one in ten");
    assert!(asked(3, ""));
    assert!(asked(1, "é"));
}

#[test]
fn of_many_spans_some_are_asked() {
    let text = format!("😀 {}", "word ".repeat(3000));
    let labels =
        |count: i64| -> Vec<(i64, i64)> { (0..count).map(|at| (2 + 5 * at, 6 + 5 * at)).collect() };
    let spans = |count| {
        let found = examined(&text, &labels(count), None);
        let evidence = found.evidence.values().next().copied().unwrap();
        (evidence.spans, evidence.supposed, evidence.declared)
    };
    assert_eq!(spans(2048), (2048, 2048, 0));
    assert_eq!(spans(2049), (1025, 1025, 0));
    assert_eq!(spans(3000), (1500, 1500, 0));
}

#[test]
fn a_document_says_how_its_spans_lie_under_a_hypothesis() {
    let text = Text::new("😀 we met Ann met Bob met Éva. Tom");
    // As code points the first three fit; the last is declared rightly, and one is nowhere.
    let (spans, places) = declared(&text, &[(9, 12), (17, 20), (25, 28), (31, 34), (90, 99)]);
    let code_points = HYPOTHESES[1];
    let found = super::weigh(&text, &spans, None, &places, code_points);
    let scores = spans.iter().zip(&places).take(4).map(|(span, place)| {
        let own = place.map(|range| (range.start(), range.end()));
        let other = super::place(&text, &[*span], code_points)[0];
        let [before, after] = tempered([own, other].map(|place| plausibility(&text, place)));
        (
            [own, other].map(|place| edge_kinds(&text, place)),
            i64::from(after - before),
        )
    });
    let mut kinds: BTreeMap<_, Vec<i64>> = BTreeMap::new();
    for (kind, score) in scores {
        kinds.entry(kind).or_default().push(score);
    }
    let gain = kinds
        .values()
        .map(|all| alike(all.iter().sum(), all.len() as u64));
    assert!(kinds.values().any(|all| all.len() > 1), "{kinds:?}");
    assert_eq!(found.gain, gain.sum::<i64>());
    assert_eq!(
        [found.spans, found.declared, found.supposed, found.differing],
        [5, 1, 3, 4]
    );
    assert_eq!((found.differing_declared, found.differing_supposed), (1, 3));
}

#[test]
fn the_only_region_speaks_for_what_makes_it_whole() {
    let text = Text::new("Ann\r\nsaw");
    let (spans, places) = declared(&text, &[(0, 3)]);
    let regions =
        |region, hypothesis| super::weigh(&text, &spans, region, &places, hypothesis).regions;
    let one = Hypothesis {
        unit: Unit::Utf16,
        form: CountedForm::LineEndsAsOne,
    };
    let shifted = Hypothesis {
        unit: Unit::Utf16,
        form: CountedForm::Shifted(1),
    };
    assert_eq!(regions(Some((7, false)), one), 1);
    assert_eq!(regions(Some((8, true)), one), -1);
    assert_eq!(regions(Some((5, false)), one), 0);
    assert_eq!(regions(None, one), 0);
    assert_eq!(regions(Some((8, true)), shifted), 0);
    assert_eq!(regions(Some((8, false)), shifted), 0);
}

#[test]
fn an_assessment_says_what_speaks_against_a_hypothesis() {
    let of = |evidence: &[(usize, Evidence)]| Assessment {
        evidence: evidence.iter().copied().collect(),
        ..Assessment::default()
    };
    let gain = |gain| Evidence {
        gain,
        ..Evidence::default()
    };
    let found = of(&[(0, gain(50)), (1, gain(60)), (27, gain(100))]);
    assert!(found.says_nothing_against(HYPOTHESES[1]));
    assert!(!found.says_nothing_against(HYPOTHESES[0]));
    assert!(
        !found.says_nothing_against(HYPOTHESES[27]),
        "its prior is low"
    );
    assert!(!found.says_nothing_against(HYPOTHESES[5]));
    assert!(Assessment::default().says_nothing_against(HYPOTHESES[5]));

    let points = |differing, regions, supposed| {
        let evidence = Evidence {
            supposed,
            differing,
            regions,
            ..Evidence::default()
        };
        of(&[(0, evidence)]).points_elsewhere()
    };
    assert!(points(1, 1, 0));
    assert!(points(2, 2, 0));
    assert!(!points(0, 1, 0) && !points(1, 0, 0) && !points(1, -1, 0));
    assert!(points(0, 0, 2) && !points(0, 0, 1));
}

#[test]
fn a_span_fits_where_both_edges_do() {
    let text = Text::new("Zoë saw\u{a0}Ann");
    let whole = |words: &str| {
        let start = text.as_str().find(words).unwrap();
        fits(&text, Some((start, start + words.len())))
    };
    assert!(whole("Zoë") && whole("saw") && whole("Zoë saw"));
    for words in ["oë", "Zo", " saw", "saw\u{a0}", "\u{a0}Ann", "Zoë "] {
        assert!(!whole(words), "{words:?}");
    }
    assert!(!fits(&text, None) && !fits(&text, Some((4, 4))) && !fits(&text, Some((0, 3))));
}

#[test]
fn placements_are_told_apart_by_their_sums() {
    let mut seen = std::collections::BTreeSet::new();
    let mut count = 0;
    for number in 0..6 {
        seen.insert(mix(number, None));
        count += 1;
        for start in 0..12 {
            for end in start..12 {
                seen.insert(mix(number, Some((start, end))));
                count += 1;
            }
        }
    }
    assert_eq!(seen.len(), count);
}

#[test]
fn bytes_with_their_mark_were_taken_for_a_shift_where_the_text_is_ascii() {
    let text = "\u{feff}Ann saw Bob in Rome and went far from home";
    let words = ["Ann", "Bob", "Rome", "went", "far", "home"];
    let bytes = Hypothesis {
        unit: Unit::Utf8,
        form: CountedForm::ByteOrderMark,
    };
    let (_, believed) = weigh(text, &count(text, &words, bytes), Unit::Utf16);
    assert_eq!(members(believed).next(), Some(bytes));
}
