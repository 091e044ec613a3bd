//! What the documents of a source tell of their languages.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::text::main_script::{DEFAULT_LANGUAGE, ScriptCounts};
use crate::text::tags::same_primary;

/// What the documents of a source tell of their languages. Nothing, before they were gone over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    /// The languages that documents give, as these spell them, each with the number of its
    /// documents.
    pub given: BTreeMap<String, u64>,
    /// The scripts of the texts of documents that give none.
    pub scripts: ScriptCounts,
}

impl Languages {
    /// The most frequent language: of those that documents give, or where they give none, of those
    /// that their scripts most likely mean. Of equals `en-us`, then the first by name; `en-us`
    /// where nothing tells.
    #[must_use]
    pub fn most_frequent(&self) -> &str {
        let given = self.given.iter().map(|(tag, count)| (&**tag, *count));
        let given = given.filter(|(tag, _)| !tag.trim().is_empty());
        let found = most_frequent(given);
        found.unwrap_or_else(|| of_scripts(&self.scripts))
    }

    /// Whether some document is in another language than this, as far as documents or their
    /// scripts tell.
    #[must_use]
    pub fn has_others(&self, language: &str) -> bool {
        let is_other = |tag: &String| !tag.is_empty() && !same_primary(tag, language);
        self.given.keys().any(is_other) || has_others(&self.scripts, language)
    }
}

/// The language that most texts are in by their scripts, which is what a new project gets.
#[must_use]
pub fn of_scripts(scripts: &ScriptCounts) -> &'static str {
    let mut sums: BTreeMap<&'static str, u64> = BTreeMap::new();
    for (script, count) in scripts {
        *sums.entry(script.likely_language()).or_default() += count;
    }
    most_frequent(sums.into_iter()).unwrap_or(DEFAULT_LANGUAGE)
}

/// Whether some text is in a script that this language is not written in.
#[must_use]
pub fn has_others(scripts: &ScriptCounts, language: &str) -> bool {
    scripts.keys().any(|script| !script.fits(language))
}

fn most_frequent<'t>(counts: impl Iterator<Item = (&'t str, u64)>) -> Option<&'t str> {
    let most = counts.max_by_key(|(tag, count)| (*count, *tag == DEFAULT_LANGUAGE, Reverse(*tag)));
    most.map(|(tag, _)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::main_script::main_script;

    const THAI: &str = "วันนี้อากาศดีมาก";
    const KANA: &str = "東京タワーへ行きました";

    fn told(given: &[(&str, u64)], texts: &[(&str, u64)]) -> Languages {
        let given = given.iter().map(|(tag, count)| ((*tag).to_owned(), *count));
        let texts = texts.iter();
        let texts = texts.map(|(text, count)| (main_script(text).unwrap(), *count));
        Languages {
            given: given.collect(),
            scripts: texts.collect(),
        }
    }

    #[test]
    fn the_most_frequent_language() {
        let latin = "The kettle was late. ".repeat(5);
        for (given, texts, most) in [
            (&[][..], &[][..], "en-us"),
            (&[("fr", 1), ("de", 1)], &[(THAI, 9)], "de"),
            (&[("de", 2), ("en-us", 2)], &[], "en-us"),
            (&[("", 7), (" ", 7)], &[(THAI, 1)], "th"),
            (&[], &[(THAI, 2), (KANA, 3)], "ja"),
            (&[], &[(THAI, 2), (KANA, 2)], "ja"),
            (&[], &[(THAI, 2), (&latin, 2)], "en-us"),
        ] {
            assert_eq!(told(given, texts).most_frequent(), most, "{given:?}");
        }
    }

    #[test]
    fn others_are_given_or_written_otherwise() {
        let has = |given: &[(&str, u64)], texts: &[(&str, u64)], language: &str| {
            told(given, texts).has_others(language)
        };
        assert!(!has(&[("en-GB", 1), ("", 1)], &[], "en-us"));
        assert!(has(&[("en-us", 9), ("fr", 1)], &[], "en-us"));
        assert!(!has(&[], &[(THAI, 1)], "th"));
        assert!(has(&[], &[(THAI, 1), (KANA, 1)], "th"));
    }
}
