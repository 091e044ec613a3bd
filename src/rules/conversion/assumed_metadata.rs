//! `assumed-metadata`

use crate::diagnostics::{Assumption, Issue, Message, Severity, count, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// What the target needs and the source does not say.
pub struct AssumedMetadata;

const META: Meta = Meta {
    name: "assumed-metadata",
    group: Group::Conversion,
    severity: Severity::Note,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "what the target needs and the source does not say",
    why: "A line of an Azure ML export knows nothing of a project's name, language or \
        container, and an Azure AI Language file is not complete without them. Something else was \
        written instead. A wrong language is the one to look for: it is what the service is \
        told about every document. The language is the one that most documents give; where they \
        give none, the one that the scripts of most texts mean: `ja` for kana, `ru` for \
        Cyrillic, `en-us` for Latin letters, which tell nothing else. The project is \
        multilingual where some document is in another language. A document that gives no \
        language gets that of the project, or in a multilingual project that of its script, \
        where the project's language is not written in it. Texts with few letters tell nothing.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/1.txt","label":[],"label_confidence":[]}   (converted to a Language file)"#,
    remedy: "Give the options that the note names, such as `--project-name` or `--language`, \
        and convert again. What an option says is no assumption and is not listed. What is to be said \
        again on the way back is in no loss: those options make the same values again.",
    source: "That one script means one language is our guess, by the languages that Azure AI \
        Language lists for custom projects (12/19/2023). Azure/azure-rest-api-specs, `analyzetext-authoring.json` of 2022-05-01 (commit \
        3b06a589): `projectKind`, `storageInputContainerName`, `projectName` and `language` are \
        required in `metadata`. No real Azure ML export that was examined has any of them.",
};

impl Rule for AssumedMetadata {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::AssumedMetadata {
            assumed,
            by_script,
            rebuilt,
        } = issue
        else {
            return None;
        };
        let list = |list: &[Assumption]| list.iter().map(words).collect::<Vec<_>>().join(", ");
        let mut parts = Vec::new();
        if !assumed.is_empty() {
            parts.push(format!("assumed {}", list(assumed)));
        }
        if !by_script.is_empty() {
            let documents = by_script.iter().map(|(_, number)| number).sum();
            let each =
                |(language, number): &(&str, u64)| format!("{number} in {}", quote(language));
            parts.push(format!(
                "{} got a language by the script of the text: {}",
                count(documents, "document"),
                by_script.iter().map(each).collect::<Vec<_>>().join(", ")
            ));
        }
        if !rebuilt.is_empty() {
            parts.push(format!(
                "to be said again on the way back: {}",
                list(rebuilt)
            ));
        }
        let message = Message::new(parts.join("; "));
        Some(message.help("where a value is not right, give the option beside it"))
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

    fn assume(what: &'static str, value: &str, option: &'static str) -> Assumption {
        Assumption {
            what,
            value: value.to_owned(),
            option,
        }
    }

    #[test]
    fn values_and_their_options() {
        let issue = Issue::AssumedMetadata {
            assumed: vec![
                assume("project name", "demo", "--project-name"),
                assume("description", "", "--description"),
            ],
            by_script: vec![("ar", 2), ("el", 1)],
            rebuilt: vec![assume("datastore", "store", "--datastore")],
        };
        let message = AssumedMetadata.issue(&issue).unwrap().text;
        let want = "assumed project name `demo` (--project-name), no description \
            (--description); 3 documents got a language by the script of the text: 2 in `ar`, 1 in `el`; \
            to be said again on the way back: datastore `store` (--datastore)";
        assert_eq!(message, want);
    }
}
