//! What a text has that can be counted in several ways, and what comes to the same in it.

use super::*;

/// Texts that have, and have not, what can be counted in several ways.
const TEXTS: [&str; 9] = [
    "Ann saw",
    " Ann\t saw",
    "Ann\r\nsaw\n it",
    "😀 Ann\r\n saw",
    "\u{feff}Zoë e\u{301}",
    "\u{feff}Ann\r\nsaw",
    "東\u{3000}  京",
    "Ann\u{1c}  saw",
    "",
];

/// What is not asked about, since it comes to the same.
#[test]
fn a_plainer_hypothesis_places_all_spans_alike() {
    let mut reductions = 0;
    for text in TEXTS {
        let text = Text::new(text);
        let features = Features::of(&text);
        for declared in [Unit::Utf16, Unit::CodePoint, Unit::Utf8, Unit::Grapheme] {
            for hypothesis in HYPOTHESES {
                let plainer = features.reduced(hypothesis, declared);
                if hypothesis.form.counts_mark() && !features.mark {
                    // Where no mark stands nothing tells of it.
                    assert!(!plainer.form.counts_mark(), "{hypothesis:?}");
                    continue;
                }
                let form = hypothesis.form;
                if features.crlf && matches!(form, CountedForm::Composed | CountedForm::Decomposed)
                {
                    // Clusters are composed, and CR LF is one; no label begins or ends within it.
                    continue;
                }
                reductions += u32::from(plainer != hypothesis);
                let most = i64::try_from(text.as_str().len()).unwrap() + 4;
                let numbers =
                    (-4..most).flat_map(|start| (start..most).map(move |end| (start, end)));
                let spans = numbers.map(|(start, end)| Span {
                    unit: declared,
                    start,
                    end,
                });
                let spans: Vec<Span> = spans.collect();
                let why = format!("{:?}: {hypothesis:?} as {plainer:?}", text.as_str());
                assert_eq!(
                    place(&text, &spans, hypothesis),
                    place(&text, &spans, plainer),
                    "{why}"
                );
                assert_eq!(length(&text, hypothesis), length(&text, plainer), "{why}");
            }
        }
    }
    assert!(reductions > 500, "{reductions}");
}

#[test]
fn the_features_of_a_text_are_what_it_has() {
    let seen = |text: &str| {
        let it = Features::of(&Text::new(text));
        let features = [
            (it.not_ascii, "é"),
            (it.astral, "😀"),
            (it.crlf, "CRLF"),
            (it.newline, "LF"),
            (it.mark, "mark"),
            (it.spaced, "spaced"),
            (it.leading, "leading"),
            (it.runs, "runs"),
        ];
        let found = features.into_iter().filter(|(has, _)| *has);
        found.map(|(_, name)| name).collect::<Vec<_>>().join(" ")
    };
    for (text, want) in [
        ("Ann saw", ""),
        (" Ann", "spaced leading"),
        ("Ann  saw", "runs"),
        ("Ann\tsaw", "spaced"),
        ("Ann\nsaw", "LF spaced"),
        ("Ann\r\nsaw", "CRLF LF spaced runs"),
        ("Ann\rsaw", "spaced"),
        ("Ann\u{8}saw", ""),
        ("Ann\u{e}saw", ""),
        ("Ann\u{1b}saw", ""),
        ("Ann\u{1c}saw", "spaced"),
        ("Ann\u{1f}saw", "spaced"),
        ("Zoë", "é spaced runs"),
        ("Ann😀", "é 😀 spaced runs"),
        ("\u{feff}Ann", "mark"),
    ] {
        assert_eq!(seen(text), want, "{text:?}");
    }
}

#[test]
fn what_comes_to_the_same_says_the_same() {
    let text = "😀 Ann\r\nmet Bob, and\r\nsaw Rome\nagain";
    let labels = count(text, &["Ann", "Bob", "Rome"], HYPOTHESES[4]);
    let labels: Vec<(i64, i64)> = labels.iter().map(|span| (span.start, span.end)).collect();
    let found = examined(text, &labels, None);
    let text = Text::new(text);
    let features = Features::of(&text);
    let plain = bit(Unit::Utf16, CountedForm::Plain);
    assert_eq!((found.gaining() | found.refuted) & plain, 0, "nobody asks");
    assert_eq!(found.gaining() & found.refuted, 0);
    let mut reduced = 0;
    for (index, hypothesis) in HYPOTHESES.iter().enumerate() {
        let plainer = features.reduced(*hypothesis, Unit::Utf16);
        let Some(other) = HYPOTHESES.iter().position(|one| *one == plainer) else {
            continue;
        };
        let bits = |index: usize| (found.refuted >> index) & 1;
        assert_eq!(bits(index), bits(other), "{hypothesis:?}");
        let evidence = |index| found.evidence.get(&index);
        assert_eq!(evidence(index), evidence(other), "{hypothesis:?}");
        reduced += u32::from(index != other);
    }
    assert!(reduced > 5, "{reduced}");
    assert!(found.gaining() & bit(Unit::CodePoint, CountedForm::LineEndsAsOne) != 0);
    assert!(found.refuted.count_ones() > 3);
}
