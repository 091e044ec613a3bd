//! Tells the shape and the family of a file by its members.

use crate::diagnostics::quote;
use crate::formats::fields::Fields;
use crate::formats::language::wire;
use crate::json::Kind as JsonKind;
use crate::model::{Kind, Shape};

/// The kind of that name, in any case; the draft of 2022-05-01 had another name for NER.
pub(super) fn named(value: &str) -> Option<Kind> {
    if value.eq_ignore_ascii_case("customNamedEntityRecognition") {
        return Some(Kind::EntityRecognition);
    }
    let mut kinds = Kind::ALL.into_iter();
    kinds.find(|kind| value.eq_ignore_ascii_case(kind.name()))
}

/// The shape of a file; the newest where several fit.
pub(super) fn shape(top: &Fields<'_>) -> Shape {
    let has = |name: &str| top.find(name).is_some();
    if has("projectFileVersion") {
        Shape::Today
    } else if has("project-file-version") {
        Shape::Renamed
    } else if has("api-version") && has("assets") {
        wire::BODY
    } else if has("extractors") || has("classifiers") {
        wire::TAGS
    } else if has("entityNames") || has("intentNames") {
        wire::BY_INDEX
    } else {
        Shape::Today
    }
}

/// Kinds of the conversation family and its relatives, which have files of their own
/// (analyzeconversations-authoring.json, 2023-04-15-preview).
const OTHER_FAMILIES: [&str; 5] = [
    "Conversation",
    "Orchestration",
    "CustomConversationSummarization",
    "CustomQuestionAnswering",
    "QuestionAnswering",
];

/// The family of a file that is none of the text kinds: a noun phrase.
pub(super) fn other_family(top: &Fields<'_>) -> Option<String> {
    let inner = |name: &str| {
        let field = top.find(name)?;
        (field.node.kind() == JsonKind::Object).then(|| field.node.members())
    };
    for part in ["metadata", "assets"] {
        for member in inner(part).unwrap_or_default() {
            if !matches!(&*member.key(), "projectKind" | "type") {
                continue;
            }
            let value = member.value.string().and_then(Result::ok);
            let of_another = |value: &str| {
                let mut kinds = OTHER_FAMILIES.iter();
                kinds.any(|kind| value.eq_ignore_ascii_case(kind))
            };
            if let Some(value) = value.filter(|value| of_another(value)) {
                return Some(family(&value));
            }
        }
    }
    let conversation = ["intents", "utterances", "examples"];
    let assets = inner("assets").unwrap_or_default();
    let found = assets
        .iter()
        .any(|member| conversation.contains(&&*member.key()));
    found.then(|| "a conversation project (it has intents or utterances)".to_owned())
}

/// A family of files as `unsupported-kind` names it.
pub(super) fn family(kind: &str) -> String {
    format!("a project of kind {}", quote(kind))
}
