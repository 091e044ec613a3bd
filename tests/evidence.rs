//! What offsets count, where the file does not say it: random corpora with emoji, whose unit is
//! known here and must never be found to be another.
//!
//! `LABELWRIGHT_CORPORA` says how many are made of each sort, `LABELWRIGHT_SPANS` names a file of
//! real documents to make them of too: `{"text": …, "spans": [[start, end], …]}` a line, in code
//! points. See `docs/reliability.md`.

use std::collections::BTreeMap;

use labelwright::{Options, Source, Texts};

use counted::{COUNTINGS, RIGHT, export, numbers, project, utf16, with_returns};
use made::{Labeled, Random, sorts, with_emoji};

mod counted;
mod made;
mod repaired;

/// The messages of a rule.
fn told(rule: &str, source: &Source, texts: &Texts) -> (Vec<String>, Option<String>) {
    let mut options = Options::default();
    options.levels.select(&[rule.to_owned()]).unwrap();
    let outcome = labelwright::check(source, Some(texts), &options).unwrap();
    let unit = outcome.input.unit.map(|unit| unit.name().to_owned());
    let found = outcome.diagnostics.to_vec().unwrap().into_iter();
    (found.map(|finding| finding.message).collect(), unit)
}

/// The text with brackets around its labels.
fn marked((text, labels): &Labeled) -> String {
    let mut shown = String::new();
    for place in 0..=text.len() {
        shown.extend(labels.iter().filter(|label| label.1 == place).map(|_| ']'));
        shown.extend(labels.iter().filter(|label| label.0 == place).map(|_| '['));
        shown.extend(text.get(place));
    }
    shown
}

/// Prints what came of so many corpora, for whoever asked for more than a test needs.
#[expect(clippy::print_stdout, reason = "a measurement is read by a person")]
fn show(name: &str, tally: &BTreeMap<&str, usize>) {
    println!("{name}: {tally:?}");
}

/// Prints documents that were read wrongly: their numbers as given, as they came out, and as they are.
#[expect(clippy::print_stdout, reason = "a measurement is read by a person")]
fn show_texts(documents: &[Labeled], numbers: &[&[serde_json::Value]; 3]) {
    for (number, (text, _)) in documents.iter().enumerate() {
        let [before, after, right] = numbers.map(|all| &all[number]);
        if after != right && after != before {
            let text: String = text.iter().collect();
            println!("{text:?}\n given {before}\n after {after}\n right {right}");
        }
    }
}

fn corpora() -> usize {
    let given = std::env::var("LABELWRIGHT_CORPORA");
    given.map_or(60, |number| number.parse().unwrap())
}

#[test]
fn the_unit_is_never_found_to_be_another() {
    for (name, make) in sorts() {
        let mut random = Random(1);
        for size in [1, 2, 5, 10, 20] {
            let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
            for _ in 0..corpora() {
                let documents: Vec<Labeled> = (0..size)
                    .map(|_| {
                        let made = make(&mut random);
                        with_emoji(&mut random, made)
                    })
                    .collect();
                let is_utf16 = random.below(2) == 0;
                let counting = if is_utf16 { &RIGHT } else { &COUNTINGS[0] };
                let (source, texts) = export(&documents, counting);
                let (messages, unit) = told("aml-unit-ambiguous", &source, &texts);
                let is_same = documents
                    .iter()
                    .all(|(text, labels)| labels.iter().all(|(_, end)| utf16(text, *end) == *end));
                let came = match unit.as_deref() {
                    _ if is_same => "alike",
                    _ if !messages.is_empty() => "refused",
                    Some("utf16") if is_utf16 => "right",
                    Some("codepoint") if !is_utf16 => "right",
                    _ => "wrong",
                };
                if came == "wrong" && std::env::var_os("LABELWRIGHT_SHOW").is_some() {
                    let shown: Vec<_> = documents.iter().map(marked).collect();
                    show(&format!("UTF-16: {is_utf16}, {shown:#?}"), &BTreeMap::new());
                }
                *tally.entry(came).or_default() += 1;
            }
            show(&format!("{name}, {size} documents"), &tally);
            assert_eq!(tally.get("wrong"), None, "{name}, {size} documents");
            if size == 20 {
                assert!(tally.contains_key("right"), "{name}: {tally:?}");
            }
        }
    }
}

#[test]
fn offsets_are_never_counted_anew_in_a_wrong_way() {
    let mut options = Options::default();
    let rule = "offset-unit-mismatch".to_owned();
    options.levels.select(&[rule]).unwrap();
    for (name, make) in sorts() {
        let mut random = Random(2);
        for counting in &COUNTINGS {
            let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
            for _ in 0..corpora().div_ceil(3) {
                let size = *random.of(&[1, 3, 10]);
                let documents: Vec<Labeled> = (0..size)
                    .map(|_| {
                        let made = make(&mut random);
                        let (text, labels) = with_emoji(&mut random, made);
                        with_returns(&text, &labels)
                    })
                    .collect();
                let (source, texts) = project(&documents, counting);
                let before = numbers(&source);
                let right = numbers(&project(&documents, &RIGHT).0);
                let fixed = labelwright::fix(&source, Some(&texts), &options, true).unwrap();
                let after = fixed.map(|fixed| numbers(&fixed));
                let came = match after {
                    _ if before == right => "alike",
                    None => "left",
                    Some(after) => {
                        let mut all = after.iter().zip(before.iter().zip(&right));
                        let known = all.all(|(now, (was, right))| now == was || now == right);
                        if !known && std::env::var_os("LABELWRIGHT_SHOW").is_some() {
                            show_texts(&documents, &[&before, &after, &right]);
                        }
                        if known { "right" } else { "wrong" }
                    }
                };
                *tally.entry(came).or_default() += 1;
            }
            show(&format!("{name}, {}", counting.name), &tally);
            assert_eq!(tally.get("wrong"), None, "{name}, {}", counting.name);
        }
    }
}
