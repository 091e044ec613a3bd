//! Mutations that a seed tells: the same on every machine.

use super::seeds::Seed;

/// What stands in label files and what parsers trip over.
const WORDS: [&[u8]; 36] = [
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xf0\x9f\x98\x80",
    b"e\xcc\x81",
    b"\\ud83d",
    b"\\udc00",
    b"\\u0000",
    b"\x1b[31m",
    b"\xe2\x80\xae",
    b"null",
    b"true",
    b"0",
    b"-1",
    b"1.0",
    b"1e400",
    b"4294967296",
    b"18446744073709551615",
    b"-9223372036854775808",
    b"../",
    b"/",
    b"~1",
    b"[[[[[[[[",
    b"{\"a\":",
    b"B-",
    b"#",
];

/// Makes mutations, one after the other.
pub(crate) struct Mutator(u64);

impl Mutator {
    /// One whose mutations are told by a name.
    pub(crate) fn new(name: &str) -> Self {
        let start = 0xcbf2_9ce4_8422_2325_u64;
        let hash = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(start, hash))
    }

    /// The next number of a xorshift generator, below a bound.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let number = usize::try_from(self.0 >> 33).expect("31 bits");
        number % bound.max(1)
    }

    /// A mutation of one of the inputs, with that one's name.
    pub(crate) fn mutation<'a>(&mut self, inputs: &'a [Seed]) -> (&'a str, Vec<u8>) {
        let (name, data) = &inputs[self.below(inputs.len())];
        let mut data = data.clone();
        for _ in 0..=self.below(4) {
            let other = &inputs[self.below(inputs.len())].1;
            self.change(&mut data, other);
        }
        (name, data)
    }

    /// Makes one change.
    fn change(&mut self, data: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(data.len() + 1);
        let length = 1 + self.below(16);
        let end = (at + length).min(data.len());
        match self.below(8) {
            0 if at < data.len() => data[at] ^= 1 << self.below(8),
            1 => drop(data.drain(at..end)),
            2 => {
                let again = data[at..end].to_vec();
                data.splice(at..at, again);
            }
            3 => data.truncate(at),
            4 => {
                let from = self.below(other.len());
                let part = &other[from..(from + 64).min(other.len())];
                data.splice(at..at, part.iter().copied());
            }
            5 => self.number(data, at),
            6 => {
                let word = WORDS[self.below(WORDS.len())];
                data.splice(at..end, word.iter().copied());
            }
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                data.splice(at..at, word.iter().copied());
            }
        }
    }

    /// Puts another number in the place of the next one.
    fn number(&mut self, data: &mut Vec<u8>, at: usize) {
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        let Some(start) = data[at..].iter().position(is_digit) else {
            return;
        };
        let start = at + start;
        let digits = data[start..].iter().take_while(|byte| is_digit(byte));
        let end = start + digits.count();
        let number = match self.below(4) {
            0 => self.below(64).to_string(),
            1 => format!("-{}", self.below(9)),
            2 => (1_u64 << self.below(64)).to_string(),
            _ => format!("{}.0", self.below(64)),
        };
        data.splice(start..end, number.into_bytes());
    }
}
