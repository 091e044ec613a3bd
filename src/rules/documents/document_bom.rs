//! `document-bom`

use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::{Message, Severity, quote};
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A document that begins with a byte-order mark.
pub struct DocumentBom;

const META: Meta = Meta {
    name: "document-bom",
    group: Group::Documents,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a document that begins with a byte-order mark (U+FEFF), which one service may \
        count and another not",
    why: "The mark is invisible, and yet one character. A program that drops it gives the first \
        letter the offset 0, one that keeps it gives it the offset 1, and then all labels of the \
        document differ by one between the two. This tool does not count it, here and \
        everywhere; whether the labels were made so, the file does not say.",
    example: r#""location": "01.txt"   (its first bytes are `EF BB BF`)"#,
    remedy: "Save the text as UTF-8 without a mark, then look at two or three labels of the \
        document: if they are one character too far to the right, the mark was counted when \
        they were made.",
    source: "Whether Azure AI Language counts the mark is not documented; .NET and JavaScript \
        decoders drop it, so probably not (an inference). azureml-automl-dnn-nlp 1.62 decodes \
        texts as `utf-8`, which keeps it and counts it. No text of Microsoft's samples has one.",
};

impl Rule for DocumentBom {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::FILES
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (at, address, state) in aligned.files() {
            // In a text without anything else the mark does no harm.
            let TextState::Read(text) = state else {
                continue;
            };
            if text.has_byte_order_mark() {
                let name = quote(address.path());
                let text = format!(
                    "the document {name} begins with a byte-order mark, which was not counted"
                );
                let help = if aligned.document.spans().is_empty() {
                    "save it as UTF-8 without a mark"
                } else {
                    "save it as UTF-8 without a mark, then see whether its labels are off by one"
                };
                sink.report(at, Message::new(text).help(help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::documents::testing::of_text;

    #[test]
    fn only_the_first_character_of_a_text_that_has_others() {
        let said = "the document `1.txt` begins with a byte-order mark, which was not counted";
        assert_eq!(of_text(&DocumentBom, "\u{feff}Rome"), [said]);
        for text in ["Rome", "Ro\u{feff}me", "\u{feff}", "\u{feff} \n", ""] {
            assert_eq!(of_text(&DocumentBom, text), [""; 0], "{text:?}");
        }
    }
}
