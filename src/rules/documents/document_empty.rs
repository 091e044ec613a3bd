//! `document-empty`

use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Message, Severity, quote};
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A document with nothing in it.
pub struct DocumentEmpty;

const META: Meta = Meta {
    name: "document-empty",
    group: Group::Documents,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a document of zero bytes, or of white space only",
    why: "Azure AI Language trains on no empty file: a document has at least one character. \
        White space alone passes that count and teaches nothing. Mostly a copy or a download \
        broke off, and the labels of the document are past the end of what is left.",
    example: r#""location": "brief.txt"   (the file has 0 bytes)"#,
    remedy: "Fetch the text again from where it was labeled. If the document is meant to be \
        empty, take it out of the label file.",
    source: "The documentation of Azure AI Language: empty files are not allowed for training, \
        and the lower limit of a document is 1 character. Microsoft's web of science sample has \
        one text of 0 bytes, and its label file does not list it. That white space counts as \
        empty is this tool's judgement.",
};

impl Rule for DocumentEmpty {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::FILES
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (at, address, state) in aligned.files() {
            let TextState::Blank(text) = state else {
                continue;
            };
            let content = if text.is_empty() {
                "is empty"
            } else {
                "holds nothing but white space"
            };
            let name = quote(address.path());
            let help = "restore its text, or take it out of the label file";
            let message = Message::new(format!("the document {name} {content}"));
            sink.report(at, message.help(help));
        }
    }
}
