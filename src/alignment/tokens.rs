//! Tokens found again in the text that they were cut from.
//!
//! Only white space may stand between two tokens. So there is one place for each at most: white space
//! is passed over, and the token must stand there, letter by letter, or as one of the ways in which
//! tokenizers are known to spell what stands there ([`SPELLINGS`]).

use std::ops::Range;

use crate::text::squeezed::{SPELLINGS, is_dropped};

/// Why tokens are not those of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The first token that does not stand in the text, by its index; the number of tokens where
    /// the text goes on behind the last.
    pub token: usize,
    /// The byte of the text where it should stand.
    pub byte: usize,
}

/// The bytes of each token in a text.
///
/// Fails where a token does not stand behind the one before it, or the text goes on behind the last.
pub fn align<'t>(
    text: &str,
    tokens: impl IntoIterator<Item = &'t str>,
) -> Result<Vec<Range<usize>>, Mismatch> {
    let mut places = Vec::new();
    let mut at = 0;
    for (index, token) in tokens.into_iter().enumerate() {
        let mut rest = text.get(at..).unwrap_or_default();
        let length = loop {
            if let Some(length) = length_at(rest, token) {
                break length;
            }
            let first = rest.chars().next().filter(|char| is_dropped(*char));
            let Some(first) = first else {
                let mismatch = Mismatch {
                    token: index,
                    byte: text.len() - rest.len(),
                };
                return Err(mismatch);
            };
            rest = &rest[first.len_utf8()..];
        };
        let start = text.len() - rest.len();
        at = start + length;
        places.push(start..at);
    }
    let rest = text.get(at..).unwrap_or_default();
    match rest.find(|char| !is_dropped(char)) {
        None => Ok(places),
        Some(more) => Err(Mismatch {
            token: places.len(),
            byte: at + more,
        }),
    }
}

/// How many bytes a token has where a text begins with it.
fn length_at(text: &str, token: &str) -> Option<usize> {
    // An empty token is what is left of a byte-order mark.
    if text.starts_with(token) {
        return Some(token.len());
    }
    let spelled = SPELLINGS.iter().find(|(spelled, _)| *spelled == token);
    if let Some((_, meant)) = spelled {
        let meant = meant.iter().find(|meant| text.starts_with(**meant));
        return meant.map(|meant| meant.len());
    }
    // What is spelled with a backslash stands inside of tokens too: `and\/or`.
    if !token.contains('\\') {
        return None;
    }
    let plain = token.replace("\\/", "/").replace("\\*", "*");
    (plain != token && text.starts_with(&plain)).then_some(plain.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words<'t>(text: &'t str, tokens: &[&str]) -> Result<Vec<&'t str>, Mismatch> {
        let places = align(text, tokens.iter().copied())?;
        Ok(places.into_iter().map(|place| &text[place]).collect())
    }

    #[test]
    fn tokens_stand_where_white_space_ends() {
        let text = " Ada\r\nByron,\u{3000}didn't.\u{1d}";
        let tokens = ["Ada", "Byron", ",", "did", "n't", "."];
        assert_eq!(words(text, &tokens), Ok(tokens.to_vec()));
        let spelled = ["``", "and\\/or", "''", "-LRB-"];
        assert_eq!(
            words("\"and/or\" (", &spelled),
            Ok(vec!["\"", "and/or", "\"", "("])
        );
        assert_eq!(
            words("a\u{a0}b c", &["a\u{a0}b", "c"]),
            Ok(vec!["a\u{a0}b", "c"])
        );
    }

    #[test]
    fn the_first_that_does_not_is_told() {
        let mismatch = |token, byte| Err(Mismatch { token, byte });
        assert_eq!(words("Ada met Bo", &["Ada", "saw"]), mismatch(1, 4));
        assert_eq!(words("Ada met", &["Ada", "met", "Bo"]), mismatch(2, 7));
        assert_eq!(words("Ada met Bo", &["Ada", "met"]), mismatch(2, 8));
        assert_eq!(words("Ada\u{200b} met", &["Ada", "met"]), mismatch(1, 3));
    }

    proptest! {
        #[test]
        fn whatever_a_text_is_cut_into_is_found_again(
            parts in prop::collection::vec(("[a-c\u{e9}\u{1f600}\"(]{1,4}", "[ \r\n\t\u{a0}\u{3000}]{0,2}"), 0..12),
        ) {
            let text: String = parts.iter().flat_map(|(token, blank)| [&**token, &**blank]).collect();
            let tokens: Vec<&str> = parts.iter().map(|(token, _)| &**token).collect();
            prop_assert_eq!(words(&text, &tokens), Ok(tokens.clone()));
        }
    }
}
