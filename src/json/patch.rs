//! Byte edits: a few places of a file changed, and every other byte as it was.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Bytes to be replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What goes, in bytes of the file or of the record that it is about.
    pub bytes: Range<u64>,
    /// What comes instead.
    pub text: String,
}

impl Edit {
    /// The same edit, seen from a place `by` bytes before.
    #[must_use]
    pub fn shifted(&self, by: u64) -> Self {
        Self {
            bytes: self.bytes.start + by..self.bytes.end + by,
            text: self.text.clone(),
        }
    }
}

/// Writes `bytes`, which stand at `start` of the file, with `edits` made, to `out`.
///
/// The edits are in bytes of the file, sorted, and apart from one another. One that begins
/// before or ends after `bytes` is made in part: its text stands where it begins.
pub fn apply(start: u64, bytes: &[u8], edits: &[Edit], out: &mut Vec<u8>) {
    let end = start + bytes.len() as u64;
    let index =
        |place: u64| usize::try_from(place.clamp(start, end) - start).unwrap_or(bytes.len());
    let mut from = 0;
    for edit in edits {
        let (cut, resume) = (index(edit.bytes.start), index(edit.bytes.end));
        out.extend_from_slice(&bytes[from.min(cut)..cut]);
        if (start..end).contains(&edit.bytes.start) {
            out.extend_from_slice(edit.text.as_bytes());
        }
        from = from.max(resume);
    }
    out.extend_from_slice(&bytes[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_across_pieces_are_made_once() {
        let edits = [(2..4, "XYZ"), (6..6, "+"), (8..9, "")].map(|(bytes, text)| Edit {
            bytes,
            text: text.to_owned(),
        });
        let whole = b"0123456789";
        for size in 1..11 {
            let mut out = Vec::new();
            for (number, piece) in whole.chunks(size).enumerate() {
                apply((number * size) as u64, piece, &edits, &mut out);
            }
            assert_eq!(String::from_utf8(out).unwrap(), "01XYZ45+679", "{size}");
        }
    }
}
