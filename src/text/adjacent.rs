//! What stands on the two sides of an edge, as far as it tells whether a span may begin or end
//! there.

use unicode_script::Script;

use super::Text;
use super::words::{MARKS, Neighbour, is_mark, neighbour};

/// What stands on one side of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjacent {
    /// The start or the end of the text.
    TextEnd,
    /// A letter of a script that puts blanks between words.
    Letter,
    /// A letter of the Korean script, which puts blanks between words, but writes what follows a
    /// name onto it.
    Hangul,
    /// A digit, or a letter that many scripts have in common.
    Common,
    /// A letter of a script that puts no blanks between words.
    Unspaced,
    /// White space.
    Space,
    /// A bracket or a quotation mark that opens.
    Opening,
    /// A bracket or a quotation mark that closes.
    Closing,
    /// A sign that ends a sentence or a part of it.
    Stop,
    /// `.`, which names hold too.
    FullStop,
    /// A sign that stands between parts of a name: a hyphen, a slash, a middle dot.
    Join,
    /// Anything else: `"`, `#`, `$`, an emoji.
    Other,
}

const OPENING: &str = "([{«“„‹「『《〈【〔〖（［｛｢";
const CLOSING: &str = ")]}»”›」』》〉】〕〗）］｝｣";
const STOPS: &str = ",;:!?、。，；：！？…。､．؟،؛।";
const JOINS: &str = "-‐‑‒–—―·・/&_+／＆";

impl Adjacent {
    /// The side that a character is.
    #[must_use]
    pub fn of(char: Option<char>) -> Self {
        let Some(char) = char else {
            return Self::TextEnd;
        };
        match neighbour(Some(char)) {
            Neighbour::Word(Script::Common) => Self::Common,
            Neighbour::Word(Script::Hangul) => Self::Hangul,
            Neighbour::Word(_) => Self::Letter,
            Neighbour::Unjudged => Self::Unspaced,
            Neighbour::Nothing if char.is_whitespace() => Self::Space,
            Neighbour::Nothing if OPENING.contains(char) => Self::Opening,
            Neighbour::Nothing if CLOSING.contains(char) => Self::Closing,
            Neighbour::Nothing if STOPS.contains(char) => Self::Stop,
            Neighbour::Nothing if JOINS.contains(char) => Self::Join,
            Neighbour::Nothing if char == '.' => Self::FullStop,
            Neighbour::Nothing => Self::Other,
        }
    }

    /// Whether it is a letter or a digit of a script that puts blanks between words.
    #[must_use]
    pub const fn is_spaced(self) -> bool {
        matches!(self, Self::Letter | Self::Hangul | Self::Common)
    }

    /// Whether it is a letter or a digit.
    #[must_use]
    pub const fn is_letter(self) -> bool {
        self.is_spaced() || matches!(self, Self::Unspaced)
    }

    /// The kind of character that it is: letters of a sort are all alike, and so are digits and blanks;
    /// any other character is of its own kind.
    #[must_use]
    pub fn kind_of(char: Option<char>) -> char {
        match (Self::of(char), char) {
            (Self::Common, _) => '0',
            (Self::Letter, _) => 'a',
            (Self::Hangul, _) => '가',
            (Self::Unspaced, _) => '字',
            (Self::Space, _) => ' ',
            (_, None) => '\n',
            (_, Some(char)) => char,
        }
    }
}

/// The characters before and behind an edge of a text, a byte on a character edge. Combining marks
/// belong to the letter before them.
#[must_use]
pub fn around(text: &Text<'_>, byte: usize) -> (Option<char>, Option<char>) {
    let (before, after) = text.as_str().split_at(byte);
    let mut before = before.chars().rev().take(MARKS);
    let before = before.find(|char| !is_mark(*char));
    (before, after.chars().next())
}

/// Whether a bracket in `text` has no partner there. Nothing is said of a text of more than 1,000
/// bytes, which is no name, and takes time for each of the labels that lie in one another.
#[must_use]
pub fn has_single_bracket(text: &str) -> bool {
    let may_be = |byte: u8| !byte.is_ascii() || b"()[]{}".contains(&byte);
    if text.len() > 1000 || !text.bytes().any(may_be) {
        return false;
    }
    let mut open = 0_u32;
    for char in text.chars() {
        if OPENING.contains(char) {
            open += 1;
        } else if CLOSING.contains(char) {
            let Some(left) = open.checked_sub(1) else {
                return true;
            };
            open = left;
        }
    }
    open > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_told_apart() {
        let of = |char| Adjacent::of(Some(char));
        assert_eq!(of('a'), Adjacent::Letter);
        assert_eq!(of('7'), Adjacent::Common);
        assert_eq!(of('서'), Adjacent::Hangul);
        assert_eq!(of('京'), Adjacent::Unspaced);
        assert_eq!(of('\u{3000}'), Adjacent::Space);
        assert_eq!(of('《'), Adjacent::Opening);
        assert_eq!(of('”'), Adjacent::Closing);
        assert_eq!(of('。'), Adjacent::Stop);
        assert_eq!(of('・'), Adjacent::Join);
        assert_eq!(of('.'), Adjacent::FullStop);
        assert_eq!(of('#'), Adjacent::Other);
        assert_eq!(Adjacent::of(None), Adjacent::TextEnd);
        let kinds: String = "Ad7京\t,"
            .chars()
            .map(|char| Adjacent::kind_of(Some(char)))
            .collect();
        assert_eq!(kinds, "aa0字 ,");
        assert_eq!(Adjacent::kind_of(Some('서')), '가');
        assert_eq!(Adjacent::kind_of(None), '\n');
        let letters = "a7서京 #".chars().map(of);
        let letters: Vec<_> = letters
            .map(|side| (side.is_spaced(), side.is_letter()))
            .collect();
        let [yes, unspaced, no] = [(true, true), (false, true), (false, false)];
        assert_eq!(letters, [yes, yes, yes, unspaced, no, no]);
        let text = Text::new("e\u{301}a");
        assert_eq!(around(&text, 3), (Some('e'), Some('a')));
    }

    #[test]
    fn brackets_want_their_partner() {
        for whole in ["", "《红楼梦》", "f(x) [y]", "Don’t", "a"] {
            assert!(!has_single_bracket(whole), "{whole}");
        }
        for part in ["说《红楼梦", "x)", ")(", "“a"] {
            assert!(has_single_bracket(part), "{part}");
        }
    }

    #[test]
    fn nothing_is_said_of_the_brackets_of_a_long_text() {
        let open = |length: usize| has_single_bracket(&format!("({}", "a".repeat(length - 1)));
        assert!(open(1000) && !open(1001));
    }
}
