//! Documents with labels that are made at random, or taken at random from real ones.

use unicode_normalization::char::is_combining_mark;

/// A text, and its labels in code points.
pub(super) type Labeled = (Vec<char>, Vec<(usize, usize)>);

/// A sort of documents, and what makes one.
pub(super) type Sort = (String, Box<dyn Fn(&mut Random) -> Labeled>);

/// Numbers that look random: splitmix64.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    pub(super) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
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
pub(super) fn with_emoji(random: &mut Random, (mut text, mut labels): Labeled) -> Labeled {
    for _ in 0..=random.below(3) {
        let place = match random.below(3) {
            0 => 0,
            1 => random.of(&labels).0,
            _ => random.below(text.len() + 1),
        };
        // Nobody puts an emoji between a letter and its marks.
        if text.get(place).is_some_and(|char| is_combining_mark(*char)) {
            continue;
        }
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

/// Random choices of documents that are made anew each time, or taken from a file.
pub(super) fn sorts() -> Vec<Sort> {
    let mut sorts: Vec<Sort> = Vec::new();
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
        // What begins a file so is a byte-order mark, and not counted.
        let documents = documents.filter(|(text, _): &Labeled| !text.starts_with(&['\u{feff}']));
        let documents: Vec<Labeled> = documents.collect();
        let pick = move |random: &mut Random| random.of(&documents).clone();
        sorts.push((path.to_owned(), Box::new(pick)));
    }
    sorts
}
