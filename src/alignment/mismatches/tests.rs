//! Documents that say what they count, together.

use super::*;
use crate::alignment::{forensics, members};
use crate::json::Pointer;
use crate::text::{Span, Text, Unit};

fn location() -> Location {
    Location {
        bytes: 0..1,
        pointer: Some(Pointer::root()),
        document: None,
    }
}

/// What a document says whose labels `(start, end)` are declared in UTF-16.
fn findings(text: &str, labels: &[(i64, i64)]) -> Assessment {
    let unit = Unit::Utf16;
    let span = |(start, end): &(i64, i64)| Span {
        unit,
        start: *start,
        end: *end,
    };
    let spans: Vec<Span> = labels.iter().map(span).collect();
    let text = Text::new(text);
    let places = text.resolve(&spans).into_iter().map(Result::ok);
    let places: Vec<_> = places.collect();
    forensics::examine(&text, &spans, None, &places)
}

fn add(all: &mut Mismatches, from: u64, documents: &[Assessment]) {
    for (index, findings) in (from..).zip(documents) {
        all.add(findings, index, &format!("{index}.txt"), location);
    }
}

#[test]
fn few_spans_in_each_of_many_documents_convince() {
    // Counted in code points: too few in any one document.
    let documents = vec![findings("😀 Ann met Bob", &[(2, 5), (10, 13)]); 4];
    assert!(documents.iter().all(Assessment::doubt));
    let mut few = Mismatches::default();
    add(&mut few, 0, &documents[..2]);
    assert_eq!(few.decide(MismatchLimits::default()), []);
    let mut all = Mismatches::default();
    add(&mut all, 0, &documents);
    let decisions = all.decide(MismatchLimits::default());
    let [decision] = &decisions[..] else {
        panic!("{decisions:?}");
    };
    let unit = members(decision.hypotheses).next().map(|way| way.unit);
    assert_eq!(unit, Some(Unit::CodePoint));
    assert_eq!(decision.documents, 4);
    assert_eq!(decision.names, ["0.txt", "1.txt", "2.txt"]);
    assert_eq!(
        (decision.evidence.supposed, decision.evidence.declared),
        (8, 0)
    );
}

#[test]
fn documents_that_fit_speak_against_nothing_and_for_nothing() {
    let mut all = Mismatches::default();
    add(
        &mut all,
        0,
        &[findings("😀 Ann met Bob", &[(3, 6), (11, 14)])],
    );
    assert_eq!(all, Mismatches::default());
}

#[test]
fn evidence_for_two_ways_of_counting_is_ambiguous() {
    // One letter a word, so that a shift of one and a shift of three both land on letters:
    // either the mark was counted, or the three letters with accents were counted twice.
    let text = "\u{feff}ééé a b c d e f g h i j";
    let labels: Vec<(i64, i64)> = (0..6).map(|word| (9 + 2 * word, 10 + 2 * word)).collect();
    let mut all = Mismatches::default();
    add(&mut all, 0, &[findings(text, &labels)]);
    let decisions = all.decide(MismatchLimits::default());
    let [decision] = &decisions[..] else {
        panic!("{decisions:?}");
    };
    assert!(members(decision.hypotheses).count() > 1, "{decision:?}");
}

#[test]
fn parts_add_up_in_any_grouping() {
    let mut documents = vec![findings("😀 Ann met Bob", &[(2, 5), (10, 13)]); 5];
    documents.push(findings("Ann\r\nmet\r\nBob", &[(0, 3), (4, 7), (8, 11)]));
    documents.extend(vec![
        findings("Éva met Zoë there", &[(9, 13), (14, 19)]);
        4
    ]);
    let mut whole = Mismatches::default();
    add(&mut whole, 0, &documents);
    for cut in 0..documents.len() {
        let (first, second) = documents.split_at(cut);
        let mut parts = [Mismatches::default(), Mismatches::default()];
        add(&mut parts[0], 0, first);
        add(&mut parts[1], cut as u64, second);
        let [mut a, b] = parts.clone();
        a.merge(b);
        assert_eq!(a, whole);
        let [a, mut b] = parts;
        b.merge(a);
        assert_eq!(b, whole);
    }
}

/// A document for which a hypothesis speaks: 20 spans, that many of which fit as declared.
fn leaning(evidence: &[(usize, u64, i64)]) -> Assessment {
    let evidence = evidence.iter().map(|(index, declared, gain)| {
        let evidence = Evidence {
            spans: 20,
            declared: *declared,
            supposed: 20,
            differing: 20,
            differing_declared: *declared,
            differing_supposed: 20,
            gain: *gain,
            places: *index as u64,
            ..Evidence::default()
        };
        (*index, evidence)
    });
    Assessment {
        evidence: evidence.collect(),
        misplaced: 1,
        ..Assessment::default()
    }
}

#[test]
fn what_is_not_believed_may_be_worth_a_look() {
    let inclusive = HYPOTHESES
        .iter()
        .position(|one| one.form == crate::alignment::CountedForm::LastAsEnd)
        .unwrap();
    let suspected = |documents: &[Assessment]| {
        let mut all = Mismatches::default();
        add(&mut all, 0, documents);
        assert_eq!(all.decide(MismatchLimits::default()), []);
        let suspect = all.suspect(MismatchLimits::default());
        suspect.map(|it| (it.hypotheses, it.documents))
    };
    let (own, next) = (1 << inclusive, inclusive + 1);
    // Two spans fit that did not, and what speaks for it is hardly chance.
    assert_eq!(
        suspected(&[leaning(&[(inclusive, 18, 900)])]),
        Some((own, 1))
    );
    let halves = [
        leaning(&[(inclusive, 19, 450)]),
        leaning(&[(inclusive, 19, 450)]),
    ];
    assert_eq!(suspected(&halves), Some((own, 2)));
    // One may have slipped, and little may be chance.
    assert_eq!(suspected(&[leaning(&[(inclusive, 19, 900)])]), None);
    assert_eq!(suspected(&[leaning(&[(inclusive, 18, 700)])]), None);
    // What little less speaks for is named too.
    let two = leaning(&[(inclusive, 18, 1500), (next, 18, 900)]);
    assert_eq!(suspected(&[two]), Some((own | 1 << next, 1)));
    let one = leaning(&[(inclusive, 18, 1700), (next, 18, 900)]);
    assert_eq!(suspected(&[one]), Some((own, 1)));
}
