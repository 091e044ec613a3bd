//! `no-counterpart`

use crate::diagnostics::{Issue, Message, Severity, count, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A kind of project that the target format has nothing for.
pub struct NoCounterpart;

const META: Meta = Meta {
    name: "no-counterpart",
    group: Group::Conversion,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a project of a kind that the target format has nothing for",
    why: "Azure Machine Learning labels texts in three ways: entities, one class, several \
        classes. Sentiment, summarization and healthcare projects of Azure AI Language have no \
        form there, and squeezing them into another one would make labels that mean something \
        else. A file with nothing but empty lists does not even tell its kind. And a document \
        whose location names no file has no URL. Formats that give each token one tag have no form \
        for labels that overlap. The conversion is refused, and nothing is written.",
    example: r#""metadata": { "projectKind": "CustomTextSentiment", … }   (converted to Azure ML JSONL)"#,
    remedy: "Keep the project in its own format, where it can be checked and fixed. Label at \
        least one document of a file that does not tell its kind. Say with `--overlap` which of \
        overlapping labels stays.",
    source: "MicrosoftDocs/azure-ai-docs, `how-to-create-text-labeling-projects.md` and \
        `azure-machine-learning-labeling.md`: text projects are classification or named entity \
        recognition, and custom NER and classification are what can be connected. Summaries, \
        sentiment spans and entity components occur in no export or SDK that was examined.",
};

impl Rule for NoCounterpart {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        if let Issue::NoAddress {
            location,
            reason,
            documents,
            target,
        } = issue
        {
            let location = quote(location);
            let documents = count(*documents, "document");
            let message = format!(
                "{target} has no address for {documents}, first for the location {location}: {reason}"
            );
            return Some(Message::new(message).help("give each document the name of its text"));
        }
        if let Issue::Overlapping {
            labels,
            documents,
            target,
        } = issue
        {
            let documents = count(*documents, "document");
            let labels = count(*labels, "label");
            let message =
                format!("{target} has no form for labels that overlap: {labels} in {documents}");
            let help = "keep one of those that overlap with `--overlap longest` or \
                `--overlap first`; the others are left out";
            return Some(Message::new(message).help(help));
        }
        let Issue::NoCounterpart { kind, target } = issue else {
            return None;
        };
        let Some(kind) = kind else {
            let message =
                format!("the file does not tell its kind, so nothing can be written as {target}");
            let help = "label at least one document; every list of labels is empty";
            return Some(Message::new(message).help(help));
        };
        let message = format!("{target} has nothing for the kind {}", quote(kind));
        Some(Message::new(message).help("keep the project in its own format"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_that_makes_no_url() {
        let issue = Issue::NoAddress {
            location: String::new(),
            reason: "it names no file",
            documents: 2,
            target: "Azure ML JSONL",
        };
        let text = NoCounterpart.issue(&issue).map(|message| message.text);
        let known = "Azure ML JSONL has no address for 2 documents, first for the location ``: it \
            names no file";
        assert_eq!(text.as_deref(), Some(known));
    }

    #[test]
    fn labels_that_overlap() {
        let issue = Issue::Overlapping {
            labels: 1,
            documents: 1,
            target: "CoNLL",
        };
        let text = NoCounterpart.issue(&issue).map(|message| message.text);
        let known = "CoNLL has no form for labels that overlap: 1 label in 1 document";
        assert_eq!(text.as_deref(), Some(known));
    }

    #[test]
    fn a_kind_or_none() {
        let text = |kind: Option<&str>| {
            let issue = Issue::NoCounterpart {
                kind: kind.map(str::to_owned),
                target: "Azure ML JSONL",
            };
            NoCounterpart.issue(&issue).map(|message| message.text)
        };
        let known = "Azure ML JSONL has nothing for the kind `CustomTextSentiment`";
        assert_eq!(text(Some("CustomTextSentiment")).as_deref(), Some(known));
        let unknown =
            "the file does not tell its kind, so nothing can be written as Azure ML JSONL";
        assert_eq!(text(None).as_deref(), Some(unknown));
    }
}
