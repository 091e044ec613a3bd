//! What the bytes of a text are, 64 at a time: masks with one bit a byte, the first the lowest.

use wide::u8x16;

/// How many bytes a block has.
pub(crate) const BLOCK: usize = 64;
const LANE: usize = 16;

/// The bytes of a block by what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classes {
    /// Letters and digits of ASCII.
    pub(crate) words: u64,
    /// White space of ASCII.
    pub(crate) blanks: u64,
    /// Parts of characters that are not in ASCII.
    pub(crate) beyond: u64,
}

impl Classes {
    /// Those of a block. Bytes that are missing at its end are blanks.
    #[inline]
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if let Some(block) = bytes.first_chunk() {
            return Self::of_block(block);
        }
        let mut block = [b' '; BLOCK];
        block[..bytes.len()].copy_from_slice(bytes);
        Self::of_block(&block)
    }

    #[inline]
    fn of_block(bytes: &[u8; BLOCK]) -> Self {
        let (mut words, mut blanks, mut beyond) = (0, 0, 0);
        for (number, lane) in bytes.as_chunks::<LANE>().0.iter().enumerate() {
            let shift = number * LANE;
            let lane = u8x16::new(*lane);
            let up_to = |lane: u8x16, first: u8, count: u8| {
                let from = lane - u8x16::splat(first);
                from.min(u8x16::splat(count - 1)).cmp_eq(from)
            };
            let bits = |lane: u8x16| u64::from(lane.move_mask().cast_unsigned()) << shift;
            let letters = up_to(lane | u8x16::splat(0x20), b'a', 26);
            words |= bits(letters | up_to(lane, b'0', 10));
            let blank = lane.cmp_eq(u8x16::splat(b' '));
            blanks |= bits(blank | up_to(lane, b'\t', 5));
            beyond |= bits(lane);
        }
        Self {
            words,
            blanks,
            beyond,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..BLOCK {
                let mut bytes = [b'!'; BLOCK];
                bytes[place] = byte;
                let bit = |is_one: bool| u64::from(is_one) << place;
                let want = Classes {
                    words: bit(byte.is_ascii_alphanumeric()),
                    blanks: bit(matches!(byte, b'\t'..=b'\r' | b' ')),
                    beyond: bit(!byte.is_ascii()),
                };
                assert_eq!(Classes::of(&bytes), want, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn what_is_missing_is_blank() {
        let classes = Classes::of(b"ab");
        assert_eq!((classes.words, classes.blanks), (0b11, !0b11));
    }
}
