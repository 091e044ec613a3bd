//! `duplicate-key`

use crate::diagnostics::{Diagnostic, Issue, Message, Severity, quote};
use crate::formats::{Info, Layout};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A member that its object has twice.
pub struct DuplicateKey;

const META: Meta = Meta {
    name: "duplicate-key",
    group: Group::Syntax,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "the same member twice in one object, at any depth",
    why: "One of the two values is lost, and nobody is told which. Most parsers, Python's \
        `json` and serde_json's `Value` among them, keep the last one in silence; others keep \
        the first or refuse the file. Where `labels` or `documents` appears twice, whole lists \
        of labels disappear. Mostly two files were merged by hand.",
    example: r#"{ "category": "City", "offset": 8, "length": 6, "category": "Country" }"#,
    remedy: "Decide which value is right and remove the other member. Two lists of the same \
        name belong together in one.",
    source: "RFC 8259, section 4: names should be unique, and what software does with an object \
        whose names are not is unpredictable. Tried with serde_json 1.0.154 and Python's `json` \
        module.",
};

impl Rule for DuplicateKey {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn redact(&self, finding: &mut Diagnostic, format: &Info) {
        // The first row of a table without a heading has texts.
        finding.redact(format.layout == Layout::ROWS);
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        match issue {
            Issue::DuplicateKey(key) => {
                let message = format!("this object already has a member {}", quote(key));
                Some(Message::new(message).help("keep one of the two; the last one was read"))
            }
            Issue::RepeatedColumn(name) => {
                let message = format!("this table already has a column {}", quote(name));
                Some(Message::new(message).help("keep one of the two; the first one was read"))
            }
            _ => None,
        }
    }
}
