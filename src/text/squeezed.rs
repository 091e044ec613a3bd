//! What is left of a text when it is cut into tokens: everything but white space.

use super::{ByteRange, Text};

/// Whether tokenizers drop the character: Unicode's white space, and the four separators of ASCII
/// that Python's `str.split` takes for white space too (3.12, run).
#[must_use]
pub const fn is_dropped(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{1c}'..='\u{1f}')
}

impl Text<'_> {
    /// A range without what tokenizers drop at its ends; nothing where the range is of another text.
    #[must_use]
    pub fn trimmed(&self, range: ByteRange) -> Option<ByteRange> {
        let words = self.as_str().get(range.as_range())?;
        let end = range.start() + words.trim_end_matches(is_dropped).len();
        let start = range.end() - words.trim_start_matches(is_dropped).len();
        self.range(start.min(end)..end)
    }
}

/// How some tokenizers spell what stands in the text, and what may stand there. Penn Treebank has
/// brackets by their names and quotes by their direction; NLTK 3.9 writes its quotes too (run).
pub const SPELLINGS: [(&str, &[&str]); 10] = [
    ("``", &["\"", "\u{201c}"]),
    ("''", &["\"", "\u{201d}"]),
    ("-LRB-", &["("]),
    ("-RRB-", &[")"]),
    ("-LSB-", &["["]),
    ("-RSB-", &["]"]),
    ("-LCB-", &["{"]),
    ("-RCB-", &["}"]),
    ("\\/", &["/"]),
    ("\\*", &["*"]),
];

/// A text without white space, and with one spelling for what tokenizers spell in several ways: the
/// same for a text and for the tokens that it was cut into. A byte-order mark at its start is not
/// part of it.
#[must_use]
pub fn squeezed(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut squeezed: String = text.chars().filter(|char| !is_dropped(*char)).collect();
    for (spelled, meant) in SPELLINGS {
        if squeezed.contains(spelled) {
            squeezed = squeezed.replace(spelled, meant[0]);
        }
    }
    for quote in ['\u{201c}', '\u{201d}'] {
        if squeezed.contains(quote) {
            squeezed = squeezed.replace(quote, "\"");
        }
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_and_its_tokens_come_to_the_same() {
        let text = "\u{feff}He said: \"no (yet)\".\r\n\u{1c}";
        let tokens = "He said : `` no -LRB- yet -RRB- '' .";
        assert_eq!(squeezed(text), squeezed(tokens));
        assert_eq!(squeezed(text), "Hesaid:\"no(yet)\".");
        assert_eq!(squeezed("a\u{a0}b\u{200b}c"), "ab\u{200b}c");
    }

    #[test]
    fn a_range_is_trimmed_within_itself() {
        let text = Text::new(" a\u{1c} b\u{3000}  ");
        let trimmed = |bytes: std::ops::Range<usize>| {
            let range = text.range(bytes).and_then(|range| text.trimmed(range));
            range.map(ByteRange::as_range)
        };
        let all = text.as_str().len();
        assert_eq!(trimmed(0..all), Some(1..5));
        assert_eq!(trimmed(1..4), Some(1..2));
        assert_eq!(trimmed(5..all), Some(5..5));
        let elsewhere = text
            .range(0..all)
            .and_then(|range| Text::new("a").trimmed(range));
        assert_eq!(elsewhere, None);
    }
}
