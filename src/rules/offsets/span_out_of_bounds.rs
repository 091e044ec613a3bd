//! `span-out-of-bounds`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity, quote};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};
use crate::text::Fault;

/// A span that ends past its document.
pub struct SpanOutOfBounds;

const META: Meta = Meta {
    name: "span-out-of-bounds",
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "a span that ends past the document",
    why: "A label past the end names nothing. The service refuses the import, or training drops \
        the label in silence. Mostly the document was edited after it was labeled, its line \
        ends were changed from CR LF to LF, or another file of the same name was found.",
    example: r#"{ "category": "City", "offset": 8, "length": 26 }   (the document has 30 characters)"#,
    remedy: "Look whether the document is the one that was labeled, byte for byte. If it is, \
        label this place again.",
    source: "A label of this sort stood in a sample of Azure-Samples/cognitive-services-sample-\
        data-files (commit 3229edb): offset 8, length 26, in an utterance of 30 units.",
};

impl Rule for SpanOutOfBounds {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::PROOFS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (index, span) in aligned.spans.iter().enumerate() {
            let Some(Err(Fault::OutOfBounds { by, length })) = span.proof else {
                continue;
            };
            let label = &aligned.document.spans()[index];
            if label.span.is_empty() {
                continue;
            }
            let unit = label.span.unit.plural();
            let message = format!(
                "{} at {}..{} ends {by} past the document, which has {length} {unit}",
                quote(&label.category),
                label.span.start,
                label.span.end,
            );
            let help = "check that the text is the one that was labeled, line ends included";
            sink.report(At::Label(index), Message::new(message).help(help));
        }
    }
}
