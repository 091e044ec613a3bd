//! `unknown-member`

use crate::diagnostics::{Diagnostic, Folded, Issue, Message, Severity, quote};
use crate::formats::{Info, Layout};
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
    on_request: false,
    summary: "a member that the contract does not have; an error where it is a misspelled one",
    why: "It may be harmless: newer versions add members, and the contract neither allows nor \
        forbids others. It is an error where its name is nearly that of a member that is absent: \
        the value has no effect then. With `dataSet` the document belongs to no split, and \
        with `entites` all its labels are lost. The member is kept where the format stays the \
        same, and a conversion to the other format counts it as a loss.",
    example: r#"{ "location": "1.txt", "language": "en-us", "dataSet": "Train" }"#,
    remedy: "Compare the name with the contract's, case included. A member that is meant to be \
        there may stay; `--ignore unknown-member` silences it.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json` of every version: no \
        `additionalProperties: false`; 2025-05-15-preview added members such as the \
        `description` of an entity. Exports of Azure ML have contributor columns that no page \
        documents; those are known here.",
};

impl Rule for UnknownMember {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let first = all.first.trim_end_matches(" here");
        Some(format!("{first}, which is in {} places", all.total))
    }

    fn redact(&self, finding: &mut Diagnostic, format: &Info) {
        // The first row of a table without a heading has a text.
        finding.redact(format.layout == Layout::ROWS);
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let (name, meant) = match issue {
            Issue::UnknownMember(name) => (name, None),
            Issue::MisspelledMember { name, meant, .. } => (name, Some(meant)),
            _ => return None,
        };
        let text = format!("the contract has no member {} here", quote(name));
        let message = Message::new(text).cause(quote(name));
        Some(match meant {
            Some(meant) => message
                .severity(Severity::Error)
                .help(format!("did you mean {}?", quote(meant))),
            None => message
                .help("fix the spelling if another member is meant; otherwise it is kept as it is"),
        })
    }
}
