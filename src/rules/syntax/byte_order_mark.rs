//! `byte-order-mark`

use crate::diagnostics::{Issue, Message, Severity};
use crate::json::change::Op;
use crate::rules::{Applicability, Basis, Group, Meta, Rule, Scope};

/// A byte-order mark before a label file.
pub struct ByteOrderMark;

const META: Meta = Meta {
    name: "byte-order-mark",
    group: Group::Syntax,
    severity: Severity::Warning,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "a byte-order mark before a label file",
    why: "JSON files begin without one. A parser may skip it, but many do not: serde_json says \
        `expected value at line 1 column 1`, and Python's `json` says `Unexpected UTF-8 BOM`. \
        In a JSONL file it is the first document that is lost. Editors and older shells on \
        Windows add the mark when they save a file as UTF-8.",
    example: "\\u{feff}{\"image_url\":\"AmlDatastore://workspaceblobstore/1.txt\",\"label\":[]}   \
        (\\u{feff} stands for the three bytes EF BB BF)",
    remedy: "Save the file as UTF-8 without a byte-order mark. Nothing else changes.",
    source: "RFC 8259, section 8.1, forbids to add the mark and allows parsers to ignore it; \
        jsonlines.org forbids it too. No real label file that was examined has one. Tried with \
        serde_json 1.0.154 and Python's `json` module.",
};

impl Rule for ByteOrderMark {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::ByteOrderMark = issue else {
            return None;
        };
        let help = "save the file as UTF-8 without a byte-order mark; it was skipped here";
        Some(Message::new("the file begins with a byte-order mark").help(help))
    }

    fn fix(&self, _fact: &Issue, _value: &str) -> Option<Op> {
        Some(Op::Remove)
    }
}
