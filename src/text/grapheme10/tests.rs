use super::*;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn clusters(text: &str) -> Vec<&str> {
    Clusters10::of(text).map(|(_, cluster)| cluster).collect()
}

/// Texts, and how grapheme-splitter 1.0.4 cuts them, with `|` between clusters.
#[test]
fn texts_are_cut_as_the_splitter_cuts_them() {
    for cut in [
        "A|d|a",
        "\r\n|\n|\r|\r\n|a",
        "J|o|s|e\u{301}|!",
        "\u{301}|a",
        "\u{200d}|a\u{200d}|b",
        // Conjuncts are one cluster since Unicode 15.1.
        "क्|षि|ति|ज",
        "ক্|ষ",
        "క్|ష",
        // Emoji with a joiner, and with the tone of a skin.
        "👩🏽‍🚒| |A",
        "👩‍👩‍👧‍👦|a",
        "👍🏿|👍🏿|👍",
        "a|🏽|b",
        // Those that came after Unicode 10.
        "❤️‍|🔥| |A",
        "🧑‍|🦰",
        "🏴‍|☠️",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿|.",
        // Its own reading of GB10: the base is looked for before the last `Extend`.
        "👨🏿‍❤️‍👨|🏿",
        "👦\u{301}🏻|a",
        "👦\u{301}\u{301}|🏻|a",
        "\u{600}🏻|a",
        // Flags: pairs, and its own reading of what stands with them.
        "🇫🇷|🇩🇪|🇫|a",
        "\u{600}🇫|🇷🇩|🇪",
        "🇫🇷\u{301}|\u{301}|a",
        "🇫\u{301}\u{301}|🇷",
        // Hangul.
        "각|ᄀ\u{1161}\u{11a8}|가\u{11a8}\u{11a8}|ᄀ가",
        "\u{600}ᄀ",
        "가\u{1161}|각|\u{1161}",
        "a|\u{ad}|b",
    ] {
        let want: Vec<&str> = cut.split('|').collect();
        assert_eq!(clusters(&want.concat()), want, "{cut:?}");
    }
    assert!(clusters("").is_empty());
}

/// Characters of each class, and those that the rules treat otherwise.
const PARTS: &[&str] = &[
    "a",
    "\r",
    "\n",
    "\u{301}",
    "\u{903}",
    "\u{600}",
    "👦",
    "👩",
    "🏻",
    "🏿",
    "\u{200d}",
    "❤",
    "\u{fe0f}",
    "🇫",
    "🇷",
    "🔥",
    "\u{1100}",
    "\u{1161}",
    "\u{11a8}",
    "가",
    "각",
    "क",
    "\u{94d}",
    "中",
    "🧑",
    "✌",
    "🗨",
    "\u{ad}",
    "\u{e0020}",
];

/// The rules as grapheme-splitter 1.0.4 has them: each asks the whole cluster.
fn breaks(all: &[Class]) -> bool {
    use Class::*;
    let [mid @ .., last, next] = all else {
        return false;
    };
    let (last, next) = (*last, *next);
    let place = |class| all.iter().rposition(|other| *other == class);
    if let Some(at) = place(Regional)
        && at > 0
        && all[1..at].iter().all(|class| *class == Regional)
        && !matches!(last, Prepend | Regional)
    {
        return true;
    }
    let is_end = |class| matches!(class, Return | Newline | Control);
    if last == Return && next == Newline {
        return false;
    }
    if is_end(last) || is_end(next) {
        return true;
    }
    let joins = match last {
        Leading => matches!(next, Leading | Vowel | Open | Closed),
        Open | Vowel => matches!(next, Vowel | Trailing),
        Closed | Trailing => next == Trailing,
        Prepend => true,
        _ => false,
    };
    if joins || matches!(next, Extend | Joiner | SpacingMark) {
        return false;
    }
    let base = match place(Extend) {
        Some(at) => at.checked_sub(1),
        None => Some(all.len() - 2),
    };
    if let Some(base) = base
        && matches!(all[base], Base | BaseAfterJoiner)
        && all[base + 1..all.len() - 1]
            .iter()
            .all(|class| *class == Extend)
        && next == Modifier
    {
        return false;
    }
    if last == Joiner && matches!(next, Glue | BaseAfterJoiner) {
        return false;
    }
    let behind_first = if mid.is_empty() {
        &[]
    } else {
        &all[1..all.len() - 1]
    };
    if behind_first.contains(&Regional) {
        return true;
    }
    !(last == Regional && next == Regional)
}

fn naive(text: &str) -> Vec<String> {
    let mut clusters: Vec<String> = Vec::new();
    let mut classes = Vec::new();
    for char in text.chars() {
        classes.push(class_of(char));
        if classes.len() == 1 || breaks(&classes) {
            classes = vec![class_of(char)];
            clusters.push(String::new());
        }
        if let Some(cluster) = clusters.last_mut() {
            cluster.push(char);
        }
    }
    clusters
}

#[test]
fn every_short_text_of_flags_marks_and_tones_is_cut_by_the_rules() {
    let parts = ["a", "\u{301}", "\u{600}", "👦", "🏻", "🇫"];
    for length in 0..=5_u32 {
        for number in 0..parts.len().pow(length) {
            let part = |place: u32| parts[number / parts.len().pow(place) % parts.len()];
            let text: String = (0..length).map(part).collect();
            assert_eq!(clusters(&text), naive(&text), "{text:?}");
        }
    }
}

proptest! {
    #[test]
    fn clusters_are_those_of_rules_that_ask_the_whole_cluster(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..14),
    ) {
        let text = parts.concat();
        prop_assert_eq!(clusters(&text), naive(&text));
    }

    #[test]
    fn cutting_can_begin_at_any_edge(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..14),
    ) {
        let text = parts.concat();
        for (edge, _) in Clusters10::of(&text) {
            let rest = clusters(&text[edge..]);
            let all = clusters(&text);
            prop_assert_eq!(&all[all.len() - rest.len()..], &rest[..]);
        }
    }

    #[test]
    fn plain_words_are_cut_as_today(text in "[a-zA-Z \r\n.,äöüéß中文字東京а-яא-ת]{0,40}") {
        let today: Vec<&str> = text.graphemes(true).collect();
        prop_assert_eq!(clusters(&text), today);
    }
}

#[test]
fn the_table_is_in_order_and_leaves_out_what_is_looked_up_elsewhere() {
    let mut before = 0x2ff;
    for (first, last, class) in table::TABLE {
        assert!(*first > before && last >= first, "{first:x}");
        assert_ne!(*class, Class::Other);
        let elsewhere = [0x3400..=0xa66e, 0xac00..=0xd7a3];
        for range in elsewhere {
            assert!(last < range.start() || first > range.end(), "{first:x}");
        }
        before = *last;
    }
}

/// Runs over a file of texts and their cuts, `[{"s":"…","old":[0,1]}]` with the bytes that clusters
/// begin at, where the variable names one: what the splitter itself gave.
#[test]
fn vectors_of_the_splitter_hold_where_a_file_of_them_is_named() {
    let Some(path) = std::env::var_os("LABELWRIGHT_GRAPHEME10_VECTORS") else {
        return;
    };
    let vectors = std::fs::read_to_string(path).expect("the file of vectors");
    let vectors: Vec<serde_json::Value> = serde_json::from_str(&vectors).expect("vectors");
    for vector in &vectors {
        let text = vector["s"].as_str().expect("a text");
        let starts = vector["old"].as_array().expect("cuts").iter();
        let starts: Vec<u64> = starts.filter_map(serde_json::Value::as_u64).collect();
        let found: Vec<u64> = Clusters10::of(text).map(|(at, _)| at as u64).collect();
        assert_eq!(found, starts, "{text:?}");
    }
    assert!(!vectors.is_empty());
}
