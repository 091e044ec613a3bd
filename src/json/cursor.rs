//! A quick way through JSON that is as it should be.
//!
//! A [`Cursor`] reads what its caller expects and gives up, with `None`, at the first byte that
//! is anything else; somebody careful reads the text again then and says what is wrong. What it
//! accepts is JSON, and it reads it as `serde_json` does: a property test holds the two
//! together. It is two to three times as fast as typed structs through serde, since it builds
//! nothing on the way: no map of keys, no buffer for values that may be of several types.

use std::borrow::Cow;

use super::eights::{first_stop, short_integer};

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
        const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
            // What was made for people to read is indented by many of them.
            while let Some(eight) = self.eight() {
                let blanks = (eight ^ BLANKS).trailing_zeros() as usize / 8;
                self.at += blanks;
                if blanks < 8 {
                    break;
                }
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
        // Many put a blank behind a colon.
        let before = self.at;
        self.eat_here(b' ');
        if let Some((number, digits)) = self.eight().and_then(short_integer) {
            self.at += digits;
            return Some(number);
        }
        self.at = before;
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
mod tests;
