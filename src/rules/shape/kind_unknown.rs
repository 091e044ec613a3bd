//! `kind-unknown`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::model::Kind;
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A `projectKind` that no version has.
pub struct KindUnknown;

const META: Meta = Meta {
    name: "kind-unknown",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "a `projectKind` that no version has",
    why: "The kind decides how everything in `assets` is read: `entities` or `classes`, one \
        class a document or several. With a kind that does not exist the service cannot make \
        the project, and nothing can be said of its labels here.",
    example: r#""metadata": { "projectKind": "CustomNER", … }"#,
    remedy: "Write one of the six kinds of the text family, the same in `metadata` and in \
        `assets`. All but entity recognition and the two classifications need a preview version \
        of the service, such as 2023-04-15-preview.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json`: 2022-05-01 (commit \
        3b06a589) and 2023-04-01 have three kinds, 2022-10-01-preview adds \
        `CustomAbstractiveSummarization`, 2023-04-15-preview (commit 81690014) and \
        2025-05-15-preview have all six.",
};

impl Rule for KindUnknown {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::KindUnknown { value, nearest } = issue else {
            return None;
        };
        let message = format!("no version has a `projectKind` {}", quote(value));
        let help = match nearest {
            Some(nearest) => format!("did you mean {}?", quote(nearest)),
            None => format!("write one of {}", Kind::ALL.map(Kind::name).join(", ")),
        };
        Some(Message::new(message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_kind_or_all_of_them() {
        let help = |nearest| {
            let value = "CustomNER".to_owned();
            let message = KindUnknown.issue(&Issue::KindUnknown { value, nearest });
            message.and_then(|message| message.help).unwrap_or_default()
        };
        assert_eq!(
            help(Some("CustomEntityRecognition")),
            "did you mean `CustomEntityRecognition`?"
        );
        assert!(help(None).starts_with("write one of CustomEntityRecognition, CustomSingle"));
    }
}
