//! `spans-overlap`

use super::pairs::{Relation, overlapping};
use super::{called, ends_past};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// Spans that are nested, or cross each other.
pub struct SpansOverlap;

const META: Meta = Meta {
    name: "spans-overlap",
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "spans that are nested, or cross each other",
    why: "A token of a CoNLL file, which AutoML trains on, has one label. Microsoft's AML SDK \
        writes the words that two spans share twice, so the model reads a text that nobody \
        wrote. Whether the Language service learns both labels is not documented.",
    example: r#""labels": [ { "category": "Address", "offset": 0, "length": 13 }, { "category": "City", "offset": 4, "length": 4 } ]"#,
    remedy: "Keep the label that matters more, or shorten one so that the two share no \
        character. Nested labels that belong together, such as a street in an address, can be \
        labeled as parts that follow one another.",
    source: "azureml-automl-dnn-nlp 1.62, run on `New York City rocks` with spans of 0..13 and \
        4..8, wrote `York` and `City` twice. In two real exports of Azure Machine Learning \
        (991 lines) and in Microsoft's Language samples no spans overlap; nothing forbids it.",
};

impl Rule for SpansOverlap {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NUMBERS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let labels = aligned.document.spans();
        // A span past the end overlaps what follows only because its length is wrong.
        for pair in overlapping(&aligned.comparable(), |label| ends_past(aligned, label)) {
            let verb = match pair.relation {
                Relation::Nested => "lies inside",
                _ => "crosses",
            };
            let (label, other) = (called(&labels[pair.later]), called(&labels[pair.earlier]));
            let message = format!("{label} {verb} {other}");
            let help = "keep one of the two labels, or let them share no character";
            sink.report(At::Label(pair.later), Message::new(message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    #[test]
    fn says_how_two_spans_overlap() {
        let labels = [
            ("Address", 0, 13),
            ("City", 4, 8),
            ("Name", 9, 15),
            ("Past", 2, 99),
        ];
        assert_eq!(
            Case::new("New York City rocks", &labels).run(&SpansOverlap),
            [
                "`City` at 4..8 lies inside `Address` at 0..13",
                "`Name` at 9..15 crosses `Address` at 0..13",
            ]
        );
    }
}
