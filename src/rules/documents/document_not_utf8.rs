//! `document-not-utf8`

use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Message, Severity, quote};
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A document whose bytes are not UTF-8.
pub struct DocumentNotUtf8;

const META: Meta = Meta {
    name: "document-not-utf8",
    group: Group::Documents,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a document that is not UTF-8; its spans are not checked",
    why: "Offsets count characters, and bytes in another encoding give other characters, or \
        none. Every program that reads such a file guesses: Azure Machine Learning's own package \
        puts U+FFFD in place of each wrong byte, without a word. So nobody can say what the \
        document's offsets mean.",
    example: r#""location": "cafe.txt"   (its bytes are `63 61 66 E9`, Windows-1252)"#,
    remedy: "Save the text as UTF-8 and keep its line ends, then check the labels again. A \
        wrong byte is mostly a letter with an accent in Windows-1252 or Latin-1. UTF-16 and \
        UTF-32 are told by their mark, or by the zero bytes between the letters.",
    source: "No page of the documentation names the encoding of documents; every text of \
        Microsoft's samples is UTF-8. The replacement by U+FFFD is `errors=\"replace\"` in \
        azureml-automl-dnn-nlp 1.62.",
};

impl Rule for DocumentNotUtf8 {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::FILES
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (at, address, state) in aligned.files() {
            let TextState::NotUtf8 { byte, encoding } = state else {
                continue;
            };
            let name = quote(address.path());
            let why = encoding.map_or_else(
                || format!("is not UTF-8: the byte at offset {byte} is wrong"),
                |encoding| format!("is saved as {encoding}, not as UTF-8"),
            );
            let text = format!("the document {name} {why}; no label was checked against it");
            let help = "save it as UTF-8 with the same line ends, then check its labels again";
            sink.report(at, Message::new(text).help(help));
        }
    }
}
