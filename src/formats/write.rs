//! Canonical JSON: what all writers share.

use crate::json::is_plain;

/// Writes a JSON string. Escaped are `"`, `\` and U+0000 to U+001F alone; everything else
/// stands as it is.
pub(super) fn string(text: &str, out: &mut Vec<u8>) {
    if is_plain(text) {
        out.reserve(text.len() + 2);
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
        return;
    }
    // Writing a string into memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// Writes an integer.
pub(super) fn number(value: i64, out: &mut Vec<u8>) {
    let _ = serde_json::to_writer(out, &value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_the_canonical_layout() {
        let mut out = Vec::new();
        string("\"\\/\u{8}\t\n\u{c}\r\u{1}\u{7f}\u{2028}é😀", &mut out);
        let want = "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\u{7f}\u{2028}é😀\"";
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }
}
