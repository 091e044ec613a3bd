//! What may stand in the name of a document: what is safe to open, what the services document,
//! and what every system can store.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Why a name from a label file is never used as a path, if so.
#[must_use]
pub fn unsafe_reason(path: &str) -> Option<&'static str> {
    let bytes = path.as_bytes();
    if is_tame(bytes) {
        return None;
    }
    if path.contains('\0') {
        Some("it holds a NUL")
    } else if path.contains('\\') {
        Some("it holds a backslash, which is a folder on Windows")
    } else if path.starts_with('/') {
        Some("it is absolute")
    } else if bytes.len() >= 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' {
        Some("it names a drive")
    } else if path.split('/').any(|segment| segment == "..") {
        Some("it climbs out of the folder by `..`")
    } else {
        None
    }
}

/// Whether a path is nothing but letters, digits and a few signs, with slashes and single dots
/// inside: what nearly all are, told by one look at each byte.
fn is_tame(path: &[u8]) -> bool {
    let mut before = b'/';
    for byte in path {
        let tame = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b' ' => true,
            b'.' | b'/' => !matches!(before, b'.' | b'/'),
            _ => false,
        };
        if !tame {
            return false;
        }
        before = *byte;
    }
    true
}

/// Whether a path is nothing but letters, digits, `_` and `-` between slashes, with `.txt` behind
/// them, and no part of it a name that Windows keeps for a device: what no rule has anything
/// against, but that there are folders.
#[must_use]
pub fn is_plain(path: &str) -> bool {
    /// The longest name of a device: `COM1`.
    const DEVICE: usize = 4;
    let Some(stem) = path.strip_suffix(".txt") else {
        return false;
    };
    let is_name = |name: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let is_short = name.len() <= DEVICE;
        !name.is_empty() && name.bytes().all(plain) && !(is_short && is_device(name))
    };
    stem.split('/').all(is_name)
}

/// What two names have in common that differ in case or in normalization only.
#[must_use]
pub fn folded(name: &str) -> Cow<'_, str> {
    if !name.is_ascii() {
        return Cow::Owned(name.nfc().flat_map(char::to_lowercase).nfc().collect());
    }
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    Cow::Borrowed(name)
}

/// How two names differ that are one when folded.
#[must_use]
pub fn difference(one: &str, other: &str) -> &'static str {
    if one.to_lowercase() == other.to_lowercase() {
        "in case only"
    } else if one.nfc().eq(other.nfc()) {
        "in Unicode normalization only"
    } else {
        "in case and in Unicode normalization only"
    }
}

/// Why some system cannot hold a file of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unportable<'a> {
    /// It holds a control character (category Cc).
    Control(char),
    /// Windows keeps the name of this segment for a device.
    Reserved(&'a str),
    /// The segment ends with a dot or a blank, which Windows takes away.
    Trailing(&'a str, char),
}

/// Names that Windows keeps for devices; `COM` and `LPT` are kept with a digit behind them.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why some system cannot hold a file under this path, if so: the first reason.
#[must_use]
pub fn unportable(path: &str) -> Option<Unportable<'_>> {
    if let Some(control) = path.chars().find(|char| char.is_control()) {
        return Some(Unportable::Control(control));
    }
    path.split('/').find_map(|segment| {
        if is_device(segment) {
            return Some(Unportable::Reserved(segment));
        }
        let last = segment.chars().next_back()?;
        let steps = matches!(segment, "." | "..");
        (matches!(last, '.' | ' ') && !steps).then_some(Unportable::Trailing(segment, last))
    })
}

/// Why Windows would open something else under this path than the file that others open, if so. A text is
/// neither looked for nor written there under such a name.
#[must_use]
pub fn other_on_windows(path: &str) -> Option<&'static str> {
    if path.contains(':') {
        return Some("it holds a colon, behind which Windows opens a stream of another file");
    }
    Some(match unportable(path)? {
        Unportable::Control(_) => "it holds a control character, which no name on Windows does",
        Unportable::Reserved(_) => "Windows keeps such a name for a device",
        Unportable::Trailing(..) => {
            "a part of it ends with a dot or a blank, which Windows takes away"
        }
    })
}

/// Whether Windows keeps a name for a device, with or without an extension.
fn is_device(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or(segment);
    let stem = stem.trim_end_matches(' ');
    if DEVICES.iter().any(|name| stem.eq_ignore_ascii_case(name)) {
        return true;
    }
    let Some((port, number)) = stem.split_at_checked(3) else {
        return false;
    };
    let ports = port.eq_ignore_ascii_case("com") || port.eq_ignore_ascii_case("lpt");
    // The superscript digits of Latin-1 count as digits there.
    let mut digits = number.chars();
    let digit = matches!(digits.next(), Some('1'..='9' | '¹' | '²' | '³'));
    ports && digit && digits.next().is_none()
}

/// Whether a name ends in `.txt`, in any case.
#[must_use]
pub fn is_txt(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() >= 4 && bytes[bytes.len() - 4..].eq_ignore_ascii_case(b".txt")
}

/// The characters of a path that the documentation of Azure AI Language does not list for the
/// names of documents: it has the letters a to z and A to Z and the digits. The dot before the
/// extension must be there, and slashes are another matter.
pub fn undocumented(path: &str) -> impl Iterator<Item = char> + '_ {
    let segment = path.rfind('/').map_or(0, |slash| slash + 1);
    let dot = path[segment..].rfind('.').map(|dot| segment + dot);
    path.char_indices()
        .filter(move |(at, char)| {
            !(char.is_ascii_alphanumeric() || *char == '/' || Some(*at) == dot)
        })
        .map(|(_, char)| char)
}

/// The last segment of a path: what the service calls a document.
#[must_use]
pub fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What two names have in common that differ in case, normalization or percent-encoding only.
#[must_use]
pub fn key(name: &str) -> Cow<'_, str> {
    match percent_encoding::percent_decode_str(name).decode_utf8_lossy() {
        Cow::Borrowed(decoded) => folded(decoded),
        Cow::Owned(decoded) => Cow::Owned(folded(&decoded).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn climbing_names_are_refused() {
        for path in [
            "../a",
            "a/../../b",
            "/etc/passwd",
            "C:/x",
            "..\\a",
            "\\\\?\\C:\\x",
            "a\0b",
        ] {
            assert!(unsafe_reason(path).is_some(), "{path:?}");
        }
        for path in [
            "a..b/c.txt",
            "a b.txt",
            "...",
            "été.txt",
            "a/b/c.txt",
            "ab:c",
        ] {
            assert_eq!(unsafe_reason(path), None, "{path:?}");
        }
    }

    #[test]
    fn case_and_normalization_are_folded() {
        assert_eq!(folded("Cafe\u{301}.TXT"), "caf\u{e9}.txt");
        assert_eq!(folded("CAF\u{c9}.txt"), "caf\u{e9}.txt");
        assert_eq!(folded("a/B%20.txt"), "a/b%20.txt");
        assert!(matches!(folded("a1.txt"), Cow::Borrowed("a1.txt")));
        assert_ne!(folded("stra\u{df}e"), folded("strasse"));
    }

    #[test]
    fn names_that_some_system_cannot_hold() {
        use Unportable::{Control, Reserved, Trailing};
        for (path, reason) in [
            ("a\u{7}.txt", Control('\u{7}')),
            ("a\n/con.txt", Control('\n')),
            ("a\u{85}.txt", Control('\u{85}')),
            ("con.txt", Reserved("con.txt")),
            ("a/Nul", Reserved("Nul")),
            ("COM1.x.txt", Reserved("COM1.x.txt")),
            ("lpt\u{b9}.txt", Reserved("lpt\u{b9}.txt")),
            ("aux /1.txt", Reserved("aux ")),
            ("a.txt.", Trailing("a.txt.", '.')),
            ("a /1.txt", Trailing("a ", ' ')),
        ] {
            assert_eq!(unportable(path), Some(reason), "{path:?}");
        }
        for path in [
            "icon.txt",
            "con1.txt",
            "com.txt",
            "com0.txt",
            "com10.txt",
            "co\u{e9}.txt",
            "./a.txt",
            " a.txt",
            "a b.txt",
            "a..txt",
            "a:b.txt",
            "été.txt",
            "a//b.txt",
            "",
        ] {
            assert_eq!(unportable(path), None, "{path:?}");
        }
    }

    #[test]
    fn names_under_which_windows_opens_something_else() {
        for path in [
            "a:b.txt",
            "a/1.txt:stream",
            "c:1.txt",
            "con.txt",
            "a/Nul",
            "1.txt.",
            "a /1.txt",
            "a\n.txt",
        ] {
            assert!(other_on_windows(path).is_some(), "{path:?}");
        }
        for path in ["a.txt", "./a b/1.txt", "../été.txt", "icon.txt"] {
            assert_eq!(other_on_windows(path), None, "{path:?}");
        }
    }

    #[test]
    fn plain_names() {
        for path in [
            "a.txt",
            "A_1-b.txt",
            "com10.txt",
            "icon.txt",
            "doc_0.txt",
            "a/b-1/c.txt",
        ] {
            assert!(is_plain(path), "{path:?}");
            assert!(is_txt(path) && unsafe_reason(path).is_none() && unportable(path).is_none());
        }
        for path in [
            "",
            ".txt",
            "a.TXT",
            "/a.txt",
            "a//b.txt",
            "a/.txt",
            "con/a.txt",
            "a/con.txt",
            "COM1.txt",
            "a.b.txt",
            "é.txt",
        ] {
            assert!(!is_plain(path), "{path:?}");
        }
    }

    #[test]
    fn what_the_documentation_does_not_list() {
        let odd = |path: &str| undocumented(path).collect::<String>();
        for path in ["Ad1.txt", "01.TXT", "docs/a1.txt", "a", ""] {
            assert_eq!(odd(path), "", "{path}");
        }
        assert_eq!(odd("Ad 1.txt"), " ");
        assert_eq!(odd("my_doc-1.v2.txt"), "_-.");
        assert_eq!(odd("a.b/M\u{e4}rz"), ".\u{e4}");
    }

    #[test]
    fn extensions() {
        assert!(is_txt("a.txt") && is_txt("a.TXT") && is_txt(".txt"));
        assert!(!is_txt("a.text") && !is_txt("txt") && !is_txt("a.txt ") && !is_txt("é"));
    }
}
