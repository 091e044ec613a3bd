//! `unknown-member`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A member that the contract does not have.
pub struct UnknownMember;

const META: Meta = Meta {
    name: "unknown-member",
    group: Group::Shape,
    severity: Severity::Note,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    summary: "a member that the contract does not have; it is kept",
    why: "It may be harmless: newer versions add members, and the contract neither allows nor \
        forbids others. It may also be a member with a spelling fault, whose value then has no \
        effect: with `dataSet` the document belongs to no split. The member is kept where the \
        format stays the same, and a conversion to the other format counts it as a loss.",
    example: r#"{ "location": "1.txt", "language": "en-us", "dataSet": "Train" }"#,
    remedy: "Compare the name with the contract's, case included. A member that is meant to be \
        there may stay; `--ignore unknown-member` silences the note.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json` of every version: no \
        `additionalProperties: false`; 2025-05-15-preview added members such as the \
        `description` of an entity. Exports of Azure ML have contributor columns that no page \
        documents; those are known here.",
};

impl Rule for UnknownMember {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::UnknownMember(name) = issue else {
            return None;
        };
        let message = format!("the contract has no member {} here", quote(name));
        let help = "fix the spelling if another member is meant; otherwise it is kept as it is";
        Some(Message::new(message).help(help))
    }
}
