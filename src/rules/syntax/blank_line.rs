//! `blank-line`

use crate::diagnostics::{Issue, Message, Severity};
use crate::json::change::Op;
use crate::rules::{Applicability, Basis, Group, Meta, Rule, Scope};

/// A line of a JSONL file without a value.
pub struct BlankLine;

const META: Meta = Meta {
    name: "blank-line",
    group: Group::Syntax,
    severity: Severity::Note,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "an empty line in a JSONL file",
    why: "Each line of a JSONL file is a value, and nothing is no value. Tolerant readers skip \
        the line; a program that hands every line to its JSON parser stops there, or counts a \
        document that does not exist. Such a line comes from joining files, or from an editor.",
    example: "{\"image_url\":\"AmlDatastore://workspaceblobstore/1.txt\",\"label\":[]}\n\n\
        {\"image_url\":\"AmlDatastore://workspaceblobstore/2.txt\",\"label\":[]}",
    remedy: "Remove the line. One line end after the last record is no blank line; it belongs \
        there.",
    source: "jsonlines.org: `null` is a valid value but a blank line is not. Real exports have \
        none. Tried with serde-jsonlines 0.7.0 (`EOF while parsing`) and Python's `json` module.",
};

impl Rule for BlankLine {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let message = match issue {
            Issue::BlankLine => "this line of a JSONL file is blank",
            Issue::BlankRow => "this row of a table is blank",
            Issue::BlankEntry => "this line of an annotation file is blank",
            _ => return None,
        };
        Some(Message::new(message).help("remove the line"))
    }

    fn fix(&self, _fact: &Issue, _value: &str) -> Option<Op> {
        Some(Op::Remove)
    }
}
