//! `span-too-long`

use super::{called, ends_past};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A span that is longer than the service takes.
pub struct SpanTooLong;

const META: Meta = Meta {
    name: "span-too-long",
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "a span of more than 500 characters",
    why: "The service takes entities of up to 500 characters. A longer one is mostly a paragraph \
        that was marked by a slip, or a length that was written as an end.",
    example: r#"{ "category": "Clause", "offset": 120, "length": 640 }"#,
    remedy: "Label the words that are meant. To tell whole passages apart, classify documents \
        instead of labeling spans.",
    source: "The page on the limits of custom NER (MicrosoftDocs/azure-ai-docs, commit 29545d48) \
        gives an entity 1 to 500 characters. It does not say what a character is; the unit of \
        the file's offsets is taken.",
};

impl Rule for SpanTooLong {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NUMBERS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let most = sink.settings().thresholds.span_characters;
        for (index, label) in aligned.document.spans().iter().enumerate() {
            let length = label.span.len();
            if label.span.start < 0
                || length < 0
                || length.unsigned_abs() <= most
                || ends_past(aligned, index)
            {
                continue;
            }
            let unit = label.span.unit.plural();
            let message = format!(
                "{} is {length} {unit} long; the service takes at most {most}",
                called(label),
            );
            let help = "label only the words that are meant";
            sink.report(At::Label(index), Message::new(message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    #[test]
    fn the_limit_itself_is_fine() {
        let labels = [("A", 0, 500), ("B", 7, 508), ("C", -9, 900)];
        let said = "`B` at 7..508 is 501 UTF-16 code units long; the service takes at most 500";
        assert_eq!(Case::numbers(&labels).run(&SpanTooLong), [said]);
        assert!(Case::new("Ada", &labels).run(&SpanTooLong).is_empty());
    }
}
