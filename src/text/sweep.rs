//! Offsets in UTF-16 code units and in code points, 64 bytes of a text at a time.
//!
//! The bytes of a block become masks of 64 bits: which of them begin a character, and which of
//! those one outside the basic plane, which takes two UTF-16 code units. So counting units is
//! counting bits, and a character is found by the number of its bit.

use wide::{CmpGt, i8x16};

use super::characters::{ceil_char, floor_char};
use super::count::count;
use super::unit::Unit;

const BLOCK: usize = 64;
const LANE: usize = 16;
/// So many bytes that no edge is in are counted faster in one piece.
const LEAP: usize = 512;
/// The most bytes of such a piece, with the rest of a character before it.
const FAR: usize = LEAP + 4;

/// Where an edge falls in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    At(usize),
    Inside(usize),
    Past,
}

/// A place in a text that moves on and never back.
pub(super) struct Sweep<'a> {
    text: &'a str,
    unit: Unit,
    /// Where the block begins, in bytes.
    start: usize,
    /// The units before the block, and those up to its end.
    before: u64,
    behind: u64,
    block: Block,
}

/// What the bytes of a block are, the first in the lowest bit. Bytes behind the end of the text
/// are nothing.
#[derive(Clone, Copy)]
struct Block {
    /// Those that begin a character.
    starts: u64,
    /// Those that begin one which takes a second unit.
    doubles: u64,
}

impl<'a> Sweep<'a> {
    /// At the start of a text. The unit is [`Unit::Utf16`] or [`Unit::CodePoint`].
    pub(super) fn new(text: &'a str, unit: Unit) -> Self {
        let block = Block::at(text, 0, unit);
        Self {
            text,
            unit,
            start: 0,
            before: 0,
            behind: block.units(),
            block,
        }
    }

    /// Where a position in the unit falls. Positions must come in ascending order.
    pub(super) fn edge_at(&mut self, position: u64) -> Edge {
        // There are never more units than bytes.
        while position - self.before >= FAR as u64 && self.text.len() - self.start >= FAR {
            self.leap();
        }
        while position >= self.behind {
            if self.text.len() - self.start <= BLOCK {
                return if position == self.behind {
                    Edge::At(self.text.len())
                } else {
                    Edge::Past
                };
            }
            self.advance();
        }
        // A block has fewer units than twice its bytes.
        let steps = u32::try_from(position - self.before).unwrap_or(u32::MAX);
        match self.block.unit_at(steps) {
            (bit, true) => Edge::At(self.start + bit),
            (bit, false) => Edge::Inside(self.start + bit),
        }
    }

    /// The units before a byte on a character edge. Bytes must come in ascending order.
    pub(super) fn units_before(&mut self, byte: usize) -> u64 {
        while byte - self.start >= FAR {
            self.leap();
        }
        while byte - self.start >= BLOCK {
            self.advance();
        }
        let below = !(u64::MAX << (byte - self.start));
        let block = Block {
            starts: self.block.starts & below,
            doubles: self.block.doubles & below,
        };
        self.before + block.units()
    }

    fn leap(&mut self) {
        // The rest of a character at the start is counted with its first byte.
        let start = ceil_char(self.text, self.start);
        let end = floor_char(self.text, start + LEAP);
        self.before += count(&self.text[start..end], self.unit) as u64;
        self.start = end;
        self.block = Block::at(self.text, end, self.unit);
        self.behind = self.before + self.block.units();
    }

    fn advance(&mut self) {
        self.before = self.behind;
        self.start += BLOCK;
        self.block = Block::at(self.text, self.start, self.unit);
        self.behind = self.before + self.block.units();
    }
}

impl Block {
    /// The block that begins at a byte of a text, or at its end.
    fn at(text: &str, start: usize, unit: Unit) -> Self {
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        if let Some(bytes) = rest.first_chunk() {
            return Self::of(bytes, unit);
        }
        // Continuation bytes begin nothing.
        let mut bytes = [0x80; BLOCK];
        bytes[..rest.len()].copy_from_slice(rest);
        Self::of(&bytes, unit)
    }

    fn of(bytes: &[u8; BLOCK], unit: Unit) -> Self {
        // As signed numbers, continuation bytes are the lowest up to -65; lead bytes of four are
        // the highest that are negative, from -16 on.
        let (mut starts, mut doubles) = (0, 0);
        for (number, lane) in bytes.as_chunks::<LANE>().0.iter().enumerate() {
            let lane = i8x16::new(lane.map(u8::cast_signed));
            let bits = |lane: i8x16| u64::from(lane.move_mask().cast_unsigned()) << (number * LANE);
            starts |= bits(lane.cmp_gt(i8x16::splat(-65)));
            doubles |= bits(lane.cmp_gt(i8x16::splat(-17))) & bits(lane);
        }
        if unit != Unit::Utf16 {
            doubles = 0;
        }
        Self { starts, doubles }
    }

    /// How many units its characters have.
    fn units(self) -> u64 {
        if self.starts == u64::MAX && self.doubles == 0 {
            return BLOCK as u64;
        }
        let mut units = self.starts.count_ones();
        if self.doubles != 0 {
            units += self.doubles.count_ones();
        }
        units.into()
    }

    /// The byte of the character that has the unit with this number, which must be less than
    /// [`Self::units`]; and whether it is the character's first.
    fn unit_at(self, number: u32) -> (usize, bool) {
        if self.doubles == 0 {
            return (bit(self.starts, number), true);
        }
        // Few characters of a block take two units, if any: what is before each of them counts
        // one.
        let (mut number, mut doubles) = (number, self.doubles);
        while doubles != 0 {
            let double = doubles.trailing_zeros();
            let before = (self.starts & !(u64::MAX << double)).count_ones();
            if number < before {
                break;
            }
            if number <= before + 1 {
                return (double as usize, number == before);
            }
            // Its second unit is passed, and the others are where they would be without it.
            number -= 1;
            doubles &= doubles - 1;
        }
        (bit(self.starts, number), true)
    }
}

/// The indices of `values` in ascending order of value; no sort where they are in order.
pub(super) fn in_order<T: Ord>(values: &[T]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    if !values.is_sorted() {
        order.sort_by_key(|index| &values[*index]);
    }
    order
}

/// The place of the bit with this number, 0 for the lowest, among those that are set.
fn bit(bits: u64, number: u32) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    if bits == u64::MAX {
        return number as usize;
    }
    // In each byte how many bits are set in it, and then in it and in all below.
    let pairs = bits - ((bits >> 1) & (ONES * 0x55));
    let nibbles = (pairs & (ONES * 0x33)) + ((pairs >> 2) & (ONES * 0x33));
    let sums = ((nibbles + (nibbles >> 4)) & (ONES * 0x0f)).wrapping_mul(ONES);
    // The bytes up to which there are no more than are to be passed.
    let passed = (((u64::from(number) * ONES) | HIGHS) - sums) & HIGHS;
    let below = 8 * ((passed >> 7).wrapping_mul(ONES) >> 56);
    let before = ((sums << 8) >> below) & 0xff;
    let mut rest = bits & (u64::MAX << below);
    for _ in before..number.into() {
        rest &= rest.wrapping_sub(1);
    }
    rest.trailing_zeros() as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by a look at each character.
    fn edge(text: &str, position: u64, unit: Unit) -> Edge {
        let mut at = 0;
        for (byte, char) in text.char_indices() {
            if at == position {
                return Edge::At(byte);
            }
            at += if unit == Unit::Utf16 {
                char.len_utf16() as u64
            } else {
                1
            };
            if at > position {
                return Edge::Inside(byte);
            }
        }
        if at == position {
            Edge::At(text.len())
        } else {
            Edge::Past
        }
    }

    #[test]
    fn the_bit_with_a_number() {
        for bits in [
            1,
            u64::MAX,
            1 << 63,
            0x8000_0000_0000_0001,
            0x0f0f_0000_aaaa_5555,
        ] {
            let set = (0..64).filter(|place| bits >> place & 1 == 1);
            for (number, place) in (0..).zip(set) {
                assert_eq!(bit(bits, number), place, "{bits:x} {number}");
            }
        }
    }

    proptest! {
        #[test]
        fn it_finds_what_a_look_at_each_character_finds(
            text in "(a{0,900}|é{0,40}|漢{0,400}|😀{0,20}|\\PC){0,12}",
            steps in prop::collection::vec(prop_oneof![4 => 0_u64..9, 1 => 0_u64..1200], 0..80),
            unit in prop::sample::select(&[Unit::Utf16, Unit::CodePoint][..]),
        ) {
            let mut sweep = Sweep::new(&text, unit);
            let mut position = 0;
            for step in steps {
                position += step;
                prop_assert_eq!(sweep.edge_at(position), edge(&text, position, unit));
            }
            let mut back = Sweep::new(&text, unit);
            let edges = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for byte in edges.step_by(1 + text.len() / 50) {
                let units = back.units_before(byte);
                prop_assert_eq!(edge(&text, units, unit), Edge::At(byte));
            }
        }

        #[test]
        fn any_bit_is_found(bits in any::<u64>()) {
            let set = (0..64).filter(|place| bits >> place & 1 == 1);
            for (number, place) in (0..).zip(set) {
                prop_assert_eq!(bit(bits, number), place);
            }
        }
    }
}
