//! A JSON value as it is spelled, walked a level at a time.
//!
//! A [`Node`] is a slice of its record, so every value knows its bytes. It serves what is
//! read rarely or must be explained: headers, records that the typed reader refused, and
//! the places of findings. Opening an object costs one pass of `serde_json` over its text.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What RFC 8259 forbids, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The byte of the fault, from the start of the text that was read.
    pub byte: usize,
    /// What is wrong, in lower case and without a place.
    pub message: String,
    /// Whether the text just stops.
    pub truncated: bool,
}

impl SyntaxError {
    fn new(text: &str, error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        // serde_json counts lines and, in bytes, columns; both from 1.
        let line = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum::<usize>();
        let byte = line + error.column().saturating_sub(1);
        Self {
            byte: crate::text::floor_char(text, byte),
            message: message.to_owned(),
            truncated: error.is_eof(),
        }
    }
}

/// A string with half of a surrogate pair: no Unicode text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoneSurrogate;

/// The type of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number of any spelling
    Number,
    /// A string
    String,
    /// An array
    Array,
    /// An object
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

/// One JSON value: its exact text, without white space around it.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    raw: &'a str,
}

/// One member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The key, a string.
    pub name: Node<'a>,
    /// The value.
    pub value: Node<'a>,
}

impl<'a> Member<'a> {
    /// The key, unescaped; halves of surrogate pairs stand as U+FFFD.
    #[must_use]
    pub fn key(&self) -> Cow<'a, str> {
        match self.name.string() {
            Some(Ok(key)) => key,
            _ => Cow::Borrowed("\u{fffd}"),
        }
    }
}

impl<'a> Node<'a> {
    /// Reads `text`, which must hold one JSON value and white space only.
    pub fn parse(text: &'a str) -> Result<Self, SyntaxError> {
        walk(text);
        match serde_json::from_str::<&RawValue>(text) {
            Ok(value) => Ok(Self { raw: value.get() }),
            Err(error) => Err(SyntaxError::new(text, &error)),
        }
    }

    /// The value as it is spelled.
    #[must_use]
    pub const fn raw(self) -> &'a str {
        self.raw
    }

    /// The bytes of the value in the text that it was read from, or `None` for another text.
    #[must_use]
    pub fn range_in(self, text: &str) -> Option<Range<usize>> {
        let start = (self.raw.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let range = start..start + self.raw.len();
        (range.end <= text.len()).then_some(range)
    }

    /// The type, told by the first byte.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.raw.as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// The members of an object in their order, repeated keys included; of anything else, none.
    #[must_use]
    pub fn members(self) -> Vec<Member<'a>> {
        if self.kind() != Kind::Object {
            return Vec::new();
        }
        walk(self.raw);
        serde_json::from_str::<Members<'a>>(self.raw).map_or_else(|_| Vec::new(), |list| list.0)
    }

    /// The items of an array; of anything else, none.
    #[must_use]
    pub fn items(self) -> Vec<Self> {
        if self.kind() != Kind::Array {
            return Vec::new();
        }
        walk(self.raw);
        let items = serde_json::from_str::<Vec<&'a RawValue>>(self.raw).unwrap_or_default();
        items
            .into_iter()
            .map(|item| Self { raw: item.get() })
            .collect()
    }

    /// The text of a string, borrowed where it has no escapes; `None` for another type.
    #[must_use]
    pub fn string(self) -> Option<Result<Cow<'a, str>, LoneSurrogate>> {
        #[derive(Deserialize)]
        struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);
        if self.kind() != Kind::String {
            return None;
        }
        // The syntax is proved, so the one thing left that serde_json refuses is a surrogate.
        let text = serde_json::from_str::<Borrowed<'a>>(self.raw);
        Some(text.map(|text| text.0).map_err(|_| LoneSurrogate))
    }
}

/// Notes for tests that a text is walked.
#[cfg(not(test))]
const fn walk(_text: &str) {}

#[cfg(test)]
fn walk(text: &str) {
    WALKED.set(WALKED.get() + text.len());
}

#[cfg(test)]
thread_local! {
    static WALKED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many bytes of JSON this thread has walked, over and over where it has.
#[cfg(test)]
#[must_use]
pub fn walked() -> usize {
    WALKED.get()
}

struct Members<'a>(Vec<Member<'a>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                    members.push(Member {
                        name: Node { raw: name.get() },
                        value: Node { raw: value.get() },
                    });
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// How deep the brackets of `text` nest, strings left aside, and the byte of the first bracket
/// beyond `limit` levels. Needs no valid JSON.
#[must_use]
pub fn depth(text: &str, limit: usize) -> (usize, Option<usize>) {
    let (mut depth, mut deepest, mut beyond) = (0_usize, 0, None);
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
                if depth > limit && beyond.is_none() {
                    beyond = Some(at);
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (deepest, beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_repeats_and_spelling() {
        let text = r#"{"b":1.50,"\u0061":{},"b":-0}"#;
        let members = Node::parse(text).unwrap().members();
        let seen: Vec<(String, &str)> = members
            .iter()
            .map(|member| (member.key().into_owned(), member.value.raw()))
            .collect();
        let want = [("b", "1.50"), ("a", "{}"), ("b", "-0")];
        assert_eq!(seen, want.map(|(key, raw)| (key.to_owned(), raw)));
        assert_eq!(members[2].value.range_in(text), Some(26..28));
    }

    #[test]
    fn a_lone_surrogate_is_told_from_text() {
        let bad = Node::parse(r#""\ud800""#).unwrap();
        assert_eq!(bad.string(), Some(Err(LoneSurrogate)));
        let good = Node::parse(r#""\ud83d\ude00""#).unwrap();
        assert_eq!(good.string(), Some(Ok(Cow::Borrowed("😀"))));
        assert_eq!(Node::parse("12").unwrap().string(), None);
    }

    #[test]
    fn faults_have_a_byte() {
        let error = Node::parse("{\n  \"é\": 1,\n  x}").unwrap_err();
        assert_eq!((error.byte, error.truncated), (15, false));
        assert_eq!(error.message, "key must be a string");
        assert!(Node::parse("{\"a\":").unwrap_err().truncated);
    }

    #[test]
    fn brackets_in_strings_do_not_nest() {
        let text = r#"{"a":["[[\"[",{}]}"#;
        assert_eq!(depth(text, 128), (3, None));
        assert_eq!(depth(text, 2), (3, Some(14)));
    }
}
