//! Texts cut into tokens.

use std::ops::Range;

use crate::formats::ConllProfile;
use crate::text::squeezed::is_dropped;

/// The tokens of a stretch of text, in bytes of it.
pub(super) fn tokens(text: &str, profile: ConllProfile) -> Vec<Range<usize>> {
    let cut = match profile {
        ConllProfile::Aml => parts,
        ConllProfile::Doccano | ConllProfile::Conll2003 => words,
    };
    let mut tokens = Vec::new();
    for piece in pieces(text) {
        cut(text, piece, &mut tokens);
    }
    tokens
}

/// What white space parts.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let pieces = text.split(is_dropped).filter(|piece| !piece.is_empty());
    pieces.map(|piece| {
        let start = piece.as_ptr().addr() - text.as_ptr().addr();
        start..start + piece.len()
    })
}

/// As azureml-automl-dnn-nlp 1.62 cuts what no label covers (run): a word of letters is one token; one
/// that begins with a digit is one but for a last character that is no digit; otherwise letters of
/// ASCII stay together, what begins with an apostrophe goes on to the end, and every other
/// character is a token.
fn parts(text: &str, piece: Range<usize>, tokens: &mut Vec<Range<usize>>) {
    let word = &text[piece.clone()];
    if word.chars().all(char::is_alphabetic) {
        tokens.push(piece);
        return;
    }
    let last = word.char_indices().next_back();
    if word.starts_with(char::is_numeric) {
        match last {
            Some((at, last)) if at > 0 && !last.is_numeric() => {
                let at = piece.start + at;
                tokens.extend([piece.start..at, at..piece.end]);
            }
            _ => tokens.push(piece),
        }
        return;
    }
    let mut at = piece.start;
    while let Some(first) = text[at..piece.end].chars().next() {
        let rest = &text[at..piece.end];
        let length = match first {
            '\'' => rest.len(),
            _ if first.is_ascii_alphabetic() => {
                let end = rest.find(|char: char| !char.is_ascii_alphabetic());
                end.unwrap_or(rest.len())
            }
            _ => first.len_utf8(),
        };
        tokens.push(at..at + length);
        at += length;
    }
}

/// Runs of letters, digits and `_`, and every other character by itself.
fn words(text: &str, piece: Range<usize>, tokens: &mut Vec<Range<usize>>) {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let mut at = piece.start;
    while let Some(first) = text[at..piece.end].chars().next() {
        let rest = &text[at..piece.end];
        let length = if is_word(first) {
            rest.find(|char| !is_word(char)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        tokens.push(at..at + length);
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, profile: ConllProfile) -> Vec<&str> {
        let tokens = tokens(text, profile).into_iter();
        tokens.map(|token| &text[token]).collect()
    }

    #[test]
    fn as_azure_ml_does() {
        let aml = |text| cut(text, ConllProfile::Aml);
        assert_eq!(
            aml("Don't say 3rd, 12 or 2022."),
            ["Don", "'t", "say", "3rd", ",", "12", "or", "2022", "."]
        );
        assert_eq!(
            aml("😀 met Émile\r\nÉmile."),
            ["😀", "met", "Émile", "É", "mile", "."]
        );
        assert_eq!(aml("3rd"), ["3r", "d"]);
        assert_eq!(aml(" \u{1c}\u{a0}"), [""; 0]);
    }

    #[test]
    fn words_and_signs() {
        let words = |text| cut(text, ConllProfile::Doccano);
        assert_eq!(
            words("Don't, a_1 東京。"),
            ["Don", "'", "t", ",", "a_1", "東京", "。"]
        );
        assert_eq!(words("🇫🇷."), ["🇫", "🇷", "."]);
    }
}
