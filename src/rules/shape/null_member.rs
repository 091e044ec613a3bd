//! `null-member`

use crate::diagnostics::{Folded, Issue, Message, Severity, quote};
use crate::json::change::Op;
use crate::rules::{Applicability, Basis, Group, Meta, Rule, Scope};

/// An optional member that is null.
pub struct NullMember;

const META: Meta = Meta {
    name: "null-member",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "an optional member that is null",
    why: "The contract knows members that are absent, and none that are null. A program that \
        asks whether `dataset` is there and then reads its text stumbles over the null. What \
        the service does with it is not documented. Programs that write all members of a class, \
        set or not, produce such files.",
    example: r#"{ "location": "1.txt", "language": "en-us", "dataset": null }"#,
    remedy: "Leave the member out, which means the same.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json`: no member is declared \
        nullable. The real Azure ML exports that were examined leave `updated_by` out where \
        nobody edited the labels. Nulls were seen only in older sample files of conversation \
        projects.",
};

impl Rule for NullMember {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!("{} in {} places", all.first, all.total))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::NullMember(name) = issue else {
            return None;
        };
        let message = format!("the optional member {} is null", quote(name));
        let message = Message::new(message).cause(quote(name));
        Some(message.help("leave the member out; it was read as absent"))
    }

    fn fix(&self, _fact: &Issue, _value: &str) -> Option<Op> {
        Some(Op::Remove)
    }
}
