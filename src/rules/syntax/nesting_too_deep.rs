//! `nesting-too-deep`

use crate::diagnostics::{Issue, Message, Severity};
use crate::json::MAX_DEPTH;
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Arrays and objects in one another, more than a parser follows.
pub struct NestingTooDeep;

const META: Meta = Meta {
    name: "nesting-too-deep",
    group: Group::Syntax,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "more than 128 levels of arrays and objects in one another",
    why: "Parsers limit the nesting, because following it without a limit can exhaust the \
        stack; serde_json stops at 128 levels. No label file needs nearly as much: a span \
        is at the third level of an Azure ML line and at the eighth of an Azure AI \
        Language file; the deepest list, the spellings of a synonym in a healthcare project, \
        is at the tenth.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/1.txt","label":[[[[[[ … 200 levels … ]]]]]]}"#,
    remedy: "Look at the record: such a depth comes from a program that wraps a value in a list \
        again and again, or from a file that was made to break parsers. Make the record again.",
    source: "RFC 8259, section 9, allows a parser to limit the depth of nesting; 128 is the \
        limit of serde_json 1.0.",
};

impl Rule for NestingTooDeep {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::NestingTooDeep(levels) = issue else {
            return None;
        };
        let message = format!(
            "arrays and objects are nested {levels} levels deep, and at most {MAX_DEPTH} are read"
        );
        Some(Message::new(message).help("make the record again; it was not read"))
    }
}
