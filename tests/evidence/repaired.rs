//! A repair that happens: whole corpora whose offsets were counted otherwise, fixed with the rules
//! that are on by default.

use std::collections::BTreeMap;

use labelwright::internals::operations;
use labelwright::internals::rules::Applicability;
use labelwright::{Options, Source, Texts};
use serde_json::Value;

use super::counted::{COUNTINGS, Counting, RIGHT, export, numbers, project, with_returns};
use super::made::{Labeled, Random, sorts, with_emoji};
use super::{corpora, show};

/// How a corpus is written, and the numbers of its labels read again.
struct Notation {
    name: &'static str,
    write: fn(&[Labeled], &Counting) -> (Source, Texts),
    numbers: fn(&Source) -> Vec<Value>,
}

const NOTATIONS: [Notation; 2] = [
    Notation {
        name: "Language",
        write: project,
        numbers,
    },
    Notation {
        name: "AML",
        write: export,
        numbers: exported,
    },
];

/// The labels of an export, document by document.
fn exported(source: &Source) -> Vec<Value> {
    let bytes = source.bytes(0..source.length().unwrap()).unwrap();
    let lines = std::str::from_utf8(&bytes).unwrap().lines();
    let labels = lines.map(|line| serde_json::from_str::<Value>(line).unwrap()["label"].clone());
    labels.collect()
}

/// The rules that say that offsets may count something else.
const TOLD: [&str; 3] = ["offset-unit-mismatch", "aml-unit-ambiguous", "spans-adrift"];

/// What comes of a corpus whose offsets were counted so.
fn repaired(documents: &[Labeled], counting: &Counting, notation: &Notation) -> &'static str {
    let (source, texts) = (notation.write)(documents, counting);
    // What a reader of an export takes for the unit is right too.
    let right =
        [&RIGHT, &COUNTINGS[0]].map(|way| (notation.numbers)(&(notation.write)(documents, way).0));
    let before = (notation.numbers)(&source);
    let is_right = |numbers: &Vec<Value>| match notation.name {
        "AML" => right.contains(numbers),
        _ => *numbers == right[0],
    };
    if is_right(&before) {
        return "alike";
    }
    let options = Options::default();
    let fix = |most| operations::fix(&source, None, Some(&texts), &options, most).unwrap();
    let safe = fix(Applicability::Safe).source;
    if safe.is_some_and(|safe| (notation.numbers)(&safe) != before) {
        return "changed by a safe fix";
    }
    let fixed = fix(Applicability::Unsafe);
    let after = fixed
        .source
        .map_or_else(|| before.clone(), |source| (notation.numbers)(&source));
    let mut left = fixed.outcome.diagnostics.iter();
    let is_told = left.any(|finding| TOLD.contains(&finding.unwrap().rule));
    let mut pairs = after.iter().zip(&before).enumerate();
    let is_known =
        |numbers: &Value, index: usize| right.iter().any(|right| right[index] == *numbers);
    match () {
        () if is_right(&after) => "right",
        () if after == before && is_told => "told",
        () if after == before => "silent",
        () if pairs.all(|(index, (now, was))| now == was || is_known(now, index)) => "in part",
        () => "wrong",
    }
}

/// A document of some paragraphs, with line ends as Windows has them.
fn document(random: &mut Random, make: &dyn Fn(&mut Random) -> Labeled) -> Labeled {
    let (mut text, mut labels) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let (paragraph, marks) = make(random);
        let start = text.len();
        labels.extend(marks.iter().map(|(from, to)| (start + from, start + to)));
        text.extend(paragraph);
        text.push('\n');
    }
    let (text, labels) = with_emoji(random, (text, labels));
    with_returns(&text, &labels)
}

#[test]
fn a_corpus_that_was_counted_otherwise_is_named_and_fixed() {
    let [mut changed, mut right, mut told, mut wrong] = [0; 4];
    for (name, make) in sorts() {
        let mut random = Random(3);
        for notation in &NOTATIONS {
            for counting in &COUNTINGS {
                let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
                for _ in 0..corpora().div_ceil(60) {
                    let documents: Vec<Labeled> = (0..8)
                        .map(|_| document(&mut random, make.as_ref()))
                        .collect();
                    let came = repaired(&documents, counting, notation);
                    *tally.entry(came).or_default() += 1;
                    changed += usize::from(came != "alike");
                    right += usize::from(came == "right");
                }
                let title = format!("{name}, {}, {}", notation.name, counting.name);
                show(&title, &tally);
                let of = |came| tally.get(came).copied().unwrap_or_default();
                told += of("told") + of("in part");
                wrong += of("wrong") + of("changed by a safe fix");
            }
        }
    }
    show(
        "all",
        &BTreeMap::from([("changed", changed), ("right", right), ("told", told)]),
    );
    // In one of some hundred a single label misfits, and a fix takes that for a slip.
    assert!(wrong * 150 <= changed, "{wrong} of {changed}");
    assert!(right * 100 >= changed * 95, "{right} of {changed}");
    let silent = changed - right - told - wrong;
    assert!(silent * 150 <= changed, "{silent} of {changed}");
}

#[test]
fn nothing_is_told_of_corpora_that_were_counted_right() {
    let mut options = Options::default();
    let rule = "offset-unit-mismatch".to_owned();
    options.levels.select(&[rule]).unwrap();
    for (name, make) in sorts() {
        let mut random = Random(4);
        let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
        for size in [1, 3, 10, 30] {
            for _ in 0..corpora().div_ceil(20) {
                let documents: Vec<Labeled> = (0..size)
                    .map(|_| document(&mut random, make.as_ref()))
                    .collect();
                // An export may count in either unit.
                let unit = [&RIGHT, &COUNTINGS[0]][random.below(2)];
                let exported = export(&documents, unit);
                for (source, texts) in [project(&documents, &RIGHT), exported] {
                    let outcome = labelwright::check(&source, Some(&texts), &options).unwrap();
                    let found = outcome.diagnostics.to_vec().unwrap();
                    let came = if found.is_empty() { "clean" } else { "alarm" };
                    *tally.entry(came).or_default() += 1;
                    assert!(found.is_empty(), "{name}: {}", found[0].message);
                }
            }
        }
        show(&name, &tally);
    }
}
