//! `span-unproven`

use crate::diagnostics::{Issue, Message, Severity, Unproven, count};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A span that cannot be converted truthfully.
pub struct SpanUnproven;

const META: Meta = Meta {
    name: "span-unproven",
    group: Group::Conversion,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a span that cannot be converted truthfully",
    why: "The formats count in different units, and the length of the text is in one of \
        them only. To turn a number into another the place in the text must be known: it must \
        lie in the text, on the edge of a character, in a unit that is settled. Where it is \
        not, every number would be a guess, and a label that is off by one teaches the model \
        the wrong words. So the file is refused rather than converted in part.",
    example: r#"{"image_url":"AmlDatastore://workspaceblobstore/1.txt","label":[{"label":"City","offsetStart":8,"offsetEnd":34}]}   (the text has 30 characters)"#,
    remedy: "The finding says what is missing: the texts (`--texts DIR`), the unit of the \
        offsets (`--offsets`), or labels with places in the text. `--skip-invalid` leaves out \
        labels and documents that cannot be proved and converts the others; with \
        `--losses FILE` the ledger holds what was left out.",
    source: "Neither service documents what it does with such a label. The SDK \
        azureml-automl-dnn-nlp 1.62 was seen to clip a span at the end of its text in silence; \
        the unit of Azure ML offsets behind an emoji is documented nowhere.",
};

impl Rule for SpanUnproven {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::SpanUnproven {
            cause,
            labels,
            documents,
        } = *issue
        else {
            return None;
        };
        let documents = count(documents, "document");
        // A document without labels needs its text too: the length is written.
        let subject = match labels {
            0 => documents,
            _ => format!("{} in {documents}", count(labels, "label")),
        };
        let reason = reason(cause);
        let message = format!("{subject} cannot be converted truthfully: {reason}");
        Some(Message::new(message).help(help(cause)))
    }
}

const fn reason(cause: Unproven) -> &'static str {
    match cause {
        Unproven::Faulty => "the offsets do not name characters of the text",
        Unproven::NoText => "there is no text to prove the offsets against",
        Unproven::TextAbsent => "the texts are part of the new file, and this one is missing",
        Unproven::AmbiguousUnit => "the unit of the offsets is not settled",
        Unproven::NoNumber => {
            "the unit that is written has no number for an edge inside a grapheme cluster"
        }
        Unproven::CoversOther => "the file says that they cover another text than they do",
        Unproven::Discontinuous => {
            "they are several stretches with more than white space between them, and the target \
             has no such spans"
        }
        Unproven::BreakAtEdge => {
            "the target has no form for a span of white space, or with a line break at an edge"
        }
    }
}

const fn help(cause: Unproven) -> &'static str {
    match cause {
        Unproven::Faulty | Unproven::BreakAtEdge => {
            "fix the labels, or leave them out with `--skip-invalid`"
        }
        Unproven::NoText | Unproven::TextAbsent => {
            "give the folder of the texts with `--texts DIR`, or leave these documents out with \
             `--skip-invalid`"
        }
        Unproven::AmbiguousUnit => {
            "say what the offsets count with `--offsets codepoint` or `--offsets utf16`"
        }
        Unproven::CoversOther => {
            "find the texts that were labeled, or leave these labels out with `--skip-invalid`"
        }
        Unproven::Discontinuous => "leave these labels out with `--skip-invalid`",
        Unproven::NoNumber => {
            "write another unit with `--offsets`, or leave these labels out with `--skip-invalid`"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cause: Unproven, labels: u64, documents: u64) -> Option<String> {
        let issue = Issue::SpanUnproven {
            cause,
            labels,
            documents,
        };
        SpanUnproven.issue(&issue).map(|message| message.text)
    }

    #[test]
    fn labels_and_documents_are_counted() {
        assert_eq!(
            text(Unproven::Faulty, 3, 1).as_deref(),
            Some(
                "3 labels in 1 document cannot be converted truthfully: the offsets do not name \
                 characters of the text"
            )
        );
        assert_eq!(
            text(Unproven::NoText, 0, 2).as_deref(),
            Some(
                "2 documents cannot be converted truthfully: there is no text to prove the \
                 offsets against"
            )
        );
    }
}
