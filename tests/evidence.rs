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

/// A text, and its labels in code points.
type Labeled = (Vec<char>, Vec<(usize, usize)>);

/// Numbers that look random: splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A language as far as it is needed here: names, what stands between them, what ends a sentence.
struct Language {
    names: &'static [&'static str],
    words: &'static [&'static str],
    stops: &'static [&'static str],
    blank: &'static str,
}

const LANGUAGES: [(&str, Language); 4] = [
    (
        "Japanese",
        Language {
            names: &[
                "東京",
                "大阪府",
                "田中",
                "花子",
                "ソニー",
                "京都大学",
                "北海道",
                "ジョン・スミス",
                "日本銀行",
                "山",
                "トヨタ自動車",
                "富士山",
                "鈴木一郎",
                "NHK",
                "第2工場",
            ],
            words: &[
                "は",
                "が",
                "を",
                "に",
                "で",
                "から",
                "の",
                "へ",
                "昨日",
                "今日",
                "行きました",
                "見た",
                "働いている",
                "と話した",
                "という",
                "3年",
                "近く",
                "「",
                "」",
                "また",
            ],
            stops: &["。", "、", "！", "。\n", "\n", "？"],
            blank: "",
        },
    ),
    (
        "Chinese",
        Language {
            names: &[
                "北京",
                "上海市",
                "王小明",
                "李雷",
                "清华大学",
                "中国银行",
                "长江",
                "《红楼梦》",
                "京",
                "华为公司",
                "韩梅梅",
                "广州",
                "第一医院",
                "A股",
                "重庆",
            ],
            words: &[
                "的", "在", "去了", "和", "是", "有", "大学", "昨天", "今天", "看见", "工作",
                "来自", "说", "对", "把", "5月8日", "25℃", "“", "”", "从",
            ],
            stops: &["。", "，", "！", "；", "。\n", "、"],
            blank: "",
        },
    ),
    (
        "Thai",
        Language {
            names: &[
                "กรุงเทพ",
                "เชียงใหม่",
                "สมชาย",
                "มหาวิทยาลัยมหิดล",
                "ไทย",
                "ภูเก็ต",
                "น.พ.จรัล",
                "ธนาคารกรุงไทย",
                "แม่น้ำโขง",
                "วิชัย",
                "ป.ป.ช.",
                "อยุธยา",
            ],
            words: &[
                "ไป",
                "ที่",
                "และ",
                "อยู่ใน",
                "ของ",
                "เมื่อวาน",
                "วันนี้",
                "ทำงาน",
                "กล่าวว่า",
                " ",
                "มา",
                "จาก",
                "กับ",
                "เป็น",
                "3 ราย",
            ],
            stops: &[" ", "\n", " "],
            blank: "",
        },
    ),
    (
        "English",
        Language {
            names: &[
                "Ada",
                "New York",
                "Acme Inc.",
                "Lake Como",
                "U.S.",
                "Bob Lee",
                "O'Hara",
                "3M",
                "Zürich",
                "AT&T",
                "@ada",
                "#rust",
            ],
            words: &[
                "met",
                "in",
                "the",
                "went to",
                "and",
                "said",
                "a",
                "yesterday",
                "works for",
                "I",
                "(",
                "5",
                "from",
                "of",
            ],
            stops: &[".", ",", "!", ".\n", "?", ";"],
            blank: " ",
        },
    ),
];

/// A document in one of the languages; where there are several, each piece in any of them.
fn document(random: &mut Random, languages: &[&Language]) -> Labeled {
    let (mut text, mut labels): Labeled = (Vec::new(), Vec::new());
    for _ in 0..=random.below(3) {
        for _ in 0..=random.below(2) {
            let language = *random.of(languages);
            for _ in 0..random.below(4) {
                text.extend(random.of(language.words).chars());
                text.extend(language.blank.chars());
            }
            let start = text.len();
            text.extend(random.of(language.names).chars());
            labels.push((start, text.len()));
            text.extend(language.blank.chars());
            for _ in 0..random.below(4) {
                text.extend(random.of(language.words).chars());
                text.extend(language.blank.chars());
            }
        }
        let language = *random.of(languages);
        text.extend(random.of(language.stops).chars());
        text.extend(language.blank.chars());
    }
    (text, labels)
}

/// Puts emoji between the labels: before all, before one, or anywhere.
fn with_emoji(random: &mut Random, (mut text, mut labels): Labeled) -> Labeled {
    for _ in 0..=random.below(3) {
        let place = match random.below(3) {
            0 => 0,
            1 => random.of(&labels).0,
            _ => random.below(text.len() + 1),
        };
        if labels
            .iter()
            .any(|(start, end)| *start < place && place < *end)
        {
            continue;
        }
        let emoji: Vec<char> = random
            .of(&["😀", "🎉 ", "👍🏽", "𠮷", "🏠"])
            .chars()
            .collect();
        let length = emoji.len();
        text.splice(place..place, emoji);
        for (start, end) in &mut labels {
            if *start >= place {
                (*start, *end) = (*start + length, *end + length);
            }
        }
    }
    (text, labels)
}

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

/// Random choices of documents that are made anew each time, or taken from a file.
fn sorts() -> Vec<(String, Box<dyn Fn(&mut Random) -> Labeled>)> {
    let mut sorts: Vec<(String, Box<dyn Fn(&mut Random) -> Labeled>)> = Vec::new();
    for (name, language) in &LANGUAGES {
        let make = move |random: &mut Random| document(random, &[language]);
        sorts.push(((*name).to_owned(), Box::new(make)));
    }
    let all: Vec<&Language> = LANGUAGES.iter().map(|(_, language)| language).collect();
    let mixed = move |random: &mut Random| document(random, &all);
    sorts.push(("mixed".to_owned(), Box::new(mixed)));
    for path in std::env::var("LABELWRIGHT_SPANS")
        .iter()
        .flat_map(|paths| paths.split(':'))
    {
        let lines = std::fs::read_to_string(path).unwrap();
        let documents = lines.lines().map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = line["text"].as_str().unwrap().chars().collect();
            (text, serde_json::from_value(line["spans"].clone()).unwrap())
        });
        let documents: Vec<Labeled> = documents.collect();
        let pick = move |random: &mut Random| random.of(&documents).clone();
        sorts.push((path.to_owned(), Box::new(pick)));
    }
    sorts
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
                *tally.entry(came).or_default() += 1;
            }
            println!("{name}, {size} documents: {tally:?}");
            assert_eq!(tally.get("wrong"), None, "{name}, {size} documents");
            if size == 20 {
                assert!(tally.get("right").is_some(), "{name}: {tally:?}");
            }
        }
    }
}

/// How a program counts that does not count UTF-16 code units.
const COUNTINGS: [(&str, fn(&[char], usize) -> usize); 5] = [
    ("code points", |_, place| place),
    ("bytes", |text, place| {
        text[..place].iter().map(|char| char.len_utf8()).sum()
    }),
    ("CR LF as one", |text, place| {
        let returns = text[..place].iter().filter(|char| **char == '\r');
        utf16(text, place) - returns.count()
    }),
    ("code points, CR LF as one", |text, place| {
        let returns = text[..place].iter().filter(|char| **char == '\r');
        place - returns.count()
    }),
    ("as it should", utf16),
];

/// The corpus in Language's form, counted by `count`, and its texts.
fn project(documents: &[Labeled], count: fn(&[char], usize) -> usize) -> (Source, Texts) {
    let mut texts = Vec::new();
    let listed = documents
        .iter()
        .enumerate()
        .map(|(number, (text, labels))| {
            let labels = labels.iter().map(|(start, end)| {
                let offset = count(text, *start);
                json!({"category": "Name", "offset": offset, "length": count(text, *end) - offset})
            });
            let labels: Vec<_> = labels.collect();
            let length = count(text, text.len());
            let whole: String = text.iter().collect();
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

/// The offsets and lengths of a project's labels, document by document.
fn numbers(source: &Source) -> Vec<serde_json::Value> {
    let bytes = source.bytes(0..source.length().unwrap()).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let documents = file["assets"]["documents"].as_array().unwrap().iter();
    let labels = documents.map(|document| document["entities"][0]["labels"].clone());
    labels.collect()
}

#[test]
fn offsets_are_never_counted_anew_in_a_wrong_way() {
    let mut options = Options::default();
    let rule = "offset-unit-mismatch".to_owned();
    options.levels.select(&[rule]).unwrap();
    for (name, make) in sorts() {
        let mut random = Random(2);
        for (counting, count) in COUNTINGS {
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
                let (source, texts) = project(&documents, count);
                let before = numbers(&source);
                let right = numbers(&project(&documents, utf16).0);
                let fixed = labelwright::fix(&source, Some(&texts), &options, true).unwrap();
                let after = fixed.map(|fixed| numbers(&fixed));
                let came = match after {
                    _ if before == right => "alike",
                    None => "left",
                    Some(after) => {
                        let mut all = after.iter().zip(before.iter().zip(&right));
                        let known = all.all(|(now, (was, right))| now == was || now == right);
                        if !known {
                            let (messages, _) = told("offset-unit-mismatch", &source, &texts);
                            println!("{messages:#?}");
                            for (number, (text, labels)) in documents.iter().enumerate() {
                                let shown: String = text.iter().collect();
                                println!(
                                    "{shown:?} {labels:?}\n was {}\n now {}\n right {}",
                                    before[number], after[number], right[number]
                                );
                            }
                        }
                        if known { "right" } else { "wrong" }
                    }
                };
                *tally.entry(came).or_default() += 1;
            }
            println!("{name}, {counting}: {tally:?}");
            assert_eq!(tally.get("wrong"), None, "{name}, {counting}");
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
