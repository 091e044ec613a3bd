//! Edges of characters.

/// The character edge at or before a byte of `text`, or its end for a byte past it.
#[must_use]
pub fn floor_char(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The character edge at or after a byte of `text`, or its end for a byte past it.
#[must_use]
pub fn ceil_char(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte += 1;
    }
    byte
}
