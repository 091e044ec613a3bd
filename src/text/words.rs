//! Word edges: where a span may begin and end, in scripts that put blanks between words.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use crate::text::Text;

/// What stands on the two sides of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordEdge {
    /// A letter or digit on one side, and on the other a blank, a sign, or the text's end.
    Clean,
    /// Letters or digits of one script, or common to all, on both sides: the edge cuts a word.
    Cut,
    /// Letters of two scripts, both of which put blanks between words.
    ScriptChange,
    /// Nothing can be said: no letter on either side, or one of a script without blanks.
    Unknown,
}

/// How many combining marks on one letter are looked over: the letter is looked for at each edge of
/// each span. Unicode's Stream-Safe Text Format has at most 30.
pub(super) const MARKS: usize = 100;

/// One side of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Neighbour {
    Nothing,
    Word(Script),
    Unjudged,
}

/// Judges an edge of `text`, a byte on a character edge.
///
/// Combining marks belong to the letter before them. An edge inside a grapheme cluster is
/// [`WordEdge::Unknown`]: that it splits a character is the deeper fault.
#[must_use]
pub fn word_edge(text: &Text<'_>, byte: usize) -> WordEdge {
    if !text.is_grapheme_edge(byte) {
        return WordEdge::Unknown;
    }
    let (before, after) = text.as_str().split_at(byte);
    let mut before = before.chars().rev().take(MARKS);
    let before = before.find(|char| !is_mark(*char));
    match (neighbour(before), neighbour(after.chars().next())) {
        (Neighbour::Word(left), Neighbour::Word(right)) => {
            if left == right || left == Script::Common || right == Script::Common {
                WordEdge::Cut
            } else {
                WordEdge::ScriptChange
            }
        }
        (Neighbour::Word(_), Neighbour::Nothing) | (Neighbour::Nothing, Neighbour::Word(_)) => {
            WordEdge::Clean
        }
        _ => WordEdge::Unknown,
    }
}

/// Whether an edge of a span cuts a word.
///
/// The end of a Korean name does not: particles are written onto it without a blank. In the 6,275
/// labels of kmounlp/NER (2016klp) 62 % of the ends stand between two Hangul letters, and 1.4 % of
/// the starts.
#[must_use]
pub fn cuts_word(text: &Text<'_>, byte: usize, is_end: bool) -> bool {
    match word_edge(text, byte) {
        WordEdge::Cut if is_end => {
            let (before, after) = text.as_str().split_at(byte);
            let is_hangul = |char: Option<char>| neighbour(char) == Neighbour::Word(Script::Hangul);
            !is_hangul(before.chars().next_back()) || !is_hangul(after.chars().next())
        }
        WordEdge::Cut | WordEdge::ScriptChange => true,
        WordEdge::Clean | WordEdge::Unknown => false,
    }
}

/// Whether a place lies inside a run that is one word, for whoever looks for words in a text: between
/// two Katakana (`リー` is no word of `ギャラリー`), or two letters of a script without blanks whose letters
/// have marks, as Thai has. Runs of Hangul, of digits and of other letters are words anyway
/// ([`WordEdge::Cut`]).
#[must_use]
pub fn splits_run(text: &Text<'_>, byte: usize) -> bool {
    let (before, after) = text.as_str().split_at(byte);
    let mut before = before.chars().rev().take(MARKS);
    let sides = [before.find(|char| !is_mark(*char)), after.chars().next()];
    let [Some(left), Some(right)] = sides.map(|char| char.filter(|char| *char >= '\u{e00}')) else {
        return false;
    };
    // A sign of several scripts goes on with any of them.
    let [left, right] = [left, right].map(|char| char.script_extension());
    let mut runs = RUNS.iter();
    runs.any(|run| left.contains_script(*run) && right.contains_script(*run))
}

/// Scripts of which a run is a word, or as good as one, though no blanks stand around it.
const RUNS: [Script; 6] = [
    Script::Katakana,
    Script::Thai,
    Script::Lao,
    Script::Khmer,
    Script::Myanmar,
    Script::Tai_Tham,
];

pub(super) fn neighbour(char: Option<char>) -> Neighbour {
    let Some(char) = char.filter(|char| char.is_alphanumeric()) else {
        return Neighbour::Nothing;
    };
    if char.is_ascii() {
        let common = char.is_ascii_digit();
        return Neighbour::Word(if common {
            Script::Common
        } else {
            Script::Latin
        });
    }
    // A sign such as the Japanese long-vowel mark is common to several scripts; its
    // extension names them.
    let without_blanks = UNSPACED
        .iter()
        .any(|script| char.script_extension().contains_script(*script));
    match char.script() {
        Script::Common | Script::Inherited if !without_blanks || char.is_numeric() => {
            Neighbour::Word(Script::Common)
        }
        _ if without_blanks => Neighbour::Unjudged,
        script => Neighbour::Word(script),
    }
}

/// The words of a text, for telling whether two texts are alike: what stands between blanks,
/// without the signs at its edges. Where a script puts no blanks between words, each character
/// is one.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|rest| Pieces { rest })
}

/// The bytes of the word of a stretch that has no blank of ASCII, where there is nothing in it but ASCII
/// and letters from U+00C0 to U+00FF; empty where it has no word. `None` says nothing.
#[must_use]
pub fn latin_word(stretch: &str) -> Option<Range<usize>> {
    let bytes = stretch.as_bytes();
    let (mut first, mut last, mut at) = (None, 0, 0);
    while let Some(byte) = bytes.get(at) {
        let size = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => 1,
            0..0x80 => {
                at += 1;
                continue;
            }
            // The signs among them are U+00D7 and U+00F7.
            0xc3 if !matches!(bytes.get(at + 1), Some(0x97 | 0xb7)) => 2,
            _ => return None,
        };
        first.get_or_insert(at);
        at += size;
        last = at;
    }
    Some(first.unwrap_or(last)..last)
}

/// The word of a stretch that has no blank of ASCII, where it has just one and that is told quickly:
/// as it is in Latin, Greek and Cyrillic. `None` says nothing.
#[must_use]
pub fn sole_word(stretch: &str) -> Option<&str> {
    // Up to U+07FF, but for U+0080 to U+00BF, where there are blanks: no script there does without
    // these.
    let is_plain = |byte: u8| byte < 0xe0 && byte != 0xc2;
    if !stretch.bytes().all(is_plain) {
        return None;
    }
    let word = stretch.trim_matches(|char| !is_in_word(char));
    (!word.is_empty()).then_some(word)
}

/// Whether the character is part of a word.
fn is_in_word(char: char) -> bool {
    char.is_alphanumeric() || is_mark(char)
}

/// The words of a stretch without blanks.
struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start_matches(|char| !is_in_word(char));
        let mut chars = rest.char_indices();
        let (_, first) = chars.next()?;
        let end = if is_unspaced(first) {
            chars.find(|(_, char)| !is_mark(*char))
        } else {
            chars.find(|(_, char)| is_unspaced(*char))
        };
        let (word, rest) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        self.rest = rest;
        Some(word.trim_end_matches(|char| !is_in_word(char)))
    }
}

/// Whether the character is a letter of a script that puts no blanks between words.
fn is_unspaced(char: char) -> bool {
    // The letters of those scripts begin with Thai.
    char >= '\u{e00}' && neighbour(Some(char)) == Neighbour::Unjudged
}

/// Scripts that put no blanks between words.
const UNSPACED: [Script; 13] = [
    Script::Han,
    Script::Hiragana,
    Script::Katakana,
    Script::Bopomofo,
    Script::Yi,
    Script::Thai,
    Script::Lao,
    Script::Khmer,
    Script::Myanmar,
    Script::Tai_Le,
    Script::New_Tai_Lue,
    Script::Tai_Tham,
    Script::Tai_Viet,
];

/// Whether the character extends the one before it: combining marks and joiners.
pub(super) fn is_mark(char: char) -> bool {
    if char.is_ascii() {
        return false;
    }
    unicode_normalization::char::is_combining_mark(char)
        || matches!(char, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, before: &str) -> WordEdge {
        word_edge(&Text::new(text), before.len())
    }

    #[test]
    fn latin_words() {
        assert_eq!(at("Ada met", "Ada"), WordEdge::Clean);
        assert_eq!(at("Ada", ""), WordEdge::Clean);
        assert_eq!(at("Ada", "Ada"), WordEdge::Clean);
        assert_eq!(at("Ada", "A"), WordEdge::Cut);
        assert_eq!(at("EUR100", "EUR"), WordEdge::Cut);
        assert_eq!(at("a  b", "a "), WordEdge::Unknown);
        assert_eq!(at("Don't", "Don"), WordEdge::Clean);
    }

    #[test]
    fn a_combining_mark_belongs_to_its_letter() {
        assert_eq!(at("e\u{301}cole", "e\u{301}"), WordEdge::Cut);
        assert_eq!(at("e\u{301} a", "e\u{301}"), WordEdge::Clean);
        assert_eq!(at("e\u{301}cole", "e"), WordEdge::Unknown);
    }

    #[test]
    fn scripts_without_blanks_are_not_judged() {
        for text in ["東京", "ラーメン", "กรุงเทพ", "ភ្នំ", "မြန်မာ"]
        {
            let edge = text.chars().next().unwrap().to_string();
            assert_eq!(at(text, &edge), WordEdge::Unknown, "{text}");
        }
        assert_eq!(at("ラー", "ラ"), WordEdge::Unknown);
        assert_eq!(at("in東京", "in"), WordEdge::Unknown);
        // A sign that only such scripts have is of them, and a number is one wherever it stands.
        assert_eq!(at("ー a", "ー"), WordEdge::Unknown);
        assert_eq!(at("㈠ a", "㈠"), WordEdge::Clean);
        assert_eq!(at("서울", "서"), WordEdge::Cut);
    }

    #[test]
    fn words_stand_between_blanks_or_alone() {
        let of = |text: &'static str| words(text).collect::<Vec<_>>();
        assert_eq!(
            of(" \"Ada,\" said (she) -- don't "),
            ["Ada", "said", "she", "don't"]
        );
        assert_eq!(
            of("東京、Tokyo!と3 回"),
            ["東", "京", "Tokyo", "と", "3", "回"]
        );
        assert_eq!(of("กิน cafe\u{301}."), ["กิ", "น", "cafe\u{301}"]);
        assert_eq!(of("서울 타워"), ["서울", "타워"]);
        assert_eq!(of("... \u{1f600} \n"), [""; 0]);
    }

    #[test]
    fn a_word_alone_is_told_at_once() {
        assert_eq!(sole_word("(m\u{fc}\u{df}ig)"), Some("m\u{fc}\u{df}ig"));
        assert_eq!(
            sole_word("\u{434}\u{43e}\u{43c}-2,"),
            Some("\u{434}\u{43e}\u{43c}-2")
        );
        for unsure in [
            "",
            "--",
            "a\u{a0}b",
            "a\u{3000}b",
            "東京",
            "caf\u{e9}東",
            "กิน",
        ] {
            assert_eq!(sole_word(unsure), None, "{unsure}");
        }
    }

    #[test]
    fn a_word_of_latin_letters_is_told_by_its_bytes() {
        let of = |text: &'static str| latin_word(text).map(|word| &text[word]);
        assert_eq!(of("(m\u{fc}\u{df}ig)"), Some("m\u{fc}\u{df}ig"));
        assert_eq!(of("\u{c9}t\u{e9},"), Some("\u{c9}t\u{e9}"));
        assert_eq!(of("don't"), Some("don't"));
        assert_eq!(of("--"), Some(""));
        for unsure in [
            "3\u{d7}4",
            "\u{f7}",
            "a\u{a0}b",
            "\u{ab}Ada\u{bb}",
            "\u{434}\u{43e}\u{43c}",
        ] {
            assert_eq!(of(unsure), None, "{unsure}");
        }
        for char in ('\u{c0}'..='\u{ff}').filter(|char| char.is_alphabetic()) {
            let small = char.to_lowercase().next().unwrap();
            let bytes = |char: char| {
                let mut bytes = [0; 4];
                char.encode_utf8(&mut bytes)
                    .bytes()
                    .map(|byte| byte | 0x20)
                    .collect::<Vec<_>>()
            };
            assert_eq!(bytes(char), bytes(small), "{char}");
            assert_eq!(sole_word(&format!("-{char}-")).map(str::len), Some(2));
        }
    }

    #[test]
    fn a_particle_follows_a_korean_name() {
        let text = Text::new("경찰은 서울");
        assert!(!cuts_word(&text, "경찰".len(), true));
        assert!(cuts_word(&text, "경찰".len(), false));
        assert!(cuts_word(&Text::new("서울2"), "서울".len(), true));
        assert!(cuts_word(&Text::new("Adas"), 3, true));
        assert!(!cuts_word(&Text::new("Ada s"), 3, true));
    }

    #[test]
    fn a_run_of_katakana_or_thai_is_a_word() {
        let splits = |text: &str, before: &str| splits_run(&Text::new(text), before.len());
        assert!(splits("ギャラリー", "ギャラ"));
        assert!(splits("ギャラリー", "ギャラリ"));
        assert!(splits("กินข้าว", "กิน"));
        for (text, before) in [
            ("東京タワー", "東京"),
            ("タワーの", "タワー"),
            ("東京", "東"),
            ("あい", "あ"),
        ] {
            assert!(!splits(text, before), "{text}");
        }
        assert!(!splits("Ada met", "Ada"));
    }

    #[test]
    fn a_change_of_script_is_no_proof() {
        assert_eq!(at("naïveдом", "naïve"), WordEdge::ScriptChange);
    }
}
