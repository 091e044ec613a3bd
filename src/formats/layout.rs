//! The canonical layout of JSON that people read: two blanks a level, one member or item a line.
//! Everything that is written ends with a comma, which [`close`] takes away after the last.

use crate::formats::write::{number, string};
use crate::json::{Kind, Node};

/// A new line at a level, two blanks each.
pub(in crate::formats) fn line(level: usize, out: &mut Vec<u8>) {
    out.push(b'\n');
    out.resize(out.len() + 2 * level, b' ');
}

/// Ends an object or array after its last item, whose comma goes; and adds one of its own.
pub(in crate::formats) fn close(level: usize, bracket: u8, out: &mut Vec<u8>) {
    if out.last() == Some(&b',') {
        out.pop();
        line(level, out);
    }
    out.push(bracket);
    out.push(b',');
}

/// A key as it is spelled, on a line of its own, up to its value.
pub(in crate::formats) fn raw_key(level: usize, key: &str, out: &mut Vec<u8>) {
    line(level, out);
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b": ");
}

/// The deepest level that has lines of its own. The formats have 8; what others have added may nest
/// deeper, and its blanks would be the square of its levels.
const DEEPEST: usize = 12;

/// A value whose every token keeps its spelling, and a comma after it. What lies deeper than any
/// member of the format stays on one line, as it is spelled.
pub(in crate::formats) fn value(level: usize, node: Node<'_>, out: &mut Vec<u8>) {
    match node.kind() {
        Kind::Object if level < DEEPEST => {
            out.push(b'{');
            for member in node.members() {
                raw_key(level + 1, member.name.raw(), out);
                value(level + 1, member.value, out);
            }
            close(level, b'}', out);
        }
        Kind::Array if level < DEEPEST => {
            out.push(b'[');
            for item in node.items() {
                line(level + 1, out);
                value(level + 1, item, out);
            }
            close(level, b']', out);
        }
        _ => {
            out.extend_from_slice(node.raw().as_bytes());
            out.push(b',');
        }
    }
}

/// A key on a line of its own, up to its value.
pub(in crate::formats) fn key(level: usize, name: &str, out: &mut Vec<u8>) {
    line(level, out);
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\": ");
}

pub(in crate::formats) fn text(level: usize, name: &str, value: &str, out: &mut Vec<u8>) {
    key(level, name, out);
    string(value, out);
    out.push(b',');
}

pub(in crate::formats) fn integer(level: usize, name: &str, value: i64, out: &mut Vec<u8>) {
    key(level, name, out);
    number(value, out);
    out.push(b',');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_many_levels_is_not_blown_up() {
        let text = format!("{}{}", "[".repeat(8000), "]".repeat(8000));
        let mut out = Vec::new();
        value(4, Node::parse(&text).unwrap(), &mut out);
        let written = String::from_utf8(out).unwrap();
        assert!(written.len() < text.len() + 1000, "{}", written.len());
        let tokens: String = written.split_whitespace().collect();
        assert_eq!(tokens, text + ",");
    }

    #[test]
    fn tokens_keep_their_spelling() {
        let text = r#"{"a":[1.50,-0,{}],"b":[],"\u0063":"\/"}"#;
        let mut out = Vec::new();
        value(0, Node::parse(text).unwrap(), &mut out);
        let want = "{\n  \"a\": [\n    1.50,\n    -0,\n    {}\n  ],\n  \"b\": [],\n  \"\\u0063\": \"\\/\"\n},";
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }
}
