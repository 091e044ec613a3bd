//! `lone-surrogate`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Half of a surrogate pair in a string.
pub struct LoneSurrogate;

const META: Meta = Meta {
    name: "lone-surrogate",
    group: Group::Syntax,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a `\\ud800`-style escape without its partner, in any string",
    why: "JSON escapes a character beyond U+FFFF as two halves. One half alone is no character \
        and cannot be written in UTF-8. Parsers disagree on it: serde_json refuses the string, \
        Python's `json` reads it, and the program fails when it writes the string. Mostly a \
        tool cut a string after a fixed number of UTF-16 code units, in the middle of an emoji.",
    example: r#"{ "category": "Mood \ud83d" }"#,
    remedy: "Write the whole character, or its two escapes (`\\ud83d\\ude00`). Where the other \
        half is lost, take the name from the place that it was copied from.",
    source: "RFC 8259, section 8.2, calls the behaviour of software that receives such a string \
        unpredictable. Tried with serde_json 1.0.154 and Python's `json` module.",
};

impl Rule for LoneSurrogate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::LoneSurrogate = issue else {
            return None;
        };
        let message = "this string holds half of a surrogate pair, which is no character";
        let help = "write both halves, or the character itself; the string was not read";
        Some(Message::new(message).help(help))
    }
}
