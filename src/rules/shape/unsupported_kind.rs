//! `unsupported-kind`

use crate::diagnostics::{Folded, Issue, Message, Severity};
use crate::model::Kind;
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A project of a family that has files of its own.
pub struct UnsupportedKind;

const META: Meta = Meta {
    name: "unsupported-kind",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a project of another family, such as conversations (CLU), images or rendered HTML, \
        which is named and not guessed at",
    why: "Azure AI Language has projects whose files look much like those of text labels, with \
        `metadata`, `assets` and `stringIndexType`, and hold other things. A conversation \
        project labels utterances that are in the file itself; it has no documents, regions \
        or texts beside it, and belongs to another interface of the service. Read as text \
        labels it would be all faults, so nothing of it is checked or converted. Label Studio \
        labels images, sound, video, dialogues and rendered HTML in files of the same form as \
        texts; what their offsets count is not the characters of a text. It also has texts that \
        are in the file by their address only, so that nothing can be proved of their labels.",
    example: r#""assets": { "projectKind": "Conversation", "intents": [{ "category": "Read" }], "entities": [], "utterances": [{ "text": "open it", "intent": "Read" }] }"#,
    remedy: "Give the labels file of a custom text project: entity recognition, single-label or \
        multi-label classification, sentiment, healthcare or abstractive summarization. The \
        conversation authoring interface of the service takes this one.",
    source: "Azure/azure-rest-api-specs, `analyzeconversations-authoring.json` of \
        2023-04-15-preview (commit 2af91869): `Conversation` has `intents`, `entities` and \
        `utterances`, `Orchestration` has intents that lead to other projects. The email \
        samples in Azure-Samples/cognitive-services-sample-data-files are conversation \
        projects; the older ones have `api-version` and the kind `conversation`. Question \
        answering has no labels file of this sort. Label Studio 1.23.2 was run: regions on \
        `HyperText` have an XPath and offsets into the page as it is shown.",
};

impl Rule for UnsupportedKind {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::UnsupportedKind(family) = issue else {
            return None;
        };
        let message = format!("the file holds {family}, which this tool does not read");
        let help = format!(
            "this tool reads the text kinds: {}",
            Kind::ALL.map(Kind::name).join(", ")
        );
        Some(Message::new(message).cause(family).help(help))
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!("{} ({} records)", all.first, all.total))
    }
}
