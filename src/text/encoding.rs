//! Which encoding a text is in that is not UTF-8.

use std::fmt;

/// An encoding by which programs save text instead of UTF-8, and that can be told from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a code unit, the low one first: "Unicode" in Windows.
    Utf16Le,
    /// Two bytes a code unit, the high one first.
    Utf16Be,
    /// Four bytes a character, the low one first.
    Utf32Le,
    /// Four bytes a character, the high one first.
    Utf32Be,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Utf32Le => "UTF-32 LE",
            Self::Utf32Be => "UTF-32 BE",
        })
    }
}

impl Encoding {
    /// The encoding of a text by its byte-order mark, or by where its bytes are zero; `None` where
    /// neither tells. The beginning of a text is enough.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            // A text in UTF-16 does not go on with a zero character.
            [0xff, 0xfe, 0, 0, ..] => Some(Self::Utf32Le),
            [0, 0, 0xfe, 0xff, ..] => Some(Self::Utf32Be),
            [0xff, 0xfe, ..] => Some(Self::Utf16Le),
            [0xfe, 0xff, ..] => Some(Self::Utf16Be),
            _ => Self::by_zeros(bytes),
        }
    }

    /// The encoding of a text without a mark. The high bytes of letters of ASCII and Latin-1 are
    /// zero; no byte of a text is in UTF-8.
    fn by_zeros(bytes: &[u8]) -> Option<Self> {
        /// How many bytes are looked at.
        const MOST: usize = 4096;
        let (quads, _) = bytes[..bytes.len().min(MOST)].as_chunks::<4>();
        let mut zeros = [0; 4];
        for quad in quads {
            for (zeros, byte) in zeros.iter_mut().zip(quad) {
                *zeros += usize::from(*byte == 0);
            }
        }
        let all = quads.len();
        let (few, half) = (
            |zeros: usize| 4 * zeros <= all,
            |zeros: usize| 2 * zeros >= all,
        );
        match zeros {
            _ if all == 0 => None,
            [low, some, high, top] if few(low) && half(some) && half(high) && top == all => {
                Some(Self::Utf32Le)
            }
            [top, high, some, low] if few(low) && half(some) && half(high) && top == all => {
                Some(Self::Utf32Be)
            }
            [even, odd, later, last] if few(even) && few(later) && half(odd) && half(last) => {
                Some(Self::Utf16Le)
            }
            [even, odd, later, last] if few(odd) && few(last) && half(even) && half(later) => {
                Some(Self::Utf16Be)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
        text.chars().flat_map(|char| bytes(char.into())).collect()
    }

    #[test]
    fn marks_and_zeros_tell() {
        for text in [
            "{}",
            "{\"label\": \"Ort in \u{c4}\u{2026}\"}\r\n",
            "Ada met \u{1f600}.",
        ] {
            for mark in ["\u{feff}", ""] {
                let text = format!("{mark}{text}");
                let of = |bytes: Vec<u8>| Encoding::of(&bytes);
                let told = [
                    of(utf16(&text, u16::to_le_bytes)),
                    of(utf16(&text, u16::to_be_bytes)),
                    of(utf32(&text, u32::to_le_bytes)),
                    of(utf32(&text, u32::to_be_bytes)),
                ];
                let all = [
                    Encoding::Utf16Le,
                    Encoding::Utf16Be,
                    Encoding::Utf32Le,
                    Encoding::Utf32Be,
                ];
                assert_eq!(told, all.map(Some), "{text:?}");
                assert_eq!(of(text.into_bytes()), None);
            }
        }
        for other in [
            &b""[..],
            b"a",
            b"a\0",
            b"\0\0\0\0\0\0\0\0",
            b"abcdefgh\0",
            b"a\0bcd\0ef",
        ] {
            assert_eq!(Encoding::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_mark_alone_tells() {
        for (mark, name) in [
            (&[0xff, 0xfe][..], "UTF-16 LE"),
            (&[0xfe, 0xff], "UTF-16 BE"),
            (&[0xff, 0xfe, 0, 0], "UTF-32 LE"),
            (&[0, 0, 0xfe, 0xff], "UTF-32 BE"),
        ] {
            let told = Encoding::of(mark).map(|it| it.to_string());
            assert_eq!(told.as_deref(), Some(name));
        }
    }

    #[test]
    fn at_most_a_quarter_and_at_least_half_are_zero_where_they_should_be() {
        // Of four characters or pairs of code units, how many have a zero at each of the four places.
        for (zeros, told) in [
            ([1, 2, 2, 4], Some(Encoding::Utf32Le)),
            ([2, 2, 2, 4], None),
            ([1, 1, 2, 4], None),
            ([1, 2, 1, 4], Some(Encoding::Utf16Le)),
            ([1, 2, 2, 3], None),
            ([4, 2, 2, 1], Some(Encoding::Utf32Be)),
            ([4, 2, 2, 2], None),
            ([4, 1, 2, 1], Some(Encoding::Utf16Be)),
            ([4, 2, 1, 1], None),
            ([3, 2, 2, 1], None),
            ([1, 2, 1, 2], Some(Encoding::Utf16Le)),
            ([2, 2, 1, 2], None),
            ([1, 1, 1, 2], None),
            ([1, 2, 1, 1], None),
            ([2, 1, 2, 1], Some(Encoding::Utf16Be)),
            ([2, 2, 2, 1], None),
            ([2, 1, 2, 2], None),
            ([2, 1, 1, 1], None),
            ([1, 1, 2, 1], None),
        ] {
            let quads = (0..4).flat_map(|quad| zeros.map(|zeros| u8::from(quad >= zeros)));
            let bytes: Vec<u8> = quads.collect();
            assert_eq!(Encoding::of(&bytes), told, "{zeros:?}");
        }
    }
}
