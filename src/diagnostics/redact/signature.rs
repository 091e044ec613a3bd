//! Signatures in URLs, however they are spelled.
//!
//! A shared access signature is the parameter `sig` of a query. JSON may spell its letters as
//! `\u0073`, a URL as `%73`, and a service reads the name in either case. So text is decoded first,
//! and each character keeps the bytes that it was decoded from.

use std::ops::Range;

use memchr::memchr3;

/// The name of the parameter.
const NAME: &str = "sig";

/// How often a text may have been encoded: a URL in a URL, or JSON in a string of JSON.
const ROUNDS: usize = 4;

/// Where a signed query begins in a piece of text: behind the `?` of the URL, and where none is in
/// sight, at the parameter. All from there on is to be hidden, since what else is in a query makes
/// no sense without its signature.
pub(super) fn signed_query(piece: &str) -> Option<usize> {
    may_be_signed(piece).then(|| search(piece)).flatten()
}

/// Whether there can be a signature at all: a parameter has an equals sign, and one that is escaped
/// begins with one of the others.
pub(super) fn may_be_signed(text: &str) -> bool {
    memchr3(b'=', b'%', b'\\', text.as_bytes()).is_some()
}

/// A character with the first byte that it was decoded from.
type Decoded = (char, usize);

fn search(piece: &str) -> Option<usize> {
    let mut chars: Vec<Decoded> = piece.char_indices().map(|(at, char)| (char, at)).collect();
    for _ in 0..ROUNDS {
        if let Some(found) = parameter(&chars) {
            return Some(found);
        }
        let before = chars.len();
        chars = decoded(&decoded(&chars, json_escape), percent_escape);
        if chars.len() == before {
            return None;
        }
    }
    parameter(&chars)
}

/// Where the query with the parameter begins.
fn parameter(chars: &[Decoded]) -> Option<usize> {
    let names = chars.iter().enumerate();
    let signs = names.filter(|(_, (char, _))| *char == '=');
    let found = signs.map(|(sign, _)| name_before(chars, sign));
    let name = found
        .into_iter()
        .find(|name| is_signature(&chars[name.clone()]))?;
    let before = &chars[..name.start];
    let is_edge = |char: char| char.is_whitespace() || matches!(char, '"' | '<' | '>');
    let url = before.iter().rposition(|(char, _)| is_edge(*char));
    let url = url.map_or(0, |edge| edge + 1);
    let mark = before[url..].iter().position(|(char, _)| *char == '?');
    let start = mark.map_or(name.start, |mark| url + mark + 1);
    chars.get(start).map(|(_, at)| *at)
}

/// The name that an equals sign ends. None that is longer than the one that is looked for matters.
fn name_before(chars: &[Decoded], sign: usize) -> Range<usize> {
    let is_named = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | '~');
    let letters = chars[..sign].iter().rev();
    let letters = letters.take_while(|(char, _)| is_named(*char));
    sign - letters.take(NAME.len() + 1).count()..sign
}

fn is_signature(name: &[Decoded]) -> bool {
    name.len() == NAME.len()
        && NAME
            .chars()
            .zip(name)
            .all(|(want, (char, _))| want.eq_ignore_ascii_case(char))
}

/// The text with all escapes of one sort taken away, once.
fn decoded(chars: &[Decoded], escape: fn(&[Decoded]) -> Option<(char, usize)>) -> Vec<Decoded> {
    let mut out = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some((char, place)) = chars.get(at) {
        let (meant, length) = escape(&chars[at..]).unwrap_or((*char, 1));
        out.push((meant, *place));
        at += length;
    }
    out
}

/// The character that an escape of JSON at the beginning stands for, and how long the escape is.
fn json_escape(chars: &[Decoded]) -> Option<(char, usize)> {
    let (('\\', _), (kind, _)) = (chars.first()?, chars.get(1)?) else {
        return None;
    };
    match kind {
        'u' => Some((hexadecimal(chars.get(2..6)?)?, 6)),
        '"' | '\\' | '/' => Some((*kind, 2)),
        'n' | 'r' | 't' | 'b' | 'f' => Some((' ', 2)),
        _ => None,
    }
}

/// The same for an escape of a URL. A byte of a longer character is taken for one of Latin-1: names
/// of parameters have none.
fn percent_escape(chars: &[Decoded]) -> Option<(char, usize)> {
    let ('%', _) = chars.first()? else {
        return None;
    };
    Some((hexadecimal(chars.get(1..3)?)?, 3))
}

fn hexadecimal(digits: &[Decoded]) -> Option<char> {
    let mut number = 0;
    for (digit, _) in digits {
        number = number * 16 + digit.to_digit(16)?;
    }
    // Half a character is a character all the same.
    Some(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(piece: &str) -> &str {
        signed_query(piece).map_or(piece, |start| &piece[..start])
    }

    #[test]
    fn a_signature_in_any_spelling() {
        for query in [
            "sig=x",
            "SIG=x",
            "sv=1&sig=x&se=2",
            "sv=1&amp;sig=x",
            r"\u0073ig=x",
            r"sig\u003dx",
            r"sv=1\u0026sig=x",
            "s%69g=x",
            "sv=1&s%69g%3dx",
            "s%2569g=x",
            r"\\u0073ig=x",
            r"%\u0037\u0033ig=x",
        ] {
            let piece = format!("azureml://a/b.txt?{query}");
            assert_eq!(shown(&piece), "azureml://a/b.txt?", "{piece}");
        }
        assert_eq!(shown("a/b.txt%3Fsv%3D1%26sig%3Dx"), "a/b.txt%3F");
        assert_eq!(
            shown("https://a/?u=https%3A%2F%2Fb%3Fsig%3Dx"),
            "https://a/?"
        );
        assert_eq!(
            shown("Why? See https://a/b?sv=1&sig=x"),
            "Why? See https://a/b?"
        );
        assert_eq!(shown("…4f&sig=x"), "…4f&");
        assert_eq!(shown("sig=x"), "");
    }

    #[test]
    fn what_is_no_signature() {
        for piece in [
            "a design=x",
            "https://a/b?design=1&signature=2&x-sig=3&sig.a=4",
            "the sig of it",
            "100 % sig",
            r"C:\sig\u00",
            "=",
            "sigé=1",
            "%",
            "\\",
        ] {
            assert_eq!(shown(piece), piece);
        }
    }
}
