//! `assumed-metadata`

use crate::diagnostic::{Message, Severity, quote};
use crate::fact::{Assumption, Fact};
use crate::rules::{Basis, Group, Meta, Rule};

/// What the target needs and the source does not say.
pub struct AssumedMetadata;

const META: Meta = Meta {
    name: "assumed-metadata",
    group: Group::Conversion,
    severity: Severity::Note,
    basis: Basis::Format,
    fix: None,
    summary: "what the target needs and the source does not say",
    why: "A line of an Azure ML export knows nothing of a project's name, language or \
        container, and an Azure AI Language file is not complete without them. A default was \
        written instead. A wrong language is the one to look for: it is what the service is \
        told about every document.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/1.txt","label":[],"label_confidence":[]}   (converted to a Language file)"#,
    remedy: "Give the options that the note names, such as `--project-name` or `--language`, \
        and convert again. What an option says is no assumption and is not listed. An entry for the \
        way back names the option that makes the same value again when you convert back.",
    source: "Azure/azure-rest-api-specs, `analyzetext-authoring.json` of 2022-05-01 (commit \
        3b06a589): `projectKind`, `storageInputContainerName`, `projectName` and `language` are \
        required in `metadata`. No real Azure ML export that was examined has any of them.",
};

impl Rule for AssumedMetadata {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn fact(&self, fact: &Fact) -> Option<Message> {
        let Fact::AssumedMetadata(assumptions) = fact else {
            return None;
        };
        let list: Vec<String> = assumptions.iter().map(words).collect();
        let list = list.join(", ");
        let message = format!("assumed here or wanted on the way back: {list}");
        Some(Message::new(message).help("where a value is not right, give the option beside it"))
    }
}

fn words(assumption: &Assumption) -> String {
    let Assumption {
        what,
        value,
        option,
    } = assumption;
    let mut words = if value.is_empty() {
        format!("no {what}")
    } else {
        format!("{what} {}", quote(value))
    };
    if !option.is_empty() {
        words.push_str(" (");
        words.push_str(option);
        words.push(')');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_their_options() {
        let assume = |what, value: &str, option| Assumption {
            what,
            value: value.to_owned(),
            option,
        };
        let name = assume("project name", "demo", "--project-name");
        assert_eq!(words(&name), "project name `demo` (--project-name)");
        let description = assume("description", "", "--description");
        assert_eq!(words(&description), "no description (--description)");
        let kind = assume("kind", "single-label classification", "");
        assert_eq!(words(&kind), "kind `single-label classification`");
    }
}
