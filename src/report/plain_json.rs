//! JSON that can be looked at in a terminal and in the log of a CI job: what they may act on is
//! escaped.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter};

use crate::diagnostics::{commands, disturbs};

/// Writes a value as indented JSON. Control characters, what turns the direction of text, and what
/// begins a command in a log stand there as `\u` escapes, which JSON demands of few of them; so the
/// value is the same.
pub(super) fn write(out: impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    let formatter = Plain(PrettyFormatter::new());
    value.serialize(&mut Serializer::with_formatter(out, formatter))
}

/// The same as a text with a line end.
///
/// Fails where the value has no form in JSON.
#[cfg(feature = "cli")]
pub fn text(value: &impl Serialize) -> serde_json::Result<String> {
    let mut json = Vec::new();
    write(&mut json, value)?;
    json.push(b'\n');
    Ok(String::from_utf8_lossy(&json).into_owned())
}

/// A value on one line, with its line end.
///
/// Fails where the value has no form in JSON.
#[cfg(feature = "cli")]
pub fn line(value: &impl Serialize) -> serde_json::Result<String> {
    let mut json = Vec::new();
    write_compact(&mut json, value)?;
    json.push(b'\n');
    Ok(String::from_utf8_lossy(&json).into_owned())
}

/// The same on one line.
pub(super) fn write_compact(out: impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    let formatter = Plain(CompactFormatter);
    value.serialize(&mut Serializer::with_formatter(out, formatter))
}

/// The usual way of writing, but for strings.
struct Plain<F>(F);

impl<F: Formatter> Formatter for Plain<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        let acted_on =
            |(at, char): &(usize, char)| disturbs(*char) || commands(&fragment[..*at], *char);
        for (at, found) in fragment.char_indices().filter(acted_on) {
            out.write_all(&fragment.as_bytes()[from..at])?;
            for unit in found.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + found.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[from..])
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(out, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn nothing_commands_a_runner() {
        let value = json!(["::error::x", "##vso[y]", "## a[b]"]);
        let mut out = Vec::new();
        write_compact(&mut out, &value).unwrap();
        let want = r###"[":\u003aerror:\u003ax","##vso\u005by]","## a[b]"]"###;
        assert_eq!(String::from_utf8_lossy(&out), want);
        assert_eq!(serde_json::from_slice::<Value>(&out).unwrap(), value);
    }

    #[test]
    fn the_value_is_the_same_and_nothing_else_is_escaped() {
        let harmless = json!({"a": [1, "é😀\u{5d0}\n"], "b": {}, "c": [{"d": null}]});
        let mut out = Vec::new();
        write(&mut out, &harmless).unwrap();
        assert_eq!(out, serde_json::to_vec_pretty(&harmless).unwrap());
        let value = json!({"a\u{9b}": "\u{1b}[1m \u{202e}\u{7f}\u{feff}é"});
        let mut out = Vec::new();
        write(&mut out, &value).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "{\n  \"a\\u009b\": \"\\u001b[1m \\u202e\\u007f\\ufeffé\"\n}"
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
