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
fn scripts_of(tag: &str) -> Cow<'static, [Script]> {
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

/// The letters of a text that are of no script of its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignLetters {
    /// The name of the script that most of them are of (Unicode).
    pub script: &'static str,
    /// Whether that is Latin.
    pub is_latin: bool,
    /// How many they are.
    pub count: u64,
    /// How many letters the text has.
    pub all: u64,
}

/// The letters of a text that are of no script of the language of a tag; `None` where there are
/// none, or few of them at its beginning. Of a long text the beginning is looked at.
#[must_use]
pub fn foreign_letters(text: &str, tag: &str) -> Option<ForeignLetters> {
    let scripts = scripts_of(tag);
    if scripts.contains(&Script::Latin) && is_mostly_ascii(text) {
        return None;
    }
    let is_foreign = |(script, _): &&(Script, u64)| !scripts.contains(script);
    let sum = |counts: &[(Script, u64)]| -> [u64; 2] {
        let foreign = counts.iter().filter(is_foreign).map(|(_, count)| count);
        [foreign.sum(), counts.iter().map(|(_, count)| count).sum()]
    };
    // Mostly the beginning tells that there are few.
    let [few, some] = sum(&letters(text, FEW));
    if few * 4 <= some && some > 0 {
        return None;
    }
    let counts = letters(text, MOST);
    let (script, _) = counts.iter().find(is_foreign)?;
    let [count, all] = sum(&counts);
    Some(ForeignLetters {
        script: script.full_name(),
        is_latin: *script == Script::Latin,
        count,
        all,
    })
}

/// How many characters of a text are looked at.
const MOST: usize = 10_000;

/// How many of them tell whether more are worth a look.
const FEW: usize = 300;

/// Whether a text begins with far more ASCII letters than it can have others there.
fn is_mostly_ascii(text: &str) -> bool {
    let bytes = &text.as_bytes()[..text.len().min(FEW)];
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic());
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii());
    letters.count() >= 4 * beyond.count()
}

/// The letters of a text by script, the most frequent first: at its beginning, where it is long.
/// Letters of all scripts are not counted.
fn letters(text: &str, most: usize) -> Vec<(Script, u64)> {
    let mut counts: Vec<(Script, u64)> = Vec::new();
    for char in text.chars().take(most).filter(|char| char.is_alphabetic()) {
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
            ("", Script::Latin),
        ] {
            assert_eq!(scripts_of(tag).first(), Some(&first), "{tag}");
        }
    }

    #[test]
    fn letters_are_counted_by_script() {
        let counted = letters("Привет, мир! Hi 東 12 ー", MOST);
        let expected = [(Script::Cyrillic, 9), (Script::Latin, 2), (Script::Han, 1)];
        assert_eq!(counted, expected);
    }
}
