//! `document-unlabeled`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{Folded, Message, Severity};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A document without a label.
pub struct DocumentUnlabeled;

const META: Meta = Meta {
    name: "document-unlabeled",
    group: Group::Coverage,
    severity: Severity::Note,
    basis: Basis::Advice,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a document without a label: an empty list, no class, no region",
    why: "For training, a document without a label says that there is nothing to find in it. If it was merely not labeled yet, the model learns not to find what is there. A region with an empty list of labels is another thing: it says outright that this part was looked at.",
    example: r#"{ "location": "07.txt", "language": "en-us", "entities": [] }"#,
    remedy: "Label the document, or take it out of the label file until it is labeled. If nothing in it is to be found, say so by a region over the whole text with `\"labels\": []`.",
    source: "MicrosoftDocs/azure-docs of 2021: a region without tags is a negative sample. Of two real exports of Azure Machine Learning neither holds a document without labels, although 281 of 781 documents had none: what is not labeled is not exported.",
};

impl Rule for DocumentUnlabeled {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::ALWAYS
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!("{} documents have no label", all.total))
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let document = aligned.document;
        let labels = &document.labels;
        let without = labels.summary.is_none()
            && labels
                .spans
                .as_ref()
                .is_none_or(|spans| match &spans.regions {
                    Some(regions) => regions.is_empty(),
                    None => spans.labels.is_empty(),
                })
            && document.classes().is_empty();
        // Labels that could not be read, or stand where another kind of project has them, have
        // findings of their own.
        if !without || document.unreadable > 0 || document.extras.of_another_kind {
            return;
        }
        let message = Message::new("the document has no label");
        let help = "label it, or take it out until it is labeled";
        sink.report(At::Document, message.help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Labels;
    use crate::model::{Document, Region};
    use crate::rules::coverage::testing::{classes, of_document};
    use crate::text::{Span, Unit};

    #[test]
    fn what_is_no_label() {
        let said = ["the document has no label"];
        assert_eq!(of_document(&DocumentUnlabeled, &classes(&[])), said);
        assert!(of_document(&DocumentUnlabeled, &classes(&["A"])).is_empty());
        let spans = |regions: Vec<Region>, regional: bool| Document {
            labels: Labels::entities(Vec::new(), regional.then_some(regions)),
            ..classes(&[])
        };
        assert_eq!(
            of_document(&DocumentUnlabeled, &spans(Vec::new(), true)),
            said
        );
        assert_eq!(
            of_document(&DocumentUnlabeled, &spans(Vec::new(), false)),
            said
        );
        let span = Span {
            unit: Unit::Utf16,
            start: 0,
            end: 9,
        };
        let negative = spans(vec![Region { span, index: 0 }], true);
        assert!(of_document(&DocumentUnlabeled, &negative).is_empty());
        let unread = Document {
            unreadable: 1,
            ..classes(&[])
        };
        assert!(of_document(&DocumentUnlabeled, &unread).is_empty());
    }
}
