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
        b.merge(a.clone());
        assert_eq!(b, whole);
        // Another machine counts its documents from 0 on.
        let mut shifted = Mismatches::default();
        for (index, findings) in (0..).zip(second) {
            let name = format!("{}.txt", index + cut as u64);
            shifted.add(findings, index, &name, location);
        }
        shifted.shift(cut as u64);
        shifted.merge(a);
        assert_eq!(shifted, whole);
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
    for (most, named) in [(1599, own | 1 << next), (1600, own), (1700, own)] {
        let both = leaning(&[(inclusive, 18, most), (next, 18, 900)]);
        assert_eq!(suspected(&[both]), Some((named, 1)), "{most}");
    }
    // Documents for which something else speaks are not among those that are named.
    let another = leaning(&[(0, 19, 100)]);
    let one = leaning(&[(inclusive, 18, 900)]);
    assert_eq!(suspected(&[another, one]), Some((own, 1)));
}

#[test]
fn several_spans_together_point_elsewhere() {
    let points = |documents: &[Assessment]| {
        let mut all = Mismatches::default();
        add(&mut all, 0, documents);
        all.point_elsewhere()
    };
    // The prior of 0 is 0.
    assert!(points(&[leaning(&[(0, 18, 350)])]));
    assert!(!points(&[leaning(&[(0, 18, 349)])]));
    assert!(
        !points(&[leaning(&[(0, 19, 350)])]),
        "one span may have slipped"
    );
    let halves = [leaning(&[(0, 19, 175)]), leaning(&[(0, 19, 175)])];
    assert!(points(&halves));
    assert!(!points(&[]));
}

#[test]
fn spans_that_no_decision_is_about_are_unexplained() {
    let mut all = Mismatches::default();
    let place = |byte| Location {
        bytes: byte..byte + 1,
        ..location()
    };
    let misplaced = |evidence: &[(usize, u64, i64)], misplaced| Assessment {
        misplaced,
        ..leaning(evidence)
    };
    all.add(&misplaced(&[(0, 0, 5000)], 1), 4, "4.txt", || place(4));
    all.add(&misplaced(&[(7, 19, 1)], 10), 6, "6.txt", || place(6));
    all.add(&misplaced(&[], 100), 5, "5.txt", || place(5));
    assert_eq!(all.unexplained(&[]), (111, Some(&place(4))));
    let decisions = all.decide(MismatchLimits::default());
    let decided: Vec<HypothesisSet> = decisions.iter().map(|it| it.hypotheses).collect();
    assert_eq!(decided, [1]);
    assert_eq!(all.unexplained(&decisions), (110, Some(&place(5))));
    assert_eq!(Mismatches::default().unexplained(&[]), (0, None));
}

#[test]
fn documents_that_refute_a_rival_speak_for_all_unless_some_refute_the_leader() {
    let lead = |ahead, refuted, refuting| {
        let rival = Rival {
            ahead,
            refuted,
            refuting,
        };
        rival.lead()
    };
    assert_eq!(lead(10, 0, 0), 10);
    assert_eq!(lead(10, 300, 100), 210);
    assert_eq!(lead(10, MARGIN, MARGIN - 1), 11);
    assert_eq!(lead(10, MARGIN - 1, MARGIN), 9);
    assert_eq!(lead(10, MARGIN, MARGIN), 10, "two programs");
    assert_eq!(lead(10, 5 * MARGIN, 3 * MARGIN), 10);
}

/// The hypotheses 0 and 1 have no prior.
#[test]
fn a_leader_is_compared_with_each_rival() {
    let group = |refuted, evidence: &[(usize, u64, i64)]| DocumentGroup {
        evidence: BTreeMap::from([(refuted, leaning(evidence).evidence)]),
        ..DocumentGroup::default()
    };
    let groups = BTreeMap::from([
        (1, group(1 << 2, &[(0, 0, 100), (1, 0, 40)])),
        (2, group(1 << 1 | 1 << 2, &[(0, 0, 1000)])),
        (3, group(1, &[(1, 0, 7)])),
        (4, group(1, &[(1, 0, 8), (3, 0, 9)])),
        (5, group(0, &[(1, 0, 70_000)])),
    ]);
    let found = Rivals::of(0, &groups).rivals;
    let facts = |index| {
        let rival: &Rival = &found[&index];
        (rival.ahead, rival.refuted, rival.refuting)
    };
    assert_eq!(facts(1), (60, 1000, 15));
    assert_eq!(facts(2), (0, 1100, 0));
    assert_eq!(facts(3), (0, 0, 9));
    assert_eq!(found.len(), 3);
}

#[test]
fn rivals_are_alike_within_the_margin() {
    let alike = |ahead, rival: (usize, u64, i64)| {
        let rivals = Rivals {
            leader: 0,
            rivals: BTreeMap::from([(
                1,
                Rival {
                    ahead,
                    ..Rival::default()
                },
            )]),
        };
        let evidence = leaning(&[(0, 0, 1000), rival]).evidence;
        let group = DocumentGroup {
            evidence: BTreeMap::from([(0, evidence)]),
            ..DocumentGroup::default()
        };
        rivals.alike(&group, MismatchLimits::default())
    };
    let rival = (1, 0, 900);
    assert_eq!(alike(0, rival), Some(0b11));
    assert_eq!(alike(MARGIN - 1, rival), Some(0b11));
    assert_eq!(alike(MARGIN, rival), Some(0b1));
    assert_eq!(alike(1 - MARGIN, rival), Some(0b11));
    assert_eq!(alike(-MARGIN, rival), None);
    // Documents that do not gain by the leader are not asked.
    let rivals = Rivals {
        leader: 5,
        rivals: BTreeMap::new(),
    };
    let limits = MismatchLimits::default();
    assert_eq!(rivals.alike(&DocumentGroup::default(), limits), None);
}

#[test]
fn nothing_is_taken_that_no_stretch_can_say() {
    let bounds = Bounds {
        records: 7,
        bytes: 0..20,
    };
    let within = |change: &dyn Fn(&mut Assessment), index| {
        let mut found = leaning(&[(0, 1, 5)]);
        change(&mut found);
        let mut all = Mismatches::default();
        all.add(&found, index, "1.txt", location);
        all.is_within(&bounds)
    };
    let unchanged = |_: &mut Assessment| {};
    assert!(within(&unchanged, 6));
    assert!(!within(&unchanged, 7), "there is no such record");
    assert!(within(&|it| it.misplaced = 20, 0));
    assert!(!within(&|it| it.misplaced = 21, 0));
    assert!(within(&|it| it.refuted = 0b10, 0));
    assert!(
        !within(&|it| it.refuted = 0b11, 0),
        "it speaks for what it refutes"
    );
    let spans = |it: &mut Assessment| it.evidence.get_mut(&0).unwrap().spans = 21;
    assert!(!within(&spans, 0));
    let unknown = |it: &mut Assessment| {
        let evidence = it.evidence[&0];
        it.evidence.insert(HYPOTHESES.len(), evidence);
    };
    assert!(!within(&unknown, 0));
    let mut all = Mismatches::default();
    all.add(&leaning(&[(0, 1, 5)]), 0, "1.txt", || Location {
        bytes: 0..21,
        ..location()
    });
    assert!(!all.is_within(&bounds), "its place is none of the stretch");
    // A group is known by what speaks for it, and has as many documents as there are records at most.
    let group = |key: HypothesisSet, documents| {
        let evidence = leaning(&[(0, 1, 5)]).evidence;
        let group = DocumentGroup {
            documents,
            evidence: BTreeMap::from([(0, evidence)]),
            ..DocumentGroup::default()
        };
        let all = Mismatches {
            groups: BTreeMap::from([(key, group)]),
        };
        all.is_within(&bounds)
    };
    assert!(group(1, 1) && group(1, 7));
    assert!(!group(1, 0) && !group(1, 8) && !group(2, 1) && !group(3, 1));
}
