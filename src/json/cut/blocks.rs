//! Brackets and strings, 64 bytes at a time.
//!
//! The bytes of a block become masks of 64 bits, one bit a byte, as in simdjson (Langdale and
//! Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28, 2019). Which bytes lie in
//! strings follows from the quotes that no backslash escapes; and as long as fewer brackets
//! close in a block than are open, counting them is enough.

use memchr::memchr2;
use wide::u8x16;

const BLOCK: usize = 64;
const LANE: usize = 16;

/// A value in brackets, as far as it was followed.
#[derive(Debug)]
pub(super) struct Nested {
    /// The brackets that are open; at least one.
    depth: u64,
    in_string: bool,
    /// Whether the next byte, in a string, follows a backslash that escapes it.
    escaped: bool,
}

impl Nested {
    /// Behind the first bracket of a value.
    pub(super) const fn new() -> Self {
        Self {
            depth: 1,
            in_string: false,
            escaped: false,
        }
    }

    /// The end of the value in the bytes that follow, behind the bracket that closes it; `None`
    /// where it goes on after them.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for (number, bytes) in blocks.iter().enumerate() {
            if let Some(end) = self.block(bytes) {
                return Some(number * BLOCK + end);
            }
        }
        let end = self.bytes(rest)?;
        Some(blocks.len() * BLOCK + end)
    }

    #[inline]
    fn block(&mut self, bytes: &[u8; BLOCK]) -> Option<usize> {
        let masks = Masks::new(bytes);
        let mut quotes = masks.quotes;
        let mut escapes = false;
        if masks.backslashes != 0 || self.escaped {
            let (literal, next) = escaped(masks.backslashes, self.escaped);
            quotes &= !literal;
            escapes = next;
        }
        let before = if self.in_string { u64::MAX } else { 0 };
        let strings = prefix_xor(quotes) ^ before;
        if masks.backslashes & !strings != 0 {
            // A backslash outside of strings is no JSON, and escapes nothing.
            return self.bytes(bytes);
        }
        self.escaped = escapes;
        self.in_string = strings >> (BLOCK - 1) == 1;
        let closing = masks.closing & !strings;
        let opening = masks.opening & !strings;
        let closed = u64::from(closing.count_ones());
        if closed < self.depth {
            self.depth += u64::from(opening.count_ones());
            self.depth -= closed;
            return None;
        }
        let end = self.walk(opening, closing)?;
        self.in_string = false;
        self.escaped = false;
        Some(end)
    }

    /// Goes through the brackets of a block one by one.
    fn walk(&mut self, opening: u64, closing: u64) -> Option<usize> {
        let mut brackets = opening | closing;
        while brackets != 0 {
            let bit = brackets & brackets.wrapping_neg();
            brackets ^= bit;
            if opening & bit != 0 {
                self.depth += 1;
                continue;
            }
            self.depth -= 1;
            if self.depth == 0 {
                return Some(bit.trailing_zeros() as usize + 1);
            }
        }
        None
    }

    /// The same, byte by byte.
    fn bytes(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, byte) in bytes.iter().enumerate() {
            if self.escaped {
                self.escaped = false;
                continue;
            }
            match byte {
                b'\\' => self.escaped = self.in_string,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// A string, as far as it was followed.
#[derive(Debug, Default)]
pub(super) struct Quoted {
    /// Whether the next byte follows a backslash that escapes it.
    escaped: bool,
}

impl Quoted {
    /// The end of the string in the bytes that follow, behind its last quote; `None` where it
    /// goes on after them.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = usize::from(std::mem::take(&mut self.escaped));
        while let Some(found) = memchr2(b'"', b'\\', bytes.get(at..)?) {
            at += found;
            if bytes[at] == b'"' {
                return Some(at + 1);
            }
            self.escaped = at + 1 == bytes.len();
            at += 2;
        }
        None
    }
}

/// Where some bytes stand in a block. The lowest bit is the first byte.
#[derive(Default)]
struct Masks {
    quotes: u64,
    backslashes: u64,
    opening: u64,
    closing: u64,
}

impl Masks {
    #[inline]
    fn new(bytes: &[u8; BLOCK]) -> Self {
        let mut masks = Self::default();
        for (number, lane) in bytes.as_chunks::<LANE>().0.iter().enumerate() {
            let lane = u8x16::new(*lane);
            // The bit in which `[` and `{`, and `]` and `}`, differ.
            let folded = lane | u8x16::splat(0x20);
            let shift = number * LANE;
            masks.quotes |= equal(lane, b'"') << shift;
            masks.backslashes |= equal(lane, b'\\') << shift;
            masks.opening |= equal(folded, b'{') << shift;
            masks.closing |= equal(folded, b'}') << shift;
        }
        masks
    }
}

#[inline]
fn equal(lane: u8x16, byte: u8) -> u64 {
    let redact = lane.cmp_eq(u8x16::splat(byte)).move_mask();
    u64::from(redact.cast_unsigned())
}

/// The bytes that a backslash escapes, and whether the byte behind the block is one. `first`
/// says it of the first byte of the block.
///
/// In a run of backslashes every other one escapes. The subtraction carries through each run, so
/// that its end tells by the parity of its place whether what follows is escaped.
#[inline]
const fn escaped(backslashes: u64, first: bool) -> (u64, bool) {
    const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;
    let first = first as u64;
    let may_escape = backslashes & !first;
    let may_be_escaped = may_escape << 1;
    let ends = (may_be_escaped | ODD).wrapping_sub(may_escape) ^ ODD;
    let escaped = ends ^ (backslashes | first);
    let escaping = ends & backslashes;
    (escaped, escaping >> (BLOCK - 1) == 1)
}

/// The exclusive or of each bit and all below it: between two quotes every bit is set, and at
/// the first of them.
#[inline]
const fn prefix_xor(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 10 } else { 2000 }))]

        #[test]
        fn blocks_find_what_bytes_find(
            soup in vec(select(b"\"\"\\\\{}[]{{[[a,\n\x02\xfb".as_slice()), 0..400),
            in_string: bool,
            escaped: bool,
            depth in 1..6_u64,
            cuts in vec(0..400_usize, 0..4),
        ) {
            let start = || Nested { depth, in_string, escaped: escaped && in_string };
            let mut one = start();
            let want = one.bytes(&soup);
            let mut other = start();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(soup.len())).collect();
            cuts.push(soup.len());
            cuts.sort_unstable();
            let (mut from, mut found) = (0, None);
            for cut in cuts {
                found = other.end(&soup[from..cut]).map(|end| from + end);
                if found.is_some() {
                    break;
                }
                from = cut;
            }
            prop_assert_eq!(found, want);
            prop_assert_eq!(format!("{other:?}"), format!("{one:?}"));
        }
    }

    #[test]
    fn strings_end_at_a_quote_that_nothing_escapes() {
        let ends = |text: &str, size: usize| {
            let mut string = Quoted::default();
            let mut from = 0;
            for piece in text.as_bytes().chunks(size) {
                if let Some(end) = string.end(piece) {
                    return Some(from + end);
                }
                from += piece.len();
            }
            None
        };
        for (text, want) in [
            (r#"a"b"#, Some(2)),
            (r#"\"""#, Some(3)),
            (r#"\\"""#, Some(3)),
            (r#"\\\""#, None),
            (r"\", None),
            ("", None),
        ] {
            for size in 1..6 {
                assert_eq!(ends(text, size), want, "{text} by {size}");
            }
        }
    }
}
