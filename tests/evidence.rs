//! What offsets count, where the file does not say it: random corpora with emoji, whose unit is
//! known here and must never be found to be another.
//!
//! `LABELWRIGHT_CORPORA` says how many are made of each sort, `LABELWRIGHT_SPANS` names a file of
//! real documents to make them of too: `{"text": …, "spans": [[start, end], …]}` a line, in code
//! points. See `docs/reliability.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use labelwright::{Options, Source, Texts};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use made::{Labeled, Random, sorts, with_emoji};

mod made;

/// A place in code points, in UTF-16 code units.
fn utf16(text: &[char], place: usize) -> usize {
    text[..place].iter().map(|char| char.len_utf16()).sum()
}

/// The corpus in AML's form, and its texts.
fn export(documents: &[Labeled], is_utf16: bool) -> (Source, Texts) {
    let (mut lines, mut texts) = (String::new(), Vec::new());
    for (number, (text, labels)) in documents.iter().enumerate() {
        let offset = |place| if is_utf16 { utf16(text, place) } else { place };
        let labels = labels.iter().map(|(start, end)| {
            json!({"label": "Name", "offsetStart": offset(*start), "offsetEnd": offset(*end)})
        });
        let labels: Vec<_> = labels.collect();
        let url = format!("AmlDatastore://workspaceblobstore/{number}.txt");
        writeln!(lines, "{}", json!({"image_url": url, "label": labels})).unwrap();
        let text: String = text.iter().collect();
        texts.push((format!("{number}.txt"), text.into_bytes()));
    }
    let source = Source::in_memory(lines, Path::new("export.jsonl"));
    (source, Texts::in_memory(texts))
}

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
                let (source, texts) = export(&documents, is_utf16);
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

/// A way of counting.
struct Counting {
    name: &'static str,
    /// The number of a place in code points.
    place: fn(&[char], usize) -> usize,
    /// What is done with the numbers of a label, its start and its end.
    change: fn((i64, i64)) -> (i64, i64),
}

const fn counting(name: &'static str, place: fn(&[char], usize) -> usize) -> Counting {
    Counting {
        name,
        place,
        change: |numbers| numbers,
    }
}

const fn changed(name: &'static str, change: fn((i64, i64)) -> (i64, i64)) -> Counting {
    Counting {
        name,
        place: utf16,
        change,
    }
}

const RIGHT: Counting = counting("as it should", utf16);

/// How a program counts that does not count UTF-16 code units, or writes them otherwise.
const COUNTINGS: [Counting; 11] = [
    counting("code points", |_, place| place),
    counting("bytes", |text, place| {
        text[..place].iter().map(|char| char.len_utf8()).sum()
    }),
    counting("CR LF as one", |text, place| {
        utf16(text, place) - returns(text, place)
    }),
    counting("code points, CR LF as one", |text, place| {
        place - returns(text, place)
    }),
    counting("a byte-order mark", |text, place| 1 + utf16(text, place)),
    counting("decomposed", |text, place| {
        let head: String = text[..place].iter().collect();
        head.nfd().map(char::len_utf16).sum()
    }),
    RIGHT,
    changed("one too large", |(start, end)| (start + 1, end + 1)),
    changed("two too small", |(start, end)| (start - 2, end - 2)),
    changed("inclusive ends", |(start, end)| (start, end - 1)),
    changed("end as length", |(start, end)| (start, start + end)),
];

fn returns(text: &[char], place: usize) -> usize {
    text[..place].iter().filter(|char| **char == '\r').count()
}

/// The corpus in Language's form, counted so, and its texts.
fn project(documents: &[Labeled], counting: &Counting) -> (Source, Texts) {
    let count = |text: &[char], place| i64::try_from((counting.place)(text, place)).unwrap();
    let marked = counting.name == "a byte-order mark";
    let mut texts = Vec::new();
    let listed = documents
        .iter()
        .enumerate()
        .map(|(number, (text, labels))| {
            let labels = labels.iter().map(|(start, end)| {
                let (offset, end) = (counting.change)((count(text, *start), count(text, *end)));
                json!({"category": "Name", "offset": offset, "length": end - offset})
            });
            let labels: Vec<_> = labels.collect();
            let length = count(text, text.len());
            let mark = if marked { "\u{feff}" } else { "" };
            let whole: String = mark.chars().chain(text.iter().copied()).collect();
            texts.push((format!("{number}.txt"), whole.into_bytes()));
            json!({"location": format!("{number}.txt"), "language": "en-us", "dataset": "Train",
            "entities": [{"regionOffset": 0, "regionLength": length, "labels": labels}]})
        });
    let listed: Vec<_> = listed.collect();
    let kind = "CustomEntityRecognition";
    let file = json!({
        "projectFileVersion": "2022-05-01", "stringIndexType": "Utf16CodeUnit",
        "metadata": {"projectKind": kind, "storageInputContainerName": "docs",
            "projectName": "p", "multilingual": true, "description": "", "language": "en-us",
            "settings": {}},
        "assets": {"projectKind": kind, "entities": [{"category": "Name"}], "documents": listed},
    });
    let source = Source::in_memory(file.to_string(), Path::new("labels.json"));
    (source, Texts::in_memory(texts))
}

/// The offsets and lengths of a project's labels and regions, document by document.
fn numbers(source: &Source) -> Vec<serde_json::Value> {
    let bytes = source.bytes(0..source.length().unwrap()).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let documents = file["assets"]["documents"].as_array().unwrap().iter();
    let labels = documents.map(|document| document["entities"].clone());
    labels.collect()
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

/// The document with CR LF for each LF.
fn with_returns(text: &[char], labels: &[(usize, usize)]) -> Labeled {
    let before = |place: usize| place + text[..place].iter().filter(|char| **char == '\n').count();
    let labels = labels
        .iter()
        .map(|(start, end)| (before(*start), before(*end)));
    let labels = labels.collect();
    let text = text.iter().flat_map(|char| match char {
        '\n' => vec!['\r', '\n'],
        char => vec![*char],
    });
    (text.collect(), labels)
}
