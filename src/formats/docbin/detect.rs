//! Tells a `DocBin` by its first bytes.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// How much of what is packed is looked at: spaCy writes its names of keys within it.
const LOOK: u64 = 256;

/// Whether these are the first bytes of a zlib stream that holds a map with the keys of a `DocBin`.
pub(super) fn is_docbin(head: &[u8]) -> bool {
    if !matches!(head, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..]) {
        return false;
    }
    let mut unpacked = Vec::new();
    // The head ends somewhere in the stream, which is an error that comes after what is wanted.
    let _ = ZlibDecoder::new(head).take(LOOK).read_to_end(&mut unpacked);
    let holds = |name: &[u8]| unpacked.windows(name.len()).any(|window| window == name);
    holds(b"\xa7version") && holds(b"\xa5attrs")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;
    use crate::model::fingerprints::fingerprint_of;

    #[test]
    fn other_packed_bytes_and_texts_are_none() {
        let packed = |bytes: &[u8]| {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let map = b"\x89\xa7version\xa30.1\xa5attrs\x93\x41\x4d\x4e";
        let small = packed(&[map.as_slice(), &[7; 1000]].concat());
        assert!(is_docbin(&small));
        // Of a large file only the beginning is looked at. Its bytes are such as do not pack.
        let bytes = (0_u32..20_000).flat_map(|it| fingerprint_of(&it.to_le_bytes()).to_le_bytes());
        let large = packed(&map.iter().copied().chain(bytes).collect::<Vec<u8>>());
        assert!(large.len() > 1 << 16);
        assert!(is_docbin(&large[..1 << 16]));
        assert!(!is_docbin(&packed(b"version attrs")));
        assert!(!is_docbin(b"x^2 version attrs"));
        assert!(!is_docbin(b""));
    }
}
