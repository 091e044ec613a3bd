//! Hides what no report may show of a label file: who labeled, and the signatures in URLs.
//!
//! A hidden character becomes an asterisk, so that columns stay as they are.

mod members;
mod parser;
mod signature;

use std::borrow::Cow;
use std::ops::Range;

use self::members::is_escaped;
use self::signature::{may_be_signed, signed_query};

pub use self::parser::parser_words;

/// A piece of a label file without the values of `private` members and without signed queries, and
/// where some places of it, in bytes, are then.
///
/// The piece should begin well before what is shown of it, so that the member or the URL that a
/// value belongs to is in sight. It may begin and end anywhere: what may be private is hidden.
#[must_use]
pub fn redact<const N: usize>(
    text: &str,
    places: [usize; N],
    private: &[&str],
) -> (String, [usize; N]) {
    let mut hidden = members::values(text, private);
    hidden.extend(signed(text, |strings, byte| {
        byte == b'\n' || byte == b'"' && !is_escaped(strings)
    }));
    starred(text, places, hidden)
}

/// A piece of a label file without what no report may show, see [`redact`].
#[must_use]
pub fn redacted<'t>(text: &'t str, private: &[&str]) -> Cow<'t, str> {
    let (redacted, []) = redact(text, [], private);
    if redacted == text {
        return Cow::Borrowed(text);
    }
    Cow::Owned(redacted)
}

/// A piece of a text for people without signed queries, and where some places of it are then.
#[must_use]
pub fn redact_prose<const N: usize>(text: &str, places: [usize; N]) -> (Cow<'_, str>, [usize; N]) {
    if !may_be_signed(text) {
        return (Cow::Borrowed(text), places);
    }
    let is_end = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'<' | b'>');
    let hidden = signed(text, |_, byte| is_end(byte)).collect();
    let (text, places) = starred(text, places, hidden);
    (Cow::Owned(text), places)
}

/// A sentence with an asterisk for each character from the first quote to the last, but for a name
/// that is quoted first.
#[must_use]
pub fn hide_quoted(sentence: &str, name: &str) -> String {
    let first = sentence.find('`').unwrap_or(sentence.len());
    let from = match sentence[first..].strip_prefix(name) {
        Some(_) => first + name.len(),
        None => first,
    };
    let rest = &sentence[from..];
    let (open, close) = match (rest.find('`'), rest.rfind('`')) {
        (Some(open), Some(close)) if open < close => (open, close),
        _ => return sentence.to_owned(),
    };
    let hidden = rest[open..close].chars().skip(1).map(|_| '*');
    let shown = sentence[..=from + open].chars();
    shown.chain(hidden).chain(rest[close..].chars()).collect()
}

/// A value, such as a name or an address, without its signed query.
#[must_use]
pub fn mask(value: &str) -> Cow<'_, str> {
    match signed_query(value) {
        None => Cow::Borrowed(value),
        Some(start) => {
            let hidden = value[start..].chars().map(|_| '*');
            Cow::Owned(value[..start].chars().chain(hidden).collect())
        }
    }
}

/// The signed queries in a text of several pieces. `ends` tells whether a piece ends at a byte, of
/// which it sees the bytes before too.
fn signed(text: &str, ends: impl Fn(&[u8], u8) -> bool) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let is_end = move |at: &usize| *at == bytes.len() || ends(&bytes[..*at], bytes[*at]);
    let mut start = 0;
    let pieces = (0..=bytes.len()).filter(is_end).map(move |end| {
        let piece = start..end;
        start = end + 1;
        piece
    });
    pieces.filter_map(|piece| {
        let query = signed_query(&text[piece.clone()])?;
        Some(piece.start + query..piece.end)
    })
}

/// The text with an asterisk for each hidden character, and where some places of it, which go up,
/// are then. Line ends stay.
fn starred<const N: usize>(
    text: &str,
    places: [usize; N],
    mut hidden: Vec<Range<usize>>,
) -> (String, [usize; N]) {
    if hidden.is_empty() {
        return (text.to_owned(), places);
    }
    hidden.sort_unstable_by_key(|range| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut moved = [None; N];
    let (mut next, mut until) = (0, 0);
    for (at, char) in text.char_indices() {
        for (place, moved) in places.iter().zip(&mut moved) {
            if at >= *place {
                moved.get_or_insert(out.len());
            }
        }
        while let Some(range) = hidden.get(next).filter(|range| range.start <= at) {
            until = until.max(range.end);
            next += 1;
        }
        let hide = at < until && !matches!(char, '\n' | '\r');
        out.push(if hide { '*' } else { char });
    }
    let end = out.len();
    (out, moved.map(|place| place.unwrap_or(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 2] = ["labeler", "updated_by"];

    #[test]
    fn names_and_signatures() {
        let text = r#"{"image_url":"https://a/b.txt?sv=1&sig=x%2Fy","labeler": "Å \"B\"","x":1}"#;
        let span = text.find("\"x\"").unwrap();
        let (redacted, [start, end]) = redact(text, [span, span + 3], &NAMES);
        let want = r#"{"image_url":"https://a/b.txt?**************","labeler": "*******","x":1}"#;
        assert_eq!(redacted, want);
        assert_eq!(&redacted[start..end], "\"x\"");
    }

    #[test]
    fn cut_pieces() {
        assert_eq!(redacted("…&sig=abc\",", &NAMES), "…&*******\",");
        assert_eq!(
            redacted("\"updated_by\":\"Som", &NAMES),
            "\"updated_by\":\"***"
        );
        assert_eq!(
            redacted("\"label\":\"What? a=b\"", &NAMES),
            "\"label\":\"What? a=b\""
        );
    }

    #[test]
    fn values_and_prose() {
        assert_eq!(mask("a.txt?sv=1&SIG=x y"), "a.txt?************");
        assert_eq!(mask("a.txt"), "a.txt");
        let text = "See <https://a/é?sig=xyz> for more.";
        let (hidden, [start, end]) = redact_prose(text, [27, 30]);
        assert_eq!(hidden, "See <https://a/é?*******> for more.");
        assert_eq!(&hidden[start..end], &text[27..30]);
    }
}
