//! The canonical layout: that of [`crate::formats::layout`], and the objects that a project is made
//! of.

use crate::formats::write::{number, string};
use crate::text::Span;

pub(super) use crate::formats::layout::{close, integer, key, line, raw_key, text, value};

/// The object of one class, after its key or on a line of its own.
pub(super) fn class(level: usize, category: &str, out: &mut Vec<u8>) {
    out.push(b'{');
    text(level + 1, "category", category, out);
    close(level, b'}', out);
}

/// The object of one label, on a line of its own at level 7. Labels are most of a project, so
/// what stands between their values is copied in one piece.
pub(super) fn label(category: &str, span: Span, out: &mut Vec<u8>) {
    out.extend_from_slice(
        b"\n              {\
          \n                \"category\": ",
    );
    string(category, out);
    out.extend_from_slice(b",\n                \"offset\": ");
    number(span.start, out);
    out.extend_from_slice(b",\n                \"length\": ");
    number(span.len(), out);
    out.extend_from_slice(b"\n              },");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Unit;

    #[test]
    fn a_label_is_laid_out_as_any_object() {
        let span = Span {
            unit: Unit::Utf16,
            start: 12,
            end: 15,
        };
        let (mut whole, mut pieces) = (Vec::new(), Vec::new());
        label("A\n", span, &mut whole);
        let out = &mut pieces;
        line(7, out);
        out.push(b'{');
        text(8, "category", "A\n", out);
        integer(8, "offset", 12, out);
        integer(8, "length", 3, out);
        close(7, b'}', out);
        assert_eq!(String::from_utf8(whole), String::from_utf8(pieces));
    }
}
