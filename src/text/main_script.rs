//! The script that a text is in, and the language that it most likely means.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_script::Script;

use super::floor_char;
use super::scripts::{FEW, MOST, ascii, is_mostly_ascii, least, letters, scripts_of};

/// The scripts that tell of a language, each with the one of the service's tags that is most
/// likely meant (Azure AI Language, custom projects, 12/19/2023: the list has no tag for Han in its
/// traditional forms).
const LIKELY: [(Script, &str); 26] = {
    use Script::{
        Arabic, Armenian, Bengali, Cyrillic, Devanagari, Ethiopic, Georgian, Greek, Gujarati,
        Gurmukhi, Han, Hangul, Hebrew, Hiragana, Kannada, Khmer, Lao, Latin, Malayalam, Mongolian,
        Myanmar, Oriya, Sinhala, Tamil, Telugu, Thai,
    };
    [
        (Latin, DEFAULT_LANGUAGE),
        (Arabic, "ar"),
        (Armenian, "hy"),
        (Bengali, "bn"),
        (Cyrillic, "ru"),
        (Devanagari, "hi"),
        (Ethiopic, "am"),
        (Georgian, "ka"),
        (Greek, "el"),
        (Gujarati, "gu"),
        (Gurmukhi, "pa"),
        (Han, "zh-hans"),
        (Hangul, "ko"),
        (Hebrew, "he"),
        // Japanese is told by its kana.
        (Hiragana, "ja"),
        (Kannada, "kn"),
        (Khmer, "km"),
        (Lao, "lo"),
        (Malayalam, "ml"),
        (Mongolian, "mn"),
        (Myanmar, "my"),
        (Oriya, "or"),
        (Sinhala, "si"),
        (Tamil, "ta"),
        (Telugu, "te"),
        (Thai, "th"),
    ]
};

/// The language of texts in Latin letters, where nobody says it.
pub const DEFAULT_LANGUAGE: &str = "en-us";

/// So many letters of Han without another are no Japanese and no Korean.
const LEAST_ALONE: u64 = 50;

/// The script that most letters of a text are of, if its languages are known: kana and Han
/// together are Japanese, Hangul and Han Korean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct MainScript {
    /// Its place in `LIKELY`.
    place: usize,
    /// Whether it is Han, and so much of it that kana or Hangul would have to be there too.
    is_han_alone: bool,
}

impl MainScript {
    /// The name of the script, as Unicode has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        LIKELY[self.place].0.full_name()
    }

    /// The language that it most likely means, as Azure AI Language writes it.
    #[must_use]
    pub fn likely_language(self) -> &'static str {
        LIKELY[self.place].1
    }

    /// Whether texts of the language of a tag are written in it.
    #[must_use]
    pub fn fits(self, tag: &str) -> bool {
        let scripts = scripts_of(tag);
        let has_more = scripts.contains(&Script::Hiragana) || scripts.contains(&Script::Hangul);
        scripts.contains(&LIKELY[self.place].0) && !(self.is_han_alone && has_more)
    }
}

/// What is added to the name of a script that stands alone.
const ALONE: &str = " alone";

impl From<MainScript> for String {
    fn from(script: MainScript) -> Self {
        let alone = if script.is_han_alone { ALONE } else { "" };
        format!("{}{alone}", script.name())
    }
}

impl TryFrom<String> for MainScript {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let name = written.strip_suffix(ALONE).unwrap_or(&written);
        let named = |(script, _): &(Script, &str)| script.full_name() == name;
        let place = LIKELY.iter().position(named);
        let is_han_alone = name.len() < written.len();
        place
            .filter(|place| !is_han_alone || LIKELY[*place].0 == Script::Han)
            .map(|place| Self {
                place,
                is_han_alone,
            })
            .ok_or_else(|| format!("`{written}` is no script"))
    }
}

/// How many texts are in each script.
pub type ScriptCounts = BTreeMap<MainScript, u64>;

/// The script of more than half of a text's letters; `None` where there is none, or where they are
/// fewer than 8, or than 50 where they are Latin. Of a long text the beginning is looked at, and
/// some of its middle.
#[must_use]
pub fn main_script(text: &str) -> Option<MainScript> {
    let (bytes, half) = (text.as_bytes(), text.len() / 2);
    let beginning = &bytes[..bytes.len().min(FEW)];
    let middle = &bytes[half..bytes.len().min(half + FEW)];
    let is_mostly_ascii = is_mostly_ascii(beginning) && is_mostly_ascii(middle);
    if is_mostly_ascii && ascii(beginning).0 as u64 >= least(Script::Latin) {
        return Some(MainScript {
            place: 0,
            is_han_alone: false,
        });
    }
    // Mostly a little of a long text tells. The two pieces do not meet.
    if half >= 4 * FEW {
        let middle = &text[floor_char(text, half)..];
        let some = letters(text.chars().take(FEW).chain(middle.chars().take(FEW)));
        if let Some((script, count, all)) = of_most(&some)
            && count * 4 >= all * 3
        {
            return Some(script);
        }
    }
    let (script, count, all) = of_most(&letters(text.chars().take(MOST)))?;
    (count * 2 > all).then_some(script)
}

/// The most frequent script, how many letters it has, and how many there are in all.
fn of_most(counts: &[(Script, u64)]) -> Option<(MainScript, u64, u64)> {
    let of = |script: Script| {
        let found = counts.iter().find(|(other, _)| *other == script);
        found.map_or(0, |(_, count)| *count)
    };
    let (han, hangul) = (of(Script::Han), of(Script::Hangul));
    let kana = of(Script::Hiragana) + of(Script::Katakana);
    let all = counts.iter().map(|(_, count)| count).sum();
    // A text in Chinese may name something Japanese.
    let is_japanese = kana > 0 && kana * 10 >= kana + han;
    let is_korean = hangul > han;
    let (script, count) = match counts.first()? {
        (Script::Han | Script::Hiragana | Script::Katakana, _) if is_japanese => {
            (Script::Hiragana, kana + han)
        }
        (Script::Hangul, _) if is_korean => (Script::Hangul, hangul + han),
        first => *first,
    };
    if count < least(script) {
        return None;
    }
    let place = LIKELY.iter().position(|(known, _)| *known == script)?;
    let others = kana + hangul;
    let is_han_alone = script == Script::Han && han >= LEAST_ALONE && others * 100 < han;
    let found = MainScript {
        place,
        is_han_alone,
    };
    Some((found, count, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likely(text: &str) -> Option<&'static str> {
        main_script(text).map(MainScript::likely_language)
    }

    #[test]
    fn most_letters_tell() {
        for (text, language) in [
            ("東京タワーへ行きました", Some("ja")),
            ("サンプルテキスト", Some("ja")),
            ("送货单第七车收货地点", Some("zh-hans")),
            ("他在 Microsoft 工作", None),
            (
                "サン店 上海市浦东新区张江高科技园区晨晖路一千号的总店今天开门",
                Some("zh-hans"),
            ),
            ("서울特別市에서 만났습니다", Some("ko")),
            ("วันนี้อากาศดีมาก iPhone", Some("th")),
            ("Στις 4 Απριλίου", Some("el")),
            ("Привет, мир", Some("ru")),
            ("Привет", None),
            ("A short text", None),
            ("", None),
        ] {
            assert_eq!(likely(text), language, "{text}");
        }
        let long = "The kettle was late again. ";
        assert_eq!(likely(&long.repeat(3)), Some("en-us"));
        assert_eq!(likely(&"Křížek šel domů. ".repeat(9)), Some("en-us"));
        // Half of each is neither.
        assert_eq!(
            likely(&format!("{}{}", "abc".repeat(26), "мир".repeat(26))),
            None
        );
    }

    #[test]
    fn so_many_letters_tell_and_one_less_does_not() {
        let of = |parts: &[(&str, usize)]| {
            let text: String = parts
                .iter()
                .map(|(letter, times)| letter.repeat(*times))
                .collect();
            likely(&text)
        };
        assert_eq!((of(&[("я", 8)]), of(&[("я", 7)])), (Some("ru"), None));
        assert_eq!((of(&[("a", 50)]), of(&[("a", 49)])), (Some("en-us"), None));
        // More than half of all letters.
        assert_eq!(of(&[("я", 9), ("α", 8)]), Some("ru"));
        assert_eq!(of(&[("я", 8), ("α", 8)]), None);
        // A tenth of kana makes Japanese of Han; more Hangul than Han is Korean.
        assert_eq!(of(&[("店", 9), ("の", 1)]), Some("ja"));
        assert_eq!(of(&[("店", 10), ("の", 1)]), Some("zh-hans"));
        assert_eq!(of(&[("店", 8), ("サ", 1), ("の", 1)]), Some("ja"));
        assert_eq!(of(&[("店", 8), ("서", 9)]), Some("ko"));
        assert_eq!(of(&[("店", 8), ("서", 8)]), None);
        // Han counts with Hangul, and no more than it is.
        assert_eq!(of(&[("店", 6), ("서", 7), ("я", 5)]), Some("ko"));
        let few = [("서", 5), ("店", 4), ("я", 4), ("α", 4), ("ก", 4)];
        assert_eq!(of(&few), None);
    }

    #[test]
    fn the_middle_of_a_long_text_is_asked_too() {
        // 600 characters are looked at first, and tell where three quarters agree.
        let halves = |first: &str, second: &str| likely(&(first.repeat(700) + &second.repeat(700)));
        assert_eq!(halves("я", "я"), Some("ru"));
        assert_eq!(halves("я", "α"), None);
        let some = |greek: usize| format!("{}{}", "α".repeat(greek), "я".repeat(1400 - greek));
        assert_eq!(likely(&some(150)), Some("ru"));
        assert_eq!(likely(&some(699)), Some("ru"));
        assert_eq!(likely(&some(700)), None);
        let pieces = |parts: &[(&str, usize)]| {
            let text: String = parts
                .iter()
                .map(|(letter, times)| letter.repeat(*times))
                .collect();
            likely(&text)
        };
        let asked = [("я", 300), ("α", 1000), ("я", 300), ("α", 1000)];
        assert_eq!(pieces(&asked), Some("ru"));
        // In a shorter one all letters count,
        let (few, more) = ([("я", 225), ("α", 75)], ("α", 295));
        let asked = [few[0], few[1], more, few[0], few[1], more];
        assert_eq!(pieces(&asked), Some("el"));
        // but for Latin letters that are nearly alone in both places.
        let asked = [("a", 300), ("α", 447), ("a", 300), ("α", 447)];
        assert_eq!(pieces(&asked), Some("en-us"));
    }

    #[test]
    fn much_han_without_kana_or_hangul_is_chinese() {
        let fits_ja = |han: usize, kana: usize| {
            let text = "店".repeat(han) + &"の".repeat(kana);
            main_script(&text).unwrap().fits("ja")
        };
        assert!(fits_ja(49, 0) && !fits_ja(50, 0));
        assert!(fits_ja(100, 1) && !fits_ja(101, 1));
    }

    #[test]
    fn a_heading_in_other_letters_is_not_the_text() {
        let heading = "Delivery note of the first van of the week. ".repeat(12);
        let thai = "วันนี้รถคันแรกออกแต่เช้า ".repeat(400);
        assert_eq!(likely(&format!("{heading}{thai}")), Some("th"));
        let end = "Thank you for your order. ".repeat(8);
        assert_eq!(likely(&format!("{thai}{end}")), Some("th"));
        assert_eq!(
            likely(&format!("{}{thai}", heading.repeat(60))),
            Some("en-us")
        );
    }

    #[test]
    fn a_script_fits_the_languages_that_are_written_in_it() {
        assert_eq!(main_script("Привет, мир").unwrap().name(), "Cyrillic");
        let fits = |text: &str, tag: &str| main_script(text).unwrap().fits(tag);
        let (han, kana) = ("送货单第七车收货地点", "東京タワーへ行きました");
        for tag in ["zh-hans", "zh-Hant", "ja", "ko"] {
            assert!(fits(han, tag), "{tag}");
        }
        // A longer text in Japanese has kana.
        let long = han.repeat(5);
        assert!(fits(&long, "zh-hans") && !fits(&long, "ja") && !fits(&long, "ko"));
        assert!(fits(kana, "ja") && !fits(kana, "zh-hans") && !fits(kana, "en-us"));
        for tag in ["ru", "uk", "sr", "kk"] {
            assert!(fits("Привет, мир", tag), "{tag}");
        }
        assert!(!fits("Привет, мир", "sr-Latn"));
        assert!(fits(&"The kettle was late. ".repeat(5), "fr"));
    }

    #[test]
    fn a_language_is_written_in_its_own_script() {
        for (place, (script, tag)) in LIKELY.into_iter().enumerate() {
            let found = MainScript {
                place,
                is_han_alone: script == Script::Han,
            };
            assert!(found.fits(tag), "{tag}");
        }
    }
}
