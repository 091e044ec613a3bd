//! Up to where the units of offsets agree.

use crate::text::clusters::clusters;
use crate::text::{Text, Unit};

/// The offset of the first character that counts differently in two of the units; the same number
/// in all of them. Nothing where none does.
#[must_use]
pub fn first_difference(text: &Text<'_>, units: &[Unit]) -> Option<i64> {
    let is_plain = |unit: &Unit| matches!(unit, Unit::CodePoint | Unit::Utf16);
    if units.iter().all(is_plain) {
        return first_astral(text).filter(|_| units.len() > 1);
    }
    let in_clusters = units.iter().any(|unit| unit.is_cluster());
    if text.is_ascii() && !(in_clusters && text.as_str().contains("\r\n")) {
        return None;
    }
    let length = |piece: &str, unit: &Unit| match unit {
        Unit::Utf16 => piece.encode_utf16().count(),
        Unit::CodePoint => piece.chars().count(),
        Unit::Utf8 => piece.len(),
        Unit::Grapheme | Unit::Grapheme10 => clusters(piece, *unit).count(),
    };
    let mut at = 0;
    for cluster in pieces(text.as_str(), units.contains(&Unit::Grapheme10)) {
        let mut lengths = units.iter().map(|unit| length(cluster, unit));
        let first = lengths.next()?;
        if !lengths.all(|other| other == first) {
            return i64::try_from(at).ok();
        }
        at += first;
    }
    None
}

/// The smallest pieces of a text that no grapheme cluster goes beyond: none of today, and with `ten`
/// none of Unicode 10.
fn pieces(text: &str, ten: bool) -> impl Iterator<Item = &str> {
    let ends = |unit| clusters(text, unit).map(|(at, cluster)| at + cluster.len());
    let (mut today, mut earlier) = (ends(Unit::Grapheme), ends(Unit::Grapheme10));
    let mut start = 0;
    std::iter::from_fn(move || {
        let mut end = today.next()?;
        if ten {
            let mut other = earlier.next()?;
            while end != other {
                if end < other {
                    end = today.next()?;
                } else {
                    other = earlier.next()?;
                }
            }
        }
        let piece = &text[start..end];
        start = end;
        Some(piece)
    })
}

/// The offset of the first character outside the basic plane; the same number in code points
/// and in UTF-16 code units.
fn first_astral(text: &Text<'_>) -> Option<i64> {
    if text.is_ascii() {
        return None;
    }
    // Only characters outside the basic plane have a lead byte of 0xF0 or more.
    let bytes = text.as_str().as_bytes();
    let is_astral = |byte: &u8| *byte >= 0xf0;
    // Whether one of many is so is told at once, and which of them is not.
    let any = |chunk: &[u8]| chunk.iter().fold(false, |any, byte| any | is_astral(byte));
    let chunk = bytes.chunks(128).position(any)?;
    let within = bytes[128 * chunk..].iter().position(is_astral)?;
    let byte = 128 * chunk + within;
    i64::try_from(str_indices::chars::count(&text.as_str()[..byte])).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree_up_to_what_they_count_differently() {
        use Unit::{CodePoint, Grapheme, Grapheme10, Utf8, Utf16};
        let first = |text: &str, units: &[Unit]| first_difference(&Text::new(text), units);
        let text = "a\u{e9}\u{1f600}b";
        assert_eq!(first(text, &[CodePoint, Utf16]), Some(2));
        assert_eq!(first(text, &[Utf8, CodePoint]), Some(1));
        assert_eq!(first(text, &[CodePoint]), None);
        assert_eq!(first("a\u{e9}b", &[CodePoint, Utf16]), None);
        assert_eq!(first("abc", &[Utf8, Utf16]), None);
        // A line end is two characters and one cluster.
        assert_eq!(first("ab\r\nc", &[Utf16, Grapheme]), Some(2));
        assert_eq!(first("ab\r\nc", &[CodePoint, Grapheme10]), Some(2));
        // An emoji with a joiner that came after Unicode 10, a joiner that joins no longer, and what
        // all count alike.
        assert_eq!(first("ab❤\u{200d}🔥", &[Grapheme, Grapheme10]), Some(2));
        assert_eq!(first("ab\u{200d}❤c🔥", &[Grapheme, Grapheme10]), Some(1));
        assert_eq!(first("e\u{301}\r\n👨‍👩‍👧c", &[Grapheme, Grapheme10]), None);
        let far = format!("{}\u{1f600}", "\u{e9}".repeat(300));
        assert_eq!(first(&far, &[Utf16, CodePoint]), Some(300));
    }
}
