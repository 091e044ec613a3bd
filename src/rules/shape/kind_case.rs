//! `kind-case`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::json::change::Op;
use crate::json::spell;
use crate::rules::{Applicability, Basis, Group, Meta, Rule, Scope};

/// A `projectKind` in another case than the service's.
pub struct KindCase;

const META: Meta = Meta {
    name: "kind-case",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Format,
    scope: Scope::LANGUAGE,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "a `projectKind` that is right but for its case",
    why: "The contract spells the kinds with a capital letter. The draft of 2022-05-01 had a \
        small one, and files of that time are still copied. Whether the service still takes \
        the old spelling is not documented; a program that compares the kind letter by letter \
        does not.",
    example: r#""assets": { "projectKind": "customMultiLabelClassification", … }"#,
    remedy: "Write the kind as the finding spells it, in `metadata` and in `assets`.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json` of 2022-05-01: the draft \
        (commit 017551d5) has `customMultiLabelClassification`, the final text (commit \
        3b06a589) `CustomMultiLabelClassification`. Microsoft's movies sample in Azure-Samples/\
        cognitive-services-sample-data-files has both, one in `metadata`, one in `assets`.",
};

impl Rule for KindCase {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::KindCase { value, right } = issue else {
            return None;
        };
        let (value, right) = (quote(value), quote(right));
        let message = format!("the `projectKind` {value} is spelled {right} today");
        Some(Message::new(message).help(format!("write {right}")))
    }

    fn fix(&self, issue: &Issue, _value: &str) -> Option<Op> {
        match issue {
            Issue::KindCase { right, .. } => Some(Op::Set(spell(right))),
            _ => None,
        }
    }
}
