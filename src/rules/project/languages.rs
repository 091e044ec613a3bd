//! The languages of the two services, and what we take for the same one in both.
//!
//! Azure AI Language names its languages by BCP-47 tags, Azure Machine Learning by ISO 639-3
//! codes. The codes of each are its own documentation's; the mapping is ours, Microsoft
//! publishes none.

use crate::text::tags::{primary, same_primary};

/// What custom entity recognition and custom text classification are documented to support
/// (language support pages of Azure AI Language, 12/19/2023; the two lists are the same).
pub const LANGUAGE: [&str; 93] = [
    "af", "am", "ar", "as", "az", "be", "bg", "bn", "br", "bs", "ca", "cs", "cy", "da", "de", "el",
    "en-us", "eo", "es", "et", "eu", "fa", "fi", "fr", "fy", "ga", "gd", "gl", "gu", "ha", "he",
    "hi", "hr", "hu", "hy", "id", "it", "ja", "jv", "ka", "kk", "km", "kn", "ko", "ku", "ky", "la",
    "lo", "lt", "lv", "mg", "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne", "nl", "or", "pa", "pl",
    "ps", "pt-br", "pt-pt", "ro", "ru", "sa", "sd", "si", "sk", "sl", "so", "sq", "sr", "su", "sv",
    "sw", "ta", "te", "th", "tl", "tr", "ug", "uk", "ur", "uz", "vi", "xh", "yi", "zh-hans", "zu",
];

/// What custom abstractive summarization is documented to support (`en` and `en-us` alone).
pub const SUMMARIZATION: [&str; 2] = ["en", "en-us"];

/// `TextDNNLanguages` of azureml-automl-core 1.62, each with the tags of [`LANGUAGE`] that we
/// take for the same language: none where the other service does not list it, or lists a
/// relative only.
pub const TEXT_DNN: [(&str, &[&str]); 104] = [
    ("afr", &["af"]),
    ("ara", &["ar"]),
    ("arg", &[]),
    ("ast", &[]),
    ("azb", &[]),
    ("aze", &["az"]),
    ("bak", &[]),
    ("bar", &[]),
    ("bel", &["be"]),
    ("ben", &["bn"]),
    ("bos", &["bs"]),
    ("bpy", &[]),
    ("bre", &["br"]),
    ("bul", &["bg"]),
    ("cat", &["ca"]),
    ("ceb", &[]),
    ("ces", &["cs"]),
    ("che", &[]),
    ("chv", &[]),
    ("cym", &["cy"]),
    ("dan", &["da"]),
    ("deu", &["de"]),
    ("ell", &["el"]),
    ("eng", &["en-us"]),
    ("est", &["et"]),
    ("eus", &["eu"]),
    ("fas", &["fa"]),
    ("fin", &["fi"]),
    ("fra", &["fr"]),
    ("fry", &["fy"]),
    ("gle", &["ga"]),
    ("glg", &["gl"]),
    ("guj", &["gu"]),
    ("hat", &[]),
    ("hbs", &[]),
    ("heb", &["he"]),
    ("hin", &["hi"]),
    ("hrv", &["hr"]),
    ("hun", &["hu"]),
    ("hye", &["hy"]),
    ("ido", &[]),
    ("ind", &["id"]),
    ("isl", &[]),
    ("ita", &["it"]),
    ("jav", &["jv"]),
    ("jpn", &["ja"]),
    ("kan", &["kn"]),
    ("kat", &["ka"]),
    ("kaz", &["kk"]),
    ("kir", &["ky"]),
    ("kor", &["ko"]),
    ("lah", &[]),
    ("lat", &["la"]),
    ("lav", &["lv"]),
    ("lit", &["lt"]),
    ("lmo", &[]),
    ("ltz", &[]),
    ("mal", &["ml"]),
    ("mar", &["mr"]),
    ("min", &[]),
    ("mkd", &["mk"]),
    ("mlg", &["mg"]),
    ("mon", &["mn"]),
    ("msa", &["ms"]),
    ("mul", &[]),
    ("mya", &["my"]),
    ("nds", &[]),
    ("nep", &["ne"]),
    ("new", &[]),
    ("nld", &["nl"]),
    ("nno", &[]),
    ("nob", &["nb"]),
    ("oci", &[]),
    ("pan", &["pa"]),
    ("pms", &[]),
    ("pol", &["pl"]),
    ("por", &["pt-br", "pt-pt"]),
    ("ron", &["ro"]),
    ("rus", &["ru"]),
    ("scn", &[]),
    ("sco", &[]),
    ("slk", &["sk"]),
    ("slv", &["sl"]),
    ("spa", &["es"]),
    ("sqi", &["sq"]),
    ("srp", &["sr"]),
    ("sun", &["su"]),
    ("swa", &["sw"]),
    ("swe", &["sv"]),
    ("tam", &["ta"]),
    ("tat", &[]),
    ("tel", &["te"]),
    ("tgk", &[]),
    ("tgl", &["tl"]),
    ("tha", &["th"]),
    ("tur", &["tr"]),
    ("ukr", &["uk"]),
    ("urd", &["ur"]),
    ("uzb", &["uz"]),
    ("vie", &["vi"]),
    ("vol", &[]),
    ("war", &[]),
    ("yor", &[]),
    ("zho", &["zh-hans"]),
];

/// The ISO 639-1 codes of those languages of [`TEXT_DNN`] that have one and that [`LANGUAGE`]
/// does not list.
const OTHER_TWO_LETTER_CODES: [(&str, &str); 15] = [
    ("an", "arg"),
    ("ba", "bak"),
    ("ce", "che"),
    ("cv", "chv"),
    ("ht", "hat"),
    ("sh", "hbs"),
    ("io", "ido"),
    ("is", "isl"),
    ("lb", "ltz"),
    ("nn", "nno"),
    ("oc", "oci"),
    ("tt", "tat"),
    ("tg", "tgk"),
    ("vo", "vol"),
    ("yo", "yor"),
];

/// Whether a list has the tag, in any case. Plain `en` stands for `en-us`: it is what
/// Microsoft's own sample projects say.
#[must_use]
pub fn lists(list: &[&str], tag: &str) -> bool {
    let tag = if tag.eq_ignore_ascii_case("en") {
        "en-us"
    } else {
        tag
    };
    list.iter().any(|listed| listed.eq_ignore_ascii_case(tag))
}

/// The tags of [`LANGUAGE`] that probably were meant: those of the same language.
#[must_use]
pub fn alternatives(tag: &str) -> Vec<&'static str> {
    let of_aml = TEXT_DNN
        .iter()
        .find(|(code, _)| code.eq_ignore_ascii_case(primary(tag)));
    match of_aml {
        Some((_, tags)) => tags.to_vec(),
        None => LANGUAGE
            .into_iter()
            .filter(|listed| same_primary(listed, tag))
            .collect(),
    }
}

/// The code in [`TEXT_DNN`] of the language that a tag names, if it has one.
#[must_use]
pub fn text_dnn(tag: &str) -> Option<&'static str> {
    let is = |code: &str| code.eq_ignore_ascii_case(primary(tag));
    let own = TEXT_DNN
        .iter()
        .find(|(code, tags)| is(code) || tags.iter().any(|tag| is(primary(tag))));
    let other = || OTHER_TWO_LETTER_CODES.iter().find(|(two, _)| is(two));
    own.map(|(code, _)| *code)
        .or_else(|| other().map(|(_, code)| *code))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_lists_are_whole() {
        let tags: BTreeSet<&str> = LANGUAGE.into_iter().collect();
        assert_eq!(tags.len(), 93);
        let codes: BTreeSet<&str> = TEXT_DNN.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), 104);
        assert!(LANGUAGE.is_sorted() && TEXT_DNN.is_sorted());
        let one_to_one = TEXT_DNN.iter().filter(|(_, tags)| tags.len() == 1);
        assert_eq!(one_to_one.count(), 73);
        let several: Vec<&str> = TEXT_DNN
            .iter()
            .filter(|(_, tags)| tags.len() > 1)
            .map(|(code, _)| *code)
            .collect();
        assert_eq!(several, ["por"]);
    }

    #[test]
    fn the_mapping_stays_within_the_lists() {
        let mapped: Vec<&str> = TEXT_DNN
            .iter()
            .flat_map(|(_, tags)| *tags)
            .copied()
            .collect();
        let unique: BTreeSet<&str> = mapped.iter().copied().collect();
        assert_eq!(unique.len(), mapped.len(), "no tag stands for two codes");
        assert!(mapped.iter().all(|tag| LANGUAGE.contains(tag)));
        let alone: Vec<&str> = LANGUAGE
            .into_iter()
            .filter(|tag| text_dnn(tag).is_none())
            .collect();
        let expected = [
            "am", "as", "eo", "gd", "ha", "km", "ku", "lo", "or", "ps", "sa", "sd", "si", "so",
            "ug", "xh", "yi", "zu",
        ];
        assert_eq!(alone, expected);
        for (two, code) in OTHER_TWO_LETTER_CODES {
            assert!(!LANGUAGE.contains(&two), "{two}");
            let own = TEXT_DNN.iter().find(|(own, _)| *own == code);
            assert!(own.is_some_and(|(_, tags)| tags.is_empty()), "{code}");
        }
    }

    #[test]
    fn regions_and_case_do_not_tell_languages_apart() {
        for tag in ["en", "en-US", "EN-gb", "en_us", "eng"] {
            assert_eq!(text_dnn(tag), Some("eng"), "{tag}");
        }
        for (tag, code) in [
            ("zh-hant", "zho"),
            ("pt", "por"),
            ("is", "isl"),
            ("de-AT", "deu"),
        ] {
            assert_eq!(text_dnn(tag), Some(code), "{tag}");
        }
        assert_eq!([text_dnn("xx"), text_dnn(""), text_dnn("zu")], [None; 3]);
    }

    #[test]
    fn a_list_is_asked_without_case() {
        for tag in ["en", "EN", "en-US", "zh-Hans", "pt-BR"] {
            assert!(lists(&LANGUAGE, tag), "{tag}");
        }
        for tag in ["", "en-gb", "de-de", "pt", "zh", "english", "eng", "en_us"] {
            assert!(!lists(&LANGUAGE, tag), "{tag}");
        }
    }

    #[test]
    fn alternatives_are_of_the_same_language() {
        for (tag, expected) in [
            ("de-DE", &["de"][..]),
            ("pt", &["pt-br", "pt-pt"]),
            ("zh-hant", &["zh-hans"]),
            ("eng", &["en-us"]),
            ("isl", &[]),
            ("xx", &[]),
            ("", &[]),
        ] {
            assert_eq!(alternatives(tag), expected, "{tag}");
        }
    }
}
