//! `span-empty`

use super::called;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Message, Severity};
use crate::model::At;
use crate::rules::{Applicability, Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A span of length 0.
pub struct SpanEmpty;

const META: Meta = Meta {
    name: "span-empty",
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: Some(Applicability::Unsafe),
    on_request: false,
    summary: "a span of length 0",
    why: "A label without characters teaches nothing and was never meant: somebody clicked \
        instead of marking, or the labeled words were deleted from the text. Microsoft's AML SDK \
        drops it in silence, so the instance is counted here and missing there.",
    example: r#"{ "category": "City", "offset": 8, "length": 0 }"#,
    remedy: "Label the words again, or remove the label.",
    source: "The service's limits (MicrosoftDocs/azure-ai-docs, commit 29545d48) give an entity \
        at least 1 character. azureml-automl-dnn-nlp 1.62, run on `Bob met Ann.` with a span of \
        3..3, wrote every word without a label.",
};

impl Rule for SpanEmpty {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NUMBERS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (index, label) in aligned.document.spans().iter().enumerate() {
            let span = label.span;
            if span.start < 0 || span.start != span.end {
                continue;
            }
            let unit = span.unit.plural();
            let message = format!("{} holds nothing: its length is 0 {unit}", called(label));
            let help = "label the words again, or remove the label";
            let fix = FixAction::Remove(At::Label(index));
            sink.report(
                At::Label(index),
                Message::new(message).help(help).fixes([fix]),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::{SpanOutOfBounds, SpanSplitsCharacter, testing::Case};

    #[test]
    fn an_empty_span_is_empty_wherever_it_stands() {
        let labels = [("A", 1, 1), ("B", 9, 9), ("C", -1, -1), ("D", 0, 2)];
        let case = Case::new("😀", &labels);
        assert_eq!(
            case.run(&SpanEmpty),
            [
                "`A` at 1..1 holds nothing: its length is 0 UTF-16 code units",
                "`B` at 9..9 holds nothing: its length is 0 UTF-16 code units",
            ]
        );
        assert!(case.run(&SpanOutOfBounds).is_empty());
        assert!(case.run(&SpanSplitsCharacter).is_empty());
    }
}
