//! `span-negative`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity, quote};
use crate::model::{At, Notation};
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};
use crate::text::Unit;

/// An offset or a length below 0.
pub struct SpanNegative;

const META: Meta = Meta {
    name: "span-negative",
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "an offset or a length below 0",
    why: "Offsets count from the start of the document and lengths from nothing, so no \
        character has a number below 0. Microsoft's AML SDK takes a negative offset for a Python \
        index and counts from the end of the text: the model then learns words that nobody \
        labeled.",
    example: r#"{ "category": "City", "offset": -4, "length": 3 }"#,
    remedy: "Label this place again. A negative number is mostly the answer of a search that \
        found nothing (-1), or a correction of line ends that was subtracted twice.",
    source: "The documentation of custom NER (MicrosoftDocs/azure-docs, 2021) calls `offset` the \
        inclusive character position of the start of the entity. azureml-automl-dnn-nlp 1.62, \
        run on `Bob met Ann.` with a span of -4..-1, made an entity of `Ann`.",
};

impl Rule for SpanNegative {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NUMBERS.or(Symptoms::REGIONS)
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let document = aligned.document;
        for (index, label) in document.spans().iter().enumerate() {
            let span = label.span;
            let members = match document.notation {
                Notation::StartEnd => [("offsetStart", span.start), ("offsetEnd", span.end)],
                Notation::Plain => [("start", span.start), ("end", span.end)],
                Notation::OffsetLength => [("offset", span.start), ("length", span.len())],
            };
            if let Some(numbers) = below_zero(members, span.unit) {
                let message = format!("{} has {numbers}", quote(&label.category));
                let help = "label this place again, or remove the label";
                sink.report(At::Label(index), Message::new(message).help(help));
            }
        }
        for (index, region) in document.regions().iter().enumerate() {
            let span = region.span;
            let members = [("regionOffset", span.start), ("regionLength", span.len())];
            if let Some(numbers) = below_zero(members, span.unit) {
                let help = "let the region begin at 0 and be as long as its document";
                let message = format!("the region has {numbers}");
                sink.report(At::Region(index), Message::new(message).help(help));
            }
        }
    }
}

/// The members with negative numbers as the end of a sentence, if there are any.
fn below_zero(members: [(&str, i64); 2], unit: Unit) -> Option<String> {
    if members.iter().all(|(_, number)| *number >= 0) {
        return None;
    }
    let negative = members.iter().filter(|(_, number)| *number < 0);
    let named: Vec<String> = negative
        .map(|(member, number)| format!("`{member}` {number}"))
        .collect();
    let numbers = named.join(" and ");
    let unit = unit.plural();
    Some(format!("{numbers}, and {unit} are counted from 0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    #[test]
    fn speaks_of_the_members_that_the_file_has() {
        let labels = [("A", -3, 5), ("B", 4, 2), ("C", -6, -8), ("D", 0, 0)];
        let counted = "and UTF-16 code units are counted from 0";
        assert_eq!(
            Case::numbers(&labels).run(&SpanNegative),
            [
                format!("`A` has `offset` -3, {counted}"),
                format!("`B` has `length` -2, {counted}"),
                format!("`C` has `offset` -6 and `length` -2, {counted}"),
            ]
        );
        assert_eq!(
            Case::numbers(&labels).start_end().run(&SpanNegative),
            [
                format!("`A` has `offsetStart` -3, {counted}"),
                format!("`C` has `offsetStart` -6 and `offsetEnd` -8, {counted}"),
            ]
        );
    }

    #[test]
    fn regions_are_looked_at() {
        let case = Case::numbers(&[]).regions(&[(0, 9), (9, 4)]);
        assert_eq!(
            case.run(&SpanNegative),
            ["the region has `regionLength` -5, and UTF-16 code units are counted from 0"]
        );
    }
}
