//! `missing-member`

use crate::diagnostics::{Folded, Issue, Message, Severity, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A required member that is absent.
pub struct MissingMember;

const META: Meta = Meta {
    name: "missing-member",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "an object without a member that it must have; one finding, at the object",
    why: "What is absent cannot be guessed. Without its members in `metadata` the project \
        cannot be made; without `assets.projectKind` the service answers that the kind of the \
        metadata must match that of the assets, which does not say what is absent. A label \
        without a name or a place labels nothing. An Azure ML line needs `image_url` and \
        `label`, and each of its spans `label`, `offsetStart` and `offsetEnd`.",
    example: r#"{ "category": "City", "length": 6 }   (no "offset")"#,
    remedy: "Add the member that the finding names. Members may be in any order.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json` of 2022-05-01 (commit \
        3b06a589) and 2023-04-01: it requires the members at the top, those of `metadata` and \
        `assets.projectKind`; that a label needs its members follows from what they mean. The \
        service's answer: MicrosoftDocs/azure-docs issues 96412 and 98797. For Azure ML there \
        is no specification; every line of the real exports that were examined has the members.",
};

impl Rule for MissingMember {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!("{} in {} places", all.first, all.total))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::MissingMember(name) = *issue else {
            return None;
        };
        let message = format!("the required member {} is absent", quote(name));
        Some(Message::new(message).help(help(name)).cause(name))
    }
}

fn help(name: &str) -> String {
    let help = match name {
        "projectFileVersion" => "add `\"projectFileVersion\": \"2022-05-01\"`",
        "projectKind" => "add it with the same kind in `metadata` and in `assets`",
        "storageInputContainerName" => "add the name of the container that holds the documents",
        "language" => "add the language of most documents, such as `\"language\": \"en-us\"`",
        _ => return format!("add {}", quote(name)),
    };
    help.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_value_is_offered() {
        assert_eq!(
            help("projectFileVersion"),
            "add `\"projectFileVersion\": \"2022-05-01\"`"
        );
        assert_eq!(help("offset"), "add `offset`");
    }
}
