//! A document that owns what it holds, made of one that borrows it.

use super::document::AlignedDocument;
use crate::model::{LabeledDocument, LabeledSpan};
use crate::text::{ByteRange, Span};

impl AlignedDocument<'_> {
    /// All that is known of it but its text, which may be long.
    #[must_use]
    pub fn without_text(&self) -> LabeledDocument {
        let document = self.document;
        let labels = self.units().zip(&self.spans);
        let spans = labels.map(|((label, unit), span)| LabeledSpan {
            category: label.category.to_string(),
            declared: Span { unit, ..label.span },
            bytes: span.proof.and_then(Result::ok).map(ByteRange::as_range),
        });
        let classes = document.classes().iter();
        let start = document.start;
        LabeledDocument {
            index: document.index,
            record: start..start + document.source.len() as u64,
            name: document.address.path().to_owned(),
            text: None,
            spans: spans.collect(),
            classes: classes.map(|class| class.category.to_string()).collect(),
            split: document.split.as_ref().map(|split| split.name().to_owned()),
            language: document.language.as_deref().map(str::to_owned),
        }
    }

    /// All that is known of it.
    #[must_use]
    pub fn labeled(&self) -> LabeledDocument {
        LabeledDocument {
            text: self.any_text().map(|text| text.as_str().to_owned()),
            ..self.without_text()
        }
    }
}
