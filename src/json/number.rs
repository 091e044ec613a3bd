//! Integers that are spelled oddly.

/// What a JSON number says where an integer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integer {
    /// A plain integer.
    Plain(i64),
    /// An integer in another spelling: `12.0`, `1.2e1`, `-0`.
    Spelled(i64),
    /// A number with a fraction.
    Fraction,
    /// Beyond 64 bits, signed.
    OutOfRange,
}

/// A double holds every integer up to 2^53; a larger one written with a point or an exponent
/// would be rounded, so it is refused.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads the text of a JSON number as an integer.
#[must_use]
pub fn integer(text: &str) -> Integer {
    if text == "-0" {
        return Integer::Spelled(0);
    }
    if let Ok(value) = text.parse() {
        return Integer::Plain(value);
    }
    if !text.contains(['.', 'e', 'E']) {
        return Integer::OutOfRange;
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value.fract() != 0.0 => Integer::Fraction,
        Ok(value) if value.abs() <= EXACT => Integer::Spelled(exact(value)),
        _ => Integer::OutOfRange,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the caller has checked that the value is an integer of at most 53 bits"
)]
fn exact(value: f64) -> i64 {
    value as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (text, want) in [
            ("0", Integer::Plain(0)),
            ("-7", Integer::Plain(-7)),
            ("-0", Integer::Spelled(0)),
            ("12.0", Integer::Spelled(12)),
            ("1.2e1", Integer::Spelled(12)),
            ("12.5", Integer::Fraction),
            ("1e400", Integer::OutOfRange),
            ("18446744073709551616", Integer::OutOfRange),
            (
                "9007199254740993.0",
                Integer::Spelled(9_007_199_254_740_992),
            ),
        ] {
            assert_eq!(integer(text), want, "{text}");
        }
    }
}
