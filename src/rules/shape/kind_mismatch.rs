//! `kind-mismatch`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Two project kinds that differ.
pub struct KindMismatch;

const META: Meta = Meta {
    name: "kind-mismatch",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "a `metadata.projectKind` that differs from `assets.projectKind`, and not in case only",
    why: "The service refuses the import: \"The project kind in the exported project's metadata \
        must match the assets' project kind.\" Which of the two is right decides how the labels \
        are read, so no program should choose.",
    example: r#""metadata": { "projectKind": "CustomMultiLabelClassification", … }   and further down   "assets": { "projectKind": "CustomSingleLabelClassification", … }"#,
    remedy: "Look at a document in `assets`: `class` belongs to single-label classification, \
        `classes` to multi-label classification, `entities` to entity recognition. Write that \
        kind in both places.",
    source: "MicrosoftDocs/azure-docs issues 96412 and 98797 quote the service's answer, which \
        it also gives where `assets.projectKind` is absent.",
};

impl Rule for KindMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::KindMismatch { metadata, assets } = issue else {
            return None;
        };
        let message = format!(
            "`metadata.projectKind` is {} and `assets.projectKind` is {}",
            quote(metadata),
            quote(assets),
        );
        let help = "write the same kind in both: the one that the documents' members belong to";
        Some(Message::new(message).help(help))
    }
}
