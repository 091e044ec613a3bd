//! `document-too-long`

use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Message, Severity, quote};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};
use crate::text::Unit;

/// A document with more characters than the service takes for training.
pub struct DocumentTooLong;

const META: Meta = Meta {
    name: "document-too-long",
    group: Group::Documents,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a document of more than 128,000 characters",
    why: "The service documents this as the most that a training document may have. What it does \
        with a longer one is not documented; whether it is refused or cut, the labels at its end \
        are of no use. A text of more than `text-bytes` (256 MiB unless set otherwise) is not read, \
        so that no file can take all memory.",
    example: r#""location": "annual-report.txt"   (it has 412,077 characters)"#,
    remedy: "Divide the text at the end of a chapter or a page, and label the parts as documents \
        of their own. The offsets of the later parts begin at 0 again.",
    source: "The service limits of the custom features of Azure AI Language (08/19/2026): 1 to 128,000 characters in a document. The unit is not stated; UTF-16 code \
        units are counted, as for all offsets of the service, and no byte-order mark. The \
        125,000 of the prediction interface are another limit.",
};

impl Rule for DocumentTooLong {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::ALWAYS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let thresholds = &sink.settings().thresholds;
        let (most, most_bytes) = (thresholds.document_characters, thresholds.text_bytes);
        for (at, address, state) in aligned.files() {
            let TextState::TooLong(length) = state else {
                continue;
            };
            let name = quote(address.path());
            let text = format!(
                "the document {name} has {length} bytes, and {most_bytes} is the most that is read"
            );
            let help = "divide it; if it is meant to be so long, raise `text-bytes` under \
                `[thresholds]` in `labelwright.toml`";
            sink.report(at, Message::new(text).help(help));
        }
        let Some(text) = aligned.text() else {
            return;
        };
        // No unit counts more than bytes, and those need no counting.
        if text.as_str().len() as u64 <= most {
            return;
        }
        let length = text.len(Unit::Utf16);
        if length > most {
            let name = quote(aligned.document.address.path());
            let text = format!(
                "the document {name} has {length} characters, counted in UTF-16 code units, and \
                 {most} is the most"
            );
            let help = "divide it, and label the parts as documents of their own";
            sink.report(At::Address, Message::new(text).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::documents::testing::of_text;

    #[test]
    fn the_limit_is_counted_in_utf16() {
        let most = 128_000;
        for text in ["a".repeat(most), "é".repeat(most), "😀".repeat(most / 2)] {
            assert_eq!(of_text(&DocumentTooLong, &text), [""; 0]);
            let said = of_text(&DocumentTooLong, &format!("{text}a"));
            let expected = "the document `1.txt` has 128001 characters, counted in UTF-16 code \
                units, and 128000 is the most";
            assert_eq!(said, [expected]);
            assert_eq!(
                of_text(&DocumentTooLong, &format!("\u{feff}{text}")),
                [""; 0]
            );
        }
    }
}
