//! Texts cut into tokens, and which tokens a label covers: what formats of tokens write.

use std::borrow::Cow;
use std::ops::Range;

use crate::alignment::AlignedDocument;
use crate::text::Text;
use crate::text::squeezed::is_dropped;

/// How a text is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tokenizer {
    /// As Azure ML's AutoML cuts what no label covers; labels are cut at white space alone.
    Aml,
    /// Runs of letters, digits and `_`, and every other character by itself.
    Words,
}

/// A label in a text: its bytes without white space at its ends, and its name as it is written.
pub(super) type Placed<'a> = (Range<usize>, Cow<'a, str>);

/// A token: its bytes, and the name of its label and whether it is the first of that.
pub(super) type Tagged<'l> = (Range<usize>, Option<(&'l str, bool)>);

/// The labels that are written, in the order of the text, with names as `spelled` has them.
pub(super) fn placed<'d>(
    aligned: &'d AlignedDocument<'_>,
    text: &Text<'_>,
    spelled: impl Fn(&'d str) -> Cow<'d, str>,
) -> Vec<Placed<'d>> {
    let labels = aligned.document.spans().iter().zip(&aligned.spans);
    let placed = labels.filter_map(|(label, span)| {
        let range = span.proof?.ok().filter(|_| span.target.is_some())?;
        let range = text.trimmed(range)?;
        Some((range.as_range(), spelled(&label.category)))
    });
    let mut placed: Vec<Placed<'d>> = placed.collect();
    placed.sort_by_key(|(range, _)| range.start);
    placed
}

/// The tokens of a text. No token goes over an edge of a label; `labels` are in the order of the text
/// and do not overlap.
pub(super) fn tagged<'l>(
    text: &str,
    labels: &'l [Placed<'_>],
    tokenizer: Tokenizer,
) -> Vec<Tagged<'l>> {
    let mut tagged: Vec<Tagged<'l>> = Vec::new();
    let outside = |gap: Range<usize>, tagged: &mut Vec<Tagged<'l>>| {
        let tokens = tokens(&text[gap.clone()], tokenizer).into_iter();
        tagged.extend(tokens.map(|token| (shifted(token, gap.start), None)));
    };
    let mut at = 0;
    for (range, name) in labels {
        outside(at.min(range.start)..range.start, &mut tagged);
        let covered = &text[range.clone()];
        let inside: Vec<Range<usize>> = match tokenizer {
            Tokenizer::Aml => pieces(covered).collect(),
            Tokenizer::Words => tokens(covered, tokenizer),
        };
        let inside = inside.into_iter().enumerate();
        tagged.extend(
            inside.map(|(index, token)| (shifted(token, range.start), Some((&**name, index == 0)))),
        );
        at = range.end;
    }
    outside(at..text.len(), &mut tagged);
    tagged
}

/// Labels by the tokens that they cover, where `places` are those of all tokens; nothing where a label
/// begins or ends within a token.
pub(super) fn by_tokens<'l>(
    places: &[Range<usize>],
    labels: &'l [Placed<'_>],
) -> Option<Vec<(Range<usize>, &'l str)>> {
    let covered = labels.iter().map(|(range, name)| {
        let first = places.binary_search_by_key(&range.start, |place| place.start);
        let last = places.binary_search_by_key(&range.end, |place| place.end);
        Some((first.ok()?..last.ok()? + 1, &**name))
    });
    covered.collect()
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// How many of the labels that are written lose white space at their ends, which no token holds.
pub(super) fn lost_edges(aligned: &AlignedDocument<'_>) -> u64 {
    let edges = aligned.proved().filter(|(index, range, text)| {
        let span = aligned.spans.get(*index);
        let is_written = span.is_some_and(|span| span.target.is_some());
        let words = text.slice(*range);
        is_written && (words.starts_with(is_dropped) || words.ends_with(is_dropped))
    });
    edges.count() as u64
}

/// The tokens of a stretch of text, in bytes of it.
fn tokens(text: &str, tokenizer: Tokenizer) -> Vec<Range<usize>> {
    let cut = match tokenizer {
        Tokenizer::Aml => parts,
        Tokenizer::Words => words,
    };
    let mut tokens = Vec::new();
    for piece in pieces(text) {
        cut(text, piece, &mut tokens);
    }
    tokens
}

/// What white space parts.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
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

    fn cut(text: &str, tokenizer: Tokenizer) -> Vec<&str> {
        let tokens = tokens(text, tokenizer).into_iter();
        tokens.map(|token| &text[token]).collect()
    }

    #[test]
    fn as_azure_ml_does() {
        let aml = |text| cut(text, Tokenizer::Aml);
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
        let words = |text| cut(text, Tokenizer::Words);
        assert_eq!(
            words("Don't, a_1 東京。"),
            ["Don", "'", "t", ",", "a_1", "東京", "。"]
        );
        assert_eq!(words("🇫🇷."), ["🇫", "🇷", "."]);
    }
}
