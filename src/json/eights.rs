//! What eight bytes of a JSON text hold, told all at once and without a branch on each.

/// Whether all bytes of a string stand for themselves in JSON: there is no quote, no backslash
/// and no control character.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_plain = |eight: &[u8; 8]| first_stop(u64::from_le_bytes(*eight)).is_none();
    // The last eight and the last four bytes may have been looked at before.
    if let Some(last) = bytes.last_chunk() {
        let (eights, _) = bytes.as_chunks();
        return eights.iter().all(is_plain) && is_plain(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let word = u64::from(u32::from_le_bytes(*last)) << 32;
        return first_stop(word | u64::from(u32::from_le_bytes(*first))).is_none();
    }
    let mut bytes = bytes.iter();
    bytes.all(|byte| !matches!(byte, b'"' | b'\\' | ..0x20))
}

/// Every byte of a word is 1.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of every byte.
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The first of eight bytes that ends a plain stretch of a string, if one does: a quote, a
/// backslash or a control character.
///
/// `(x - 1) & !x` has the highest bit of each zero byte of `x` (Mycroft), and of bytes above a
/// zero byte at times, so only the lowest is to be trusted: it is the first of the text.
pub(super) const fn first_stop(word: u64) -> Option<usize> {
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let zero = quote.wrapping_sub(ONES) & !quote | backslash.wrapping_sub(ONES) & !backslash;
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let stops = (zero | control) & HIGHS;
    if stops == 0 {
        None
    } else {
        Some(stops.trailing_zeros() as usize / 8)
    }
}

/// The integer that up to seven digits at the start of eight bytes make, and how many they are;
/// nothing where it is spelled in any other way.
///
/// All digits at once, without a branch on how many there are: in label files that changes from
/// number to number, and a processor that guesses wrong loses more than the multiplications
/// cost.
pub(super) const fn short_integer(word: u64) -> Option<(i64, usize)> {
    // A digit becomes its value, which is less than 10; only the first byte of all that are none
    // is to be trusted, since a sum may carry into the bytes above it.
    let values = word ^ (ONES * b'0' as u64);
    let others = (values.wrapping_add(ONES * 6) | values) & (ONES * 0xf0);
    let digits = others.trailing_zeros() / 8;
    if digits == 0 || digits == 8 {
        return None;
    }
    let leads_with_zero = word & 0xff == b'0' as u64;
    let behind = (word >> (8 * digits)) & 0xff;
    let goes_on = behind == b'.' as u64 || behind | 0x20 == b'e' as u64;
    if goes_on || leads_with_zero && digits > 1 {
        return None;
    }
    // Zeros in front, then pairs of digits, then the four pairs.
    let values = values << (64 - 8 * digits);
    let pairs = values.wrapping_mul(10).wrapping_add(values >> 8);
    let one = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let other = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    let number = one.wrapping_add(other) >> 32;
    Some((number.cast_signed(), digits as usize))
}
