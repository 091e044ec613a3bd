//! A quick way through JSON that is as it should be.
//!
//! A [`Cursor`] reads what its caller expects and gives up, with `None`, at the first byte that
//! is anything else; somebody careful reads the text again then and says what is wrong. What it
//! accepts is JSON, and it reads it as `serde_json` does: a property test holds the two
//! together. It is two to three times as fast as typed structs through serde, since it builds
//! nothing on the way: no map of keys, no buffer for values that may be of several types.

use std::borrow::Cow;

/// A place in a JSON text.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// Keeps the value of a member, unless there is one already: a key that stands twice needs
/// care.
pub fn once<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

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
const fn first_stop(word: u64) -> Option<usize> {
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
const fn short_integer(word: u64) -> Option<(i64, usize)> {
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

impl<'a> Cursor<'a> {
    /// A cursor at the start of a text.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes white space, and answers the byte after it.
    fn next(&mut self) -> Option<u8> {
        const BLANKS: [u8; 8] = [b' '; 8];
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
            // What was made for people to read is indented by many of them.
            while self.text.as_bytes()[self.at..].starts_with(&BLANKS) {
                self.at += BLANKS.len();
            }
        }
    }

    /// Passes white space and this byte, if it is the next.
    fn eat(&mut self, byte: u8) -> bool {
        self.next() == Some(byte) && self.eat_here(byte)
    }

    /// Passes this byte, if it is the very next.
    fn eat_here(&mut self, byte: u8) -> bool {
        let is_it = self.byte() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    /// Reads something, or goes back to where it was.
    #[inline]
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let read = read(self);
        if read.is_none() {
            self.at = before;
        }
        read
    }

    /// The end of the text, but for white space.
    #[must_use]
    pub fn end(mut self) -> Option<()> {
        self.next().is_none().then_some(())
    }

    /// An object: `member` is called after each key and reads its value. Keys with escapes end
    /// the reading.
    pub fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, &'a str) -> Option<()>,
    ) -> Option<()> {
        if !self.eat(b'{') {
            return None;
        }
        if self.eat(b'}') {
            return Some(());
        }
        loop {
            let Cow::Borrowed(key) = self.string()? else {
                return None;
            };
            if !self.eat(b':') {
                return None;
            }
            member(self, key)?;
            if self.eat(b'}') {
                return Some(());
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    /// An array: `item` is called for each item and reads it.
    pub fn array(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if !self.eat(b'[') {
            return None;
        }
        if self.eat(b']') {
            return Some(());
        }
        loop {
            item(self)?;
            if self.eat(b']') {
                return Some(());
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    /// The first byte of the next value.
    pub fn peek(&mut self) -> Option<u8> {
        self.next()
    }

    /// A string, borrowed where it has no escapes.
    pub fn string(&mut self) -> Option<Cow<'a, str>> {
        match self.attempt(Self::plain_string) {
            Some(string) => Some(Cow::Borrowed(string)),
            None => self.escaped_string().map(Cow::Owned),
        }
    }

    /// A string without escapes.
    ///
    /// It answers in two registers, and a [`Cow`] does not: one that is built in memory and moved
    /// at once costs more than reading a short string does, since a processor waits where it
    /// loads in one piece what it has just stored in several.
    pub fn plain_string(&mut self) -> Option<&'a str> {
        if !self.eat(b'"') {
            return None;
        }
        let start = self.at;
        self.pass_plain();
        let inner = self.text.get(start..self.at)?;
        self.eat_here(b'"').then_some(inner)
    }

    /// A string with or without escapes.
    #[cold]
    fn escaped_string(&mut self) -> Option<String> {
        if !self.eat(b'"') {
            return None;
        }
        let start = self.at - 1;
        loop {
            self.pass_plain();
            if self.eat_here(b'"') {
                break;
            }
            if !self.eat_here(b'\\') {
                return None;
            }
            // Whatever is escaped, it is no end of the string.
            self.at += 1;
        }
        let spelled = self.text.get(start..self.at)?;
        serde_json::from_str(spelled).ok()
    }

    /// Passes bytes of a string that stand for themselves.
    fn pass_plain(&mut self) {
        while let Some(eight) = self.eight() {
            match first_stop(eight) {
                Some(stop) => {
                    self.at += stop;
                    return;
                }
                None => self.at += 8,
            }
        }
        while let Some(byte) = self.byte() {
            if matches!(byte, b'"' | b'\\' | ..0x20) {
                return;
            }
            self.at += 1;
        }
    }

    /// An integer of at most 18 digits.
    pub fn integer(&mut self) -> Option<i64> {
        if let Some((number, digits)) = self.eight().and_then(short_integer) {
            self.at += digits;
            return Some(number);
        }
        self.long_integer()
    }

    /// An integer in any spelling, with white space before it.
    fn long_integer(&mut self) -> Option<i64> {
        let negative = self.next()? == b'-';
        self.at += usize::from(negative);
        let rest = self.text.as_bytes().get(self.at..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
        let (number, count) = digits.fold((0_i64, 0), |(number, count), digit| {
            let number = number.wrapping_mul(10);
            (number.wrapping_add(i64::from(digit - b'0')), count + 1)
        });
        let leads_with_zero = rest.first() == Some(&b'0');
        // `-0` is a fraction to `serde_json`, and a spelling that is worth a word.
        let is_plain = matches!(count, 1..=18) && !(leads_with_zero && (count > 1 || negative));
        self.at += count;
        if !is_plain || matches!(self.byte(), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        Some(if negative { -number } else { number })
    }

    /// The eight bytes that are next, if there are as many, the first in the lowest bits.
    fn eight(&self) -> Option<u64> {
        let rest = self.text.as_bytes().get(self.at..)?;
        rest.first_chunk().copied().map(u64::from_le_bytes)
    }

    /// Passes white space and these very bytes, if they are next. How many they are is known
    /// where this is compiled, so that comparing them takes no call.
    #[inline]
    pub fn pass<const LENGTH: usize>(&mut self, spelled: &[u8; LENGTH]) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        if rest.first_chunk() != Some(spelled) {
            self.next()?;
            let rest = self.text.as_bytes().get(self.at..)?;
            if rest.first_chunk() != Some(spelled) {
                return None;
            }
        }
        self.at += LENGTH;
        Some(())
    }

    /// A number as it is spelled.
    pub fn number(&mut self) -> Option<&'a str> {
        self.next()?;
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte()? {
            b'0' => self.at += 1,
            b'1'..=b'9' => self.digits()?,
            _ => return None,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        self.text.get(start..self.at)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    /// What `read` goes over, as it is spelled.
    pub fn raw(&mut self, read: impl FnOnce(&mut Self) -> Option<()>) -> Option<&'a str> {
        self.next()?;
        let start = self.at;
        read(self)?;
        self.text.get(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// Reads any value, as far as the cursor can.
    fn value(cursor: &mut Cursor<'_>) -> Option<Value> {
        Some(match cursor.peek()? {
            b'{' => {
                let mut members = serde_json::Map::new();
                cursor.object(|cursor, key| {
                    members.insert(key.to_owned(), value(cursor)?);
                    Some(())
                })?;
                Value::Object(members)
            }
            b'[' => {
                let mut items = Vec::new();
                cursor.array(|cursor| {
                    items.push(value(cursor)?);
                    Some(())
                })?;
                Value::Array(items)
            }
            b'"' => Value::String(cursor.string()?.into_owned()),
            _ => {
                let mut other = cursor.clone();
                if let Some(integer) = cursor.integer() {
                    return Some(Value::from(integer));
                }
                let number = other.number()?;
                *cursor = other;
                serde_json::from_str(number).expect("a number")
            }
        })
    }

    fn whole(text: &str) -> Option<Value> {
        let mut cursor = Cursor::new(text);
        let value = value(&mut cursor)?;
        cursor.end()?;
        Some(value)
    }

    #[test]
    fn gives_up_where_json_ends() {
        for text in [
            "",
            "{",
            "[1,]",
            "[,1]",
            "{\"a\" 1}",
            "{\"a\":1,}",
            "01",
            "1.",
            ".5",
            "-",
            "1e",
            "+1",
            "\"\u{1}\"",
            "\"a",
            "\"\\x\"",
            "\"\\ud800\"",
            "[1] 2",
            "true",
            "\"\\\"",
            "\"abcdefgh\\",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert_eq!(
            whole(" [ -12 , \"a\\n\u{e9}\" ] ").unwrap().to_string(),
            "[-12,\"a\\né\"]"
        );
        for text in ["9223372036854775807", "-", "", "01", "-01", "1.0", "1e3"] {
            assert_eq!(Cursor::new(text).integer(), None, "{text}");
        }
        let mut number = String::new();
        for digit in "123456789012345678".chars() {
            number.push(digit);
            for behind in ["", ",", "]", " ", "}}}}}}}}", "/:zé😀\u{ff}", "\u{0}\u{7f}"] {
                for sign in ["", "-"] {
                    let spelled = format!("{sign}{number}");
                    let read = Cursor::new(&format!("{spelled}{behind}")).integer();
                    assert_eq!(read, spelled.parse().ok(), "{spelled}{behind}");
                }
            }
        }
        for many in [
            "1234567890123456789",
            "01,,,,,,,,",
            "1.0,,,,,,,",
            "1e3,,,,,,",
            "-01,,,,,",
        ] {
            assert_eq!(Cursor::new(many).integer(), None, "{many}");
        }
        assert_eq!(Cursor::new("0,,,,,,,,").integer(), Some(0));
        assert_eq!(Cursor::new("-120]").integer(), Some(-120));
        assert_eq!(Cursor::new("-0").integer(), None);
        assert_eq!(Cursor::new("12.0").integer(), None);
    }

    #[test]
    fn every_stop_is_seen_at_every_place() {
        for stop in ['"', '\\', '\u{0}', '\u{1f}'] {
            for before in 0..20 {
                for other in ["a", "é", "\u{7f}", "!", "#", "]", "[", "\u{80}"] {
                    let text = format!("{}{stop}{}", other.repeat(before), "zzzzzzzzz");
                    let mut cursor = Cursor::new(&text);
                    cursor.pass_plain();
                    assert_eq!(cursor.at, other.len() * before, "{text:?}");
                    let text = format!("{}{stop}", other.repeat(before));
                    assert!(!is_plain(&text), "{text:?}");
                    assert!(!is_plain(&format!("{text}zz")), "{text:?}");
                    assert!(!is_plain(&format!("{text}zzzzz")), "{text:?}");
                    assert!(is_plain(&other.repeat(before)), "{other:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn what_it_accepts_serde_json_reads_alike(
            text in r#"[ \[\]{}:,"\\a0-9.eE+\-u\x00-\x1fé😀]{0,24}"#,
        ) {
            if let Some(read) = whole(&text) {
                // The last of two equal keys counts in both.
                prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), read);
            }
        }

        #[test]
        fn it_accepts_what_serde_json_writes(
            names in prop::collection::vec("[^\"\\\\\\x00-\\x1f]{0,12}", 0..4),
            texts in prop::collection::vec(".{0,20}", 0..4),
            numbers in prop::collection::vec(-1_000_000_i64..1_000_000, 0..4),
            pretty in any::<bool>(),
        ) {
            let object: serde_json::Map<_, _> =
                names.into_iter().map(|name| (name, Value::from(texts.clone()))).collect();
            let all = serde_json::json!([object, numbers, texts]);
            let text = if pretty {
                serde_json::to_string_pretty(&all).unwrap()
            } else {
                all.to_string()
            };
            prop_assert_eq!(whole(&text), Some(all));
        }
    }
}
