//! Whether a range takes whole words, told by the bytes beside its edges.

use std::ops::Range;

/// Whether a range of bytes surely takes whole words of a text, has no white space at its ends, and
/// begins and ends on character and grapheme edges. That it does not is not said by `false`: only
/// ASCII is looked at.
///
/// With ASCII on both sides of an edge nothing else can matter but a carriage return before a line
/// feed, and that is white space.
#[must_use]
pub fn is_surely_whole(text: &str, range: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let (Some([first, ..]), Some([.., last])) =
        (bytes.get(range.clone()), bytes.get(range.clone()))
    else {
        return false;
    };
    let outside = |byte: Option<&u8>| byte.map_or(Class::Sign, |byte| Class::of(*byte));
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    is_edge(outside(before), Class::of(*first))
        && is_edge(outside(bytes.get(range.end)), Class::of(*last))
}

/// Whether an edge between the two is that of a whole word or sign.
fn is_edge(outside: Class, inside: Class) -> bool {
    match inside {
        Class::Word => matches!(outside, Class::Blank | Class::Sign),
        Class::Sign => outside != Class::Beyond,
        Class::Blank | Class::Beyond => false,
    }
}

/// What matters of a byte beside an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A letter or a digit of ASCII.
    Word,
    /// White space of ASCII, or a control character.
    Blank,
    /// Another sign of ASCII, or the end of the text.
    Sign,
    /// A part of a character that is not in ASCII.
    Beyond,
}

impl Class {
    const fn of(byte: u8) -> Self {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Self::Word,
            ..=0x20 | 0x7f => Self::Blank,
            0x80.. => Self::Beyond,
            _ => Self::Sign,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Text;
    use crate::text::words::{WordEdge, word_edge};

    #[test]
    fn words_and_signs_are_whole() {
        let whole = |text: &str, words: &str| {
            let start = text.find(words).unwrap();
            is_surely_whole(text, start..start + words.len())
        };
        assert!(whole("Ada met Bo.", "Ada"));
        assert!(whole("Ada met Bo.", "Bo"));
        assert!(whole("Ada met Bo.", "Bo."));
        assert!(whole("(Ada)", "Ada"));
        assert!(!whole("Ada met Bo.", "Ad"));
        assert!(!whole("Ada met Bo.", " met"));
        assert!(!whole("Ada met Bo\u{e9}.", "Bo"));
        assert!(!is_surely_whole("Ada", 1..1));
        assert!(!is_surely_whole("Ada", 0..4));
        assert!(!is_surely_whole("Ada", 7..9));
    }

    proptest! {
        #[test]
        fn what_is_whole_is_so_by_all_of_unicode(
            text in r"[ab1_ .\r\n\u{301}\u{200d}é😀東]{0,9}",
            start in 0_usize..20,
            length in 0_usize..20,
        ) {
            let range = start..start + length;
            if is_surely_whole(&text, range.clone()) {
                let words = text.get(range.clone());
                prop_assert_eq!(words.map(str::trim), words);
                let text = Text::new(&text);
                for edge in [range.start, range.end] {
                    prop_assert!(text.is_grapheme_edge(edge));
                    let edge = word_edge(&text, edge);
                    prop_assert!(!matches!(edge, WordEdge::Cut | WordEdge::ScriptChange));
                }
            }
        }
    }
}
