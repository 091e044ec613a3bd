//! The numbers that spaCy has for strings.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The names that have a number by their place in spaCy's list.
const SYMBOLS: &str = include_str!("symbols.txt");

/// The number of a string in spaCy's files.
pub(super) fn id(text: &str) -> u64 {
    static NUMBERS: OnceLock<HashMap<&'static str, u64>> = OnceLock::new();
    if text.is_empty() {
        return 0;
    }
    let numbers = NUMBERS.get_or_init(|| {
        let names = SYMBOLS.lines().filter(|line| !line.starts_with('#'));
        names.zip(1..).collect()
    });
    let symbol = numbers.get(text).copied();
    symbol.unwrap_or_else(|| murmur(text.as_bytes()))
}

/// `MurmurHash64A` with the seed that spaCy takes (Austin Appleby, public domain).
fn murmur(bytes: &[u8]) -> u64 {
    const SEED: u64 = 1;
    const MULTIPLIER: u64 = 0xc6a4_a793_5bd1_e995;
    const SHIFT: u32 = 47;
    let mix = |word: u64| {
        let word = word.wrapping_mul(MULTIPLIER);
        (word ^ (word >> SHIFT)).wrapping_mul(MULTIPLIER)
    };
    let mut hash = SEED ^ (bytes.len() as u64).wrapping_mul(MULTIPLIER);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        hash ^= mix(u64::from_le_bytes(*word));
        hash = hash.wrapping_mul(MULTIPLIER);
    }
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        hash ^= u64::from_le_bytes(word);
        hash = hash.wrapping_mul(MULTIPLIER);
    }
    hash ^= hash >> SHIFT;
    hash = hash.wrapping_mul(MULTIPLIER);
    hash ^ (hash >> SHIFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `spacy.strings.hash_string` and `StringStore.add` of spaCy 3.8.18 answer.
    #[test]
    fn numbers_are_those_of_spacy() {
        assert_eq!(id(""), 0);
        assert_eq!(id("IS_ALPHA"), 1);
        assert_eq!(id("PERSON"), 380);
        assert_eq!(id("DATE"), 391);
        assert_eq!(id("_"), 456);
        for (text, hash) in HASHES {
            assert_eq!(id(text), *hash, "{text}");
        }
    }

    const HASHES: &[(&str, u64)] = &[
        ("Ada", 13_014_124_235_272_500_476),
        ("a", 11_901_859_001_352_538_922),
        ("City", 728_339_108_046_626_067),
        ("Person", 2_313_063_860_588_076_218),
        ("12345678", 9_871_996_032_675_327_904),
        ("123456789", 2_056_675_840_866_671_865),
        ("Ada Byron", 12_210_707_839_429_123_064),
        ("Émile", 9_903_838_821_271_324_565),
        ("東京", 9_360_021_637_096_476_946),
        ("😀", 13_900_606_239_988_879_105),
        ("\r\n", 2_933_942_332_565_701_703),
    ];
}
