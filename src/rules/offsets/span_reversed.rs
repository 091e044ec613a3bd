//! `span-reversed`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Message, Severity, quote};
use crate::model::{At, Notation};
use crate::rules::{Applicability, Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};
use crate::text::Span;

/// A span whose end comes before its start.
pub struct SpanReversed;

const META: Meta = Meta {
    name: "span-reversed",
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: Some(Applicability::Unsafe),
    on_request: false,
    summary: "a span whose end comes before its start",
    why: "Such a span holds no characters, and in a Language file its length would be negative. \
        Mostly the two numbers are swapped, or a length was written where the end belongs; \
        which of the two it was, only the text can tell.",
    example: r#"{"label":"City","offsetStart":12,"offsetEnd":6}"#,
    remedy: "Look at the text. If the words between the two numbers are the label's, swap the \
        numbers. If `offsetEnd` looks like a length, add \
        `offsetStart` to it.",
    source: "In two real exports of Azure Machine Learning (991 lines) `offsetEnd` is exclusive \
        and comes after `offsetStart` in every span. Microsoft's own converter \
        (microsoft/CognitiveServicesLanguageUtilities, commit e9f94228) computes the length as \
        the end minus the start, without a check.",
};

impl Rule for SpanReversed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NUMBERS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let help = match aligned.document.notation {
            Notation::StartEnd => {
                "swap `offsetStart` and `offsetEnd` if the words between them are meant"
            }
            Notation::Plain => "swap `start` and `end` if the words between them are meant",
            Notation::OffsetLength => return,
        };
        for (index, label) in aligned.document.spans().iter().enumerate() {
            let span = label.span;
            if span.end < 0 || span.start <= span.end {
                continue;
            }
            let message = format!(
                "{} ends at {}, before its start at {} ({})",
                quote(&label.category),
                span.end,
                span.start,
                span.unit.plural(),
            );
            let swapped = Span {
                start: span.end,
                end: span.start,
                ..span
            };
            let fix = FixAction::Extent(At::Label(index), swapped);
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
    use crate::rules::offsets::testing::Case;

    #[test]
    fn only_starts_and_ends_can_be_reversed() {
        let labels = [("A", 5, 3), ("B", 5, -1), ("C", 5, 5)];
        let case = Case::numbers(&labels);
        assert!(case.run(&SpanReversed).is_empty());
        let said = case.start_end().run(&SpanReversed);
        assert_eq!(
            said,
            ["`A` ends at 3, before its start at 5 (UTF-16 code units)"]
        );
    }
}
