//! The scripts that languages are written in.

use std::borrow::Cow;

use unicode_script::{Script, UnicodeScript};

/// Languages that are not written in Latin letters alone, by their codes in ISO 639-1, with their
/// scripts (Unicode CLDR 45: the scripts in use today). Of the languages that Azure AI Language
/// lists for custom projects all others are written in Latin letters.
const SCRIPTS: [(&str, &[Script]); 48] = {
    use Script::{
        Arabic, Armenian, Bengali, Bopomofo, Cyrillic, Devanagari, Ethiopic, Georgian, Greek,
        Gujarati, Gurmukhi, Han, Hangul, Hebrew, Hiragana, Kannada, Katakana, Khmer, Lao, Latin,
        Malayalam, Mongolian, Myanmar, Oriya, Sinhala, Tamil, Telugu, Thai,
    };
    [
        ("am", &[Ethiopic]),
        ("ar", &[Arabic]),
        ("as", &[Bengali]),
        ("az", &[Latin, Cyrillic, Arabic]),
        ("be", &[Cyrillic]),
        ("bg", &[Cyrillic]),
        ("bn", &[Bengali]),
        ("bs", &[Latin, Cyrillic]),
        ("el", &[Greek]),
        ("fa", &[Arabic]),
        ("gu", &[Gujarati]),
        ("ha", &[Latin, Arabic]),
        ("he", &[Hebrew]),
        ("hi", &[Devanagari]),
        ("hy", &[Armenian]),
        ("ja", &[Han, Hiragana, Katakana]),
        ("ka", &[Georgian]),
        ("kk", &[Cyrillic, Arabic, Latin]),
        ("km", &[Khmer]),
        ("kn", &[Kannada]),
        ("ko", &[Hangul, Han]),
        ("ku", &[Latin, Arabic]),
        ("ky", &[Cyrillic, Arabic, Latin]),
        ("lo", &[Lao]),
        ("mk", &[Cyrillic]),
        ("ml", &[Malayalam]),
        ("mn", &[Cyrillic, Mongolian]),
        ("mr", &[Devanagari]),
        ("ms", &[Latin, Arabic]),
        ("my", &[Myanmar]),
        ("ne", &[Devanagari]),
        ("or", &[Oriya]),
        ("pa", &[Gurmukhi, Arabic]),
        ("ps", &[Arabic]),
        ("ru", &[Cyrillic]),
        ("sa", &[Devanagari]),
        ("sd", &[Arabic, Devanagari]),
        ("si", &[Sinhala]),
        ("sr", &[Cyrillic, Latin]),
        ("ta", &[Tamil]),
        ("te", &[Telugu]),
        ("th", &[Thai]),
        ("ug", &[Arabic, Cyrillic]),
        ("uk", &[Cyrillic]),
        ("ur", &[Arabic]),
        ("uz", &[Latin, Cyrillic]),
        ("yi", &[Hebrew]),
        ("zh", &[Han, Bopomofo]),
    ]
};

/// The scripts that a language tag stands for: the one that it names (`sr-Latn`, `zh-Hant`), those
/// of its language, or Latin.
pub(super) fn scripts_of(tag: &str) -> Cow<'static, [Script]> {
    let mut subtags = tag.split(['-', '_']);
    let language = subtags.next().unwrap_or_default().to_ascii_lowercase();
    let named = subtags.find(|subtag| subtag.len() == 4 && subtag.is_ascii());
    let named = named.and_then(|subtag| {
        let (first, rest) = subtag.split_at(1);
        let name = first.to_ascii_uppercase() + &rest.to_ascii_lowercase();
        // No character tells of which kind of Han it is.
        match &*name {
            "Hans" | "Hant" => Some(Script::Han),
            name => Script::from_short_name(name),
        }
    });
    if let Some(script) = named {
        return Cow::Owned(vec![script]);
    }
    let place = SCRIPTS.binary_search_by_key(&&*language, |(code, _)| code);
    Cow::Borrowed(place.map_or(&[Script::Latin], |place| SCRIPTS[place].1))
}

/// The fewest letters that tell of a script.
const LEAST: u64 = 8;
/// The same for Latin letters, which stand in texts of every script.
const LEAST_LATIN: u64 = 50;

/// How many characters of a text are looked at.
pub(super) const MOST: usize = 10_000;

/// How many of them tell whether more are worth a look.
pub(super) const FEW: usize = 300;

/// Letters of a text that are of no script of its language, where they are most of its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignLetters {
    /// The name of the script that most of them are of (Unicode).
    pub script: &'static str,
    /// How many they are.
    pub count: u64,
    /// How many letters the text has.
    pub all: u64,
}

/// The letters of a text that are of no script of the language of a tag, where most letters are
/// such. `None` where they are fewer than 8, or than 50 where those are Latin; or where they are
/// few at the beginning. Of a long text the beginning is looked at.
#[must_use]
pub fn foreign_letters(text: &str, tag: &str) -> Option<ForeignLetters> {
    let scripts = scripts_of(tag);
    if scripts.contains(&Script::Latin) && is_mostly_ascii(beginning(text)) {
        return None;
    }
    let is_foreign = |(script, _): &&(Script, u64)| !scripts.contains(script);
    let sum = |counts: &[(Script, u64)]| -> [u64; 2] {
        let foreign = counts.iter().filter(is_foreign).map(|(_, count)| count);
        [foreign.sum(), counts.iter().map(|(_, count)| count).sum()]
    };
    // Mostly the beginning tells that there are few.
    let [few, some] = sum(&letters(text.chars().take(FEW)));
    if few * 4 <= some && some > 0 {
        return None;
    }
    let counts = letters(text.chars().take(MOST));
    let (script, _) = counts.iter().find(is_foreign)?;
    let [count, all] = sum(&counts);
    (count >= least(*script) && count * 2 > all).then_some(ForeignLetters {
        script: script.full_name(),
        count,
        all,
    })
}

/// The fewest letters of a script that tell.
pub(super) const fn least(script: Script) -> u64 {
    if matches!(script, Script::Latin) {
        LEAST_LATIN
    } else {
        LEAST
    }
}

/// The bytes of the first characters, and more where they are ASCII.
fn beginning(text: &str) -> &[u8] {
    &text.as_bytes()[..text.len().min(FEW)]
}

/// Whether a piece of a text has far more ASCII letters than it can have others.
pub(super) fn is_mostly_ascii(bytes: &[u8]) -> bool {
    let (letters, beyond) = ascii(bytes);
    letters >= 4 * beyond
}

/// How many bytes are ASCII letters, and how many are no ASCII.
pub(super) fn ascii(bytes: &[u8]) -> (usize, usize) {
    let (mut letters, mut beyond) = (0, 0);
    // Sums of a byte are added up for many bytes at a time, in a twelfth of the time.
    for piece in bytes.chunks(128) {
        let (mut some, mut others) = (0_u8, 0_u8);
        for byte in piece {
            some += u8::from((byte | 0x20).wrapping_sub(b'a') < 26);
            others += byte >> 7;
        }
        letters += usize::from(some);
        beyond += usize::from(others);
    }
    (letters, beyond)
}

/// The letters among characters by script, the most frequent first. Letters of all scripts are not
/// counted.
pub(super) fn letters(chars: impl Iterator<Item = char>) -> Vec<(Script, u64)> {
    let mut counts: Vec<(Script, u64)> = Vec::new();
    for char in chars.filter(|char| char.is_alphabetic()) {
        let script = if char.is_ascii() {
            Script::Latin
        } else {
            char.script()
        };
        if matches!(script, Script::Common | Script::Inherited) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    counts.sort_by_key(|(script, count)| (std::cmp::Reverse(*count), script.short_name()));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(SCRIPTS.is_sorted_by_key(|(code, _)| *code));
        for (code, scripts) in SCRIPTS {
            assert!(scripts != [Script::Latin], "{code}: so are all others");
        }
    }

    #[test]
    fn a_tag_names_its_script_or_its_language_has_some() {
        for (tag, first) in [
            ("en-us", Script::Latin),
            ("EN_gb", Script::Latin),
            ("zh-hans", Script::Han),
            ("zh-Hant", Script::Han),
            ("sr-Latn", Script::Latin),
            ("sr", Script::Cyrillic),
            ("ja", Script::Han),
            ("sr-RS-Latn", Script::Latin),
            ("ja-\u{e9}\u{e9}", Script::Han),
            ("", Script::Latin),
        ] {
            assert_eq!(scripts_of(tag).first(), Some(&first), "{tag}");
        }
    }

    #[test]
    fn ascii_letters_are_counted() {
        let all: Vec<u8> = (0..=255).cycle().take(1024).collect();
        assert_eq!(ascii(&all), (4 * 52, 4 * 128));
        assert_eq!(ascii(b"@[`{aZ"), (2, 0));
        assert_eq!(ascii(b""), (0, 0));
    }

    #[test]
    fn most_letters_are_foreign_or_nothing_is_said() {
        let of = |text: &str, tag: &str| {
            foreign_letters(text, tag).map(|it| (it.script, it.count, it.all))
        };
        assert_eq!(of("Привет, мир", "en"), Some(("Cyrillic", 9, 9)));
        assert_eq!(of("Привет, мир", "ru"), None);
        assert_eq!(of("", "en"), None);
        // At least eight, or fifty in Latin letters.
        assert_eq!(of("Приветик", "en"), Some(("Cyrillic", 8, 8)));
        assert_eq!(of("Приветы", "en"), None);
        assert_eq!(of(&"a".repeat(50), "ru"), Some(("Latin", 50, 50)));
        assert_eq!(of(&"a".repeat(49), "ru"), None);
        // More than half.
        let mixed =
            |latin: usize, greek: usize| format!("{}{}", "a".repeat(latin), "α".repeat(greek));
        assert_eq!(of(&mixed(10, 11), "en"), Some(("Greek", 11, 21)));
        assert_eq!(of(&mixed(10, 10), "en"), None);
        // A beginning without letters says nothing, but where Latin letters are the language's own.
        let late = "1".repeat(300) + &"я".repeat(20);
        assert_eq!(of(&late, "el"), Some(("Cyrillic", 20, 20)));
        assert_eq!(of(&late, "en"), None);
        // A quarter of the beginning is few, whatever comes then.
        let rest = "α".repeat(2000);
        assert_eq!(of(&(mixed(225, 75) + &rest), "en"), None);
        assert_eq!(
            of(&(mixed(224, 76) + &rest), "en"),
            Some(("Greek", 2076, 2300))
        );
    }

    #[test]
    fn letters_are_counted_by_script() {
        let counted = letters("Привет, мир! Hi 東 12 ー".chars());
        let expected = [(Script::Cyrillic, 9), (Script::Latin, 2), (Script::Han, 1)];
        assert_eq!(counted, expected);
    }
}
