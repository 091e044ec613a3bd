//! A hash of a few pieces of a file: enough to tell another file, at no cost that grows with it.

use std::hash::Hasher;
use std::io;

use twox_hash::XxHash3_64;

use super::source::Source;

/// How many pieces are read.
const PIECES: u64 = 16;

/// How many bytes each of them has.
const PIECE: u64 = 4096;

/// XXH3-64 of the length of a file, as 8 bytes with the lowest first, and of 16 pieces of 4,096 bytes:
/// the first begins where the file does, the last ends where it does, and the others lie between
/// at equal distances, rounded down. A file that has no more bytes than these is read as a whole.
///
/// A file with other bytes between the pieces and the same length has the same hash.
///
/// Fails where the file cannot be read.
pub fn sampled_hash(source: &Source) -> io::Result<u64> {
    let length = source.length()?;
    let mut hasher = XxHash3_64::new();
    hasher.write(&length.to_le_bytes());
    if length <= PIECES * PIECE {
        hasher.write(&source.bytes(0..length)?);
        return Ok(hasher.finish());
    }
    let last = length - PIECE;
    for number in 0..PIECES {
        // Of a quotient and what is left of it, so that nothing overflows.
        let (whole, rest) = (last / (PIECES - 1), last % (PIECES - 1));
        let start = whole * number + rest * number / (PIECES - 1);
        hasher.write(&source.bytes(start..start + PIECE)?);
    }
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn hash_of(bytes: &[u8]) -> u64 {
        sampled_hash(&Source::in_memory(bytes, Path::new("a"))).unwrap()
    }

    #[test]
    fn a_small_file_counts_as_a_whole() {
        let length = usize::try_from(PIECES * PIECE).unwrap();
        let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
        let mut expected = XxHash3_64::new();
        expected.write(&(length as u64).to_le_bytes());
        expected.write(&bytes);
        assert_eq!(hash_of(&bytes), expected.finish());
        for at in [0, 1, length / 2, length - 1] {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_ne!(hash_of(&other), hash_of(&bytes), "{at}");
        }
        assert_ne!(hash_of(b""), hash_of(b"\0"));
    }

    #[test]
    fn a_large_file_counts_by_its_pieces_and_its_length() {
        let bytes = vec![b'a'; 1_000_003];
        let changed = |at: usize| {
            let mut other = bytes.clone();
            other[at] = b'b';
            hash_of(&other) != hash_of(&bytes)
        };
        // The second piece begins at (1,000,003 - 4,096) / 15, rounded down.
        for at in [0, 4_095, 66_393, 70_488, 995_907, 1_000_002] {
            assert!(changed(at), "{at}");
        }
        for at in [4_096, 66_392, 70_489, 995_906] {
            assert!(!changed(at), "{at}");
        }
        assert_ne!(hash_of(&bytes[1..]), hash_of(&bytes));
    }
}
