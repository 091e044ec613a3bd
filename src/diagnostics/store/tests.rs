//! Whatever the cap, the findings are the same.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::diagnostics::{
    Applicability, Details, Excerpt, Fix, FixPart, Place, Places, Region, Remedy, SpanFit, Subject,
};
use crate::json::Pointer;
use crate::json::patch::Edit;

fn any_excerpt() -> impl Strategy<Value = Excerpt> {
    (".{0,8}", 1..9_usize, any::<bool>()).prop_map(|(text, line, goes_on)| Excerpt {
        name: "a.txt".to_owned(),
        line,
        column: line + 1,
        span: 0..text.len(),
        text,
        goes_on,
    })
}

fn any_fix() -> impl Strategy<Value = Fix> {
    (0..9_u64, ".{0,4}").prop_map(|(at, text)| Fix {
        edits: vec![Edit {
            bytes: at..at + 2,
            text,
        }],
        records: std::iter::once(at..at + 1).collect(),
        parts: vec![FixPart {
            document: "1.txt".to_owned(),
            edits: Vec::new(),
        }],
        hopeless: vec![("2.txt".to_owned(), None)],
        fit: SpanFit {
            spans: at,
            misplaced: 1,
            elsewhere: true,
        },
    })
}

fn any_places() -> impl Strategy<Value = Places> {
    (2..9_u64, prop::option::of(".{0,3}")).prop_map(|(total, document)| Places {
        total,
        others: vec![Place {
            start: Some(total),
            position: Some((total, 1)),
            document,
        }],
    })
}

fn any_subject() -> impl Strategy<Value = Subject> {
    let word = || prop::option::of(".{0,3}");
    (word(), word(), word()).prop_map(|(label, item, cause)| Subject {
        of_document: cause.is_some(),
        label,
        item,
        cause,
    })
}

fn any_region() -> impl Strategy<Value = Region> {
    let places = prop::collection::vec((1..9_u64, 1..9_u64), 1..4);
    places.prop_map(|places| Region {
        end: places[0],
        edits: places.iter().map(|place| [*place, (9, place.1)]).collect(),
    })
}

fn any_details() -> impl Strategy<Value = Details> {
    let word = || prop::option::of(".{0,3}");
    (
        word(),
        word(),
        word(),
        prop::option::of((".{0,3}", 0..9_u64)),
    )
        .prop_map(|(label, labeler, description, words)| Details {
            text: words.as_ref().map(|(_, print)| *print),
            label,
            words: words.map(|(surface, start)| crate::diagnostics::Words {
                print: start,
                surface: Some(surface),
                start,
                end: start + 1,
                line: 1,
                column: start + 1,
            }),
            split: labeler.clone(),
            labeler,
            remedy: description.map(|description| Remedy {
                applicability: Applicability::Safe,
                description,
            }),
        })
}

/// Few values of each member, so that many findings are alike or equal, in order or in all.
fn any_finding() -> impl Strategy<Value = Diagnostic> {
    let severity = prop::sample::select(Severity::ALL.to_vec());
    let rule = prop::sample::select(vec!["span-empty", "blank-line", "split-ratio"]);
    let help = prop::option::of(prop_oneof![
        Just(Cow::Borrowed("remove it")),
        Just(Cow::Borrowed("say more")),
        "[a-c]{0,2}".prop_map(Cow::Owned),
    ]);
    let place = prop::option::of((0..6_u64, 0..3_u64));
    let words = (
        "[a-b]{0,2}",
        prop::option::of("/[a-b]{0,1}"),
        prop::option::of(".{0,3}"),
    );
    let rest = (
        prop::option::of(any_excerpt()),
        (prop::option::of(any_fix()), prop::option::of(any_region())),
        prop::option::of(any_places()),
        prop::option::of(any_subject()),
        prop::option::of(any_details()),
    );
    (rule, severity, help, place, words, 0..3_u64, rest).prop_map(
        |(rule, severity, help, place, words, doubt, rest)| {
            let (excerpt, (fix, region), places, subject, details) = rest;
            let (message, pointer, document) = words;
            Diagnostic {
                rule,
                severity,
                message,
                help,
                bytes: place.map(|(start, size)| start..start + size),
                position: None,
                pointer: pointer.map(Pointer::from),
                document,
                excerpt: excerpt.map(Box::new),
                snippet: None,
                doubt,
                fix: fix.map(Box::new),
                region: region.map(Box::new),
                places: places.map(Box::new),
                subject: subject.map(Box::new),
                details: details.map(Box::new),
                is_of_corpus: doubt > 0,
                fingerprint: doubt,
            }
        },
    )
}

/// What happens to findings.
#[derive(Clone, Debug)]
enum Step {
    Add(Vec<Diagnostic>),
    Withdraw(Withdrawn),
    Settle,
}

fn any_step() -> impl Strategy<Value = Step> {
    let withdrawn = prop_oneof![
        Just(Withdrawn {
            rules: BTreeSet::from(["span-empty"]),
            ..Withdrawn::default()
        }),
        (0..3_u64).prop_map(|doubt| Withdrawn {
            doubts: BTreeSet::from([doubt]),
            ..Withdrawn::default()
        }),
    ];
    prop_oneof![
        8 => prop::collection::vec(any_finding(), 0..12).prop_map(Step::Add),
        1 => withdrawn.prop_map(Step::Withdraw),
        1 => Just(Step::Settle),
    ]
}

/// The same with a vector.
fn naive(steps: &[Step]) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = Vec::new();
    for step in steps {
        match step {
            Step::Add(more) => all.extend(more.iter().cloned()),
            Step::Withdraw(withdrawn) => all.retain(|it| {
                !(withdrawn.rules.contains(it.rule) || withdrawn.doubts.contains(&it.doubt))
            }),
            Step::Settle => {
                all.sort_by(Diagnostic::in_order);
                for (number, finding) in all.iter_mut().enumerate() {
                    finding.position = Some((number as u64, 1));
                }
            }
        }
    }
    all.sort_by(Diagnostic::in_order);
    all
}

fn done(budget: &Budget, steps: &[Step]) -> DiagnosticStore {
    let mut findings = DiagnosticStore::new(budget);
    for step in steps {
        match step {
            Step::Add(more) => findings.extend(more.iter().cloned()).unwrap(),
            Step::Withdraw(withdrawn) => findings.withdraw(withdrawn),
            Step::Settle => {
                let mut number = 0;
                let settled = findings.settle(|finding| {
                    finding.position = Some((number, 1));
                    number += 1;
                    Ok::<(), SpillError>(())
                });
                settled.unwrap();
            }
        }
    }
    findings
}

proptest! {
    #[test]
    fn nothing_depends_on_the_cap(
        steps in prop::collection::vec(any_step(), 0..60),
        cap in 0..40_usize,
    ) {
        let want = naive(&steps);
        let budget = Budget::new(cap);
        let findings = done(&budget, &steps);
        prop_assert_eq!(findings.to_vec().unwrap(), want.clone());
        // It can be asked for again, and of a clone.
        prop_assert_eq!(findings.clone().to_vec().unwrap(), want.clone());
        prop_assert!(findings == done(&Budget::default(), &steps));
        prop_assert_eq!(findings.len(), want.len() as u64);
        prop_assert_eq!(findings.is_empty(), want.is_empty());
        for severity in Severity::ALL {
            let count = want.iter().filter(|finding| finding.severity == severity).count();
            prop_assert_eq!(findings.count(severity), count as u64);
        }
        let mut rules = BTreeMap::new();
        for finding in &want {
            *rules.entry(finding.rule).or_default() += 1;
        }
        prop_assert_eq!(findings.by_rule(), rules);
    }
}

/// A finding at a place.
fn at(place: u64) -> Diagnostic {
    Diagnostic {
        rule: "blank-line",
        severity: Severity::Note,
        message: String::new(),
        help: None,
        bytes: Some(place..place + 1),
        position: None,
        pointer: None,
        document: None,
        excerpt: None,
        snippet: None,
        doubt: 0,
        fix: None,
        region: None,
        places: None,
        subject: None,
        details: None,
        is_of_corpus: false,
        fingerprint: 0,
    }
}

fn settled(budget: &Budget, places: impl Iterator<Item = u64>) -> DiagnosticStore {
    let mut findings = DiagnosticStore::new(budget);
    for place in places {
        findings.push(at(place)).unwrap();
    }
    findings.settle(|_| Ok::<(), SpillError>(())).unwrap();
    findings
}

#[test]
fn few_findings_touch_no_disk() {
    let budget = Budget::new(10);
    let findings = settled(&budget, 0..10);
    assert!(findings.spill.is_none() && findings.runs.is_empty());
    assert_eq!(findings.memory.len(), 10);
}

#[test]
fn files_of_a_run_share_the_memory() {
    let budget = Budget::new(10);
    let first = settled(&budget, 0..6);
    let second = settled(&budget, 0..6);
    assert_eq!((first.memory.len(), second.memory.len()), (6, 0));
    assert!(first == second);
    drop(first);
    assert_eq!(settled(&budget, 0..6).memory.len(), 6);
}

#[test]
fn findings_in_the_order_of_the_file_are_one_run() {
    let mut findings = DiagnosticStore::new(&Budget::new(3));
    for batch in 0..100 {
        // Within a batch the order is another.
        findings
            .extend((0..7).map(|it| at(batch * 7 + 6 - it)))
            .unwrap();
    }
    assert_eq!(findings.runs.len(), 1);
}

#[test]
fn few_runs_are_open_at_a_time() {
    let mut findings = DiagnosticStore::new(&Budget::new(0));
    for place in (0..3000).rev() {
        findings.push(at(place)).unwrap();
        assert!(findings.runs.len() <= 3 * 16);
    }
    let all = findings.to_vec().unwrap();
    assert!(all.into_iter().eq((0..3000).map(at)));
}
