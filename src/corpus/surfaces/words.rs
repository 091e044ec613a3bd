//! How words are spelled as a surface.

use std::borrow::Cow;

/// The longest surface that is kept, in bytes.
const LONGEST: usize = 100;

/// The longest stretch of a text that is looked at, in bytes: a surface with a little white space
/// in it. Where labels lie in one another, each is looked at, however long it is.
pub(super) const STRETCH: usize = 1000;

/// Words with single blanks for white space; `None` where there are none, or too many.
#[must_use]
pub fn surface(words: &str) -> Option<Cow<'_, str>> {
    if is_plain(words.as_bytes()) {
        return Some(Cow::Borrowed(words));
    }
    if words.len() > STRETCH {
        return None;
    }
    let words = words.trim();
    let plain = |(at, char): (usize, char)| {
        let double = char == ' ' && words.as_bytes().get(at + 1) == Some(&b' ');
        char == ' ' && !double || !char.is_whitespace()
    };
    let words = if words.char_indices().all(plain) {
        Cow::Borrowed(words)
    } else {
        Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    (1..=LONGEST).contains(&words.len()).then_some(words)
}

/// Whether words are their own surface, as nearly all are: signs of ASCII, and single blanks between
/// them.
fn is_plain(words: &[u8]) -> bool {
    // Labels that lie in one another may each be as long as the text, so no more is looked at than matters.
    if words.len() > LONGEST {
        return false;
    }
    // As if there were a blank on either side.
    let mut before = b' ';
    let plain = words.iter().all(|byte| {
        let plain = byte.is_ascii_graphic() || *byte == b' ' && before != b' ';
        before = *byte;
        plain
    });
    plain && before != b' '
}

/// Whether words are more than one character, or signs: those mean too many things.
#[must_use]
pub fn is_telling(words: &str) -> bool {
    let mut chars = words.chars();
    chars.clone().nth(1).is_some() && chars.any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_blank() {
        assert_eq!(surface(" New\r\n  York ").as_deref(), Some("New York"));
        assert_eq!(surface("New  York").as_deref(), Some("New York"));
        assert!(matches!(
            surface("New York"),
            Some(Cow::Borrowed("New York"))
        ));
        assert_eq!(surface(" \n"), None);
        assert_eq!(surface(&"é".repeat(50)).map(|words| words.len()), Some(100));
        assert_eq!(surface(&"é".repeat(51)), None);
        assert_eq!(surface(&format!("New{}York", " ".repeat(1000))), None);
    }
}
